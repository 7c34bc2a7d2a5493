"""Zip packages: macros are left alone, passwords and bombs refused, entities never resolved."""

from __future__ import annotations

import io
import itertools
import zipfile

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.formats.package import check_package, parse_part
from corpus_app.ingest.limits import Limits
from tests.ingest.format_files import build_epub, build_odt, build_zip, read_sample
from tests.ingest.word_files import build_word, replace_member

MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def set_password_flag(data: bytes) -> bytes:
    """Return the zip file with every member marked as encrypted."""
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = data.split(signature)
        marked = [p[: offset - 4] + bytes([p[offset - 4] | 1]) + p[offset - 3 :] for p in parts[1:]]
        data = signature.join([parts[0], *marked])
    return data


def test_it_reads_a_document_with_macros_and_runs_none() -> None:
    data = build_word("同志们：", "开会了。")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    assert PLAIN_TYPE in types
    data = replace_member(data, "[Content_Types].xml", types.replace(PLAIN_TYPE, MACRO_TYPE))
    data = replace_member(data, "word/vbaProject.bin", b"Sub AutoOpen()")
    extracted = extract(data, "speech.docm")
    assert (extracted.format, extracted.raw) == ("docx", "同志们：\n开会了。\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word("x")),
        ("a.odt", build_odt("")),
        ("a.epub", build_epub("<p>x</p>")),
    ],
    ids=["docx", "odt", "epub"],
)
def test_it_says_that_a_package_has_a_password(name: str, data: bytes) -> None:
    with pytest.raises(RejectedFile, match="密码") as refused:
        extract(set_password_flag(data), name)
    assert refused.value.code == "unsupported"


@pytest.mark.parametrize("name", ["a.odt", "a.epub", "a.docx"])
def test_it_refuses_a_package_that_unpacks_to_too_much(name: str) -> None:
    sound = {"a.odt": build_odt(""), "a.epub": build_epub("<p>x</p>"), "a.docx": build_word("x")}
    bomb = replace_member(sound[name], "media/zero.bin", bytes(3_000_000))
    with pytest.raises(RejectedFile, match="压缩炸弹") as refused:
        extract(bomb, name, Limits(unpacked_bytes=1_000_000))
    assert refused.value.code == "too_large"


def test_it_refuses_more_parts_than_a_document_has() -> None:
    crowd = build_zip({f"{number}.xml": "" for number in range(30)})
    with pytest.raises(RejectedFile) as refused:
        check_package(crowd, Limits(members=20), "文档")
    assert refused.value.code == "too_large"


def test_it_resolves_no_entities() -> None:
    data = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert "".join(parse_part(data, "文档").itertext(with_tail=False)) in {"", "&x;"}


def test_it_refuses_entities_that_grow_without_end() -> None:
    names = "abcdefghij"
    lines = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names)]
    body = f'<!DOCTYPE t [<!ENTITY a "哈哈">{"".join(lines)}]><t>&j;</t>'
    with pytest.raises(RejectedFile) as refused:
        parse_part(body.encode(), "文档")
    assert refused.value.code == "damaged"


def test_it_tells_packages_apart_by_what_is_inside() -> None:
    assert extract(read_sample("speech.odt"), "speech.doc").format == "odt"
    assert extract(read_sample("speech.epub"), "speech.zip").format == "epub"
    assert extract(build_word("同志们：开会了。"), "speech.wps").format == "docx"
    sheet = build_zip(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    )
    with pytest.raises(RejectedFile, match="表格或演示文稿") as refused:
        extract(sheet, "a.odt")
    assert refused.value.code == "unsupported"
