"""Text that was wrapped in ASCII is read, what only looks like it is left, lines mix by piece."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from urllib.parse import quote

import pytest

from corpus_app.ingest.decode import decode_text

SHORT = "全体代表都到会了。"
LONG = (
    "同志们：\n今天召开代表联络站工作推进会，主要任务是交流做法、查找不足，部署下一步的工作。\n" * 8
)
WAYS: dict[str, Callable[[str], bytes]] = {
    "quoted-printable of gbk": lambda text: quopri.encodestring(text.encode("gbk")),
    "quoted-printable of utf-8": lambda text: quopri.encodestring(text.encode()),
    "base64 of gbk": lambda text: base64.encodebytes(text.encode("gbk")),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "percent": lambda text: quote(text).encode(),
    "references": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "escapes": lambda text: text.encode("unicode-escape").replace(b"\\n", b"\n"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_what_was_wrapped_in_ascii_is_read_with_a_notice(way: str, text: str) -> None:
    decoded = decode_text(WAYS[way](text))
    assert decoded.text == text
    assert "encoding_repaired" in {notice.code for notice in decoded.notices}


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog, 1=20 and 2=40.",
        "SGVsbG8sIHRoaXMgaXMgYSBzZWNyZXQgbWVzc2FnZQ==",
        "a%20b%20c=%41%42%43",
        "deadbeefdeadbeefdeadbeefdeadbeef",
        "=41=42=43=44=45",
        "R2R*W%=t=;0l#,AyTB5WG00l84BJR*4o5=0Y7VV.",
    ],
)
def test_no_seven_bits_pass_as_chinese_without_having_any(text: str) -> None:
    assert decode_text(text.encode()).text == text


@pytest.mark.parametrize("sign", ["\n", "<br>"])
def test_two_encodings_on_one_page_are_read_each_by_its_own(sign: str) -> None:
    foot = "版权所有 某某市人大常委会办公室"
    page = f"<p>{LONG.replace(chr(10), '')}</p>{sign}".encode("gbk") + f"<p>{foot}</p>".encode()
    decoded = decode_text(page)
    assert foot in decoded.text
    assert LONG.replace("\n", "") in decoded.text
    assert "encoding_repaired" in {notice.code for notice in decoded.notices}


def test_signs_of_the_macintosh_are_read_where_they_stand_alone() -> None:
    data = SHORT.encode("gb2312") + b"\xff" + SHORT.encode("gb2312") + b"\xfd\r" + b"1999"
    assert decode_text(data).text == f"{SHORT}…{SHORT}©\r1999"
    filler = decode_text(SHORT.encode("gb2312") * 9 + b"\xff\xff" + SHORT.encode("gb2312"))
    assert "damaged_bytes" in {notice.code for notice in filler.notices}
