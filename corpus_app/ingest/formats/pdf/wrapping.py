"""Boxes that lines of text run beside: longer lines stand above or below, and reach over both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from corpus_app.ingest.formats.pdf.pieces import Piece

# In sizes of type: how near lines come to their edge, by how much those around the box are longer.
FILLED, LONGER, LEADING = 1.2, 3.0, 3.2
FEWEST_CHARS, LONG = 6, 10
INDENT, NARROWER = 2.6, 0.8
MOSTLY: Final = 0.6
# Of lines that stand on one height with all of the box's, as cells of a table do.
NEARLY_ALL, FULL = 0.8, 0.6
Row = list[Piece]
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class _Halves:
    """The pieces of rows at one side of a strip, by number of row; right if the text is there."""

    text: dict[int, Piece]
    box: dict[int, Row]
    right: bool


def find_wrap(
    rows: Sequence[Row], first: int, last: int, x: float, em: float
) -> tuple[int, int, Side] | None:
    """Return the first and last row in which text runs beside a box, and the box's side of x.

    Rows first to last leave a strip around x free; None where there is no such box.
    """
    for right in (False, True):
        side = _part(rows, first, last, x, em, right=right)
        if side is None:
            continue
        start, end = _reach(side, em)
        if (
            _is_text(side, start, end, em)
            and _is_narrower(side, start, end)
            and _is_longer(rows, side, start, end, em)
        ):
            return start, end, "left" if right else "right"
    return None


def _part(
    rows: Sequence[Row], first: int, last: int, x: float, em: float, *, right: bool
) -> _Halves | None:
    text: dict[int, Piece] = {}
    box: dict[int, Row] = {}
    for index in range(first, last + 1):
        own = [piece for piece in rows[index] if (piece.left >= x) == right]
        other = [piece for piece in rows[index] if (piece.left >= x) != right]
        if len(own) > 1:
            return None
        if own:
            text[index] = own[0]
        if other:
            box[index] = other
    # The end of the paragraph above is as short as a box at times, and has no text beside it.
    top = next(iter(text.values())).base - em if text else 0.0
    while len(box) > 1 and (start := min(box)) not in text and box[start][0].base < top:
        del box[start]
    return _Halves(text, box, right) if box and text else None


def _reach(side: _Halves, em: float) -> tuple[int, int]:
    """Return the rows from the box's first to its last, with those above and below as short."""
    start, end = min(side.box), max(side.box)
    high, low = side.box[start][0].base - 1.2 * em, side.box[end][0].base + 1.2 * em
    near = [n for n, piece in side.text.items() if high < piece.base < low]
    if not near:
        return start, end
    beside = [side.text[n] for n in near]
    start, end = min(start, *near), max(end, *near)
    edge = min(p.left for p in beside) if side.right else max(p.right for p in beside)
    for step, at in ((-1, start), (1, end)):
        while (piece := side.text.get(at + step)) is not None and at + step not in side.box:
            gap = piece.left - edge if side.right else edge - piece.right
            reach = INDENT * em if side.right else FILLED * em
            if not (-reach if side.right else -em / 2) < gap < reach:
                break
            at += step
        start, end = (at, end) if step < 0 else (start, at)
    return start, end


def _is_text(side: _Halves, start: int, end: int, em: float) -> bool:
    """Say whether the lines beside the box are those of a paragraph: as large, and full."""
    lines = [piece for n, piece in side.text.items() if start <= n <= end]
    if len(lines) < 2 or any(abs(piece.size - em) > 0.06 * em for piece in lines):
        return False
    cells = [row for n, row in side.box.items() if start <= n <= end]
    alike = all(abs(piece.size - em) <= 0.06 * em for row in cells for piece in row)
    shared = sum(n in side.text for n in side.box)
    if not alike and len(cells) > 1 and 2 * shared < len(side.box):
        return True
    aligned = alike and all(n in side.text for n in side.box) and len(cells) == len(lines)
    near, share, fewest = (FULL, NEARLY_ALL, LONG) if aligned else (FILLED, MOSTLY, FEWEST_CHARS)
    edge = max(piece.right for piece in lines)
    full = sum(edge - piece.right < near * em for piece in lines)
    if side.right:
        left = min(piece.left for piece in lines)
        full = min(full, sum(_begins(piece.left - left, near * em, em) for piece in lines))
    chars = median(len(piece.text) for piece in lines)
    return full >= min(share * len(lines), len(lines) - 1) and full > 1 and chars >= fewest


def _is_narrower(side: _Halves, start: int, end: int) -> bool:
    """Say whether the box is narrower than the text beside it: columns are alike."""
    box = [piece for n, row in side.box.items() if start <= n <= end for piece in row]
    text = [piece for n, piece in side.text.items() if start <= n <= end]
    return _measure(box) < NARROWER * _measure(text)


def _measure(pieces: Sequence[Piece]) -> float:
    return max(piece.right for piece in pieces) - min(piece.left for piece in pieces)


def _begins(indent: float, near: float, em: float) -> bool:
    """Say whether a line begins at the edge, or as far in as the first of a paragraph."""
    return indent < near or 1.5 * em < indent < INDENT * em


def _is_longer(rows: Sequence[Row], side: _Halves, start: int, end: int, em: float) -> bool:
    """Say whether the text's line above or below runs on to where the box stands."""
    lines = [piece for n, piece in side.text.items() if start <= n <= end]
    left, right = min(p.left for p in lines), max(p.right for p in lines)
    for near, at in ((start - 1, start), (end + 1, end)):
        if not 0 <= near < len(rows) or len(rows[near]) > 1:
            continue
        piece = rows[near][0]
        step = min(abs(piece.base - other.base) for other in rows[at])
        beyond = left - piece.left if side.right else piece.right - right
        same = abs(piece.size - em) <= 0.06 * em
        begins = side.right or piece.left - left < LONGER * em
        if same and begins and beyond > LONGER * em and step < LEADING * em:
            return True
    return False
