"""Binary Word files: text, numbers, cells and fields as the office program shows them."""

from __future__ import annotations

import struct

import pytest

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract, extract_converted
from corpus_app.ingest.formats.extracted import Handover
from corpus_app.ingest.formats.outside import convert_outside
from corpus_app.ingest.formats.word97 import read_word
from corpus_app.ingest.limits import DEFAULT_LIMITS
from corpus_app.ingest.readers import find_office
from corpus_app.ingest.sandbox.parsing import parse_file
from tests.ingest.format_files import SPEECH_LINES, read_sample
from tests.ingest.shared_texts import SHARED, needs_shared


def patch_header(offset: int, value: int) -> bytes:
    """Return speech.doc with 16 bits of its header changed."""
    data = bytearray(read_sample("speech.doc"))
    start = data.index(b"\xec\xa5")
    struct.pack_into("<H", data, start + offset, value)
    return bytes(data)


def rename_stream(old: str, new: str) -> bytes:
    """Return speech.doc with a stream under another name."""
    data = bytearray(read_sample("speech.doc"))
    place = data.index(old.encode("utf-16-le"))
    data[place : place + 66] = new.encode("utf-16-le").ljust(64, b"\0") + struct.pack(
        "<H", 2 * len(new) + 2
    )
    return bytes(data)


@pytest.mark.parametrize("name", ["speech.doc", "speech.wps", "speech.docx", "speech.txt"])
def test_it_reads_what_an_office_program_wrote(name: str) -> None:
    extracted = extract(read_sample("speech.doc"), name)
    assert extracted.format == "doc"
    assert extracted.raw.splitlines() == SPEECH_LINES
    assert [notice.code for notice in extracted.notices] == ["numbering", "tracked_changes"]


def test_it_puts_notes_last_and_keeps_empty_cells() -> None:
    lines = extract(read_sample("notes.doc"), "notes.doc").raw.splitlines()
    body = ["第一句。", "第二句。再来完。", "甲\t", "\t丁 戊", "末尾"]
    assert lines == [*body, "[注1] 脚注甲", "[注2] 脚注丙", "[尾注1] 尾注乙"]


def test_it_says_that_a_document_has_a_password() -> None:
    for data in (patch_header(0x0A, 0x0300), rename_stream("WordDocument", "EncryptedPackage")):
        with pytest.raises(RejectedFile, match="密码") as refused:
            extract(data, "speech.doc")
        assert refused.value.code == "unsupported"


@pytest.mark.parametrize(
    ("stream", "label"), [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint")]
)
def test_it_names_what_else_the_container_holds(stream: str, label: str) -> None:
    with pytest.raises(RejectedFile, match=label) as refused:
        extract(rename_stream("WordDocument", stream), "speech.doc")
    assert refused.value.code == "unsupported"


def test_it_refuses_damage_in_every_structure() -> None:
    data = read_sample("speech.doc")
    damaged = [
        data[:1000],
        patch_header(0x00, 0x1234),
        patch_header(0x1A2, 0xFFFF),
        patch_header(0x4E, 0xFFFF),
    ]
    for broken in damaged:
        with pytest.raises(RejectedFile) as refused:
            extract(broken, "speech.doc")
        assert refused.value.code == "damaged"
        assert "\u4e00" <= refused.value.message[-2] <= "\u9fff"


@needs_shared
def test_it_reads_every_character_of_the_sample_beside_the_project() -> None:
    raw = extract((SHARED / "samples" / "legacy.doc").read_bytes(), "legacy.doc").raw
    assert sum("\u4e00" <= char <= "\u9fff" for char in raw) == 205_168


def test_it_hands_an_unknown_container_to_an_office_program_or_says_so() -> None:
    with pytest.raises(RejectedFile) as refused:
        parse_file(rename_stream("WordDocument", "MatOST"), "speech.wps")
    if find_office():
        assert refused.value.code == "damaged"
    else:
        assert refused.value.code == "unsupported"
        assert "LibreOffice" in refused.value.message


@pytest.mark.skipif(not find_office(), reason="LibreOffice is not on this machine")
def test_it_reads_by_an_office_program_what_it_cannot_read_itself() -> None:
    handover = Handover("unsupported", "", "office")
    extracted = extract_converted(
        *convert_outside(read_sample("speech.doc"), DEFAULT_LIMITS, handover)
    )
    assert (extracted.format, extracted.raw.splitlines()) == ("doc", SPEECH_LINES)
    assert "outside_reader" in {notice.code for notice in extracted.notices}


def test_it_reads_the_single_stretch_of_a_word_95_file() -> None:
    text = "同志们：\r今天开会。\r".encode("gb18030")
    header = bytearray(0x300)
    struct.pack_into("<HH", header, 0, 0xA5DC, 0x68)
    struct.pack_into("<I", header, 0x18, 0x300)
    struct.pack_into("<I", header, 0x34, len(text))
    extracted = read_word(bytes(header) + text, (b"", b""), DEFAULT_LIMITS)
    assert extracted.raw == "同志们：\n今天开会。\n"
    struct.pack_into("<H", header, 0x0A, 0x0004)
    with pytest.raises(Handover):
        read_word(bytes(header) + text, (b"", b""), DEFAULT_LIMITS)


def test_it_accounts_for_what_is_hidden_drawn_and_beside_the_text() -> None:
    extracted = extract(read_sample("account.doc"), "account.doc")
    lines = extracted.raw.splitlines()
    assert lines[:5] == ["第一部分 讲形势", "①看成绩", "I.看不足", "壹、看来路", "第二部分 讲任务"]
    assert "满意率≥九成" in lines
    assert lines[-1] == "[注1] 出处"
    assert [(mark.kind, mark.text, mark.rule) for mark in extracted.marks] == [
        ("hidden_text", "暗一", "attribute"),
        ("hidden_text", "暗二", "style"),
        ("hidden_text", "暗三", "style"),
        ("hidden_text", "暗四", "color"),
        ("hidden_text", "暗五", "size"),
        ("annotation", "dēng", "ruby"),
        ("hidden_text", "框外", "off_page"),
    ]
    codes = [notice.code for notice in extracted.notices]
    assert codes == ["numbering", "margins", "hidden_text", "annotation"]
    assert "页眉词" in extracted.notices[1].message


def test_a_field_without_an_end_hides_nothing() -> None:
    data = read_sample("account.doc")
    begin, text = "\x13".encode("utf-16-le"), "末行".encode("utf-16-le")
    assert text in data
    broken = data.replace(text, begin + text[2:])
    assert "行" in extract(broken, "a.doc").raw.splitlines()
