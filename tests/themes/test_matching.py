"""Texts against the terms of themes."""

import pytest
from hypothesis import given, strategies as st

from corpus_app.themes.matching import Occurrence, Term, TermMatcher, count_evidence

DEMOCRACY, DEPUTIES = 1, 2


def find(text: str, *terms: Term, marked: int = 0) -> dict[int, list[Occurrence]]:
    return TermMatcher(terms).find_terms(text, marked)


def count(text: str, *terms: Term) -> dict[int, list[tuple[str, int]]]:
    return {theme: count_evidence(places) for theme, places in find(text, *terms).items()}


def test_the_longest_term_counts_and_the_one_inside_it_does_not() -> None:
    long, short = Term(DEMOCRACY, "全过程人民民主", 3.0), Term(DEMOCRACY, "人民民主", 1.0)
    assert count("发展全过程人民民主，坚持人民民主专政", long, short) == {
        DEMOCRACY: [("全过程人民民主", 1), ("人民民主", 1)]
    }


def test_a_longer_term_weighs_at_least_what_the_one_inside_it_does() -> None:
    strong, weak = Term(1, "营商环境", 3.0), Term(1, "优化营商环境", 2.0)
    assert [one.weight for one in find("优化营商环境", strong, weak)[1]] == [3.0]


def test_terms_of_different_themes_that_overlap_do_not_hide_each_other() -> None:
    found = find("人大代表建议", Term(DEPUTIES, "人大代表"), Term(DEMOCRACY, "代表建议"))
    assert set(found) == {DEPUTIES, DEMOCRACY}


@pytest.mark.parametrize(("weight", "hidden"), [(1.0, True), (2.0, True), (3.0, False)])
def test_only_a_strong_term_counts_inside_another_themes_longer_term(
    weight: float, hidden: bool
) -> None:
    inside, around = Term(1, "审查监督", weight), Term(2, "预算审查监督", 3.0)
    assert (1 not in find("加强预算审查监督", inside, around)) is hidden


def test_an_excluded_phrase_hides_what_it_covers_for_its_own_theme_only() -> None:
    terms = (
        Term(DEMOCRACY, "法律监督"),
        Term(DEMOCRACY, "检察机关法律监督", excluded=True),
        Term(DEPUTIES, "法律监督"),
    )
    found = find("加强检察机关法律监督", *terms)
    assert set(found) == {DEPUTIES}
    assert set(find("加强法律监督", *terms)) == {DEMOCRACY, DEPUTIES}


def test_a_short_term_does_not_stand_inside_a_longer_word() -> None:
    assert find("深化行政体制改革", Term(1, "政体")) == {}
    assert set(find("我国的国体和政体", Term(1, "政体"))) == {1}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("围绕产业建设、乡村振兴、生态保护等工作", True),
        ("围绕乡村振兴、生态保护等工作", True),
        ("围绕产业建设、乡村振兴", True),
        ("全面推进乡村振兴，守住底线", False),
    ],
)
def test_an_item_of_an_enumeration_is_told(text: str, listed: bool) -> None:
    ((place,),) = find(text, Term(1, "乡村振兴")).values()
    assert place.listed is listed


def test_a_markers_sign_makes_no_enumeration() -> None:
    ((place,),) = find("二、乡村振兴要有新招", Term(1, "乡村振兴"), marked=1).values()
    assert not place.listed


def test_no_terms_match_nothing() -> None:
    assert find("全过程人民民主") == {}


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


# Letters make no Chinese words, so that no border of a word takes part.
@given(
    st.text("abcd", max_size=60),
    st.sets(st.text("abcd", min_size=2, max_size=5), max_size=8),
)
def test_counts_are_those_of_a_plain_scan(text: str, words: set[str]) -> None:
    found = count(text, *(Term(1, word) for word in words))
    assert dict(found.get(1, [])) == count_slowly(text, sorted(words))
