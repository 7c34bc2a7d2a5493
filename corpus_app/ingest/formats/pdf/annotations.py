"""Annotations of a PDF page: which show words on it, and which hold words of their own."""

from __future__ import annotations

from ctypes import c_ushort
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw as pdfium

LONGEST: Final = 4_000
MOST: Final = 2_000
# Flags of an annotation that is not shown on the page.
NOT_SHOWN: Final = 0x02 | 0x20
SHOWN: Final = frozenset(
    {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
    | {pdfium.FPDF_ANNOT_WATERMARK, pdfium.FPDF_ANNOT_REDACT}
)
SILENT: Final = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
FILES: Final = frozenset({pdfium.FPDF_ANNOT_FILEATTACHMENT})


@dataclass(slots=True)
class Annotations:
    """drawn if some show words on the page; comments: words of notes; unshown: of hidden fields."""

    drawn: bool = False
    comments: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    files: int = 0


def read_annotations(page: pypdfium2.PdfPage) -> Annotations:
    """Return what the page's annotations hold."""
    found = Annotations()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            _add(found, annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _add(found: Annotations, annotation: Any) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind in SILENT:
        return
    if kind in FILES:
        found.files += 1
        return
    hidden = bool(pdfium.FPDFAnnot_GetFlags(annotation) & NOT_SHOWN)
    drawn = pdfium.FPDFAnnot_HasKey(annotation, b"AP") and not hidden
    if kind in SHOWN and drawn:
        found.drawn = True
        return
    words = _read_value(annotation, b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents")
    if words.strip():
        (found.unshown if kind in SHOWN else found.comments).append(words.strip())


def _read_value(annotation: Any, key: bytes) -> str:
    buffer = (c_ushort * LONGEST)()
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, 2 * LONGEST)
    return bytes(buffer)[: min(length, 2 * LONGEST)].decode("utf-16-le", "replace").rstrip("\0")


def list_attachments(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the names of the files inside the document."""
    names = []
    for index in range(min(document.count_attachments(), MOST)):
        try:
            names.append(document.get_attachment(index).get_name())
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            names.append("")
    return names
