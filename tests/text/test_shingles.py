"""Numbers of a text's stretches, held against comparing the stretches themselves."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, strategies as st

from corpus_app.text.anchors import find_anchors
from corpus_app.text.shingles import roll_shingles


@given(st.text("甲乙丙", max_size=20), st.integers(1, 5))
def test_stretches_have_one_number_where_they_are_equal(text: str, size: int) -> None:
    numbers = roll_shingles(text, size)
    assert len(numbers) == max(1, len(text) - size + 1)
    stretches = [text[at : at + size] for at in range(len(numbers))]
    for one, other in combinations(range(len(numbers)), 2):
        assert (numbers[one] == numbers[other]) == (stretches[one] == stretches[other])


@given(st.text("甲乙丙丁", max_size=30), st.text("甲乙丙丁", max_size=30), st.integers(2, 4))
def test_anchors_stand_in_both_texts_and_ascend(first: str, second: str, size: int) -> None:
    a = b = 0
    for anchor in find_anchors(first, second, size, 1):
        words = first[anchor.first : anchor.first + anchor.length]
        assert len(words) >= size
        assert second[anchor.second :].startswith(words)
        assert anchor.first >= a
        assert anchor.second >= b
        a, b = anchor.first + anchor.length, anchor.second + anchor.length
