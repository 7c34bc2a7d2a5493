"""The Word file, opened with zipfile and lxml only: layout of GB/T 9704—2012."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from corpus_app.desk.export.compilation import Settings, compile_basket
from corpus_app.desk.export.docx import write_docx
from tests.desk.test_compilation import SAMPLE, quote

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W.strip("{}")}
TWIPS_PER_MM = 1440 / 25.4


class Package:
    """The parts of a .docx by name."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            assert archive.testzip() is None
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def read(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        found = self.read(part).xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return found  # type: ignore[return-value]


def write(placement: str = "footnotes", gathered: list | None = None) -> Package:
    settings = Settings(placement)  # type: ignore[arg-type]
    return Package(write_docx(compile_basket("备用材料", gathered or SAMPLE, settings), "clerk"))


def get(element: etree._Element, name: str) -> str:
    return element.get(W + name) or ""


def measure(element: etree._Element, name: str) -> float:
    return round(int(get(element, name)) / TWIPS_PER_MM, 1)


def read_style(package: Package, name: str) -> dict[str, str]:
    (style,) = package.find(f"//w:style[w:name/@w:val='{name}']", "word/styles.xml")
    (fonts,) = style.xpath("w:rPr/w:rFonts", namespaces=NS)
    (size,) = style.xpath("w:rPr/w:sz", namespaces=NS)
    (spacing,) = style.xpath("w:pPr/w:spacing", namespaces=NS)
    return {
        "font": get(fonts, "eastAsia"),
        "points": str(int(get(size, "val")) / 2),
        "line": get(spacing, "line"),
        "rule": get(spacing, "lineRule"),
    }


def test_the_page_is_a4_with_the_standards_margins() -> None:
    package = write()
    (size,) = package.find("//w:sectPr/w:pgSz")
    assert (measure(size, "w"), measure(size, "h")) == (210, 297)
    (margins,) = package.find("//w:sectPr/w:pgMar")
    sides = [measure(margins, side) for side in ("top", "bottom", "left", "right")]
    assert sides == [37, 35, 28, 26]


def test_a_page_holds_22_lines_of_28_characters() -> None:
    package = write()
    (grid,) = package.find("//w:sectPr/w:docGrid")
    assert get(grid, "type") == "lines"
    height, width = (297 - 37 - 35) / 25.4 * 72, (210 - 28 - 26) / 25.4 * 72
    assert height // (int(get(grid, "linePitch")) / 20) == 22
    (closer,) = package.find(
        "//w:style[@w:styleId='Normal']/w:rPr/w:spacing/@w:val", "word/styles.xml"
    )
    assert width // (16 + int(closer) / 20) == 28


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", "16.0"),
        ("Title", "方正小标宋简体", "22.0"),
        ("heading 1", "黑体", "16.0"),
        ("heading 2", "楷体_GB2312", "16.0"),
        ("heading 3", "仿宋_GB2312", "16.0"),
    ],
)
def test_each_level_has_its_font_and_size(style: str, font: str, points: str) -> None:
    found = read_style(write(), style)
    assert found == {"font": font, "points": points, "line": "560", "rule": "exact"}


def test_a_font_that_is_missing_has_others_to_stand_in() -> None:
    package = write()
    styles = package.find("//w:rFonts/@w:eastAsia", "word/styles.xml")
    named = {get(font, "name"): font for font in package.find("//w:font", "word/fontTable.xml")}
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"):
        assert font in styles
        (others,) = named[font].xpath("w:altName/@w:val", namespaces=NS)
        assert "," in others


def test_no_style_brings_theme_fonts_or_colours_back() -> None:
    package = write()
    used = ("Normal", "Title", "heading 1", "heading 2", "heading 3")
    for name in used:
        (style,) = package.find(f"//w:style[w:name/@w:val='{name}']", "word/styles.xml")
        assert not style.xpath(".//@w:asciiTheme | .//w:b | .//w:pBdr", namespaces=NS)
        assert style.xpath("w:rPr/w:color/@w:val", namespaces=NS) == ["auto"]


def test_paragraphs_stand_in_order_under_their_styles() -> None:
    package = write()
    ids = {
        get(style, "styleId"): style.xpath("string(w:name/@w:val)", namespaces=NS)
        for style in package.find("//w:style", "word/styles.xml")
    }
    shown = []
    for paragraph in package.find("//w:body/w:p"):
        words = "".join(paragraph.xpath(".//w:t/text()", namespaces=NS))
        style = paragraph.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NS)
        if words:
            shown.append((ids.get(style, "Normal"), words))
    assert shown == [
        ("Title", "备用材料"),
        ("heading 1", "一、关于代表家站"),
        ("heading 1", "一、建好代表家站"),
        ("Normal", "办好每一个站点。"),
        ("heading 2", "（一）关于联系群众"),
        ("Normal", "常走访。"),
        ("heading 1", "二、关于自身建设"),
        ("Normal", "改进作风。"),
    ]


def test_references_are_real_footnotes() -> None:
    package = write()
    marks = package.find("//w:footnoteReference/@w:id")
    notes = package.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")
    assert marks == [get(note, "id") for note in notes] == ["1", "2", "3"]
    words = "".join(notes[1].xpath(".//w:t/text()", namespaces=NS))
    assert words.strip().startswith("郑远山. 乙[")
    assert "1 处缺失" in words
    types = package.parts["[Content_Types].xml"].decode()
    assert "/word/footnotes.xml" in types
    assert "footnotes+xml" in types
    assert "relationships/footnotes" in package.parts["word/_rels/document.xml.rels"].decode()
    (numbering,) = package.find("//w:sectPr/w:footnotePr/w:numFmt/@w:val")
    assert numbering == "decimalEnclosedCircle"
    separators = package.find("//w:footnotePr/w:footnote/@w:id", "word/settings.xml")
    known = package.find("//w:footnote[@w:type]/@w:id", "word/footnotes.xml")
    assert separators == known == ["-1", "0"]


def test_references_are_a_list_by_choice() -> None:
    package = write("list")
    words = ["".join(p.itertext()) for p in package.find("//w:body/w:p")]
    at = words.index("参考文献")
    assert [word[:4] for word in words[at + 1 :] if word] == ["[1] ", "[2] "]
    raised = package.find("//w:r[w:rPr/w:vertAlign/@w:val='superscript']/w:t/text()")
    assert raised == ["[1]", "[2]", "[1]"]


def test_without_references_there_is_no_footnote_part() -> None:
    package = write("none")
    assert "word/footnotes.xml" not in package.parts
    assert not package.find("//w:footnoteReference")


def test_page_numbers_stand_outside_between_dashes() -> None:
    package = write()
    assert package.find("//w:evenAndOddHeaders", "word/settings.xml")
    relations = {
        relation.get("Id"): f"word/{relation.get('Target')}"
        for relation in package.read("word/_rels/document.xml.rels")
    }
    sides = {}
    for reference in package.find("//w:sectPr/w:footerReference"):
        key = reference.get(
            "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        )
        footer = relations[key]
        (side,) = package.find("//w:jc/@w:val", footer)
        sides[get(reference, "type")] = side
        assert "".join(package.find("//w:t/text()", footer)) == "— 1 —"
        assert "".join(package.find("//w:instrText/text()", footer)).strip() == "PAGE"
        assert set(package.find("//w:sz/@w:val", footer)) == {"28"}
    assert sides == {"default": "right", "even": "left"}


def test_notes_become_comments_by_the_clerk() -> None:
    package = write()
    (comment,) = package.find("//w:comment", "word/comments.xml")
    assert get(comment, "author") == "clerk"
    assert "可用于第二部分" in "".join(comment.itertext())


def test_signs_that_xml_cant_hold_are_left_out() -> None:
    package = write(gathered=[quote("甲\x0b", "办\x00好\ufffe站点。\ud800")])
    assert "办好站点。" in "".join(package.read("word/document.xml").itertext())


def test_an_empty_basket_is_a_document_with_a_title() -> None:
    package = Package(write_docx(compile_basket("空", [], Settings())))
    assert "".join(package.read("word/document.xml").itertext()) == "空"


def test_it_says_nothing_of_the_tool_that_made_it() -> None:
    package = write()
    assert b"python-docx" not in package.parts["docProps/core.xml"]
    assert not [name for name in package.parts if "thumbnail" in name]
    (language,) = package.find("//w:themeFontLang/@w:eastAsia", "word/settings.xml")
    assert language == "zh-CN"


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) or pdftotext is not installed here",
)
def test_libreoffice_renders_22_lines_of_28_characters(tmp_path: Path) -> None:
    lines = [quote("甲", "字" * 28 * 50)]
    source = tmp_path / "out.docx"
    source.write_bytes(write_docx(compile_basket("题", lines, Settings("none"))))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source],
        check=True,
        timeout=120,
    )
    read = ["pdftotext", "-layout", "-f", "2", "-l", "2", tmp_path / "out.pdf", "-"]
    page = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    full = [line for line in page.splitlines() if "字" in line]
    assert {line.strip() for line in full} == {"字" * 28}
    assert len(full) == 22
