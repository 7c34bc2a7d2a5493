from __future__ import annotations

from hypothesis import given, settings, strategies as st

from corpus_app.text.spans import merge_spans
from search.presentation.marks import FoldedText, find_text_marks
from search.query import parse_query
from search.query.nodes import Phrase
from tests.search.plain_folding import LETTERS, fold, list_chars


def mark(text: str, query: str) -> list[str]:
    marks = find_text_marks(FoldedText(text), parse_query(query))
    return [text[start:end] for start, end in merge_spans((m.start, m.end) for m in marks)]


def test_it_marks_what_is_asked_for_and_not_what_is_excluded() -> None:
    assert mark("代表履职，接待信访", "代表 -信访") == ["代表"]


def test_it_marks_in_the_characters_of_the_source() -> None:
    assert mark("機關 黨建和ＡＢ站", "“机关党建” ab") == ["機關 黨建", "ＡＢ"]


def test_quoted_letters_keep_their_case() -> None:
    assert mark("AB ab", "“AB”") == ["AB"]


def test_near_marks_both_sides_where_they_are_near_and_nothing_between() -> None:
    text = "代表依法履职。" + "其他。" * 10 + "代表大会。"
    assert mark(text, "“代表”~5“履职”") == ["代表", "履职"]


def test_fields_mark_nothing_in_the_text() -> None:
    assert mark("代表履职", "标题:代表 日期:2022") == []


@settings(deadline=None)
@given(st.text(LETTERS, max_size=30), st.text(LETTERS, min_size=1, max_size=3))
def test_every_occurrence_is_marked_and_nothing_else(text: str, wanted: str) -> None:
    if not fold(wanted):
        return
    marks = find_text_marks(FoldedText(text), Phrase(wanted))
    chars, plain = list_chars(text), fold(wanted)
    folded = "".join(one.char for one in chars)
    expected = {
        (chars[at].start, chars[at + len(plain) - 1].end)
        for at in range(len(folded))
        if folded.startswith(plain, at)
    }
    assert {(each.start, each.end) for each in marks} == expected
