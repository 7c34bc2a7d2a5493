"""Files put together from parts in two encodings: a GBK page with a footer in UTF-8."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus_app.ingest.encodings.contest import judge_bytes
from corpus_app.ingest.encodings.readings import read_as

# Characters of three bytes and more: so many in strict UTF-8 do not come about by chance.
WIDE = re.compile("[\u0800-\U0010ffff]+")
SURELY_UTF_8 = 6


@dataclass(frozen=True, slots=True)
class Mixture:
    """The text, the encoding of most other lines, and how many lines are in UTF-8."""

    text: str
    encoding: str
    lines: int


def count_wide(text: str) -> int:
    """Return how many characters of a text take three bytes or more in UTF-8."""
    return sum(map(len, WIDE.findall(text)))


def read_mixture(data: bytes) -> Mixture | None:
    """Return the text of data whose lines are partly UTF-8, partly GBK or Big5; None for others."""
    return _read_pieces(data, b"\n") or _read_pieces(data, b"\n<>")


def _read_pieces(data: bytes, signs: bytes) -> Mixture | None:
    """No second byte of a character has the value of one of these signs."""
    pieces = re.split(b"([" + signs + b"])", data)
    lines, between = pieces[::2], [sign.decode("ascii") for sign in [*pieces[1::2], b""]]
    texts = [_read_utf_8(line) for line in lines]
    inside = [text for text in texts if text is not None]
    if sum(count_wide(text) for text in inside) < SURELY_UTF_8:
        return None
    rest = b"\n".join(line for line, text in zip(lines, texts, strict=True) if text is None)
    verdict = judge_bytes(rest)
    if verdict is None or verdict.encoding not in ("gb18030", "big5"):
        return None
    reading = read_as(verdict.encoding, rest)
    if reading.lost or reading.odd:
        return None
    others = iter(reading.text.split("\n"))
    words = (next(others) if known is None else known for known in texts)
    text = "".join(word + sign for word, sign in zip(words, between, strict=True))
    return Mixture(text, verdict.encoding, len(inside))


def _read_utf_8(line: bytes) -> str | None:
    """ASCII and a few Latin letters may be in either."""
    if line.isascii():
        return None
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if WIDE.search(text) else None
