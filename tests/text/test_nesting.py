"""Which of nested spans holds a stretch, held against looking at all of them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, strategies as st

from corpus_app.text.nesting import Nesting


class Piece(NamedTuple):
    start: int
    end: int
    depth: int


def list_pieces(draw: st.DrawFn, start: int, end: int, depth: int) -> list[Piece]:
    """Return pieces of start to end in reading order, each before those inside it."""
    cuts = sorted(draw(st.lists(st.integers(start, end), max_size=4)))
    pieces: list[Piece] = []
    for low, high in pairwise(cuts):
        if draw(st.booleans()):
            pieces.append(Piece(low, high, depth))
            pieces += list_pieces(draw, low, high, depth + 1) if depth < 4 else []
    return pieces


@given(st.data(), st.integers(0, 30), st.integers(1, 30))
def test_the_deepest_span_that_holds_a_stretch_is_found(
    data: st.DataObject, start: int, length: int
) -> None:
    pieces = data.draw(st.composite(lambda draw: list_pieces(draw, 0, 40, 1))())
    holding = [one for one in pieces if one.start <= start and start + length <= one.end]
    deepest = max(holding, key=lambda one: one.depth, default=None)
    assert Nesting(pieces).find_deepest(start, start + length) == deepest


def test_of_spans_that_are_alike_the_inner_one_is_found() -> None:
    outer, inner = Piece(0, 9, 1), Piece(0, 9, 2)
    assert Nesting([outer, inner]).find_deepest(3, 5) is inner
    assert Nesting([outer, inner]).find_deepest(3, 10) is None
