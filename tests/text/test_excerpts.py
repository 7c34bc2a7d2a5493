"""Excerpts of a text: where they begin and end, what is marked, which blanks they show."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, strategies as st

from corpus_app.text.chars import flatten, squeeze
from corpus_app.text.excerpts import LENGTH, Mark, MarkedText, cut_excerpt, mark_pieces

SENTENCE = "人大代表要密切联系群众。"


def mark(text: str, wanted: str, leaf: int = 0, at: int = 0) -> Mark:
    start = text.index(wanted, at)
    return Mark(start, start + len(wanted), leaf)


def join(pieces: list[MarkedText]) -> str:
    return "".join(piece.text for piece in pieces)


def test_it_starts_with_the_sentence_of_the_mark() -> None:
    text = SENTENCE * 10 + "要依法履职尽责。" + SENTENCE * 20
    pieces = cut_excerpt(text, (0, len(text)), [mark(text, "履职")])
    assert join(pieces).startswith("要依法")
    assert [piece.text for piece in pieces if piece.marked] == ["履职"]
    assert join(pieces).endswith("…")


def test_a_long_sentence_is_cut_before_the_mark_with_dots() -> None:
    text = "甲" * 200 + "履职" + "乙" * 200
    pieces = cut_excerpt(text, (0, len(text)), [mark(text, "履职")])
    assert pieces[0] == MarkedText("…")
    assert join(pieces).count("甲") < 30


def test_it_stays_inside_its_bounds() -> None:
    text = "前文。" + SENTENCE + "后文。"
    bounds = (3, 3 + len(SENTENCE))
    assert join(cut_excerpt(text, bounds, [mark(text, "联系")])) == SENTENCE


def test_without_marks_it_shows_the_beginning() -> None:
    text = SENTENCE * 30
    assert join(cut_excerpt(text, (0, len(text)), [])) == text[:LENGTH] + "…"


def test_it_prefers_the_place_where_more_of_the_query_stands() -> None:
    text = "代表出席。" + "其他工作。" * 40 + "代表依法履职。" + "其他工作。" * 40
    late = text.index("代表", 10)
    marks = sorted([mark(text, "代表"), mark(text, "代表", 0, late), mark(text, "履职", 1)])
    marked = [p.text for p in cut_excerpt(text, (0, len(text)), marks) if p.marked]
    assert marked == ["代表", "履职"]


def test_marks_that_overlap_become_one() -> None:
    text = "全过程人民民主"
    pieces = mark_pieces(text, (0, len(text)), [Mark(0, 5, 0), Mark(3, 7, 1)])
    assert pieces == [MarkedText(text, True)]


def test_white_space_is_shown_as_one_blank() -> None:
    text = "一\n二\t \n三\u3000四\n\u3000\u3000五"
    assert join(cut_excerpt(text, (0, len(text)), [])) == "一 二 三 四 五"


def test_a_title_in_pieces_keeps_its_own_blanks() -> None:
    title = "坚定信心\u3000依法履职"
    pieces = mark_pieces(title, (0, len(title)), [Mark(7, 9)])
    assert join(pieces) == title


@given(st.text("甲乙。\n \u3000\t”，", min_size=1, max_size=400), st.data())
def test_an_excerpt_is_a_stretch_of_the_text_with_its_marks(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text) - 1)
    spans = data.draw(st.lists(st.tuples(places, st.integers(1, 50)), max_size=6))
    marks = sorted(Mark(at, min(at + size, len(text)), n) for n, (at, size) in enumerate(spans))
    pieces = cut_excerpt(text, (0, len(text)), marks)
    shown = join(pieces).strip("…")
    assert squeeze(shown) in squeeze(text)
    assert not any(re.search(r"[^\S ]|  ", piece.text) for piece in pieces)
    assert len(shown) <= LENGTH + 50 * len(marks)
    assert any(piece.marked for piece in pieces) == bool(marks)
    assert not any(left.marked and right.marked for left, right in pairwise(pieces))


def test_of_a_match_as_long_as_a_speech_the_beginning_is_shown() -> None:
    text = SENTENCE * 400
    pieces = cut_excerpt(text, (0, len(text)), [Mark(0, len(text), 0)])
    assert pieces[0].marked
    assert LENGTH < len(join(pieces)) < 4 * LENGTH
    assert pieces[-1] == MarkedText("…")


@given(st.text("人大代表。\n", min_size=1, max_size=300), st.data())
def test_of_one_mark_all_is_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 5, len(text))))
    pieces = cut_excerpt(text, (0, len(text)), [Mark(start, end)])
    marked = [piece.text for piece in pieces if piece.marked]
    assert marked == [flatten(text[start:end])]
