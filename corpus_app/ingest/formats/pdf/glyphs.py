"""The characters of a PDF page with their places, as pdfium gives them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_uint
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.formats.pdf.drawings import Box, find_address, find_clip, read_marks
from corpus_app.ingest.limits import Limits, check_length

WIDE: Final = re.compile(
    "[\u1100-\u115f\u2014\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
ASCENT: Final = 0.88
# Recognised scans lie a little askew; what is turned less than this belongs to the page's lines.
ASKEW: Final = 6
UNKNOWN: Final = "\ufffd"


def is_level(angle: float) -> bool:
    """Say whether a direction is upright or level, or as little askew as a scan may be."""
    return -ASKEW <= (angle + 45) % 90 - 45 <= ASKEW


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text object is drawn: size in points, degrees clockwise as shown, fill, its rank.

    rank is the object's place in the order of drawing, -1 where it is not known; artifact says that
    a tagged file calls it no content, layered that a layer may hide it; outside clip nothing shows.
    """

    size: float
    stretch: float
    angle: float
    mode: int
    fill: tuple[int, int, int, int]
    rank: int
    artifact: bool
    layered: bool
    embedded: bool
    clip: Box | None = None


@dataclass(slots=True)
class Glyph:
    """A character: its origin as the page is shown, in points from the top left, and its width."""

    text: str
    x: float
    y: float
    width: float
    pen: Pen
    unmapped: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of the square that the character stands in."""
        size = self.pen.size
        if not self.pen.angle:
            top = self.y - ASCENT * size
            return self.x, top, self.x + self.width, top + size
        angle = math.radians(self.pen.angle)
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        corners = [
            (self.x + along[0] * w + across[0] * h, self.y + along[1] * w + across[1] * h)
            for w in (0.0, self.width)
            for h in (-ASCENT * size, (1 - ASCENT) * size)
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


class View:
    """From the coordinates of a page's content to the page as it is shown, turned and cropped."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = pdfium.FPDFPage_GetRotation(page) % 4
        across, down = self.right - self.left, self.top - self.bottom
        self.width, self.height = (down, across) if self.turn % 2 else (across, down)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point, in points from the top left corner."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def direct(self, x: float, y: float) -> tuple[float, float]:
        """Return a direction as it is shown, y downwards."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.turn]


def read_glyphs(
    page: pypdfium2.PdfTextPage,
    view: View,
    ranks: dict[int, int],
    limits: Limits,
    pens: dict[int, Pen],
) -> list[Glyph]:
    """Return the page's characters in the order of drawing, blanks that pdfium made up left out.

    pens takes the pen of each object of text that was read, by its address.
    """
    count = page.count_chars()
    # A blank and a line's end may come to each character; more is no page of a speech.
    check_length(count // 3, limits)
    glyphs: list[Glyph] = []
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(page, index) == 1:
            continue
        pen = _find_pen(page, index, view, ranks, pens)
        if pen is not None:
            _add_glyph(glyphs, page, index, view, pen)
    check_length(len(glyphs), limits)
    return glyphs


def _find_pen(
    page: pypdfium2.PdfTextPage,
    index: int,
    view: View,
    ranks: dict[int, int],
    pens: dict[int, Pen],
) -> Pen | None:
    text_object = pdfium.FPDFText_GetTextObject(page, index)
    if not text_object:
        return None
    address = find_address(text_object)
    pen = pens.get(address)
    if pen is None:
        pen = _read_pen(page, index, view, text_object, ranks.get(address, -1))
        pens[address] = pen
    return pen


def _read_pen(
    page: pypdfium2.PdfTextPage, index: int, view: View, text_object: Any, rank: int
) -> Pen:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, byref(matrix))
    size = abs(pdfium.FPDFText_GetFontSize(page, index))
    height = math.hypot(matrix.c, matrix.d)
    along = view.direct(matrix.a, matrix.b)
    angle = round(math.degrees(math.atan2(along[1], along[0])), 1) % 360
    parts = [c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(page, index, *map(byref, parts))
    red, green, blue, alpha = (part.value for part in parts)
    font = pdfium.FPDFTextObj_GetFont(text_object)
    artifact, layered = read_marks(text_object)
    return Pen(
        size=max(size * height, 0.01),
        stretch=math.hypot(matrix.a, matrix.b) / height if height else 1.0,
        angle=angle,
        mode=pdfium.FPDFTextObj_GetTextRenderMode(text_object),
        fill=(red, green, blue, alpha),
        rank=rank,
        artifact=artifact,
        layered=layered,
        embedded=pdfium.FPDFFont_GetIsEmbedded(font) == 1,
        clip=find_clip(text_object, view.place),
    )


def _add_glyph(
    glyphs: list[Glyph], page: pypdfium2.PdfTextPage, index: int, view: View, pen: Pen
) -> None:
    unmapped = pdfium.FPDFText_HasUnicodeMapError(page, index) == 1
    text = _read_text(page, index) or (UNKNOWN if unmapped else "")
    if "\udc00" <= text <= "\udfff" and glyphs and "\ud800" <= glyphs[-1].text <= "\udbff":
        # A character beyond the first plane comes in two halves.
        pair = (glyphs[-1].text + text).encode("utf-16-le", "surrogatepass")
        glyphs[-1].text = pair.decode("utf-16-le")
        return
    if not text:
        return
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, byref(x), byref(y))
    left, top = view.place(x.value, y.value)
    width = _measure(page, index, text, pen, view.turn)
    last = glyphs[-1] if glyphs else None
    if last and last.pen is pen and (last.x, last.y) == (left, top):
        # Of letters written as one sign (fi) each has its share of the sign's width.
        angle = math.radians(pen.angle)
        left, top = left + last.width * math.cos(angle), top + last.width * math.sin(angle)
    glyphs.append(Glyph(text, left, top, width, pen, unmapped))


def _read_text(page: pypdfium2.PdfTextPage, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(page, index)
    if code >= 0x20:
        return chr(code) if code < 0xFFFE else ""
    if pdfium.FPDFText_IsHyphen(page, index) == 1:
        return "-"
    return "\t" if code == 9 else ""


def _measure(page: pypdfium2.PdfTextPage, index: int, text: str, pen: Pen, turn: int) -> float:
    """Return how far the next character stands; what is printed in a square has its size."""
    if WIDE.match(text) or "\ud800" <= text <= "\udfff":
        return pen.size * pen.stretch
    if not is_level(pen.angle):
        return 0.5 * pen.size * pen.stretch
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, index, byref(box))
    upright = (pen.angle - 90 * turn + 45) % 180 < 90
    return abs(box.right - box.left) if upright else abs(box.top - box.bottom)


def repair_halves(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Yield the glyphs; half a character that stands alone is damage and shown as such."""
    for glyph in glyphs:
        if "\ud800" <= glyph.text <= "\udfff":
            glyph.text = UNKNOWN
        yield glyph
