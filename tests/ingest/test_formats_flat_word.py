"""Word documents in one XML file: of 2003, and packages laid out flat, under whatever name."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from tests.ingest.test_formats_docx_account import READ, STYLES, UNSEEN, read_seen
from tests.ingest.word_files import DECLARED, SPACES, build_numbered

HEAD = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
NAMES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
)
PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"


def build_old(body: str) -> bytes:
    """Return a document of 2003 around this XML."""
    return f"{HEAD}<w:wordDocument {NAMES}><w:body>{body}</w:body></w:wordDocument>".encode()


def lay_flat(data: bytes) -> bytes:
    """Return a .docx as one XML file, with a part that bears a hostile name."""
    parts = [lay_part("/../../x.bin", "a/b", b"x")]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
        for name in package.namelist():
            if not name.startswith("["):
                kind = types.partition(f'PartName="/{name}" ContentType="')[2].partition('"')[0]
                parts.append(lay_part(f"/{name}", kind or "image/jpeg", package.read(name)))
    return f'{HEAD}<pkg:package xmlns:pkg="{PACKAGE}">{"".join(parts)}</pkg:package>'.encode()


def lay_part(name: str, kind: str, data: bytes) -> str:
    """Return one part of the package as XML."""
    if name.endswith((".xml", ".rels")):
        content = f"<pkg:xmlData>{data.decode().partition('?>')[2]}</pkg:xmlData>"
    else:
        content = f"<pkg:binaryData>{base64.b64encode(data).decode()}</pkg:binaryData>"
    return f'<pkg:part pkg:name="{name}" pkg:contentType="{kind}">{content}</pkg:part>'


@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a.docx", "a.wps"])
def test_it_reads_a_document_of_2003_under_any_name(name: str) -> None:
    body = (
        "<w:p><w:r><w:t>同志们：</w:t></w:r></w:p><w:p><w:pPr><w:listPr>"
        '<wx:t wx:val="一、"/></w:listPr></w:pPr><w:r><w:delText>旧</w:delText>'
        "<w:instrText>PAGE</w:instrText><w:t>开会</w:t><w:tab/><w:t>了。</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    extracted = extract(build_old(body), name)
    assert (extracted.format, extracted.raw) == ("doc", "同志们：\n一、开会\t了。\n甲\t乙\n")
    assert [notice.code for notice in extracted.notices] == ["numbering"]


def test_it_reads_a_package_laid_out_flat_as_the_package() -> None:
    data = build_numbered((-1, "同志们："), (0, "提高认识"), (1, "学原文"))
    extracted = extract(lay_flat(data), "a.doc")
    assert (extracted.format, extracted.raw) == ("doc", extract(data, "a.docx").raw)


@pytest.mark.parametrize("tail", ["<w:wordDocument", "<w:wordDocument/>", "<x/>"])
def test_it_refuses_one_without_a_body(tail: str) -> None:
    root = tail.replace("/>", f" {NAMES}/>")
    with pytest.raises(RejectedFile) as refused:
        extract(f"{HEAD}{root}".encode(), "a.doc")
    assert refused.value.code == "damaged"


def build_2003(body: str) -> bytes:
    """Return a document of 2003 around XML that names elements as packages do."""
    names = DECLARED.replace(SPACES["w"], "http://schemas.microsoft.com/office/word/2003/wordml")
    more = 'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    return (
        f"{HEAD}<w:wordDocument {names} {more}>{STYLES}<w:body>{body}"
        "<w:p><w:r><w:t>末行</w:t></w:r></w:p></w:body></w:wordDocument>"
    ).encode()


def test_its_elements_are_taken_as_those_of_a_package() -> None:
    for name, xml in READ.items():
        extracted = extract(build_2003(xml.replace("{}", "某词")), "a.xml")
        assert (name, read_seen(extracted).count("某词")) == (name, 1)
    for name, xml in UNSEEN.items():
        if xml and "theme" not in name:
            extracted = extract(build_2003(xml.replace("{}", "某词")), "a.xml")
            assert (name, "某词" in extracted.raw) == (name, True)
            assert (name, "某词" in read_seen(extracted)) == (name, False)


def test_its_own_ways_of_revisions_remarks_notes_and_headers_are_known() -> None:
    def annotate(kind: str, words: str) -> str:
        inner = f"<aml:content><w:r><w:t>{words}</w:t></w:r></aml:content>"
        return f'<aml:annotation w:type="Word.{kind}">{inner}</aml:annotation>'

    body = (
        f"<w:p><w:r><w:t>甲</w:t></w:r>{annotate('Deletion', '删')}{annotate('Insertion', '增')}"
        f"{annotate('Comment', '批语')}<w:r><w:footnote><w:p><w:r><w:t>注文</w:t></w:r></w:p>"
        "</w:footnote></w:r></w:p><w:sectPr><w:hdr><w:p><w:r><w:t>眉词</w:t></w:r></w:p></w:hdr>"
        "</w:sectPr>"
    )
    extracted = extract(build_2003(body), "a.doc")
    assert extracted.raw == "甲增\n末行\n[注1] 注文\n"
    codes = [notice.code for notice in extracted.notices]
    assert codes == ["tracked_changes", "margins", "comments"]
