"""Words that pdfium leaves out because like words overlap them: it takes them for a shadow.

Lines that stand close may end alike (项，完成率百分之百), and their boxes overlap. Such objects of
text are read by themselves, on copies of the page without what stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw as pdfium

from corpus_app.ingest.formats.pdf.drawings import find_address
from corpus_app.ingest.formats.pdf.glyphs import Glyph, Pen, View, read_glyphs
from corpus_app.ingest.limits import Limits

# Of so many neighbours on a page one is read at a time: those left then no longer overlap.
APART: Final = 6
# No nearer than this part of its size a character is a second one, and no shadow of the first.
SHADOW: Final = 0.3
MOST_OBJECTS: Final = 20_000


def read_doubled(
    document: pypdfium2.PdfDocument,
    number: int,
    page: pypdfium2.PdfPage,
    read: dict[int, Pen],
    glyphs: Sequence[Glyph],
    view: View,
    limits: Limits,
) -> list[Glyph]:
    """Return the characters of the page (number from 1) that the first reading left out.

    read has the objects of the text that it did not leave out, glyphs their characters.
    """
    objects = list(_list_objects(page))
    lost = [
        index
        for index, one in enumerate(objects)
        if _is_text(one) and find_address(one) not in read and _has_size(one)
    ]
    if not lost:
        return []
    known = defaultdict[str, list[tuple[float, float]]](list)
    for glyph in glyphs:
        known[glyph.text].append((glyph.x, glyph.y))
    return [
        glyph
        for step in range(min(APART, len(lost)))
        for glyph in _read_alone(document, number, set(lost[step::APART]), view, limits)
        if not glyph.text.isspace() and not _is_shadow(glyph, known[glyph.text])
    ]


def _read_alone(
    document: pypdfium2.PdfDocument, number: int, kept: set[int], view: View, limits: Limits
) -> list[Glyph]:
    """Return the characters of some of the page's objects, read on a copy without the others."""
    copy = document[number - 1]
    try:
        for index, one in enumerate([*_list_objects(copy)]):
            if index not in kept and _is_text(one):
                pdfium.FPDFPage_RemoveObject(copy, one)
                pdfium.FPDFPageObj_Destroy(one)
        text_page = copy.get_textpage()
        try:
            return read_glyphs(text_page, view, {}, limits, {})
        finally:
            text_page.close()
    finally:
        copy.close()


def _list_objects(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        yield pdfium.FPDFPage_GetObject(page, index)


def _is_text(handle: Any) -> bool:
    return pdfium.FPDFPageObj_GetType(handle) == pdfium.FPDF_PAGEOBJ_TEXT


def _has_size(handle: Any) -> bool:
    left, bottom, right, top = (c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, *map(byref, (left, bottom, right, top))):
        return False
    return right.value > left.value and top.value > bottom.value


def _is_shadow(glyph: Glyph, places: Sequence[tuple[float, float]]) -> bool:
    """Say whether the character stands at one of the places, printed twice to look bold."""
    near = SHADOW * glyph.pen.size
    return any(abs(x - glyph.x) < near and abs(y - glyph.y) < near for x, y in places)
