"""Bytes read by one encoding, leniently: what old software wrote beside the standard is known."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.encodings.cns import decode_euc_tw
from corpus_app.ingest.encodings.plausibility import WRONG_BITS, cost_of, weigh_text
from corpus_app.ingest.encodings.seven_bit import decode_hz, decode_iso_2022, decode_utf_7
from corpus_app.ingest.rule_files import read_rules

DAMAGE = "\ufffd"
# UTF-8 that its standard forbids but says plainly which character is meant: surrogates in
# pairs (CESU-8), and forms longer than need be.
CESU = re.compile(rb"\xed([\xa0-\xaf][\x80-\xbf])\xed([\xb0-\xbf][\x80-\xbf])")
OVERLONG = re.compile(
    rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xf0[\x80-\x8f][\x80-\xbf]{2}"
)
# Bytes that stand for no character of the double-byte sets, and what programs mean by them.
# The last three are those of the Macintosh.
LONE_BYTES = {0x80: "€", 0xA0: "\u00a0", 0xFD: "©", 0xFE: "™", 0xFF: "…"}
LONE_BITS = 14.0
# Lines are cut in mid-character at their ends, and files at theirs.
CUT_BITS = 18.0
# A file cut in mid-character is so much likelier than a byte too many near its end.
END_BITS = 10.0
# No second byte of a character has these values, so that reading can begin anew after them.
PRIVATE = re.compile("[\ue000-\uf8ff\x80-\x9f]")
SEGMENTS = re.compile(rb"[^\t\n\r <>]+|[\t\n\r <>]+")
# A realignment looks at every byte; a file with more broken text than this is no text.
MOST_REALIGNED = 200_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one encoding makes of the bytes: lost counts U+FFFD put in, odd what was mended."""

    encoding: str
    text: str
    lost: int = 0
    odd: int = 0


def read_as(encoding: str, data: bytes) -> Reading:
    """Return the reading of data by an encoding named as in rules/encodings.toml."""
    return READERS[encoding](data)


def _read_utf_8(data: bytes) -> Reading:
    try:
        return Reading("utf-8", data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "yanku-utf-8")
    lost = text.count(DAMAGE) - data.count(DAMAGE.encode())
    odd = len(CESU.findall(data)) + len(OVERLONG.findall(data))
    return Reading("utf-8", text, max(0, lost), odd)


def _mend_utf_8(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = CESU.match(error.object, error.start)
    if pair:
        text = pair.group().decode("utf-8", "surrogatepass")
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le"), pair.end()
    longer = OVERLONG.match(error.object, error.start)
    if longer:
        lead, *trail = longer.group()
        code = lead & (0x1F if lead < 0xE0 else 0x0F if lead < 0xF0 else 0x07)
        for byte in trail:
            code = code << 6 | byte & 0x3F
        return chr(code), longer.end()
    return DAMAGE, error.end


codecs.register_error("yanku-utf-8", _mend_utf_8)


def _read_gb18030(data: bytes) -> Reading:
    reading = _read_pairs("gb18030", ("gb18030",), data)
    text = reading.text.translate(load_assigned())
    return Reading("gb18030", text, reading.lost, reading.odd + (text != reading.text))


def _read_big5(data: bytes) -> Reading:
    """What Windows wrote, or Hong Kong: some bytes are kana in one and Han in the other."""
    windows, hong_kong = (_read_strictly(data, name) for name in ("cp950", "big5hkscs"))
    if windows is not None and hong_kong is not None and windows != hong_kong:
        better = weigh_text(hong_kong).bits < weigh_text(windows).bits
        return Reading("big5", hong_kong if better else windows)
    return _read_pairs("big5", ("cp950", "big5hkscs"), data)


@cache
def load_assigned() -> dict[int, str]:
    """Return the private codes that old fonts used for characters that have their own now."""
    table = read_rules("encodings")["assigned"]
    codes = [int(table["from"][at : at + 4], 16) for at in range(0, len(table["from"]), 4)]
    return dict(zip(codes, table["to"], strict=True))


def _read_pairs(encoding: str, names: tuple[str, ...], data: bytes) -> Reading:
    text = _read_soundly(data, names)
    if text is not None:
        return Reading(encoding, text)
    realigned, cut = _realign(encoding, names, data), _read_cut(data, names)
    if cut is None:
        return realigned
    gain = weigh_text(cut).bits - weigh_text(realigned.text.replace(DAMAGE, "")).bits
    return Reading(encoding, cut + DAMAGE, 1) if gain <= END_BITS else realigned


def _read_cut(data: bytes, names: tuple[str, ...]) -> str | None:
    """Return the text before a character that the end of data cuts off, None where none is."""
    for size in (1, 2, 3):
        if any(_is_begun(data[-size:], name) for name in names):
            text = _read_soundly(data[:-size], names)
            if text is not None:
                return text
    return None


def _is_begun(tail: bytes, name: str) -> bool:
    """Say whether bytes are the beginning of one character and no whole one."""
    try:
        return codecs.getincrementaldecoder(name)().decode(tail, final=False) == ""
    except UnicodeDecodeError:
        return False


def _read_soundly(data: bytes, names: tuple[str, ...]) -> str | None:
    """Private characters fill so much of GBK that half a character too many leads to them."""
    texts = (text for name in names if (text := _read_strictly(data, name)) is not None)
    text = next(texts, None)
    return None if text is None or PRIVATE.search(text.translate(load_assigned())) else text


def _realign(encoding: str, names: tuple[str, ...], data: bytes) -> Reading:
    """Reads segment by segment: what a stray byte shifts by half a character is shifted back."""
    parts: list[str] = []
    odd, budget = 0, MOST_REALIGNED
    for segment in SEGMENTS.findall(data):
        text = _read_soundly(segment, names)
        if text is None and budget > 0:
            budget -= len(segment)
            text, mended = _read_cheapest(segment, names)
            odd += mended
        parts.append(segment.decode(names[-1], "replace") if text is None else text)
    text = "".join(parts)
    return Reading(encoding, text, text.count(DAMAGE), odd)


def _read_strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _read_cheapest(data: bytes, names: tuple[str, ...]) -> tuple[str, int]:
    """Return the least surprising way to cut data into characters and lone bytes, from its end."""
    bits = [0.0] * (len(data) + 1)
    chosen: list[tuple[str, int]] = [("", 1)] * len(data)
    for at in range(len(data) - 1, -1, -1):
        lone = LONE_BYTES.get(data[at], DAMAGE) if data[at] not in data[at + 1 : at + 2] else DAMAGE
        cut = at in (0, len(data) - 1)
        wrong = CUT_BITS if cut else WRONG_BITS
        bits[at] = bits[at + 1] + (wrong if lone == DAMAGE else LONE_BITS)
        chosen[at] = (lone, 1)
        for char, size in _list_chars(data, at, names):
            cost = bits[at + size] + (6.0 if char < "\x80" else cost_of(char[0]))
            if cost < bits[at]:
                bits[at], chosen[at] = cost, (char, size)
    at, parts, odd = 0, list[str](), 0
    while at < len(data):
        char, size = chosen[at]
        odd += size == 1 and char in LONE_BYTES.values()
        parts.append(char)
        at += size
    return "".join(parts), odd


def _list_chars(data: bytes, at: int, names: tuple[str, ...]) -> list[tuple[str, int]]:
    if data[at] < 0x80:
        return [(chr(data[at]), 1)]
    pieces = (data[at : at + 2], data[at : at + 4])
    found = {len(piece): _decode_char(piece, names) for piece in pieces}
    return [(char, size) for size, char in found.items() if char]


@cache
def _decode_char(data: bytes, names: tuple[str, ...]) -> str:
    if len(data) not in (2, 4) or (len(data) == 4 and not 0x30 <= data[1] <= 0x39):
        return ""
    text = next((t for name in names if (t := _read_strictly(data, name)) is not None), "")
    return text if len(text) == 1 else ""


def _read_utf_16(encoding: str, data: bytes) -> Reading:
    whole, rest = data[: len(data) // 2 * 2], data[len(data) // 2 * 2 :]
    text = whole.decode(encoding, "replace")
    # What a program that knew nothing of pairs put at the end is no half of a character.
    plain = rest in (b"", b"\x00", b"\n", b"\r", b"\x1a", b" ")
    lost = text.count(DAMAGE)
    if lost:
        own = DAMAGE.encode(encoding)
        lost -= sum(whole[at : at + 2] == own for at in range(0, len(whole), 2))
    return Reading("utf-16", text, lost + (not plain), int(bool(rest) and plain))


def _read_utf_32(encoding: str, data: bytes) -> Reading:
    text = data.decode(encoding, "replace")
    return Reading("utf-32", text, text.count(DAMAGE))


def _count_damage(encoding: str, text: str) -> Reading:
    return Reading(encoding, text, text.count(DAMAGE))


READERS: dict[str, Callable[[bytes], Reading]] = {
    "utf-8": _read_utf_8,
    "gb18030": _read_gb18030,
    "big5": _read_big5,
    "euc-tw": lambda data: _count_damage("euc-tw", decode_euc_tw(data)),
    "hz-gb-2312": lambda data: _count_damage("hz-gb-2312", decode_hz(data)),
    "iso-2022-cn": lambda data: _count_damage("iso-2022-cn", decode_iso_2022(data)),
    "iso-2022-jp": lambda data: _count_damage("iso-2022-jp", decode_iso_2022(data)),
    "utf-7": lambda data: _count_damage("utf-7", decode_utf_7(data) or DAMAGE * len(data)),
    "utf-16-le": lambda data: _read_utf_16("utf-16-le", data),
    "utf-16-be": lambda data: _read_utf_16("utf-16-be", data),
    "utf-32-le": lambda data: _read_utf_32("utf-32-le", data),
    "utf-32-be": lambda data: _read_utf_32("utf-32-be", data),
}
