"""Running heads, feet and page numbers, told by their place on the page over all pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.formats.pdf.bands import Row
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.glyphs import is_level
from corpus_app.ingest.formats.pdf.notes import MARK, name_mark
from corpus_app.ingest.formats.pdf.pages import PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.formats.pdf.wording import write_row
from corpus_app.text.chars import narrow, squeeze

NUMBER: Final = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,5}|[ivxlcIVXLC]{1,7})"
DASHES: Final = r"[-—–─·•.\s~～]{0,6}"
PAGE_NUMBER: Final = re.compile(
    rf"{DASHES}(?:第\s*)?{NUMBER}(?:\s*[页頁])?{DASHES}"
    rf"|(?:第\s*)?{NUMBER}\s*[页頁]?\s*[/，,、]?\s*共?\s*{NUMBER}\s*[页頁]?"
    r"|(?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
# What browsers print above and below a page: date and title, address and page number.
BROWSER_LINE: Final = re.compile(
    r"(?:https?|file)://\S{1,500}(?:\s+\d{1,4}\s?/\s?\d{1,4})?"
    r"|(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4},?)\s*(?:上午|下午)?\s*\d{1,2}:\d{2}"
    r"(?:\s?[AP]M)?(?:\s.{0,200})?"
)
DIGITS: Final = re.compile(r"\d+")
EDGE, EDGE_ROWS = 0.16, 2
LONGEST: Final = 80
# Points by which a running head's place may differ from page to page.
SAME_PLACE: Final = 3.0
APART: Final = 1.5
# Of all pages, for a head that no space parts from the text: those to the left, or to the right.
MOSTLY: Final = 0.45


@dataclass(frozen=True, slots=True)
class _EdgeRow:
    """A row near the upper or lower edge: its pieces, text, place, and whether space parts it."""

    page: int
    frame: int
    row: Row
    text: str
    place: float
    apart: bool


def take_furniture(pages: Sequence[PrintedPage]) -> dict[int, list[Piece]]:
    """Take what belongs to the pages out of them; return it by number of page, in order."""
    rows = [row for page in pages for row in _iter_edge_rows(page)]
    counts: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for row in rows:
        counts[_flatten(row.text), round(row.place / SAME_PLACE)][row.page] += 1
    taken: dict[int, list[Piece]] = defaultdict(list)
    found = [row for row in rows if _is_furniture(row, counts, len(pages))]
    # A chapter of one page has its head where the others have theirs.
    places = Counter((round(row.place), round(row.row[0].size)) for row in found)
    common = {place for place, count in places.items() if 2 * count > len(pages)}
    for row in rows:
        usual = (round(row.place), round(row.row[0].size)) in common and row.apart
        if row in found or usual:
            taken[row.page] += row.row
    for page in pages:
        taken[page.number] += _list_marked(page)
        own = {id(piece) for piece in taken[page.number]}
        for frame in page.frames:
            frame.pieces = [piece for piece in frame.pieces if id(piece) not in own]
    return {number: _unique(pieces) for number, pieces in taken.items()}


def _unique(pieces: list[Piece]) -> list[Piece]:
    return list({id(piece): piece for piece in pieces}.values())


def _iter_edge_rows(page: PrintedPage) -> Iterator[_EdgeRow]:
    for number, frame in enumerate(page.frames):
        if not is_level(frame.frame.angle):
            continue
        rows = part_rows(frame.pieces)
        marks = _list_marks(frame.pieces)
        whole = max(frame.bounds[3] - frame.bounds[1], 1.0)
        for index, row in enumerate(rows):
            above = (row[0].bottom - frame.bounds[1]) / whole
            below = (frame.bounds[3] - row[0].top) / whole
            text = write_row(row)
            if index < EDGE_ROWS and above < EDGE:
                apart = _is_apart(rows, index, range(index + 1, len(rows)))
                yield _EdgeRow(page.number, number, row, text, row[0].base - frame.bounds[1], apart)
            elif index >= len(rows) - EDGE_ROWS and below < EDGE and not _is_note(text, marks):
                apart = _is_apart(rows, index, range(index - 1, -1, -1))
                yield _EdgeRow(page.number, number, row, text, row[0].base - frame.bounds[3], apart)


def _list_marks(pieces: Sequence[Piece]) -> set[str]:
    return {name_mark(piece.text[a:b]) for piece in pieces for a, b in piece.raised}


def _is_note(text: str, marks: set[str]) -> bool:
    """Say whether a row at the foot is a note that the page's text names ("同上，第 3 页")."""
    match = MARK.match(text)
    return match is not None and name_mark(match["mark"]) in marks


def _is_apart(rows: list[Row], index: int, inwards: range) -> bool:
    """Say whether more space than between lines parts the row from the page's text.

    Of two rows at an edge, the outer one may have its space behind the inner one.
    """
    last = index
    for other in list(inwards)[:EDGE_ROWS]:
        step = abs(rows[other][0].base - rows[last][0].base)
        if step > APART * max(rows[other][0].size, rows[last][0].size) + 2:
            return True
        last = other
    return not list(inwards)


def _is_furniture(row: _EdgeRow, counts: dict[tuple[str, int], Counter[int]], pages: int) -> bool:
    if len(row.text) > LONGEST and not BROWSER_LINE.fullmatch(row.text):
        return False
    if BROWSER_LINE.fullmatch(row.text):
        return True
    # Of two pages side by side on a sheet, each has its number.
    numbered = all(PAGE_NUMBER.fullmatch(narrow(piece.text)) for piece in row.row)
    if numbered or PAGE_NUMBER.fullmatch(narrow(row.text)):
        return bool(DIGITS.search(row.text)) or row.apart
    if not any(char.isalnum() for char in row.text):
        return False
    text, place = _flatten(row.text), round(row.place / SAME_PLACE)
    seen = {page for near in (-1, 0, 1) for page in counts.get((text, place + near), ())}
    # Heads differ on the left and the right page, and from chapter to chapter.
    return len(seen) >= 2 and (row.apart or (pages > 2 and len(seen) >= MOSTLY * pages))


def _flatten(text: str) -> str:
    return DIGITS.sub("#", squeeze(narrow(text)))


def _list_marked(page: PrintedPage) -> list[Piece]:
    """List what a tagged file calls no content, if it stands at an edge of the page."""
    found: list[Piece] = []
    for frame in page.frames:
        for piece in frame.pieces:
            edge = min(piece.box[3], page.height - piece.box[1]) < EDGE * page.height
            if piece.artifact and edge:
                found.append(piece)
    return found
