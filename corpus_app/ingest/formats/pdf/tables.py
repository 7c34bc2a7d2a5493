"""Ruled tables of a page: which lines part cells, and what stands in each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.bands import Row
from corpus_app.ingest.formats.pdf.columns import order_regions, part_rows
from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.wording import join_words, write_row

NEAR: Final = 3.0
MOST_RULES: Final = 600
MOST_CELLS: Final = 5_000
# A cell of more lines is a frame that a page is laid out in.
LONGEST_CELL: Final = 10
REACH: Final = 1.5


@dataclass(slots=True)
class Table(Piece):
    """A table in its place among the pieces of a frame: its rows, cells parted by tabs."""

    rows: tuple[str, ...] = ()
    height: float = 0.0

    @property
    def top(self) -> float:
        """Return the upper edge in the frame."""
        return self.base - self.height / 2

    @property
    def bottom(self) -> float:
        """Return the lower edge in the frame."""
        return self.base + self.height / 2


@dataclass(slots=True)
class _Grid:
    """Lines from left to right and from top to bottom, and the walls between cells."""

    xs: list[float]
    ys: list[float]
    levels: list[Box]
    uprights: list[Box]

    def find_cell(self, piece: Piece) -> tuple[int, int] | None:
        """Return row and column of the piece's middle, None where it is outside."""
        x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None

    def walls_right(self, row: int, column: int) -> bool:
        x, y = self.xs[column + 1], (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(u[0] - x) <= NEAR and u[1] <= y <= u[3] for u in self.uprights)

    def walls_below(self, row: int, column: int) -> bool:
        y, x = self.ys[row + 1], (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(level[1] - y) <= NEAR and level[0] <= x <= level[2] for level in self.levels)


def take_tables(pieces: Sequence[Piece], rules: Sequence[Box]) -> list[Piece]:
    """Return the pieces with those that stand in a ruled table put together into one."""
    rest = list(pieces)
    made: list[Piece] = []
    for grid in _iter_grids(rules):
        cells = _fill_cells(grid, rest)
        if len({column for _, column in cells}) < 2:
            continue
        longest = max(len(part_rows(inside)) for inside in cells.values())
        taken = {id(piece) for inside in cells.values() for piece in inside}
        if longest <= LONGEST_CELL:
            made.append(_write_table(grid, cells))
            rest = [piece for piece in rest if id(piece) not in taken]
    return rest + made


def _iter_grids(rules: Sequence[Box]) -> Iterator[_Grid]:
    levels = _merge([rule for rule in rules if rule[1] == rule[3]], 1)
    uprights = _merge([rule for rule in rules if rule[0] == rule[2]], 0)
    if not levels or not uprights or len(levels) + len(uprights) > MOST_RULES:
        return
    waiting = set(range(len(uprights)))
    while waiting:
        group, fresh = set(), {waiting.pop()}
        rows: set[int] = set()
        while fresh:
            group |= fresh
            touched = {
                i
                for i, level in enumerate(levels)
                if any(_touch(level, uprights[u]) for u in fresh)
            }
            rows |= touched
            fresh = {u for u in waiting if any(_touch(levels[i], uprights[u]) for i in touched)}
            waiting -= fresh
        yield from _build_grid([levels[i] for i in rows], [uprights[u] for u in group])


def _touch(level: Box, upright: Box) -> bool:
    across = level[0] - NEAR <= upright[0] <= level[2] + NEAR
    return across and upright[1] - NEAR <= level[1] <= upright[3] + NEAR


def _build_grid(levels: list[Box], uprights: list[Box]) -> Iterator[_Grid]:
    xs = [*(u[0] for u in uprights), *(x for level in levels for x in (level[0], level[2]))]
    ys = [*(level[1] for level in levels), *(y for u in uprights for y in (u[1], u[3]))]
    xs, ys = _snap(xs), _snap(ys)
    if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) <= MOST_CELLS:
        yield _Grid(xs, ys, levels, uprights)


def _snap(places: list[float]) -> list[float]:
    snapped: list[float] = []
    for place in sorted(places):
        if not snapped or place - snapped[-1] > NEAR:
            snapped.append(place)
    return snapped


def _merge(rules: list[Box], axis: int) -> list[Box]:
    """Join rules that go on in one line; axis is the place in a box that they have in common."""
    along = 1 - axis
    merged: list[list[float]] = []
    for rule in sorted(rules, key=lambda rule: (round(rule[axis]), rule[along])):
        last = merged[-1] if merged else None
        if last and abs(last[axis] - rule[axis]) <= 1.5 and rule[along] <= last[along + 2] + NEAR:
            last[along + 2] = max(last[along + 2], rule[along + 2])
        else:
            merged.append(list(rule))
    return [(a, b, c, d) for a, b, c, d in merged]


def _fill_cells(grid: _Grid, pieces: Sequence[Piece]) -> dict[tuple[int, int], list[Piece]]:
    """Return the pieces of each cell; cells without a wall between them are one, by the first."""
    inside: dict[tuple[int, int], list[Piece]] = {}
    roots: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.ys) - 1):
        for column in range(len(grid.xs) - 1):
            root = roots.get((row, column), (row, column))
            roots[row, column] = root
            if column + 2 < len(grid.xs) and not grid.walls_right(row, column):
                _unite(roots, (row, column + 1), root)
            if row + 2 < len(grid.ys) and not grid.walls_below(row, column):
                _unite(roots, (row + 1, column), root)
    for piece in pieces:
        cell = None if isinstance(piece, Table) else grid.find_cell(piece)
        if cell:
            inside.setdefault(roots[cell], []).append(piece)
    for root in set(roots.values()):
        inside.setdefault(root, [])
    return inside


def _unite(
    roots: dict[tuple[int, int], tuple[int, int]], cell: tuple[int, int], root: tuple[int, int]
) -> None:
    other = roots.get(cell)
    if other is None:
        roots[cell] = root
    elif other != root:
        first, second = sorted((other, root))
        roots.update({key: first for key, value in roots.items() if value == second})


def _write_table(grid: _Grid, cells: dict[tuple[int, int], list[Piece]]) -> Table:
    rows = []
    for number in range(len(grid.ys) - 1):
        own = sorted(cell for cell in cells if cell[0] == number)
        texts = [_write_cell(grid, cell, cells[cell]) for cell in own]
        if any(texts):
            rows.append("\t".join(texts))
    pieces = [piece for inside in cells.values() for piece in inside]
    boxes = [piece.box for piece in pieces]
    return Table(
        text="\n".join(rows),
        left=grid.xs[0],
        right=grid.xs[-1],
        base=(grid.ys[0] + grid.ys[-1]) / 2,
        size=median(piece.size for piece in pieces),
        box=(
            *(min(box[0] for box in boxes), min(box[1] for box in boxes)),
            *(max(box[2] for box in boxes), max(box[3] for box in boxes)),
        ),
        rows=tuple(rows),
        height=grid.ys[-1] - grid.ys[0],
    )


def _write_cell(grid: _Grid, cell: tuple[int, int], pieces: list[Piece]) -> str:
    """Return a cell's words in one line; a line that reaches the wall goes on without a blank."""
    text = ""
    last: Row | None = None
    for row in (row for region in order_regions(pieces) for row in region.rows):
        words = write_row(row).replace("\t", " ")
        if last is not None:
            edge = min((x for x in grid.xs if x > last[-1].right), default=last[-1].right)
            full = edge - last[-1].right <= REACH * last[-1].size
            text = join_words(text, words) if full else f"{text} {words}"
        else:
            text = words
        last = row
    return text
