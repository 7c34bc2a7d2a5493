"""A page's regions as printed lines in the order of reading, with what tells paragraphs apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.formats.pdf.bands import Row
from corpus_app.ingest.formats.pdf.columns import Region, order_regions
from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.pages import PageFrame, PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.tables import Table, take_tables
from corpus_app.ingest.formats.pdf.wording import is_table_row, write_row
from corpus_app.text.chars import squeeze

BESIDE: Final = 2
# In sizes of type: the height of a picture that lines stand beside, and their distance from it.
TALL, APART = 1.5, 3.0
EVERYWHERE: Final = (float("-inf"), float("inf"))


@dataclass(slots=True)
class PrintedLine:
    """A printed line: text, edges and base line in points, size of type; whole if a table's row.

    raised has the places [start, end) of raised small characters; room is where the lines beside
    a picture begin and end, if the line is one.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    whole: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    room: tuple[float, float] = EVERYWHERE


@dataclass(slots=True)
class LineBlock:
    """Lines of one page, read from top to bottom.

    column says that others stand beside them, box that they are no part of the text around them.
    """

    page: int
    lines: list[PrintedLine] = field(default_factory=list)
    column: bool = False
    # The page's edges, between which the lines stand.
    bounds: tuple[float, float] = (0.0, 0.0)
    box: bool = False


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
        column, box = region.kind != "text", region.kind == "box"
        block = LineBlock(number, list(_iter_lines(region)), column, edges, box)
        if block.lines:
            for picture in (*frame.pictures, *_iter_initials(region)):
                _limit_room(block.lines, picture)
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


def _iter_initials(region: Region) -> Iterator[Box]:
    for piece in (piece for row in region.rows for piece in row):
        if isinstance(piece, Piece) and piece.initial:
            yield piece.initial


def _limit_room(lines: Sequence[PrintedLine], picture: Box) -> None:
    """Tell the lines that stand beside a picture where they begin or end."""
    left, top, right, bottom = picture
    level = [line for line in lines if top < line.base and line.base - line.size < bottom]
    for before in (True, False):
        near = [
            line
            for line in level
            if bottom - top > TALL * line.size
            and (left - line.right if before else line.left - right) > -1
        ]
        if near and before:
            edge = max(line.right for line in near)
            near = near if left - edge < APART * near[0].size else []
        elif near:
            edge = min(line.left for line in near)
            near = near if edge - right < APART * near[0].size else []
        for line in near:
            line.room = (line.room[0], edge) if before else (edge, line.room[1])


def list_words(pieces: Sequence[Piece]) -> str:
    """Return pieces' words in a row, for a notice."""
    return "、".join(dict.fromkeys(squeeze(piece.text) for piece in pieces))
