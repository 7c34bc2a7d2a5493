"""Decoding: whatever encoding a Chinese text comes in, the same characters come out."""

from __future__ import annotations

import codecs

import pytest

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile

SIMPLIFIED = "各位代表，同志们：今天我们召开全区人大工作会议，总结工作、部署任务。\n一、提高认识\n"
TRADITIONAL = "各位代表，同志們：今天我們召開會議，總結工作，部署任務，請大家認真討論。\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
@pytest.mark.parametrize("length", [20, 38, 4000])
def test_it_reads_simplified_text_in_every_encoding(codec: str, name: str, length: int) -> None:
    text = (SIMPLIFIED * 200)[:length]
    decoded = decode_text(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, name)


@pytest.mark.parametrize("codec", ["big5", "cp950", "big5hkscs"])
@pytest.mark.parametrize("length", [20, 36, 3000])
def test_it_tells_big5_from_gb18030(codec: str, length: int) -> None:
    text = (TRADITIONAL * 200)[:length]
    decoded = decode_text(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, "big5")


def test_it_reads_traditional_text_in_gb18030() -> None:
    decoded = decode_text(TRADITIONAL.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "gb18030")


def test_it_drops_the_byte_order_mark_from_the_text() -> None:
    for mark, codec in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert decode_text(mark + "各位代表".encode(codec)).text == "各位代表"


def test_it_keeps_control_characters_for_the_noise_step_to_report() -> None:
    assert (
        decode_text("各位\x00代表：开会了，请大家认真听讲、认真讨论。".encode()).text[2] == "\x00"
    )


def test_it_keeps_rare_characters_of_gb18030() -> None:
    text = "同志们：我们在㙍村和䶮江两个代表联络站召开现场会，请大家认真讨论。"
    assert decode_text(text.encode("gb18030")).text == text


def test_it_salvages_a_text_cut_in_mid_character_and_says_so() -> None:
    decoded = decode_text((SIMPLIFIED * 3).encode()[:-2])
    assert decoded.text.startswith(SIMPLIFIED)
    assert decoded.encoding == "utf-8"
    assert [notice.code for notice in decoded.notices] == ["damaged_bytes"]


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00" * 500,
        b"\x01\x02\x03\x04" * 200,
        "é ü ñ ç à".encode("latin-1") * 50,
    ],
)
def test_it_refuses_what_is_no_text(data: bytes) -> None:
    with pytest.raises(RejectedFile) as refused:
        decode_text(data)
    assert refused.value.code == "undecodable"


def test_it_calls_a_file_of_nothing_but_a_mark_empty() -> None:
    with pytest.raises(RejectedFile) as refused:
        decode_text(codecs.BOM_UTF8)
    assert refused.value.code == "empty"


def test_it_never_hands_on_lone_surrogates() -> None:
    with pytest.raises(RejectedFile):
        decode_text(codecs.BOM_UTF16_LE + b"\x00\xd8" * 300)


def test_it_says_when_another_encoding_would_have_done_as_well() -> None:
    decoded = decode_text("中".encode("big5"))
    assert [notice.code for notice in decoded.notices] == ["encoding_tie"]
    assert "gb18030" in decoded.notices[0].message


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-16-le"])
def test_it_has_no_doubt_about_ordinary_text(codec: str) -> None:
    assert decode_text(SIMPLIFIED.encode(codec)).notices == ()
