"""One page of a PDF: its pieces of text in each direction of writing, and what else it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.encodings.plausibility import has_chinese
from corpus_app.ingest.formats.pdf.annotations import Annotations, read_annotations
from corpus_app.ingest.formats.pdf.columns import part_rows
from corpus_app.ingest.formats.pdf.doubled import read_doubled
from corpus_app.ingest.formats.pdf.drawings import Box, Drawings, read_drawings
from corpus_app.ingest.formats.pdf.frames import Frame, part_frames
from corpus_app.ingest.formats.pdf.glyphs import (
    UNKNOWN,
    Glyph,
    Pen,
    View,
    read_glyphs,
    repair_halves,
)
from corpus_app.ingest.formats.pdf.pieces import Piece, compose_pieces
from corpus_app.ingest.formats.pdf.stacks import spread_stacks
from corpus_app.ingest.formats.pdf.visibility import INVISIBLE_MODE, is_pale, part_hidden
from corpus_app.ingest.formats.pdf.wording import write_row
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.plausibility.language import find_language_fault

# A page is unreadable where the font says so seldom what its characters mean.
UNMAPPED: Final = 0.3
PICTURE: Final = 0.1
STAMPED: Final = 40
# Square points of a picture that lines run around.
SMALLEST: Final = 400
# Of fewer characters nobody can tell whether they are Chinese.
LEGIBLE: Final = 30
PRIVATE: Final = "\ue000", "\uf8ff"
GAPS: Final = re.compile(
    "(?<=[\u2018-\u201d\u3001-\u9fff\uff00-\uffef]) +(?=[\u2018-\u201d\u3001-\u9fff\uff00-\uffef])"
)


@dataclass(slots=True)
class PageFrame:
    """A frame's pieces, and the page's edges in its coordinates."""

    frame: Frame
    bounds: Box
    rules: list[Box]
    pieces: list[Piece]
    pictures: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class PrintedPage:
    """A page as read: number from 1, frames (the longest first), the rest for notices.

    state is "damaged" where pdfium cannot open the page, "unmapped" where its fonts do not say
    which characters they show; then there are no frames. recognised says that a recogniser read it:
    what is raised is doubtful then.
    """

    number: int
    state: str = ""
    frames: list[PageFrame] = field(default_factory=list)
    # Words that nobody sees, and by what that is known.
    hidden: list[tuple[str, str]] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    # Words that a recogniser read from stray marks.
    strays: list[str] = field(default_factory=list)
    scan: bool = False
    layer: bool = False
    picture: bool = False
    drawn: bool = False
    recognised: bool = False
    # Characters lay on one another, and are read in the order in which they were drawn.
    stacked: bool = False
    private: int = 0
    unmapped: int = 0
    annotations: Annotations = field(default_factory=Annotations)
    width: float = 0.0
    height: float = 0.0

    @property
    def chars(self) -> int:
        """Return how many characters of text the page has."""
        return sum(len(piece.text) for frame in self.frames for piece in frame.pieces)

    @property
    def scanned(self) -> bool:
        """Say whether the page is a picture with at most a stamp's or a scanner's words on it."""
        if self.state or self.layer or self.recognised or not self.drawn:
            return False
        return self.chars == 0 or (self.scan and self.chars < STAMPED)

    @property
    def unread(self) -> bool:
        """Say whether there may be words on the page, and they could not be read."""
        return bool(self.state) or self.scanned


def read_page(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> PrintedPage:
    """Return the page of this number, from 1; raises RejectedFile("too_large")."""
    printed = PrintedPage(number)
    try:
        page = document[number - 1]
        printed.annotations = read_annotations(page)
        if printed.annotations.drawn:
            # What annotations show becomes part of the page, in the place where it shows.
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        printed.state = "damaged"
        return printed
    try:
        view = View(page)
        printed.width, printed.height = view.width, view.height
        drawings = read_drawings(page, view.place)
        pens: dict[int, Pen] = {}
        glyphs = read_glyphs(text_page, view, drawings.ranks, limits, pens)
        if len(pens) < len(drawings.ranks):
            glyphs += read_doubled(document, number, page, pens, glyphs, view, limits)
        glyphs = list(repair_halves(glyphs))
        _fill(printed, page, glyphs, drawings, view)
    finally:
        text_page.close()
        page.close()
    return printed


def _fill(
    printed: PrintedPage,
    page: pypdfium2.PdfPage,
    glyphs: list[Glyph],
    drawings: Drawings,
    view: View,
) -> None:
    whole = view.width * view.height
    printed.picture = any(
        _area(ground.box) >= PICTURE * whole
        for ground in drawings.grounds
        if ground.kind == "picture"
    )
    printed.drawn = bool(drawings.shapes)
    words = [glyph for glyph in glyphs if not glyph.text.isspace()]
    printed.private = sum(PRIVATE[0] <= glyph.text[0] <= PRIVATE[1] for glyph in words)
    printed.unmapped = sum(glyph.unmapped for glyph in words)
    if words and printed.unmapped > UNMAPPED * len(words):
        if _is_legible(words):
            printed.unmapped = sum(glyph.text == UNKNOWN for glyph in words)
        else:
            printed.state = "unmapped"
            return
    _part_text(printed, page, glyphs, drawings, view)


def _is_legible(words: Sequence[Glyph]) -> bool:
    """Say whether characters that no font names are what it shows all the same.

    Text layers of recognised scans have no letters in their font, and codes that are Unicode.
    """
    text = "".join(glyph.text for glyph in words)
    unseen = sum(glyph.pen.mode == INVISIBLE_MODE for glyph in words)
    plain = has_chinese(text) and len(words) >= LEGIBLE and find_language_fault(text) is None
    return plain or 2 * unseen > len(words)


def _part_text(
    printed: PrintedPage,
    page: pypdfium2.PdfPage,
    glyphs: list[Glyph],
    drawings: Drawings,
    view: View,
) -> None:
    seen = part_hidden(page, glyphs, drawings, view)
    printed.layer, printed.scan = seen.layer, seen.scan
    spread = spread_stacks(seen.shown)
    printed.stacked, shown = spread is not None, spread or seen.shown
    printed.frames = list(iter_frames(shown, drawings.rules, printed, printed.readings))
    boxes = [ground.box for ground in drawings.grounds if ground.kind == "picture"]
    pictures = [box for box in boxes if _area(box) >= SMALLEST]
    for frame in printed.frames:
        frame.pictures = frame.frame.turn_rules(pictures)
    if seen.layer:
        _close_gaps(printed)
    for unseen, hidden in seen.hidden.items():
        hide(printed, hidden, unseen.rule)


def hide(printed: PrintedPage, glyphs: Sequence[Glyph], rule: str) -> None:
    """Add the words of characters that nobody sees to the page's hidden ones."""
    for frame in iter_frames(glyphs, (), printed, []):
        printed.hidden += [(write_row(row), rule) for row in part_rows(frame.pieces)]


def _close_gaps(printed: PrintedPage) -> None:
    """Drop the blanks that recognition puts between Chinese characters."""
    for frame in printed.frames:
        for piece in frame.pieces:
            piece.text, piece.raised = GAPS.sub("", piece.text), ()


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def iter_frames(
    glyphs: Sequence[Glyph], rules: Sequence[Box], page: PrintedPage, readings: list[str]
) -> Iterator[PageFrame]:
    """Yield the frames of characters on the page; readings takes what is written over others.

    Pale letters run apart, so that a watermark does not get into the line that it crosses.
    """
    pale = [glyph for glyph in glyphs if is_pale(glyph.pen)]
    plain = [glyph for glyph in glyphs if not is_pale(glyph.pen)] if pale else glyphs
    for layer, faint in ((plain, False), (pale, True)):
        for frame in part_frames(layer):
            pieces = compose_pieces(frame, rules)
            for piece in pieces:
                piece.pale = faint
            readings += [piece.text for piece in pieces if piece.reading]
            pieces = [piece for piece in pieces if not piece.reading]
            bounds = frame.turn_box((0.0, 0.0, page.width, page.height))
            yield PageFrame(frame, bounds, frame.turn_rules(rules), pieces)
