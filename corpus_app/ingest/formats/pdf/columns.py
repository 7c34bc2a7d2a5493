"""Columns of a page: regions in the order of reading, found by the empty strips between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from corpus_app.ingest.formats.pdf.bands import (
    FEWEST_ROWS,
    GUTTER,
    Band,
    Row,
    Strip,
    iter_bands,
)
from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.pieces import Piece

# A strip is worth trying where so few of the lines beside it run across.
CROSSED: Final = 0.4
DEEPEST: Final = 12
MOST_BINS, MOST_ROWS = 2000, 1500


Kind = Literal["text", "column", "box"]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows to be read from top to bottom; a column or box has others beside it, text has not."""

    rows: list[Row]
    kind: Kind


def order_regions(pieces: Sequence[Piece], rules: Sequence[Box] = ()) -> list[Region]:
    """Return the regions of a frame in the order of reading; level rules part what is above."""
    regions: list[Region] = []
    levels = [rule for rule in rules if rule[1] == rule[3]]
    _order(list(pieces), levels, regions, DEEPEST, "text")
    return regions


def part_rows(pieces: Sequence[Piece], tolerance: float = 0.3) -> list[Row]:
    """Return pieces in rows of one base line, from top to bottom and left to right.

    What lies on another piece is a row of its own.
    """
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.base, piece.left)):
        near = rows and piece.base - rows[-1][0].base <= tolerance * min(
            piece.size, rows[-1][0].size
        )
        if near and not any(_lies_on(piece, other) for other in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _lies_on(piece: Piece, other: Piece) -> bool:
    return min(piece.right, other.right) - max(piece.left, other.left) > 0.8 * piece.size


def _order(
    pieces: list[Piece], levels: list[Box], regions: list[Region], depth: int, kind: Kind
) -> None:
    if not pieces:
        return
    rows = part_rows(pieces)
    band = _find_band(rows, levels) if depth and FEWEST_ROWS <= len(rows) <= MOST_ROWS else None
    if band is None:
        regions.append(Region(rows, kind))
        return
    inner = [piece for row in rows[band.first : band.last + 1] for piece in row]
    left: Kind = "box" if kind == "box" or band.box == "left" else "column"
    right: Kind = "box" if kind == "box" or band.box == "right" else "column"
    parts = (
        ([piece for row in rows[: band.first] for piece in row], kind),
        ([piece for piece in inner if _middle(piece) < band.x], left),
        ([piece for piece in inner if _middle(piece) >= band.x], right),
        ([piece for row in rows[band.last + 1 :] for piece in row], kind),
    )
    for part, own in parts:
        _order(part, levels, regions, depth - 1, own)


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2


def _find_band(rows: list[Row], levels: list[Box]) -> Band | None:
    em = median(piece.size for row in rows for piece in row)
    found: list[Band] = []
    tried: set[int] = set()
    for left, right in _iter_strips(rows, em):
        x = (left + right) / 2
        if round(x / em * 2) not in tried:
            tried.add(round(x / em * 2))
            found.extend(iter_bands(rows, levels, x, em))
    return max(found, key=lambda band: band.score, default=None)


def _iter_strips(rows: list[Row], em: float) -> Iterator[Strip]:
    """Yield strips that few lines cross: first those of the whole region, then gaps in rows."""
    start = min(row[0].left for row in rows)
    end = max(piece.right for row in rows for piece in row)
    bin_width = max(em / 4, (end - start) / MOST_BINS, 0.01)
    crossed = [0] * (int((end - start) / bin_width) + 2)
    for row in rows:
        for piece in row:
            crossed[int((piece.left - start) / bin_width) + 1] += 1
            crossed[int((piece.right - start) / bin_width)] -= 1
    yield from _iter_sparse(crossed, start, bin_width)
    for row in rows:
        for one, other in pairwise(row):
            if other.left - one.right >= GUTTER * em:
                yield one.right, other.left
    # A box's lines stand between those of the text beside it.
    for above, below in pairwise(rows):
        if below[0].base - above[0].base < below[0].size:
            for one, other in ((above[-1], below[0]), (below[-1], above[0])):
                if other.left - one.right >= GUTTER * em:
                    yield one.right, other.left


def _iter_sparse(steps: list[int], start: float, bin_width: float) -> Iterator[Strip]:
    counts, total = [], 0
    for step in steps:
        total += step
        counts.append(total)
    highest_left, highest_right = [0] * len(counts), [0] * len(counts)
    for index in range(1, len(counts)):
        highest_left[index] = max(highest_left[index - 1], counts[index - 1])
        back = len(counts) - 1 - index
        highest_right[back] = max(highest_right[back + 1], counts[back + 1])
    opened = None
    for index, count in enumerate(counts):
        sparse = count <= CROSSED * min(highest_left[index], highest_right[index])
        if sparse and opened is None and index:
            opened = index
        elif not sparse and opened is not None:
            yield start + opened * bin_width, start + index * bin_width
            opened = None
