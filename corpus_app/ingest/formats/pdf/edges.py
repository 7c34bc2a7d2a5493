"""Rows near the upper and lower edges of pages, with what tells running heads from text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus_app.ingest.formats.pdf.bands import Row
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.glyphs import is_level
from corpus_app.ingest.formats.pdf.notes import MARK, name_mark
from corpus_app.ingest.formats.pdf.pages import PageFrame, PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.wording import write_row

EDGE, EDGE_ROWS = 0.16, 2
# A step is more than one between lines by so much: of the size of type, and of the usual step.
APART, WIDER = 1.5, 1.25


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A row near an edge: its pieces, text, and place, the base line's distance from the edge.

    rank counts rows from the edge, from 0; apart says that space parts it from the page's text,
    like that it is set as the text's lines are; inner is the third row's text and place.
    """

    page: int
    lower: bool
    row: Row
    text: str
    place: float
    rank: int
    apart: bool
    like: bool
    inner: tuple[str, float]


@dataclass(slots=True)
class Edges:
    """The rows near the edges of all pages, and how often words stand in rows between."""

    rows: list[EdgeRow]
    inside: Counter[str]


def read_edges(pages: Sequence[PrintedPage]) -> Edges:
    """Return the rows near the edges of the pages, and the words of the rows between them."""
    parted = [
        (page, frame, part_rows(frame.pieces))
        for page in pages
        for frame in page.frames
        if is_level(frame.frame.angle)
    ]
    leading = _find_leading([rows for _, _, rows in parted])
    edges = Edges([], Counter())
    for page, frame, rows in parted:
        found = list(_iter_rows(page.number, frame, rows, leading))
        taken = {id(one.row) for one in found}
        edges.rows += found
        edges.inside.update(write_row(row) for row in rows if id(row) not in taken)
    return edges


def _find_leading(pages: Sequence[list[Row]]) -> float:
    """Return the step from line to line that occurs most, in points."""
    steps = Counter(
        round(below[0].base - above[0].base)
        for rows in pages
        for above, below in pairwise(rows)
        if below[0].base - above[0].base > 0.9 * below[0].size
    )
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _iter_rows(page: int, frame: PageFrame, rows: list[Row], leading: float) -> Iterator[EdgeRow]:
    marks = _list_marks(frame.pieces)
    whole = max(frame.bounds[3] - frame.bounds[1], 1.0)
    for index, row in enumerate(rows):
        above = (row[0].bottom - frame.bounds[1]) / whole
        below = (frame.bounds[3] - row[0].top) / whole
        last = len(rows) - 1 - index
        if index < EDGE_ROWS and above < EDGE:
            yield _make_row(page, rows, index, 1, frame.bounds[1], leading)
        elif last < EDGE_ROWS and below < EDGE and not _is_note(write_row(row), marks):
            yield _make_row(page, rows, index, -1, frame.bounds[3], leading)


def _make_row(
    page: int, rows: list[Row], index: int, inwards: int, edge: float, leading: float
) -> EdgeRow:
    row = rows[index]
    rank = index if inwards > 0 else len(rows) - 1 - index
    inner = index + (EDGE_ROWS - rank) * inwards
    third = rows[inner] if 0 <= inner < len(rows) else []
    return EdgeRow(
        page,
        inwards < 0,
        row,
        write_row(row),
        row[0].base - edge,
        rank,
        _is_apart(rows, index, inwards, leading),
        _is_like(row, rows, index + inwards),
        (write_row(third), third[0].base - edge) if third else ("", 0.0),
    )


def _list_marks(pieces: Sequence[Piece]) -> set[str]:
    return {name_mark(piece.text[a:b]) for piece in pieces for a, b in piece.raised}


def _is_note(text: str, marks: set[str]) -> bool:
    """Say whether a row at the foot is a note that the page's text names ("同上，第 3 页")."""
    match = MARK.match(text)
    return match is not None and name_mark(match["mark"]) in marks


def _is_apart(rows: list[Row], index: int, inwards: int, leading: float) -> bool:
    """Say whether more space than between lines parts the row from the page's text.

    Of two rows at an edge, the outer one may have its space behind the inner one.
    """
    last, alone = index, True
    for number in range(1, EDGE_ROWS + 1):
        other = index + number * inwards
        if not 0 <= other < len(rows):
            break
        alone = False
        size = max(rows[other][0].size, rows[last][0].size)
        step = abs(rows[other][0].base - rows[last][0].base)
        if step > max(APART * size + 2, WIDER * leading):
            return True
        last = other
    return alone


def _is_like(row: Row, rows: list[Row], other: int) -> bool:
    """Say whether the row has the size of the one further in, and begins where lines do."""
    if not 0 <= other < len(rows):
        return False
    size = rows[other][0].size
    lefts = [one[0].left for one in rows if one is not row]
    return abs(row[0].size - size) < 0.03 * size and row[0].left - min(lefts) < 0.5 * size
