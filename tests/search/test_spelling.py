from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from search.suggest.entries import Offer, read_match_form
from search.suggest.spelling import SpellingIndex, find_bound
from search.suggest.symbols import EntryArray

CORPUS = [
    Offer("全过程人民民主", "slogan", 9),
    Offer("全过程人民民主", "theme", 3),
    Offer("新时代“枫桥经验”在澜岫的实践", "title"),
    Offer("习近平总书记关于坚持和完善人民代表大会制度的重要思想", "slogan", 4),
    Offer("家站", "theme"),
    Offer("代表联络站", "theme", 2),
    Offer("人大代表", "slogan", 5),
    Offer("在望岫区人大代表履职培训班上的讲话", "title"),
    Offer("预算审查监督", "theme"),
]


def make_index(entries: Iterable[Offer]) -> SpellingIndex:
    return SpellingIndex(EntryArray(entries))


INDEX = make_index(CORPUS)
# Of these 成 程 城 and 民 are read alike or not, and 行 in two ways.
CHARS = "成程城民人行形航大代"


def texts(asked: str) -> list[str]:
    return [spelling.text for spelling in INDEX.propose(asked)]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("全过成人民民主", "全过程人民民主"),
        ("全過成人民民主", "全过程人民民主"),
        ("全过程人名民主", "全过程人民民主"),
        ("全程人民民主", "全过程人民民主"),
        ("全国过程人民民主", "全过程人民民主"),
        ("“全过成”人民民主", "全过程人民民主"),
        ("代表连络站", "代表联络站"),
        ("代表联系站", "代表联络站"),
        ("加站", "家站"),
        ("预算审察监督", "预算审查监督"),
    ],
)
def test_a_slip_is_led_back_to_the_wording(asked: str, meant: str) -> None:
    assert texts(asked)[0] == meant


def test_a_stretch_of_a_longer_text_is_proposed_with_its_inner_signs() -> None:
    assert texts("枫桥精验") == ["枫桥经验"]
    assert texts("新时代枫桥精验") == ["新时代“枫桥经验"]
    assert texts("代表履直培训班") == ["代表履职培训班"]


def test_a_homophone_is_nearer_than_another_character() -> None:
    index = make_index([Offer("民主监督员", "slogan", 99), Offer("民主监都会", "slogan", 1)])
    assert [s.text for s in index.propose("民主监督会")] == ["民主监都会", "民主监督员"]


def test_among_two_or_three_characters_only_homophones_are_slips() -> None:
    assert texts("人大网") == []
    assert texts("家校") == []


def test_a_wording_of_two_kinds_is_proposed_once() -> None:
    assert texts("全过成人民民主") == ["全过程人民民主"]


@pytest.mark.parametrize(
    "asked",
    ["", "人", "，。", "全过程人民民主", "全過程 人民民主", "枫桥经验", "人" * 61, "🙂🙂🙂"],
)
def test_nothing_is_proposed_for_what_is_right_or_no_wording(asked: str) -> None:
    assert asked not in texts(asked)
    assert texts(asked) == []


def test_a_protected_name_is_never_called_a_slip() -> None:
    index = make_index([Offer("习近平总书纪", "slogan", 9)])
    assert index.propose("习近平总书记") == []


def test_three_proposals_at_most_the_nearest_first() -> None:
    index = make_index(
        Offer(f"代表联络{last}", "theme", weight) for weight, last in enumerate("站点室处家")
    )
    found = index.propose("代表联络战")
    assert len(found) == 3
    assert found[0].text == "代表联络站"
    assert all(left.score >= right.score for left, right in pairwise(found))
    assert index.propose("代表联络战", limit=1) == found[:1]


def test_an_empty_corpus_proposes_nothing() -> None:
    assert make_index([]).propose("全过成人民民主") == []


def count_edits(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    row = list(range(len(right) + 1))
    for at, item in enumerate(left):
        above, row[0] = row[0], at + 1
        for to, other in enumerate(right):
            above, row[to + 1] = (
                row[to + 1],
                min(row[to + 1] + 1, row[to] + 1, above + (item != other)),
            )
    return row[-1]


@given(
    st.text(alphabet=CHARS, min_size=2, max_size=8),
    st.lists(st.text(alphabet=CHARS, min_size=1, max_size=8), max_size=6, unique=True),
)
@settings(max_examples=200)
def test_every_entry_within_the_bound_and_only_such_is_proposed(
    asked: str, corpus: list[str]
) -> None:
    index = make_index(Offer(text, "slogan") for text in corpus)
    expected = {}
    for text in corpus:
        by_chars = count_edits(tuple(asked), tuple(text))
        readings = count_edits(tuple(lazy_pinyin(asked)), tuple(lazy_pinyin(text)))
        slips = by_chars + min(by_chars, readings)
        if text != asked and slips <= find_bound(len(asked)):
            expected[text] = round(1 - slips / 2 / max(len(asked), len(text)), 4)
    found = {s.text: s.score for s in index._find_near_entries(asked) if s.text != asked}
    assert found == expected
    offered = {s.text for s in index.propose(asked, limit=100)}
    assert asked not in offered
    assert set(expected) <= offered


@given(
    st.text(alphabet=CHARS, min_size=2, max_size=5),
    st.lists(st.text(alphabet=CHARS, min_size=1, max_size=12), max_size=5),
)
def test_a_passage_stands_in_an_entry_and_differs_in_little(asked: str, corpus: list[str]) -> None:
    entries = [Offer(text, "title") for text in corpus]
    found = make_index(entries).propose(asked, limit=100)
    for spelling in found:
        assert any(spelling.text in text for text in corpus)
        assert 0 < spelling.score < 1
        assert read_match_form(spelling.text).chars != asked
    assert make_index(entries[::-1]).propose(asked, limit=100) == found


@given(
    st.text(alphabet=CHARS, min_size=2, max_size=7),
    st.lists(st.text(alphabet=CHARS, min_size=1, max_size=12), max_size=5),
)
@settings(max_examples=200)
def test_every_stretch_that_differs_in_little_is_proposed(asked: str, corpus: list[str]) -> None:
    likes = [{*r} for r in pinyin(asked, Style.NORMAL, heteronym=True)]
    offered = make_index(Offer(text, "title") for text in corpus)
    texts_offered = {s.text for s in offered.propose(asked, limit=100)}
    for text in corpus:
        syllables = lazy_pinyin(text)
        for at in range(len(text) - len(asked) + 1 if len(text) > len(asked) else 0):
            stretch = text[at : at + len(asked)]
            slips = sum(
                0 if one == other else 1 if syllables[at + to] in likes[to] else 2
                for to, (one, other) in enumerate(zip(asked, stretch, strict=True))
            )
            if 0 < slips <= max(find_bound(len(asked)) // 2, 1):
                assert stretch in texts_offered
