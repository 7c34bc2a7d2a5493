"""Large initials that lines of a paragraph run around: they stand before its first word."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.frames import Placed

# Sizes of type of the lines: how large an initial is, how near they begin, where paragraphs do.
LARGE, NEAR, INDENT = 1.6, 1.6, 2.0
CLOSE: Final = 0.9
# With the quotation mark before it.
LONGEST: Final = 2
Row = list[Placed]


def place_initials(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with initials put before the first of the lines that run around them.

    There an initial has no width, and the line begins as far in as a paragraph does.
    """
    sizes = [one.size for row in rows for one in row]
    usual = median(sizes) if sizes else 0.0
    parted = [part for row in rows for part in _part_initial(row)]
    placed: list[Row] = []
    moved: dict[int, Row] = {}
    for row in parted:
        large = len(row) <= LONGEST and row[0].size >= LARGE * usual
        host = _find_host(row, parted) if large else None
        if host is None:
            placed.append(row)
        else:
            moved[id(host)] = row
    return [_put_before(moved[id(row)], row) if id(row) in moved else row for row in placed]


def _part_initial(row: Row) -> list[Row]:
    """Return an initial and the rest of the line that its foot stands on."""
    for count in range(LONGEST, 0, -1):
        head, rest = row[:count], row[count:]
        if len(rest) > LONGEST and _is_larger(head, median(one.size for one in rest)):
            return [head, rest]
    return [row]


def _is_larger(head: Row, size: float) -> bool:
    return all(one.size >= LARGE * size for one in head)


def _find_host(initial: Row, rows: Sequence[Row]) -> Row | None:
    """Return the first line beside an initial: one of two, or near at the text's left edge."""
    if not any(one.glyph.text.isalnum() for one in initial):
        return None
    base, top, right = initial[0].base, min(one.top for one in initial), initial[-1].right
    beside = [
        row
        for row in rows
        if len(row) > LONGEST
        and top - 0.3 * row[0].size < row[0].base - row[0].size / 2
        and row[0].base < base + 0.6 * row[0].size
        and -0.3 < (row[0].left - right) / row[0].size < NEAR
        and _is_larger(initial, row[0].size)
    ]
    if not beside:
        return None
    line, em = beside[0], beside[0][0].size
    several = len(beside) > 1 and abs(line[0].left - beside[1][0].left) <= em
    edge = min(row[0].left for row in rows)
    alone = initial[0].left - edge < em / 2 and line[0].left - right < CLOSE * em
    return line if several or alone else None


def _put_before(initial: Row, line: Row) -> Row:
    first = line[0]
    box = (initial[0].left, initial[0].top, initial[-1].right, initial[0].bottom)
    for one in initial:
        one.left = one.right = first.left + INDENT * first.size
        one.base, one.size = first.base, first.size
    initial[0].initial = box
    return [*initial, *line]
