"""What tesseract prints of a page (hOCR, with a box for each character) as a recognised page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import html

from corpus_app.ingest.scans.recognised import RecognisedChar, RecognisedLine, RecognisedPage

_BOX: Final = re.compile(r"x?_?b(?:box|boxes) (\d+) (\d+) (\d+) (\d+)")
_SURE: Final = re.compile(r"x_conf (\d+(?:\.\d+)?)")
_KINDS: Final = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_LINES: Final = "//*[" + " or ".join(f"@class='{kind}'" for kind in _KINDS) + "]"
# A wrong character of tesseract is as sure as one of the other recogniser at this power of it.
TRUST: Final = 0.8


def read_hocr(number: int, source: str) -> RecognisedPage:
    """Return the page of this number; raises ValueError for what is no page of hOCR."""
    root: Any = html.document_fromstring(source.encode())
    sheets = root.xpath("//*[@class='ocr_page']")
    box = _read_box(str(sheets[0].get("title"))) if sheets else None
    if box is None:
        raise ValueError("no page")
    lines = [line for element in root.xpath(_LINES) if (line := _read_line(element))]
    return RecognisedPage(number, max(1.0, box[2]), max(1.0, box[3]), lines)


def _read_line(element: html.HtmlElement) -> RecognisedLine | None:
    box = _read_box(str(element.get("title")))
    if box is None:
        return None
    left, top, right, bottom = box
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return RecognisedLine(corners, list(_read_chars(element, left)))


def _read_chars(element: html.HtmlElement, left: float) -> Iterator[RecognisedChar]:
    first = True
    for word in element.xpath(".//*[@class='ocrx_word']"):
        if not first:
            yield RecognisedChar(" ", 1.0, 0.0)
        first = False
        for sign in word.xpath(".//*[@class='ocrx_cinfo']"):
            title, text = str(sign.get("title")), str(sign.text_content())
            box, sure = _read_box(title), _SURE.search(title)
            if box and sure and text.strip():
                confidence = min(1.0, float(sure[1]) / 100) ** TRUST
                yield RecognisedChar(text, confidence, (box[0] + box[2]) / 2 - left)


def _read_box(title: str) -> tuple[float, float, float, float] | None:
    found = _BOX.search(title)
    if found is None:
        return None
    left, top, right, bottom = (float(figure) for figure in found.groups())
    return left, top, right, bottom
