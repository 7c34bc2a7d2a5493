"""Word documents: signs, notes, joined paragraphs, other files inside, grounds, packages."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.docx.inline import SIGNS
from corpus_app.ingest.formats.docx.story import DocxReader
from corpus_app.ingest.formats.elements import load_elements
from tests.ingest.test_formats_docx_account import (
    PARAGRAPH,
    RUN,
    SHAPE,
    put_inside,
    read,
    read_seen,
)
from tests.ingest.word_files import build_package, replace_member

# Whatever ECMA-376 lets stand in a body, a paragraph or a run.
ELEMENTS = [
    "annotationRef",
    "background",
    "bdo",
    "bookmarkEnd",
    "bookmarkStart",
    "br",
    "commentRangeEnd",
    "commentRangeStart",
    "commentReference",
    "contentPart",
    "continuationSeparator",
    "control",
    "cr",
    "customXml",
    "customXmlDelRangeEnd",
    "customXmlDelRangeStart",
    "customXmlInsRangeEnd",
    "customXmlInsRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveToRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlPr",
    "dayLong",
    "dayShort",
    "del",
    "delInstrText",
    "delText",
    "dir",
    "drawing",
    "endnoteRef",
    "endnoteReference",
    "fldChar",
    "fldData",
    "fldSimple",
    "footnoteRef",
    "footnoteReference",
    "hyperlink",
    "ins",
    "instrText",
    "lastRenderedPageBreak",
    "monthLong",
    "monthShort",
    "moveFrom",
    "moveFromRangeEnd",
    "moveFromRangeStart",
    "moveTo",
    "moveToRangeEnd",
    "moveToRangeStart",
    "movie",
    "noBreakHyphen",
    "object",
    "pPr",
    "permEnd",
    "permStart",
    "pgNum",
    "pict",
    "proofErr",
    "ptab",
    "rPr",
    "rt",
    "ruby",
    "rubyBase",
    "rubyPr",
    "sdt",
    "sdtContent",
    "sdtEndPr",
    "sdtPr",
    "sectPr",
    "separator",
    "smartTag",
    "smartTagPr",
    "softHyphen",
    "subDoc",
    "sym",
    "t",
    "tab",
    "tblGrid",
    "tblPr",
    "tblPrEx",
    "tcPr",
    "trPr",
    "txbxContent",
    "yearLong",
    "yearShort",
]


def test_no_element_of_the_standard_is_unknown() -> None:
    table = load_elements("word")
    named = {*DocxReader.HANDLERS, *SIGNS}
    taken = {f"w:{name}" for name in ELEMENTS}
    assert {name for name in taken - named if table.treat(name) == "unknown"} == set()


def test_a_line_of_the_source_ends_no_paragraph() -> None:
    assert read("<w:p><w:r><w:t>前半\n  后半</w:t></w:r></w:p>").raw.startswith("前半   后半\n")


def test_signs_and_breaks_of_runs_are_read() -> None:
    signs = (
        "甲<w:t/>", "<w:tab/>", "<w:ptab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>",
        "<w:softHyphen/>", "<w:lastRenderedPageBreak/>",
        '<w:sym w:font="Symbol" w:char="F0B3"/>', '<w:sym w:font="Wingdings" w:char="F0FC"/>',
    )  # fmt: skip
    runs = "".join(f"<w:r><w:t>词</w:t>{sign.replace('甲', '')}</w:r>" for sign in signs)
    extracted = read(f"<w:p>{runs}</w:p>")
    assert extracted.raw.startswith("词词\t词\t词\n词\n词-词词词≥词✓\n")
    assert extracted.notices == ()


def test_text_set_in_a_font_of_signs_shows_the_signs() -> None:
    run = '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>b\uf0b3三</w:t></w:r>'
    assert read(f"<w:p>{run}</w:p>").raw.startswith("β≥三\n")


def test_a_file_in_the_place_of_blocks_is_read() -> None:
    page = "<html><body><p>网页一段</p><p hidden>暗语</p><ul><li>网页二段</li></ul></body></html>"
    parts = {"aFChunk chunk.html": page}
    extracted = read("<w:altChunk r:id='rIdaFChunk'/>", parts)
    assert read_seen(extracted).split() == ["网页一段", "网页二段", "末行"]
    assert [mark.text.strip() for mark in extracted.marks] == ["暗语"]


def test_a_diagram_is_read_as_lines() -> None:
    points = "".join(f"<dgm:pt><dgm:t><a:p><a:r><a:t>{t}</a:t></a:r></a:p></dgm:t></dgm:pt>"
                     for t in ("第一步", "第二步"))  # fmt: skip
    graphic = (
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
        "<dgm:relIds r:dm='rIddiagramData'/></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )
    extracted = read(graphic, {"diagramData": f"<dgm:dataModel>{points}</dgm:dataModel>"})
    assert extracted.raw.split() == ["第一步", "第二步", "末行"]


def test_notes_follow_in_the_order_of_their_references() -> None:
    notes = "".join(
        f"<w:footnote w:id='{number}'>{PARAGRAPH.format(words)}</w:footnote>"
        for number, words in ((2, "后注"), (1, "前注"))
    )
    body = "<w:p>" + "".join(
        f"<w:r><w:t>句</w:t><w:footnoteReference w:id='{number}'/></w:r>" for number in (1, 2)
    )
    extracted = read(f"{body}</w:p>", {"footnotes": f"<w:footnotes>{notes}</w:footnotes>"})
    assert extracted.raw.splitlines() == ["句句", "末行", "[注1] 前注", "[注2] 后注"]


def test_a_deleted_or_hidden_paragraph_mark_joins_two_paragraphs() -> None:
    for mark in ("<w:del w:id='1'/>", "<w:vanish/>", "<w:specVanish/>"):
        first = f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{RUN.format('前半')}</w:p>"
        assert read(first).raw == "前半末行\n"


def test_page_numbers_of_a_footer_are_no_news() -> None:
    footer = "<w:ftr><w:p><w:r><w:t>第 1 页 共 3 页</w:t></w:r></w:p></w:ftr>"
    assert read("", {"footer": footer}).notices == ()


def test_white_words_stay_where_the_ground_is_not_known() -> None:
    white = "<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>白字</w:t></w:r>"
    styles = (
        "<w:styles><w:style w:type='table' w:styleId='T'><w:tblStylePr w:type='firstRow'><w:tcPr>"
        "<w:shd w:val='clear' w:fill='1F4E79'/></w:tcPr></w:tblStylePr></w:style></w:styles>"
    )
    table = (
        "<w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr><w:tr><w:tc>"
        f"<w:p>{white}</w:p></w:tc></w:tr></w:tbl>"
    )
    box = put_inside(f"<w:r>{SHAPE.replace(RUN, white)}</w:r>")
    shaded = table.replace("<w:tblStyle w:val='T'/>", "<w:shd w:val='clear' w:fill='1F4E79'/>")
    for xml in (table, box, shaded):
        extracted = read(xml, {"styles": styles})
        assert "白字" in extracted.raw
        assert extracted.marks == ()


@pytest.mark.parametrize("name", ["word/document2.xml", "word/document.xml", "doc/main.xml"])
def test_the_body_is_found_wherever_the_package_keeps_it(name: str) -> None:
    extracted = extract(build_package(PARAGRAPH.format("正文"), main=name), "a.docx")
    assert extracted.raw == "正文\n"


def test_the_strict_form_of_the_standard_is_read() -> None:
    body = put_inside("<m:oMath><m:r><m:t>92%</m:t></m:r></m:oMath>")
    parts = {"header": f"<w:hdr>{PARAGRAPH.format('页眉词')}</w:hdr>"}
    extracted = extract(build_package(body, parts, strict=True), "a.docx")
    assert extracted.raw == "前92%后\n"
    assert [notice.code for notice in extracted.notices] == ["margins"]


@pytest.mark.parametrize(
    "behind",
    [
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="1"/></w:drawing></w:r></w:p>',
        "<w:background w:color='1F4E79'/>",
    ],
)
def test_white_words_stay_where_something_lies_behind_the_text(behind: str) -> None:
    white = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>白字</w:t></w:r></w:p>"
    page = behind.startswith("<w:background")
    data = build_package(white if page else behind + white)
    if page:
        document = build_package(white)
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            xml = (
                package.read("word/document.xml").decode().replace("<w:body>", f"{behind}<w:body>")
            )
        data = replace_member(document, "word/document.xml", xml.encode())
    assert extract(data, "a.docx").marks == ()
