"""Which characters of a page its reader would not see, and whether they are a scan's text layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.formats.pdf.drawings import Box, Drawings, Ground, find_address
from corpus_app.ingest.formats.pdf.glyphs import Glyph, Pen, View
from corpus_app.ingest.formats.visibility import (
    BLENDED,
    HIDDEN,
    OFF_PAGE,
    TOO_SMALL,
    WHITE,
    Unseen,
    blends,
    is_off_page,
    is_too_small,
)

INVISIBLE_MODE: Final = 3
FILL_MODES: Final = frozenset({0, 4})
FAINTEST_ALPHA: Final = 12
# The largest change of a colour that the eye does not see where letters are drawn, of 255.
UNSEEN: Final = 12
# From this shade of grey on (of 255), letters are paler than anybody prints a text.
PALE: Final = 175
# Darker letters show on white.
LIGHT: Final = 200
PIXELS: Final = 600
# A picture over so much of the page is a scan, and the words behind it are its text layer.
SCANNED_SHARE, LAYER_SHARE = 0.5, 0.7
COVERED: Final = Unseen("hidden_text", "covered")


@dataclass(slots=True)
class Seen:
    """A page's characters: those that show, those that don't; layer if the text is a scan's."""

    shown: list[Glyph]
    hidden: dict[Unseen, list[Glyph]]
    layer: bool
    scan: bool


def part_hidden(
    page: pypdfium2.PdfPage, glyphs: Sequence[Glyph], drawings: Drawings, view: View
) -> Seen:
    """Return which of the glyphs show; the page is drawn only where geometry does not tell."""
    scan = _measure_pictures(drawings, view) >= SCANNED_SHARE * view.width * view.height
    hidden: dict[int, Unseen] = {}
    doubtful: list[int] = []
    judged: dict[int, tuple[Unseen | None, list[Ground]]] = {}
    # Dark letters on a page without grounds show wherever they stand on it.
    plain: set[int] = set()
    for index, glyph in enumerate(glyphs):
        key = id(glyph.pen)
        if key not in judged:
            judged[key] = _judge_pen(glyph.pen, drawings)
            if not drawings.grounds and min(glyph.pen.fill[:3]) < LIGHT:
                plain.add(key)
        verdict, covers = judged[key]
        if verdict is None and not (key in plain and _stands_inside(glyph, view)):
            verdict = _judge_glyph(glyph, drawings, view)
        if verdict:
            hidden[index] = verdict
        elif glyph.pen.layered or _is_cut(glyph) or any(_holds(c.box, glyph.box) for c in covers):
            doubtful.append(index)
    hidden |= dict.fromkeys(_find_covered(page, glyphs, doubtful, view), COVERED)
    words = sum(not glyph.text.isspace() for glyph in glyphs)
    unseen = sum(not glyphs[index].text.isspace() for index in hidden)
    if scan and words and unseen >= LAYER_SHARE * words:
        return Seen(list(glyphs), {}, layer=True, scan=True)
    seen = Seen([], {}, layer=False, scan=scan)
    for index, glyph in enumerate(glyphs):
        if index in hidden:
            seen.hidden.setdefault(hidden[index], []).append(glyph)
        else:
            seen.shown.append(glyph)
    return seen


def is_pale(pen: Pen) -> bool:
    """Say whether letters are paler than anybody prints a text on white."""
    red, green, blue, alpha = pen.fill
    if pen.mode not in FILL_MODES:
        return False
    shade = 0.3 * red + 0.59 * green + 0.11 * blue
    return 255 - (255 - shade) * alpha / 255 >= PALE


def _measure_pictures(drawings: Drawings, view: View) -> float:
    """Return the area that pictures take of the page; strips of one scan lie side by side."""
    area = 0.0
    for ground in drawings.grounds:
        if ground.kind == "picture":
            left, top = max(ground.box[0], 0.0), max(ground.box[1], 0.0)
            right, bottom = min(ground.box[2], view.width), min(ground.box[3], view.height)
            area += max(0.0, right - left) * max(0.0, bottom - top)
    return area


def _judge_pen(pen: Pen, drawings: Drawings) -> tuple[Unseen | None, list[Ground]]:
    """Return why nobody sees what is drawn so, and what is drawn over it later."""
    if pen.mode == INVISIBLE_MODE or (pen.mode in FILL_MODES and pen.fill[3] <= FAINTEST_ALPHA):
        return HIDDEN, []
    if is_too_small(pen.size):
        return TOO_SMALL, []
    later = [g for g in drawings.grounds if -1 < pen.rank < g.rank and g.fill[3] > 200]
    return None, later


def _is_cut(glyph: Glyph) -> bool:
    return glyph.pen.clip is not None and not _holds(glyph.pen.clip, glyph.box)


def _stands_inside(glyph: Glyph, view: View) -> bool:
    return 0 <= glyph.x < view.width and 0 < glyph.y <= view.height


def _judge_glyph(glyph: Glyph, drawings: Drawings, view: View) -> Unseen | None:
    """Return why nobody sees the character: it is off the page or has its ground's colour."""
    left, top, right, bottom = glyph.box
    if is_off_page(left, right, view.width) or is_off_page(top, bottom, view.height):
        return OFF_PAGE
    if glyph.pen.mode not in FILL_MODES:
        return None
    ground = WHITE
    for below in drawings.grounds:
        if below.rank < glyph.pen.rank and below.fill[3] > 200 and _holds(below.box, glyph.box):
            if below.kind == "picture":
                return None
            ground = below.fill[:3]
    return BLENDED if blends(glyph.pen.fill[:3], ground) else None


def _holds(outer: Box, inner: Box) -> bool:
    """Say whether the middle of the inner box lies in the outer one."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _find_covered(
    page: pypdfium2.PdfPage, glyphs: Sequence[Glyph], doubtful: Sequence[int], view: View
) -> Iterator[int]:
    """Yield which of the doubtful glyphs leave no trace on the drawn page.

    Seals and stamps are pictures that let the words through, so the page is drawn with all its
    text and without. A font that is not in the file may have no letters on this machine: whoever
    leaves no trace there is hidden only if others of such fonts leave one.
    """
    if not doubtful:
        return
    changed = _draw_change(page, min(2.0, PIXELS / max(view.width, view.height, 1.0)))
    unsure = {index for index in doubtful if not glyphs[index].pen.embedded}
    others = set(range(len(glyphs))) - set(doubtful)
    drawn = any(
        changed(glyphs[i]) > UNSEEN for i in others if unsure and not glyphs[i].pen.embedded
    )
    for index in doubtful:
        if changed(glyphs[index]) <= UNSEEN and (drawn or index not in unsure):
            yield index


def _draw_change(page: pypdfium2.PdfPage, scale: float) -> Callable[[Glyph], int]:
    """Return what tells how much the page changes, in a glyph's box, by having its texts."""
    whole = _draw(page, scale)
    texts = list(_iter_texts(page))
    for handle in texts:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    bare = _draw(page, scale)
    for handle in texts:
        pdfium.FPDFPageObj_SetIsActive(handle, True)
    changed = np.abs(whole - bare).max(axis=2)

    def measure(glyph: Glyph) -> int:
        left, top, right, bottom = (max(0, int(edge * scale)) for edge in glyph.box)
        part = changed[top : bottom + 1, left : right + 1]
        return int(part.max()) if part.size else 0

    return measure


def _draw(page: pypdfium2.PdfPage, scale: float) -> Any:
    bitmap = page.render(scale=scale, draw_annots=False)
    return bitmap.to_numpy().astype(np.int16)[:, :, :3]


def _iter_texts(page: pypdfium2.PdfPage) -> Iterator[Any]:
    count = pdfium.FPDFPage_CountObjects(page)
    waiting = [pdfium.FPDFPage_GetObject(page, index) for index in range(count)]
    seen: set[int] = set()
    while waiting:
        handle = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield handle
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and find_address(handle) not in seen:
            seen.add(find_address(handle))
            inner = range(pdfium.FPDFFormObj_CountObjects(handle))
            waiting += [pdfium.FPDFFormObj_GetObject(handle, index) for index in inner]
