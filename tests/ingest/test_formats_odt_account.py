"""Every word of an OpenDocument text is read, marked as unseen, or told of by a notice."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.rule_files import read_rules
from tests.ingest.format_files import build_zip, read_seen
from tests.thoroughness import draw

SPACES = read_rules("office_elements")["opendocument"]["namespaces"]
DECLARED = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
P = "<text:p>{}</text:p>"
SPAN = "<text:span>{}</text:span>"
CELL = f"<table:table-cell>{P}</table:table-cell>"
FRAME = '<draw:frame svg:width="5cm">{}</draw:frame>'


def put_inside(inside: str) -> str:
    return f"<text:p>前{inside}后</text:p>"


AROUND_BLOCKS = {
    "section": "<text:section>{}</text:section>",
    "index": "<text:table-of-content><text:table-of-content-source><text:index-title-template>目"
    "</text:index-title-template></text:table-of-content-source><text:index-body>{}"
    "</text:index-body></text:table-of-content>",
    "list": "<text:list><text:list-item>{}</text:list-item></text:list>",
    "list header": "<text:list><text:list-header>{}</text:list-header></text:list>",
    "row group": "<table:table><table:table-row-group><table:table-row><table:table-cell>{}"
    "</table:table-cell></table:table-row></table:table-row-group></table:table>",
    "header row": "<table:table><table:table-header-rows><table:table-row><table:table-cell>{}"
    "</table:table-cell></table:table-row></table:table-header-rows></table:table>",
    "text box": f"<text:p>{FRAME.format('<draw:text-box>{}</draw:text-box>')}</text:p>",
    "shape": "<text:p><draw:custom-shape>{}</draw:custom-shape></text:p>",
    "group": "<text:p><draw:g><draw:rect>{}</draw:rect></draw:g></text:p>",
    "page frame": FRAME.format("<draw:text-box>{}</draw:text-box>"),
    "unknown": "<x:later xmlns:x='urn:x'>{}</x:later>",
}
AROUND_WORDS = {
    "span": SPAN,
    "link": '<text:a xlink:href="http://a.example/">{}</text:a>',
    "meta": "<text:meta>{}</text:meta>",
    "content control": "<loext:content-control>{}</loext:content-control>",
    "date": "<text:date>{}</text:date>",
    "sequence": '<text:sequence text:name="t">{}</text:sequence>',
    "placeholder": "<text:placeholder>{}</text:placeholder>",
    "drop-down": '<text:drop-down><text:label text:value="另"/>{}</text:drop-down>',
    "conditional": "<text:conditional-text>{}</text:conditional-text>",
    "ruby base": "<text:ruby><text:ruby-base>{}</text:ruby-base></text:ruby>",
    "bookmark": '<text:bookmark-start text:name="b"/>{}<text:bookmark-end text:name="b"/>',
    "shown field": '<text:hidden-text text:is-hidden="false">{}</text:hidden-text>',
}
READ = {
    **{f"block in {name}": xml.format(P) for name, xml in AROUND_BLOCKS.items()},
    **{f"words in {name}": put_inside(xml) for name, xml in AROUND_WORDS.items()},
    "heading": "<text:h>{}</text:h>",
    "numbered paragraph": f"<text:numbered-paragraph>{P}</text:numbered-paragraph>",
    "formula": put_inside(FRAME.format(
        "<draw:object><math:math><math:mi>{}</math:mi></math:math></draw:object>")),
    "comment beside": put_inside("{}<office:annotation><text:p>批</text:p></office:annotation>"),
}  # fmt: skip
UNSEEN = {
    "hidden style": put_inside('<text:span text:style-name="Below">{}</text:span>'),
    "hidden paragraph style": '<text:p text:style-name="HiddenLine">{}</text:p>',
    "dot": put_inside('<text:span text:style-name="Dot">{}</text:span>'),
    "white": put_inside('<text:span text:style-name="White">{}</text:span>'),
    "color of its cell": "<table:table><table:table-row><table:table-cell table:style-name='Blue'>"
    "<text:p><text:span text:style-name='BlueText'>{}</text:span></text:p></table:table-cell>"
    "</table:table-row></table:table>",
    "hidden section": f"<text:section text:display='none'>{P}</text:section>",
    "condition": f"<text:section text:display='condition' text:is-hidden='true'>{P}</text:section>",
    "hidden paragraph field": "<text:p>{}<text:hidden-paragraph text:is-hidden='true'/></text:p>",
    "hidden text field": put_inside('<text:hidden-text text:string-value="{}"/>'),
    "unshown variable": put_inside('<text:variable-set text:display="none">{}</text:variable-set>'),
    "hidden row": f"<table:table><table:table-row table:visibility='collapse'>{CELL}"
    "</table:table-row></table:table>",
    "covered cell": f"<table:table><table:table-row><table:covered-table-cell>{P}"
    "</table:covered-table-cell></table:table-row></table:table>",
    "frame off the page": f"<text:p><draw:frame svg:x='-90cm' svg:width='5cm'><draw:text-box>{P}"
    "</draw:text-box></draw:frame></text:p>",
    "frame without a size": f"<text:p><draw:frame svg:width='0cm'><draw:text-box>{P}"
    "</draw:text-box></draw:frame></text:p>",
    "reading": put_inside("<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>{}"
                          "</text:ruby-text></text:ruby>"),
}  # fmt: skip
TEXT = (
    "<style:style style:name='{}' style:family='text'{}><style:text-properties {}/></style:style>"
)
STYLES = "".join((
    TEXT.format("Hidden", "", "text:display='none'"),
    TEXT.format("Below", " style:parent-style-name='Hidden'", "fo:color='#000000'"),
    TEXT.format("Dot", "", "fo:font-size='1pt'"),
    TEXT.format("White", "", "fo:color='#ffffff'"),
    TEXT.format("BlueText", "", "fo:color='#1f4e79'"),
    TEXT.format("HiddenLine", "", "text:display='none'").replace("'text'", "'paragraph'"),
    TEXT.format("Signs", "", "style:font-name='S'"),
    "<style:style style:name='Blue' style:family='table-cell'><style:table-cell-properties"
    " fo:background-color='#1f4e79'/></style:style>",
    "<style:font-face style:name='S' svg:font-family='Symbol'/>",
))  # fmt: skip
TOLD = {
    "comment": (put_inside("<office:annotation><text:p>{}</text:p></office:annotation>"),
                "comments"),
    "header": ("", "margins"),
    "chart": (put_inside(FRAME.format(
        "<draw:object><office:document><office:chart><chart:chart><text:p>{}</text:p></chart:chart>"
        "</office:chart></office:document></draw:object>")), "unread_part"),
    "embedded file": (put_inside(FRAME.format('<draw:object-ole xlink:href="./{}"/>')),
                      "unread_part"),
    "control": ('<office:forms><form:form><form:textarea form:id="c" form:current-value="{}"/>'
                '</form:form></office:forms><text:p><draw:control draw:control="c"/></text:p>',
                "unread_part"),
    "unknown element": (put_inside("<x:later xmlns:x='urn:x'>{}</x:later>"), "unread_part"),
}  # fmt: skip


def build(body: str, header: str = "") -> bytes:
    content = (
        f"<office:document-content {DECLARED}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}<text:p>末行</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    styles = f"<office:document-styles {DECLARED}><style:header>{header}</style:header>"
    return build_zip({"content.xml": content, "styles.xml": f"{styles}</office:document-styles>"})


def read(body: str, header: str = "") -> Extracted:
    return extract(build(body, header), "a.odt")


@pytest.mark.parametrize("xml", READ.values(), ids=READ)
def test_words_inside_are_read_once(xml: str) -> None:
    extracted = read(xml.replace("{}", "某词"))
    assert read_seen(extracted).count("某词") == 1
    assert read_seen(extracted).endswith("末行\n")
    assert "目" not in extracted.raw


@pytest.mark.parametrize("xml", UNSEEN.values(), ids=UNSEEN)
def test_words_that_nobody_sees_are_marked_and_told_of(xml: str) -> None:
    extracted = read(xml.replace("{}", "某词"))
    assert "某词" in extracted.raw
    assert "某词" not in read_seen(extracted)
    assert {mark.kind for mark in extracted.marks} == {n.code for n in extracted.notices}


@pytest.mark.parametrize(("body", "code"), TOLD.values(), ids=TOLD)
def test_words_that_are_not_read_are_named(body: str, code: str) -> None:
    header = "" if body else "<text:p>某词</text:p>"
    extracted = read(body.replace("{}", "某词"), header)
    assert "某词" not in extracted.raw
    assert [n.code for n in extracted.notices if "某词" in n.message] == [code]


@draw(120)
@given(st.lists(st.sampled_from(sorted(AROUND_WORDS)), max_size=5),
       st.lists(st.sampled_from(sorted(AROUND_BLOCKS)), max_size=4))  # fmt: skip
def test_containers_may_nest_in_any_order(words: list[str], blocks: list[str]) -> None:
    xml = "某词"
    for name in words:
        xml = AROUND_WORDS[name].replace("{}", xml)
    xml = f"<text:p>{xml}</text:p>"
    for name in blocks:
        xml = AROUND_BLOCKS[name].replace("{}", xml)
    assert read_seen(read(xml)).count("某词") == 1


def test_white_words_on_a_table_of_another_color_are_seen() -> None:
    style = (
        "<style:style style:name='T' style:family='table'><style:table-properties"
        " fo:background-color='#1f4e79'/></style:style>"
    )
    table = (
        "<table:table table:style-name='T'><table:table-row><table:table-cell><text:p>"
        "<text:span text:style-name='White'>白字</text:span></text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert read(style + table).marks == ()


def test_white_space_of_the_source_is_no_more_than_a_blank() -> None:
    body = "<text:p>\n   甲\n  <text:span> 乙</text:span><text:s text:c='2'/>丙</text:p>"
    assert read(body).raw.startswith("甲 乙  丙\n")


def test_signs_are_read_by_the_font_of_their_style() -> None:
    body = put_inside("<text:span text:style-name='Signs'>\uf0b3</text:span>")
    assert read(body).raw.startswith("前≥后\n")


def test_numbers_follow_the_list_wherever_its_style_is_named() -> None:
    level = "<text:list-level-style-number text:level='{}' style:num-format='{}' {}/>"
    style = (
        "<text:list-style style:name='L'>"
        + level.format(1, "壹, 贰, 叁, ...", "style:num-prefix='第' style:num-suffix='部分 '")
        + level.format(2, "①, ②", "loext:num-list-format='%1%—%2%'")
        + "</text:list-style>"
    )
    named = (
        "<style:style style:name='Numbered' style:family='paragraph' style:list-style-name='L'/>"
    )
    item = "<text:list-item><text:p text:style-name='Numbered'>项</text:p>{}</text:list-item>"
    inner = "<text:list><text:list-item><text:p>点</text:p></text:list-item></text:list>"
    body = f"{style}{named}<text:list>{item.format(inner)}{item.format('')}</text:list>"
    lines = read(body).raw.splitlines()
    assert lines[:3] == ["第壹部分 项", "壹—①点", "第贰部分 项"]


def test_a_flat_document_is_read_like_a_packed_one() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {DECLARED}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:text>{UNSEEN['white']}</office:text>"
        "</office:body></office:document>"
    ).replace("{}", "某词")
    for name in ("a.fodt", "a.xml", "a.odt"):
        extracted = extract(flat.encode(), name)
        assert (extracted.format, extracted.raw) == ("odt", "前某词后\n")
        assert [mark.text for mark in extracted.marks] == ["某词"]
