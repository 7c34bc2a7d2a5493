"""The exact map of offsets between two texts, held against one built character by character."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.text.spans import Block
from corpus_app.text.text_map import TextMap

SIZE = 24
Pairs = dict[int, int]


@st.composite
def draw_maps(draw: st.DrawFn) -> tuple[TextMap, Pairs]:
    """Return a map, and the same as a dictionary of offsets."""
    blocks, pairs = [], {}
    a = b = 0
    for skip, other_skip, length in draw(
        st.lists(st.tuples(*[st.integers(0, 3)] * 2, st.integers(1, 4)), max_size=5)
    ):
        a, b = a + skip, b + other_skip
        blocks.append(Block(a, b, length))
        pairs |= {a + n: b + n for n in range(length)}
        a, b = a + length, b + length
    return TextMap(blocks), pairs


OFFSETS = st.integers(0, SIZE)


@given(draw_maps(), OFFSETS)
def test_a_character_is_found_where_it_is_and_nowhere_else(
    drawn: tuple[TextMap, Pairs], offset: int
) -> None:
    there, pairs = drawn
    assert there.find(offset) == pairs.get(offset)
    back = {b: a for a, b in pairs.items()}
    assert there.inverse.find(offset) == back.get(offset)


@given(draw_maps(), draw_maps(), OFFSETS)
def test_two_maps_make_the_map_through_the_text_between(
    one: tuple[TextMap, Pairs], two: tuple[TextMap, Pairs], offset: int
) -> None:
    middle = one[1].get(offset)
    wanted = None if middle is None else two[1].get(middle)
    assert one[0].then(two[0]).find(offset) == wanted


@given(draw_maps(), OFFSETS, OFFSETS)
def test_a_span_reaches_from_its_first_to_its_last_character(
    drawn: tuple[TextMap, Pairs], one: int, other: int
) -> None:
    there, pairs = drawn
    start, end = min(one, other), max(one, other)
    left = [pairs[offset] for offset in range(start, end) if offset in pairs]
    span = there.find_span(start, end)
    assert there.count(start, end) == len(left)
    assert there.count_before(start) == sum(offset < start for offset in pairs)
    if left:
        assert span == (left[0], left[-1] + 1)
        first = there.count_before(start)
        assert there.find_counted(first, first + len(left)) == span
    else:
        behind = [b for a, b in pairs.items() if a >= start]
        assert span == (behind[0] if behind else max(pairs.values(), default=-1) + 1,) * 2


@pytest.mark.parametrize(("first", "stop"), [(-1, 1), (1, 1), (0, 4)])
def test_characters_that_are_not_there_are_refused(first: int, stop: int) -> None:
    with pytest.raises(ValueError, match="no such characters"):
        TextMap.of_same(3).find_counted(first, stop)


def test_a_text_that_does_not_follow_is_refused() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        TextMap.of_kept("甲乙丙", [(0, 1), (2, 3)], "甲乙")
    assert TextMap.of_kept("甲 乙丙", [(0, 2), (3, 4)], "甲\n丙").blocks == [
        Block(0, 0, 1),
        Block(3, 2, 1),
    ]
