"""Every word of a Word document is read, marked as unseen, or in a part that a notice names."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Extracted
from tests.ingest.format_files import read_seen
from tests.ingest.word_files import build_package
from tests.thoroughness import draw

RUN = "<w:r><w:t>{}</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
CELL = f"<w:tc>{PARAGRAPH}</w:tc>"
BOX = f"<w:txbxContent>{PARAGRAPH}</w:txbxContent>"
SHAPE = (
    '<w:drawing><wp:anchor><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData>'
    f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    "</w:drawing>"
)
VML = f'<w:pict><v:shape style="width:90pt"><v:textbox>{BOX}</v:textbox></v:shape></w:pict>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"


def wrap_run(properties: str) -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{{}}</w:t></w:r></w:p>"


def put_inside(inside: str) -> str:
    return f"<w:p><w:r><w:t>前</w:t></w:r>{inside}<w:r><w:t>后</w:t></w:r></w:p>"


# Everything that stands around blocks, rows, cells or runs and shows what is inside.
AROUND_BLOCKS = {
    "sdt": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "customXml": '<w:customXml w:element="e"><w:customXmlPr/>{}</w:customXml>',
    "ins": '<w:ins w:id="1">{}</w:ins>',
    "moveTo": '<w:moveTo w:id="1">{}</w:moveTo>',
    "alternate": '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice>'
    "<mc:Fallback><w:p><w:r><w:t>另</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>",
    "unknown": "<x:later>{}</x:later>",
}
AROUND_RUNS = {
    "sdt": AROUND_BLOCKS["sdt"],
    "customXml": AROUND_BLOCKS["customXml"],
    "smartTag": '<w:smartTag w:element="date"><w:smartTagPr/>{}</w:smartTag>',
    "hyperlink": '<w:hyperlink r:id="none">{}</w:hyperlink>',
    "ins": AROUND_BLOCKS["ins"],
    "moveTo": AROUND_BLOCKS["moveTo"],
    "fldSimple": '<w:fldSimple w:instr=" PAGE ">{}</w:fldSimple>',
    "dir": '<w:dir w:val="rtl">{}</w:dir>',
    "bdo": '<w:bdo w:val="rtl">{}</w:bdo>',
    "field": FIELD.format("begin") + CODE.format("REF a") + FIELD.format("separate") + "{}"
    + FIELD.format("end"),
    "unclosed field": FIELD.format("begin") + CODE.format("REF a") + "{}",
    "ruby base": "<w:r><w:ruby><w:rubyPr/><w:rt/><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    "unknown": "<x:later>{}</x:later>",
}  # fmt: skip
READ = {
    **{f"block in {name}": xml.format(PARAGRAPH) for name, xml in AROUND_BLOCKS.items()},
    **{f"run in {name}": put_inside(xml.format(RUN)) for name, xml in AROUND_RUNS.items()},
    **{
        f"row in {name}": f"<w:tbl><w:tblPr/>{xml.format(f'<w:tr>{CELL}</w:tr>')}</w:tbl>"
        for name, xml in AROUND_BLOCKS.items()
    },
    **{
        f"cell in {name}": f"<w:tbl><w:tr>{xml.format(CELL)}<w:tc><w:p/></w:tc></w:tr></w:tbl>"
        for name, xml in AROUND_BLOCKS.items()
    },
    "nested table": f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{CELL}</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
    "paragraph in a table": f"<w:tbl>{PARAGRAPH}</w:tbl>",
    "run in a body": RUN,
    "run in a cell": f"<w:tbl><w:tr><w:tc>{RUN}</w:tc></w:tr></w:tbl>",
    "formula": put_inside("<m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath>"),
    "formula paragraph": "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>{}</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>",
    "text box": put_inside(f"<w:r>{SHAPE}</w:r>"),
    "older text box": put_inside(f"<w:r>{VML}</w:r>"),
    "text box in both forms": put_inside(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{SHAPE}</mc:Choice>'
        f"<mc:Fallback>{VML}</mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "text box in a text box": put_inside(
        f"<w:r>{VML.replace(PARAGRAPH, f'<w:p><w:r>{SHAPE}</w:r></w:p>')}</w:r>"
    ),
    "drawn letters": put_inside(
        '<w:r><w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict></w:r>'
    ),
    "text in a canvas": put_inside(
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:txSp><a:txBody><a:p><a:r>"
        "<a:t>{}</a:t></a:r></a:p></a:txBody></a:txSp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    ),
    "list to choose from": put_inside(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="甲"/><w:listEntry w:val="{}"/></w:ddList></w:ffData></w:fldChar></w:r>'
        + CODE.format("FORMDROPDOWN")
        + FIELD.format("end")
    ),
    "button": put_inside(
        FIELD.format("begin") + CODE.replace("{}", "MACROBUTTON None {}") + FIELD.format("end")
    ),
    "struck": wrap_run("<w:strike/>"),
    "white on blue": wrap_run('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>'),
    "hidden in the web view": wrap_run("<w:webHidden/>"),
    "not hidden": wrap_run('<w:vanish w:val="0"/>'),
}
UNSEEN = {
    "vanish": wrap_run("<w:vanish/>"),
    "run style": wrap_run('<w:rStyle w:val="Hidden"/>'),
    "run style that is based on it": wrap_run('<w:rStyle w:val="Below"/>'),
    "paragraph style": f'<w:p><w:pPr><w:pStyle w:val="HiddenLine"/></w:pPr>{RUN}</w:p>',
    "dot": wrap_run('<w:sz w:val="2"/>'),
    "white": wrap_run('<w:color w:val="FFFFFF"/>'),
    "white of the theme": wrap_run('<w:color w:val="000000" w:themeColor="background1"/>'),
    "grey on grey": wrap_run('<w:color w:val="808080"/><w:shd w:val="clear" w:fill="828282"/>'),
    "yellow mark": wrap_run('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    "shaded cell": "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='1F4E79'/></w:tcPr>"
    "<w:p><w:r><w:rPr><w:color w:val='1F4E79'/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    "</w:tbl>",
    "no fill": wrap_run("<w14:textFill><w14:noFill/></w14:textFill>"),
    "frame off the page": f'<w:p><w:pPr><w:framePr w:w="900" w:x="-9000" w:hAnchor="page"/></w:pPr>'
    f"{RUN}</w:p>",
    "line of no height": '<w:p><w:pPr><w:spacing w:line="2" w:lineRule="exact"/></w:pPr>'
    f"{RUN}</w:p>",
    "hidden row": f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{CELL}</w:tr></w:tbl>",
    "cell below a merged one": "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
    f"{PARAGRAPH}</w:tc></w:tr></w:tbl>",
    "hidden shape": put_inside(f"<w:r>{VML.replace('90pt', '90pt;visibility:hidden')}</w:r>"),
    "shape off the page": put_inside(
        "<w:r>" + VML.replace("90pt", "90pt;position:absolute;margin-left:-9999pt") + "</w:r>"
    ),
    "unreferred note": "",
    "field code": put_inside(
        FIELD.format("begin") + CODE.format("IF ") + RUN + FIELD.format("separate")
        + RUN.replace("{}", "果") + FIELD.format("end")
    ),
    "reading": put_inside(
        f"<w:r><w:ruby><w:rt>{RUN}</w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby>"
        "</w:r>"
    ),
}  # fmt: skip
STYLES = (
    "<w:styles><w:style w:type='character' w:styleId='Hidden'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Below'><w:basedOn w:val='Hidden'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='HiddenLine'><w:rPr><w:vanish/></w:rPr></w:style>"
    "</w:styles>"
)
THEME = (
    "<a:theme><a:themeElements><a:clrScheme><a:lt1><a:sysClr val='window' lastClr='FFFFFF'/>"
    "</a:lt1></a:clrScheme></a:themeElements></a:theme>"
)
# What is told of: the body, the part that holds the words, the code and a word of the notice.
TOLD = {
    "header": ("", {"header": f"<w:hdr>{PARAGRAPH}</w:hdr>"}, "margins", "页眉"),
    "footer": ("", {"footer": f"<w:ftr>{PARAGRAPH}</w:ftr>"}, "margins", "页眉"),
    "comment": ("", {"comments": f"<w:comments><w:comment w:id='1'>{PARAGRAPH}</w:comment>"
                                 "</w:comments>"}, "comments", "批注"),
    "chart": ("<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id='rIdchart'/>"
              "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
              {"chart": "<c:chartSpace><c:v>{}</c:v></c:chartSpace>"}, "unread_part", "图表"),
    "words of an unknown element": (put_inside("<x:later>{}</x:later>"), {}, "unread_part", "识别"),
    "unknown part": ("", {"novelty {}.bin": "?"}, "unread_part", "识别"),
    "embedded file": (put_inside('<w:r><w:object><o:OLEObject ProgID="{}"/></w:object></w:r>'), {},
                      "unread_part", "嵌入"),
    "sign": (put_inside('<w:r><w:sym w:font="{}" w:char="F0FC"/></w:r>'), {}, "unknown_symbols",
             "符号"),
    "counted field": (put_inside(FIELD.format("begin") + CODE.replace("{}", "LISTNUM {}")
                                 + FIELD.format("end")), {}, "unread_part", "域"),
}  # fmt: skip


def read(body: str, parts: dict[str, str] | None = None) -> Extracted:
    data = build_package(body + "<w:p><w:r><w:t>末行</w:t></w:r></w:p>", parts)
    return extract(data, "a.docx")


@pytest.mark.parametrize("xml", READ.values(), ids=READ)
def test_words_inside_are_read_once(xml: str) -> None:
    extracted = read(xml.replace("{}", "某词"))
    assert read_seen(extracted).count("某词") == 1
    assert read_seen(extracted).endswith("末行\n")


@pytest.mark.parametrize("xml", UNSEEN.values(), ids=UNSEEN)
def test_words_that_nobody_sees_are_marked_and_told_of(xml: str) -> None:
    note = f"<w:footnotes><w:footnote w:id='7'>{PARAGRAPH}</w:footnote></w:footnotes>"
    parts = {"styles": STYLES, "theme": THEME}
    if not xml:
        parts["footnotes"] = note.replace("{}", "某词")
    extracted = read(xml.replace("{}", "某词"), parts)
    assert "某词" in extracted.raw
    assert "某词" not in read_seen(extracted)
    kinds = {mark.kind for mark in extracted.marks}
    assert len(kinds) == 1
    assert kinds <= {notice.code for notice in extracted.notices}


@pytest.mark.parametrize(("body", "parts", "code", "word"), TOLD.values(), ids=TOLD)
def test_words_that_are_not_read_are_named(
    body: str, parts: dict[str, str], code: str, word: str
) -> None:
    filled = {key.replace("{}", "某词"): xml.replace("{}", "某词") for key, xml in parts.items()}
    extracted = read(body.replace("{}", "某词"), filled)
    assert "某词" not in extracted.raw
    notices = [notice for notice in extracted.notices if notice.code == code]
    assert len(notices) == 1
    assert "某词" in notices[0].message
    assert word in notices[0].message


@draw(120)
@given(st.lists(st.sampled_from(sorted(AROUND_RUNS)), max_size=5),
       st.lists(st.sampled_from(sorted(AROUND_BLOCKS)), max_size=4))  # fmt: skip
def test_containers_may_nest_in_any_order(runs: list[str], blocks: list[str]) -> None:
    xml = RUN
    for name in runs:
        xml = AROUND_RUNS[name].replace("{}", xml)
        xml = f"<w:sdt><w:sdtContent>{xml}</w:sdtContent></w:sdt>" if name == "ruby base" else xml
    xml = f"<w:p>{xml}</w:p>"
    for name in blocks:
        xml = AROUND_BLOCKS[name].replace("{}", xml)
    extracted = read(xml.replace("{}", "某词"))
    assert extracted.raw.count("某词") == 1
    # The end of the field around closes one that lacks its own: then the words are its code.
    assert "unclosed field" in runs or "某词" in read_seen(extracted)
