"""Bands of rows that an empty strip parts into columns of running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.wrapping import Side, find_wrap

# In sizes of type: what an empty strip between columns is at least, and a column.
GUTTER, COLUMN = 0.7, 5.0
FEWEST_ROWS, LONG_COLUMN = 3, 6
# So many lines of a column of prose come near its right edge.
FILLED, REACH = 0.35, 2.2
FEWEST_CHARS: Final = 5
RUNNING: Final = (0.5, 12)
LEADING, PARTED, HEADING, EMPTY = 1.3, 3.0, 1.2, 3.0
# What stands in by more than this is no first line of a paragraph.
INDENT, CENTRED, OVERHANG = 2.6, 2.0, 1.5
# What a box is worth more than columns of its height.
WRAPPED: Final = 5.0
Row = list[Piece]
Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows first to last (included) that an empty strip around x parts; score to compare.

    box is the side where a box stands that the text of the other side runs around.
    """

    first: int
    last: int
    x: float
    score: float
    box: Side | None = None


def iter_bands(rows: list[Row], levels: list[Box], x: float, em: float) -> Iterator[Band]:
    """Yield the bands of rows that leave a strip around x free."""
    first, free = 0, (float("-inf"), float("inf"))
    for index, row in enumerate([*rows, None]):
        strip = None if row is None else _find_free(row, x)
        narrowed = strip and (max(free[0], strip[0]), min(free[1], strip[1]))
        if narrowed and narrowed[1] - narrowed[0] >= GUTTER * em:
            free = narrowed
            continue
        band = _weigh(rows, first, index - 1, x, em)
        if band:
            yield from _part_band(rows, band, levels, em)
        first, free = (index, strip) if strip else (index + 1, (float("-inf"), float("inf")))


def _part_band(rows: list[Row], band: Band, levels: list[Box], em: float) -> Iterator[Band]:
    """Yield the band, or its parts where a rule or an empty strip runs across all columns.

    What is above such a rule is another article than what is below it.
    """
    low = float("-inf")
    for index in range(band.first + 1, band.last + 1):
        low = max(low, *(piece.bottom for piece in rows[index - 1]))
        high = min(piece.top for piece in rows[index])
        ruled = any(
            low - em / 2 < y < high + em / 2 and left < band.x < right
            for left, y, right, _ in levels
        )
        heading = min(piece.size for piece in rows[index]) > HEADING * em
        if ruled or high - low > (em if heading else EMPTY * em):
            upper = _weigh(rows, band.first, index - 1, band.x, em)
            lower = _weigh(rows, index, band.last, band.x, em)
            if upper and lower:
                yield upper
                yield from _part_band(rows, lower, levels, em)
                return
    yield band


def _find_free(row: Row, x: float) -> Strip | None:
    """Return the empty strip around x in a row, None where something stands there."""
    if any(piece.left < x < piece.right for piece in row):
        return None
    left = max((piece.right for piece in row if piece.right <= x), default=float("-inf"))
    right = min((piece.left for piece in row if piece.left >= x), default=float("inf"))
    return left, right


def _weigh(rows: list[Row], first: int, last: int, x: float, em: float) -> Band | None:
    wrap = find_wrap(rows, first, last, x, em)
    if wrap:
        start, end, side = wrap
        height = rows[end][0].base - rows[start][0].base
        return Band(start, end, x, height + WRAPPED * em, side)
    first, last = _trim(rows, first, last, x)
    first, last = _leave_titles(rows, first, last, x, em)
    band = rows[first : last + 1]
    left = [[p for p in row if p.right <= x] for row in band]
    right = [[p for p in row if p.left >= x] for row in band]
    left, right = [row for row in left if row], [row for row in right if row]
    if _is_tail(left, right, em):
        return Band(first, last, x, rows[last][0].base - rows[first][0].base)
    if min(len(left), len(right)) < FEWEST_ROWS:
        return None
    if not _overlap(left, right):
        return None
    prose = _is_prose(left, em) and _is_prose(right, em)
    # Running text is no cell, whatever list stands beside it.
    if not prose and not _is_prose(left, em, *RUNNING) and _is_aligned(left, right):
        return None
    if min(_measure(left), _measure(right)) < COLUMN * em:
        return None
    # The strip that runs on for longest parts first: what it is cut by stands beside a column.
    return Band(first, last, x, rows[last][0].base - rows[first][0].base)


def _is_tail(left: list[Row], right: list[Row], em: float) -> bool:
    """Say whether a text that filled one column ends in a few lines at the top of the next."""
    if len(left) < LONG_COLUMN or not 0 < 3 * len(right) <= len(left):
        return False
    level = abs(left[0][0].base - right[0][0].base) < 0.5 * em
    return level and _is_prose(left, em) and _measure(left) >= COLUMN * em


def _trim(rows: list[Row], first: int, last: int, x: float) -> tuple[int, int]:
    """Leave out lines above and below the columns that stand at one side by chance."""
    while first < last and not _has_both(rows, first, x):
        first += 1
    bases = [row[0].base for row in rows[first : last + 1] if row[0].right <= x]
    steps = sorted(b - a for a, b in pairwise(bases)) or [0.0]
    # As far apart as lines are, or paragraphs.
    farthest = max(LEADING * median(steps), min(1.05 * steps[-1], PARTED * median(steps)))
    while last > first and not _has_both(rows, last, x):
        # The first column of a text that ends in it is longer than the others.
        step = rows[last][0].base - rows[last - 1][0].base
        if rows[last][0].right <= x and step <= farthest:
            break
        last -= 1
    return first, last


def _leave_titles(rows: list[Row], first: int, last: int, x: float, em: float) -> tuple[int, int]:
    """Leave out rows of a title or a foot that only happen to be free at x (name, date)."""
    while first < last and _spans_columns(rows[first], rows[first + 1 : last + 1], x, em):
        first += 1
    while first < last and _spans_columns(rows[last], rows[first:last], x, em):
        last -= 1
    return first, last


def _spans_columns(row: Row, others: list[Row], x: float, em: float) -> bool:
    """Say whether a row stands between the outer edges of both columns, and in neither of them.

    It is centred between them, or fills them from edge to edge with room in its middle.
    """
    left, right = [p for p in row if p.right <= x], [p for p in row if p.left >= x]
    lefts = [p for one in others for p in one if p.right <= x]
    rights = [p for one in others for p in one if p.left >= x]
    if not (left and right and lefts and rights):
        return False
    before = left[0].left - min(p.left for p in lefts)
    behind = max(p.right for p in rights) - right[-1].right
    inside = max(p.right for p in lefts) - left[-1].right
    beyond = right[0].left - min(p.left for p in rights)
    if min(inside, beyond) < -OVERHANG * em:
        return min(len(lefts), len(rights)) >= LONG_COLUMN
    if abs(before - behind) > max(CENTRED * em, max(before, behind) / 3):
        return False
    if before > INDENT * em:
        return abs(before - inside) > em and abs(beyond - behind) > em
    return max(before, behind) < em / 2 and min(inside, beyond) > INDENT * em


def _has_both(rows: list[Row], index: int, x: float) -> bool:
    """Say whether something stands at both sides, in this row or, by its height, beside it."""
    base = rows[index][0].base
    near = [
        piece
        for row in rows[max(0, index - 1) : index + 2]
        for piece in row
        if piece.top < base + piece.size and base - piece.size < piece.bottom
    ]
    return any(piece.right <= x for piece in near) and any(piece.left >= x for piece in near)


def _overlap(left: list[Row], right: list[Row]) -> bool:
    top = max(left[0][0].top, right[0][0].top)
    bottom = min(left[-1][0].bottom, right[-1][0].bottom)
    heights = [rows[-1][0].bottom - rows[0][0].top for rows in (left, right)]
    return bottom - top >= 0.5 * min(heights)


def _measure(rows: list[Row]) -> float:
    return max(row[-1].right for row in rows) - min(row[0].left for row in rows)


def _is_prose(
    rows: list[Row], em: float, share: float = FILLED, fewest: int = FEWEST_CHARS
) -> bool:
    """Say whether lines run to the right edge, as those of paragraphs do and of cells do not.

    There may be more than one column: each piece is held against the edge of its own.
    """
    pieces = [piece for row in rows for piece in row if piece.size <= HEADING * em]
    edges: list[list[float]] = []
    for left, right in sorted((piece.left, piece.right) for piece in pieces):
        if edges and left < edges[-1][1] + GUTTER * em:
            edges[-1][1] = max(edges[-1][1], right)
        else:
            edges.append([left, right])
    filled = sum(
        any(left <= piece.right <= right <= piece.right + REACH * em for left, right in edges)
        for piece in pieces
    )
    chars = median(len(piece.text) for piece in pieces) if pieces else 0
    return filled >= share * len(pieces) and chars >= fewest


def _is_aligned(left: list[Row], right: list[Row]) -> bool:
    """Say whether most lines at one side have their line at the other, as cells of a row do."""
    bases = [row[0].base for row in right]
    met = sum(any(abs(row[0].base - b) < 0.3 * row[0].size for b in bases) for row in left)
    return met >= 0.5 * min(len(left), len(right))
