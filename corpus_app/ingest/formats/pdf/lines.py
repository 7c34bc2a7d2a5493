"""A page's regions as printed lines in the order of reading, with what tells paragraphs apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.formats.pdf.bands import Row
from corpus_app.ingest.formats.pdf.columns import Region, order_regions
from corpus_app.ingest.formats.pdf.pages import PageFrame, PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.tables import Table, take_tables
from corpus_app.ingest.formats.pdf.wording import is_table_row, write_row
from corpus_app.text.chars import squeeze

BESIDE: Final = 2


@dataclass(slots=True)
class PrintedLine:
    """A printed line: text, edges and base line in points, size of type; whole if a table's row.

    raised has the places [start, end) of raised small characters.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    whole: bool = False
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class LineBlock:
    """Lines of one page, read from top to bottom; column if others stand beside them."""

    page: int
    lines: list[PrintedLine] = field(default_factory=list)
    column: bool = False
    # The page's edges, between which the lines stand.
    bounds: tuple[float, float] = (0.0, 0.0)


def list_blocks(page: PrintedPage) -> list[LineBlock]:
    """Return the page's blocks in the order of reading.

    Words in another direction come before the page's own if they stand above them, else after.
    """
    if not page.frames:
        return []
    main = page.frames[0]
    top = min((piece.box[1] for piece in main.pieces), default=0.0)
    before: list[LineBlock] = []
    after: list[LineBlock] = []
    for frame in page.frames[1:]:
        above = all(piece.box[3] <= top + piece.size for piece in frame.pieces)
        (before if above else after).extend(_iter_blocks(page.number, frame))
    return [*before, *_iter_blocks(page.number, main), *after]


def _iter_blocks(number: int, frame: PageFrame) -> Iterator[LineBlock]:
    for region in order_regions(take_tables(frame.pieces, frame.rules), frame.rules):
        edges = frame.bounds[0], frame.bounds[2]
        block = LineBlock(number, list(_iter_lines(region)), region.column, edges)
        if block.lines:
            yield block


def _iter_lines(region: Region) -> Iterator[PrintedLine]:
    rows = region.rows
    for index, row in enumerate(rows):
        tables = [piece for piece in row if isinstance(piece, Table)]
        beside = [*rows[max(0, index - BESIDE) : index], *rows[index + 1 : index + 1 + BESIDE]]
        words = [piece for piece in row if not isinstance(piece, Table)]
        if words:
            yield _write_line(words, beside)
        for table in tables:
            for text in table.rows:
                yield PrintedLine(
                    text, table.left, table.right, table.bottom, table.size, whole=True
                )


def _write_line(row: Row, beside: Sequence[Row]) -> PrintedLine:
    table = is_table_row(row, beside)
    text = write_row(row, table=table)
    widest = max(row, key=lambda piece: len(piece.text))
    raised: list[tuple[int, int]] = []
    start = 0
    for piece in row:
        start = text.index(piece.text, start)
        raised += [(start + a, start + b) for a, b in piece.raised]
        start += len(piece.text)
    return PrintedLine(
        text,
        row[0].left,
        max(piece.right for piece in row),
        widest.base,
        widest.size,
        table,
        tuple(raised),
    )


def list_words(pieces: Sequence[Piece]) -> str:
    """Return pieces' words in a row, for a notice."""
    return "、".join(dict.fromkeys(squeeze(piece.text) for piece in pieces))
