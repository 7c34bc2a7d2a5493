"""Page numbers — 1 —, 14 pt, outside: right on odd pages, left on even ones."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph

from corpus_app.desk.export.docx.layout import SONG, make_font
from corpus_app.desk.export.docx.markup import make, make_text

SIZE = 28  # half points: 4号


def number_pages(document: Document) -> None:
    """Give odd and even pages their footers, one character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _fill_footer(section.footer.paragraphs[0], "right")
    _fill_footer(section.even_page_footer.paragraphs[0], "left")


def _fill_footer(paragraph: Paragraph, side: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    for child in list(properties):
        properties.remove(child)
    inset = {f"{side}Chars": 100, side: SIZE * 10, "firstLineChars": 0, "firstLine": 0}
    properties.append(make("snapToGrid", val=0))
    properties.append(make("spacing", before=0, after=0, line=360, lineRule="exact"))
    properties.append(make("ind", **inset))
    properties.append(make("jc", val=side))
    for run in (_text("— "), _field("begin"), _code(), _field("separate"), _text("1")):
        paragraph._p.append(run)
    paragraph._p.append(_field("end"))
    paragraph._p.append(_text(" —"))


def _text(words: str) -> Any:
    return make_text(words, *_font())


def _field(kind: str) -> Any:
    return make("r", make("rPr", *_font()), make("fldChar", fldCharType=kind))


def _code() -> Any:
    code = make("instrText")
    code.text = " PAGE "
    return make("r", make("rPr", *_font()), code)


def _font() -> list[Any]:
    fonts, *rest = make_font(SONG, SIZE)
    for name in ("ascii", "hAnsi"):
        fonts.set(f"{{{fonts.nsmap['w']}}}{name}", SONG)
    return [fonts, *rest]
