"""Texts against the terms of themes."""

import math

import pytest
from hypothesis import given, strategies as st

from corpus_app.themes.matching import Term, TermMatcher

DEMOCRACY, DEPUTIES = 1, 2


def match(text: str, *terms: Term) -> dict[int, tuple[float, float, list[tuple[str, int]]]]:
    found = TermMatcher(terms).match_text(text)
    return {theme: (m.score, m.support, m.evidence) for theme, m in found.items()}


def test_the_longest_term_counts_and_the_one_inside_it_does_not() -> None:
    long, short = Term(DEMOCRACY, "全过程人民民主", 3.0), Term(DEMOCRACY, "人民民主", 1.0)
    assert match("发展全过程人民民主，坚持人民民主专政", long, short) == {
        DEMOCRACY: (4.0, 4.0, [("全过程人民民主", 1), ("人民民主", 1)])
    }


def test_terms_of_different_themes_do_not_hide_each_other() -> None:
    found = match("人大代表建议", Term(DEPUTIES, "人大代表"), Term(DEMOCRACY, "代表建议"))
    assert set(found) == {DEPUTIES, DEMOCRACY}


def test_an_excluded_phrase_hides_what_it_covers_for_its_own_theme_only() -> None:
    terms = (
        Term(DEMOCRACY, "法律监督"),
        Term(DEMOCRACY, "检察机关法律监督", excluded=True),
        Term(DEPUTIES, "法律监督"),
    )
    found = match("加强检察机关法律监督", *terms)
    assert set(found) == {DEPUTIES}
    assert set(match("加强法律监督", *terms)) == {DEMOCRACY, DEPUTIES}


def test_repetition_counts_ever_less() -> None:
    (score, support, evidence) = match("履职履职履职履职", Term(DEPUTIES, "履职", 2.0))[DEPUTIES]
    assert score == pytest.approx(2 * (1 + math.log(4)), abs=1e-4)
    assert support == 2.0
    assert evidence == [("履职", 4)]


@pytest.mark.parametrize(
    ("weights", "convincing"),
    [([3.0], True), ([2.0], False), ([2.0, 1.0], True), ([1.0, 1.0], False), ([1.0] * 3, True)],
)
def test_one_strong_term_or_several_others_convince(weights: list[float], convincing: bool) -> None:
    words = ["甲乙", "丙丁", "戊己"][: len(weights)]
    terms = [Term(1, word, weight) for word, weight in zip(words, weights, strict=True)]
    assert TermMatcher(terms).match_text("，".join(words))[1].convincing is convincing


def test_no_terms_match_nothing() -> None:
    assert match("全过程人民民主") == {}


def count_slowly(text: str, terms: list[str]) -> dict[str, int]:
    """Return the counts by trying every term at every place, the longest first."""
    counts: dict[str, int] = {}
    at = 0
    while at < len(text):
        here = [term for term in terms if text.startswith(term, at)]
        if here:
            longest = max(here, key=len)
            counts[longest] = counts.get(longest, 0) + 1
            at += len(longest)
        else:
            at += 1
    return counts


@given(
    st.text("人民代表大会", max_size=60),
    st.sets(st.text("人民代表大会", min_size=2, max_size=5), max_size=8),
)
def test_counts_are_those_of_a_plain_scan(text: str, words: set[str]) -> None:
    found = TermMatcher(Term(1, word) for word in words).match_text(text)
    counts = dict(found[1].evidence) if 1 in found else {}
    assert counts == count_slowly(text, sorted(words))
