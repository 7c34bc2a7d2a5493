"""Binary Word files: text, numbers, cells and fields as the office program shows them."""

from __future__ import annotations

import struct

import pytest

from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.formats import extract
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


def test_it_says_that_a_document_has_a_password() -> None:
    for data in (patch_header(0x0A, 0x0300), rename_stream("WordDocument", "EncryptedPackage")):
        with pytest.raises(Refusal, match="密码") as refused:
            extract(data, "speech.doc")
        assert refused.value.code == "unsupported"


@pytest.mark.parametrize(
    ("stream", "label"), [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint")]
)
def test_it_names_what_else_the_container_holds(stream: str, label: str) -> None:
    with pytest.raises(Refusal, match=label) as refused:
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
        with pytest.raises(Refusal) as refused:
            extract(broken, "speech.doc")
        assert refused.value.code == "damaged"
        assert "\u4e00" <= refused.value.message[-2] <= "\u9fff"


@needs_shared
def test_it_reads_every_character_of_the_sample_beside_the_project() -> None:
    raw = extract((SHARED / "samples" / "legacy.doc").read_bytes(), "legacy.doc").raw
    assert sum("\u4e00" <= char <= "\u9fff" for char in raw) == 205_168
