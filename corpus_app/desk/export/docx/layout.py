"""Page, fonts, styles and page numbers of GB/T 9704—2012; lengths in twips (1/20 pt)."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from corpus_app.desk.export.docx.markup import make, make_text

# Line pitch 28 pt: 225 mm (637.8 pt) of text hold 22 lines.
LINE: Final = 560
# 156 mm (442.2 pt) hold 28 characters of 16 pt drawn 0.25 pt closer, in 1/20 pt. Spacing, not
# a grid of characters: Word, WPS and LibreOffice agree on it, and on such grids they do not.
CLOSER: Final = -5
BODY_SIZE: Final = 32
SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN: Final = "Times New Roman"
# A font, and what stands in where it is not installed.
FALLBACKS: Final = {
    TITLE: "FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
    FANG: "仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC",
    HEI: "SimHei,华文黑体,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
}
# Style name: font, half points, first line's indent in hundredths of a character, outline level.
STYLES: Final = {
    "Normal": (FANG, 32, 200, None),
    "Title": (TITLE, 44, 0, None),
    "Heading 1": (HEI, 32, 200, 0),
    "Heading 2": (KAI, 32, 200, 1),
    "Heading 3": (FANG, 32, 200, 2),
    "footnote text": (FANG, 21, 0, None),
    "Reference": (FANG, 28, 0, None),
}
SIZE = 28  # half points: 4号


def lay_out(document: Document) -> None:
    """Give the document the page, the fonts and the styles of an official document."""
    _set_page(document.sections[0])
    _set_defaults(document)
    for name, (font, size, indent, level) in STYLES.items():
        _set_style(document, name, font, size, indent, level)
    _add_reference_mark(document)
    _name_fonts(document)
    _drop_leftovers(document)


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(15)
    # The number stands 7 mm below the text, on a line of its own.
    section.footer_distance = Mm(22)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(make("docGrid", type="lines", linePitch=LINE))


def _set_defaults(document: Document) -> None:
    """Replace the template's defaults: Chinese, no theme fonts, no space between paragraphs."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for child in list(defaults):
        defaults.remove(child)
    run = make("rPr", *make_font(FANG, 32), make("lang", val="en-US", eastAsia="zh-CN"))
    defaults.append(make("rPrDefault", run))
    defaults.append(make("pPrDefault", make("pPr")))


def make_font(font: str, size: int) -> list[Any]:
    """Return the run properties of a font and size (half points)."""
    fonts = make("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=font, cs=LATIN)
    fonts.set(qn("w:hint"), "eastAsia")
    spacing = make("spacing", val=CLOSER if size == BODY_SIZE else 0)
    sizes = [make("sz", val=size), make("szCs", val=size)]
    return [fonts, make("color", val="auto"), spacing, *sizes]


def _set_style(
    document: Document, name: str, font: str, size: int, indent: int, level: int | None
) -> None:
    style = _find_style(document, name)
    element = style.element
    for tag in ("w:pPr", "w:rPr", "w:unhideWhenUsed", "w:semiHidden"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    element.append(_make_paragraph(name, size, indent, level))
    element.append(make("rPr", *make_font(font, size)))


def _make_paragraph(name: str, size: int, indent: int, level: int | None) -> Any:
    small = name == "footnote text"
    pieces = [make("keepNext")] if level is not None else []
    if small:
        pieces.append(make("snapToGrid", val=0))
        pieces.append(make("spacing", before=0, after=0, line=300, lineRule="exact"))
    else:
        pieces.append(make("spacing", before=0, after=0, line=LINE, lineRule="exact"))
    if name == "Reference":
        pieces.append(
            make("ind", leftChars=200, left=size * 20, hangingChars=200, hanging=size * 20)
        )
    else:
        pieces.append(make("ind", firstLineChars=indent, firstLine=indent * size // 10))
    pieces.append(make("jc", val="center" if name == "Title" else "both"))
    if level is not None:
        pieces.append(make("outlineLvl", val=level))
    return make("pPr", *pieces)


def _find_style(document: Document, name: str) -> Any:
    if name in document.styles:
        return document.styles[name]
    builtin = name == "footnote text"
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.base_style = document.styles["Normal"]
    return style


def _add_reference_mark(document: Document) -> None:
    """Add the character style of footnote marks: raised."""
    style = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, True)
    style.element.append(make("rPr", make("vertAlign", val="superscript")))


def _name_fonts(document: Document) -> None:
    """Write the font table: each font with the names that stand in for it."""
    part = next(part for part in document.part.package.iter_parts() if _is_font_table(part))
    root = make("fonts")
    for name, others in FALLBACKS.items():
        root.append(
            make(
                "font",
                make("altName", val=others),
                make("charset", val="86"),
                make("family", val="auto" if name == HEI else "roman"),
                make("pitch", val="variable"),
                name=name,
            )
        )
    root.append(make("font", make("charset", val="00"), make("family", val="roman"), name=LATIN))
    part._blob = serialize(root)


def _drop_leftovers(document: Document) -> None:
    """Take out what the template of python-docx brings: its picture, language and age."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]
    settings = document.settings.element
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _is_font_table(part: Any) -> bool:
    return str(part.partname) == "/word/fontTable.xml"


def serialize(root: Any) -> bytes:
    """Return the element as a part's bytes."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def number_pages(document: Document) -> None:
    """Give odd and even pages their footers, one character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _fill_footer(section.footer.paragraphs[0], "right")
    _fill_footer(section.even_page_footer.paragraphs[0], "left")


def mark_pages(document: Document, words: str) -> None:
    """Write the words at the upper left of every page, where GB/T 9704 has such marks."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        properties = paragraph._p.get_or_add_pPr()
        for child in list(properties):
            properties.remove(child)
        properties.append(make("ind", firstLineChars=0, firstLine=0))
        properties.append(make("jc", val="left"))
        paragraph._p.append(make_text(words, *make_font(HEI, BODY_SIZE)))


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
