"""OFD files: text by its place, templates, annotations, what is hidden, hostile packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.limits import MEGABYTE, Limits
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.invariants import check_invariants

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
EM = 5.64


def set_text(text: str, x: float, y: float, more: str = "", size: float = EM) -> str:
    """Return a text object whose characters stand their size apart, a line of them."""
    steps = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    box = f'Boundary="{x} {y - size} 180 {size * 1.3}"'
    code = f'<ofd:TextCode X="0" Y="{size}" {steps}>{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" {box} Size="{size}" {more}>{code}</ofd:TextObject>'


def set_page(*objects: str, more: str = "") -> str:
    layer = f'<ofd:Layer ID="2" Type="Body">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {NAMESPACE}>{more}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def build_ofd(
    *pages: str, parts: dict[str, str] | None = None, common: str = "", root: str = "",
    document: str = "",
) -> bytes:  # fmt: skip
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    files = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
        f"</ofd:DocRoot>{root}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>{area}{common}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)},
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def test_what_stands_beyond_the_page_is_hidden() -> None:
    beyond = [("左边之外的字", -180, 60), ("右边之外的字", 215, 80), ("下边之外的字", 30, 310)]
    page = set_page(
        set_text("各位代表，现在开会。", 30, 60),
        *(set_text(words, x, y) for words, x, y in beyond),
        set_text("边上的字还在", 180, 100),
    )
    draft = parse_bytes(build_ofd(page), "a.ofd")
    hidden = {mark.text for mark in draft.removed if mark.kind == "hidden_text"}
    assert hidden == {words for words, _, _ in beyond}
    assert "边上的字还" in draft.text
    assert "hidden_text" in {notice.code for notice in draft.notices}


def set_speech() -> Iterator[str]:
    yield set_text("在代表工作会议上的讲话", 70, 40)
    yield set_text("（2024年3月12日）", 55, 50)
    yield set_text("同志们：", 25, 62)
    lines = [
        "　　今天我们召开代表工作会议，主要任务是总结",
        "去年的工作，部署今年的任务。我讲两点意见。",
    ]
    lines += ["　　一、提高认识", "　　要坚持党的领导，把代表工作放到大局中去谋"]
    lines += ["划。", "　　二、狠抓落实", "　　要把代表建议办到群众心坎上。谢谢大家！"]
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("　"))
        yield set_text(line.lstrip("　"), 25 + indent * EM, 72 + 10 * number)


def test_a_speech_is_read_by_where_its_characters_stand_not_by_their_order() -> None:
    objects = list(set_speech())
    draft = parse_bytes(build_ofd(set_page(*reversed(objects))), "讲话.ofd")
    check_invariants(draft.to_json())
    assert draft.format == "ofd"
    assert draft.metadata.title == "在代表工作会议上的讲话"
    assert draft.metadata.dates["delivered"].value == "2024-03-12"
    assert [s.heading for s in draft.sections if s.kind == "section"] == ["提高认识", "狠抓落实"]
    assert "主要任务是总结去年的工作，部署今年的任务。我讲两点意见。" in draft.text


@given(
    st.lists(st.text("人大代表工作要抓好落实监督", min_size=2, max_size=20), min_size=1, max_size=8)
)
def test_no_character_of_any_line_is_lost(lines: list[str]) -> None:
    objects = [set_text(line, 30, 50 + 12 * n) for n, line in enumerate(lines)]
    raw = extract(build_ofd(set_page(*objects)), "a.ofd").raw
    assert "".join(raw.split()) == "".join(lines)


def test_templates_nested_blocks_and_turned_text_are_read() -> None:
    template = set_page(set_text("青禾县人大常委会公报第三期", 60, 15))
    common = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    block = f'<ofd:PageBlock ID="9">{set_text("嵌在块里的一行字。", 30, 80)}</ofd:PageBlock>'
    turned = set_text("竖放的字", 20, 0, 'CTM="0 1 -1 0 150 100"')
    page = set_page(block, turned, more='<ofd:Template TemplateID="7"/>')
    parts = {"Doc_0/Tpls/Tpl_0/Content.xml": template}
    raw = extract(build_ofd(page, page, page, common=common, parts=parts), "a.ofd").raw
    assert raw.count("嵌在块里的一行字。") == 3
    assert raw.count("竖放的字") == 3
    marks = extract(build_ofd(page, page, page, common=common, parts=parts), "a.ofd").marks
    assert [mark.text for mark in marks if mark.kind == "pager"] == [
        "青禾县人大常委会公报第三期"
    ] * 3


def test_what_is_not_shown_watermarks_seals_and_attachments_are_told() -> None:
    hidden = set_text("看不见的字", 30, 120, 'Visible="false"')
    faint = set_text("透明的字", 30, 140, 'Alpha="0"')
    mark = set_text("内部资料", 60, 150, size=20)
    annots = (
        f'<ofd:PageAnnot {NAMESPACE}><ofd:Annot ID="1" Type="Watermark"><ofd:Appearance '
        f'Boundary="0 0 210 297">{mark}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    )
    parts = {
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="0">'
        "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
        "Doc_0/Annots/Page_0/Annotation.xml": annots,
        "Doc_0/Attachs/Attachments.xml": f"<ofd:Attachments {NAMESPACE}>"
        '<ofd:Attachment ID="1" Name="附表.xlsx"/></ofd:Attachments>',
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {NAMESPACE}>"
        '<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
    }
    links = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    links += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    signs = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    page = set_page(set_text("各位代表，现在开会。", 30, 60), hidden, faint)
    extracted = extract(build_ofd(page, parts=parts, document=links, root=signs), "a.ofd")
    kinds = {mark.text: mark.kind for mark in extracted.marks}
    assert kinds == {
        "看不见的字": "hidden_text", "透明的字": "hidden_text", "内部资料": "watermark",
    }  # fmt: skip
    codes = {notice.code for notice in extracted.notices}
    assert {"seal", "unread_part", "watermark", "hidden_text"} <= codes
    assert not any("PDF" in notice.message for notice in extracted.notices)


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + set_page("&b;")
LOCKED = f"<ofd:OFD {NAMESPACE}><ofd:DocBody/><ofd:EncryptInfo/></ofd:OFD>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (build_ofd(set_page())[:300], "damaged"),
        (build_ofd(), "damaged"),
        (build_ofd("<ofd:Page"), "damaged"),
        (build_ofd(set_page()), "no_text"),
        (build_ofd(set_page('<ofd:ImageObject ID="3"/>')), "no_text"),
        (build_ofd(set_page(), parts={"OFD.xml": LOCKED}), "unsupported"),
        (build_ofd(set_page(), parts={"big": "0" * 3 * MEGABYTE}), "too_large"),
        (build_ofd(BOMB), "no_text"),
        (build_ofd(set_page(set_text("字", 10, 10, 'CTM="1e999 x"') * 300_000)), "too_large"),
    ],
    ids=["cut", "pageless", "broken", "blank", "picture", "locked", "bomb", "entities", "endless"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    limits = Limits(unpacked_bytes=2 * MEGABYTE)
    with pytest.raises(RejectedFile) as refused:
        extract(data, "a.ofd", limits)
    assert refused.value.code == code


def test_a_page_that_is_missing_is_told_and_no_path_leads_out_of_the_package() -> None:
    page = set_page(set_text("各位代表，现在开会。", 30, 60))
    data = build_ofd(page, page)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if "Page_1" not in name:
                outside = old.read(name).replace(
                    b"Pages/Page_1/Content.xml", b"../../../etc/passwd"
                )
                new.writestr(name, outside)
    extracted = extract(stream.getvalue(), "a.ofd")
    assert extracted.raw == "各位代表，现在开会。\n"
    assert [n.message for n in extracted.notices] == ["OFD 第 2 页已损坏，其内容未能读出。"]
