"""Lines of which another lies on top: each of the two is read by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from corpus_app.ingest.formats.pdf.frames import Placed

# In sizes of type: what characters lie over each other by, and how far a line goes on.
OVER, FURTHER = 0.3, 3.0
FEWEST: Final = 2
Row = list[Placed]


def part_layers(row: Row, order: Mapping[int, int]) -> list[Row]:
    """Return the characters of a row in the lines that were drawn, one unless some lie on others.

    order has the place of each character (its identity) in the order of drawing.
    """
    if sum(_lies_over(one, other) for one, other in pairwise(row)) < FEWEST:
        return [row]
    layers: list[list[Row]] = []
    for run in _part_runs(sorted(row, key=lambda one: order[id(one)])):
        free = (layer for layer in layers if not any(_meet(run, other) for other in layer))
        layer = next(free, None)
        if layer is None:
            layers.append([run])
        else:
            layer.append(run)
    return [sorted((one for run in layer for one in run), key=_read_left) for layer in layers]


def _read_left(one: Placed) -> float:
    return one.left


def _lies_over(one: Placed, other: Placed) -> bool:
    """Say whether a character lies on the one before it, and is not that one drawn again."""
    wide = min(one.right - one.left, other.right - other.left)
    texts = one.glyph.text, other.glyph.text
    # Signs are wider than their ink, and typesetting draws them together.
    words = all(text.isalnum() for text in texts) and texts[0] != texts[1]
    return words and one.right - other.left > OVER * wide


def _part_runs(drawn: Sequence[Placed]) -> list[Row]:
    runs: list[Row] = []
    for one in drawn:
        last = runs[-1][-1] if runs else None
        goes_on = last is not None and -OVER < (one.left - last.right) / last.size < FURTHER
        if goes_on and last is not None and last.size == one.size:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _meet(run: Row, other: Row) -> bool:
    wide = min(run[-1].right, other[-1].right) - max(run[0].left, other[0].left)
    return wide > OVER * min(run[0].size, other[0].size)
