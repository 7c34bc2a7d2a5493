"""Many fixed phrases found in one pass, held against looking for each of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from corpus_app.text.phrases import PhraseIndex, choose_longest


@given(st.text("甲乙丙", max_size=40), st.sets(st.text("甲乙丙", min_size=2, max_size=4)))
def test_the_phrase_index_finds_what_a_plain_search_finds(text: str, phrases: set[str]) -> None:
    expected = {
        (at, phrase) for phrase in phrases for at in range(len(text)) if text.startswith(phrase, at)
    }
    assert set(PhraseIndex(phrases).find_all(text)) == expected


def test_the_longest_span_stands_and_the_first_of_equals() -> None:
    assert choose_longest([(0, 2), (1, 4), (3, 6), (6, 8)], 9) == [(1, 4), (6, 8)]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=8))
def test_chosen_spans_do_not_meet_and_every_other_one_meets_one_as_long(
    drawn: list[tuple[int, int]],
) -> None:
    spans = {(start, start + length) for start, length in drawn}
    chosen = choose_longest(spans, 30)
    assert all(left[1] <= right[0] for left, right in pairwise(chosen))
    for start, end in spans - set(chosen):
        meeting = [(a, b) for a, b in chosen if a < end and start < b]
        assert any(b - a >= end - start for a, b in meeting)
