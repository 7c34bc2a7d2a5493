"""The tokens of rich text, and the code pages in which its bytes are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from corpus_app.ingest.formats.visibility import is_page_sized

TOKEN: Final = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    # Two bytes of one Chinese character, of which the second is no sign of the format.
    r"|((?:[\x81-\xfe][\x40-\x5b\x5d-\x7a\x7c\x7e-\xfe]){1,200}|[^\\{}\r\n\x81-\xfe]+|[\x81-\xfe])"
)
BINARY: Final = "bin"
CODE_PAGE: Final = re.compile(r"\\ansicpg(\d{1,5})")
# What fonts say of their script, as the code page of its bytes.
CHARSETS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SYMBOL_CHARSET: Final = 2
# What a picture says of its size, in twips and hundredths, before its bytes.
PICTURE: Final = "pict"
PICTURE_SIZE: Final = re.compile(r"\\pic(wgoal|hgoal|scalex|scaley)(\d{1,9})")
PICTURE_HEAD, TWIPS = 4_000, 20


class RtfToken(NamedTuple):
    """A control word with its number, a control sign, a brace, or bytes of text."""

    kind: Literal["word", "sign", "brace", "byte", "text"]
    text: str
    number: int | None = None


def iter_tokens(source: str) -> Iterator[RtfToken]:
    """Yield the tokens of rich text, each character of the source a byte of the file.

    The number of a picture's word is 1 where the picture is as large as a page, else 0.
    """
    position = 0
    while position < len(source):
        match = TOKEN.match(source, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        word, number, byte, sign, brace, text = match.groups()
        if text is not None:
            yield RtfToken("text", text)
        elif word is not None:
            value = int(number) if number else None
            if word == BINARY:
                position += max(0, value or 0)
            elif word == PICTURE:
                value = int(_is_page(source[position : position + PICTURE_HEAD]))
            yield RtfToken("word", word, value)
        elif byte is not None:
            yield RtfToken("byte", chr(int(byte, 16)))
        elif brace is not None:
            yield RtfToken("brace", brace)
        else:
            yield RtfToken("sign", sign)


def _is_page(head: str) -> bool:
    """Return whether the picture that so begins is as large as a page."""
    said: dict[str, int] = {}
    for name, number in PICTURE_SIZE.findall(head):
        said.setdefault(name, int(number))  # a next one's stand behind
    sides = (
        said.get(f"{side}goal", 0) / TWIPS * said.get(f"scale{axis}", 100) / 100
        for side, axis in (("w", "x"), ("h", "y"))
    )
    return is_page_sized(*sides)


def find_code_page(source: str) -> str:
    """Return the code page of text in fonts that name none.

    Programs in China write their own page's bytes and call it western.
    """
    page = CODE_PAGE.search(source)
    number = page[1] if page else "0"
    if number in {"0", "936", "1252", "54936"}:
        return "gb18030"
    name = "utf-8" if number == "65001" else f"cp{number}"
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return name


def decode_bytes(data: bytes, pages: tuple[str, ...]) -> str:
    """Return text in the first of the pages that it fits; else in the first, with U+FFFD."""
    for page in (*pages, "cp1252"):
        try:
            return data.decode(page)
        except UnicodeDecodeError:
            continue
    return data.decode(pages[0], "replace")
