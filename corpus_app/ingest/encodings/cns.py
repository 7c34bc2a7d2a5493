"""CNS 11643, the character set of EUC-TW and of the Taiwanese half of ISO-2022-CN."""

from __future__ import annotations

import re
from functools import cache

from corpus_app.ingest.rule_files import read_rules

COLUMNS = 94
BIG5_COLUMNS = 157
DAMAGE = "\ufffd"
# Plane 1 in two bytes, any plane in four, a byte that belongs to neither.
EUC_TW = re.compile(rb"\x8e([\xa1-\xb0])([\xa1-\xfe]{2})|([\xa1-\xfe]{2})|([\x80-\xff])")


@cache
def load_plane(plane: int) -> tuple[str, ...]:
    """Return the characters of plane 1 or 2 by their place, U+FFFD where there is none."""
    chars = [DAMAGE] * (COLUMNS * COLUMNS)
    for first, last, shift in read_rules("cns11643")[f"plane{plane}"]:
        for place in range(first, last + 1):
            lead, trail = divmod(place + shift, BIG5_COLUMNS)
            trail += 0x40 if trail < 63 else 0xA1 - 63
            chars[place] = bytes((lead + 0xA1, trail)).decode("cp950", "replace")
    return tuple(chars)


def decode_cns(plane: int, pairs: bytes) -> str:
    """Return the characters of byte pairs (the high bit does not count) of a plane."""
    if plane not in (1, 2):
        return DAMAGE * (len(pairs) // 2)
    chars = load_plane(plane)
    places = zip(pairs[::2], pairs[1::2], strict=False)
    return "".join(_pick(chars, row & 0x7F, column & 0x7F) for row, column in places)


def _pick(chars: tuple[str, ...], row: int, column: int) -> str:
    place = (row - 0x21) * COLUMNS + column - 0x21
    return chars[place] if 0 <= place < len(chars) and 0x21 <= column <= 0x7E else DAMAGE


def decode_euc_tw(data: bytes) -> str:
    """Return the text of EUC-TW bytes, U+FFFD for what they do not say.

    >>> decode_euc_tw(bytes.fromhex("c4e3c5c6") + b"1")
    '中文1'
    """
    parts: list[str] = []
    last = 0
    for match in EUC_TW.finditer(data):
        parts.append(data[last : match.start()].decode("ascii", "replace"))
        last = match.end()
        plane, rare, pair, stray = match.groups()
        if stray:
            parts.append(DAMAGE)
        else:
            parts.append(decode_cns((plane[0] & 0x7F) - 0x20 if plane else 1, rare or pair))
    parts.append(data[last:].decode("ascii", "replace"))
    return "".join(parts)
