"""Spans without white space at their ends, and spans put together."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from corpus_app.text.spans import merge_spans, trim_span

TEXTS = st.text(alphabet="人民代表大会\n \u3000\x85，。", max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_trimmed_span_has_no_white_space_at_its_ends(text: str, one: int, two: int) -> None:
    low, high = min(one, two, len(text)), min(max(one, two), len(text))
    start, end = trim_span(text, low, high)
    assert low <= start <= end <= high
    assert text[start:end] == text[low:high].strip()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted)))
def test_merged_spans_cover_the_same_and_stand_apart(drawn: list[list[int]]) -> None:
    spans = [(start, end) for start, end in drawn]
    merged = merge_spans(spans)
    assert all(left.end < right.start for left, right in pairwise(merged))
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for start, end in merged for at in range(start, end)} == covered
