"""Chinese in seven bits, as mail and news once carried it: HZ, ISO-2022 and UTF-7."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_app.ingest.encodings.cns import decode_cns

HZ = re.compile(
    rb"~\{((?:[\x21-\x7d][\x21-\x7e])*)([\x21-\x7e]?)(?:~\}|(?=[\r\n])|\Z)|~(~)|~(\r?\n)"
)
# Escape sequences that choose a set (by G1, G2 or at once), shifts between them, and the rest.
ISO_2022 = re.compile(
    rb"\x1b\$(?P<g1>\)[AGE])|\x1b\$(?P<g2>\*H)|\x1b(?P<single>N..)|\x1b\$(?P<g0>[AB@])"
    rb"|\x1b\((?P<ascii>[BJ])|(?P<out>\x0e)|(?P<in>\x0f)|(?P<text>[^\x0e\x0f\x1b]+)",
    re.S,
)
UTF_7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}")
LINE = re.compile(rb"[\r\n]")
# Sets by the letter of their escape sequence: a codec for bytes with the high bit, or a plane.
SETS: dict[bytes, str | int] = {b"A": "gb18030", b"E": "gb18030", b"G": 1, b"B": "euc_jp"}


def list_readings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield encoding and text for each way in which seven-bit data may hold more than ASCII."""
    if b"~{" in data:
        yield "hz-gb-2312", decode_hz(data)
    if b"\x1b" in data:
        japanese = b"\x1b$B" in data or b"\x1b$@" in data
        yield "iso-2022-jp" if japanese else "iso-2022-cn", decode_iso_2022(data)
    if UTF_7.search(data):
        text = decode_utf_7(data)
        if text is not None:
            yield "utf-7", text


def decode_hz(data: bytes) -> str:
    """Return the text of HZ data; a broken pair becomes U+FFFD.

    >>> decode_hz(b"~{VPND~} 1 ~~")
    '中文 1 ~'
    """
    parts: list[str] = []
    last = 0
    for match in HZ.finditer(data):
        parts.append(data[last : match.start()].decode("ascii", "replace"))
        last = match.end()
        pairs, broken, tilde, _ = match.groups()
        if tilde:
            parts.append("~")
        elif pairs is not None:
            parts.append(_raise(pairs).decode("gb18030", "replace") + "\ufffd" * len(broken))
    return "".join([*parts, data[last:].decode("ascii", "replace")])


def _raise(pairs: bytes) -> bytes:
    return bytes(byte | 0x80 for byte in pairs)


def decode_iso_2022(data: bytes) -> str:
    """Return the text of ISO-2022-CN data, or of ISO-2022-JP with its Chinese set.

    >>> decode_iso_2022(bytes.fromhex("1b2429410e56504e440f2e"))
    '中文.'
    """
    state = _Shifts()
    return "".join(state.read(match) for match in ISO_2022.finditer(data))


class _Shifts:
    """The set chosen for G1, whether bytes are read by it, and a set that G0 was given."""

    def __init__(self) -> None:
        self.first: str | int | None = None
        self.base: str | int | None = None
        self.shifted = False

    def read(self, match: re.Match[bytes]) -> str:
        """Return the characters that one part of the data gives; most parts only shift."""
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        if kind == "text":
            return self._decode(value)
        if kind == "single":
            return decode_cns(2, value[1:])
        if kind == "g1":
            self.first = SETS[value[1:]]
        elif kind in ("g0", "ascii"):
            self.base = SETS.get(value, "euc_jp") if kind == "g0" else None
        elif kind in ("out", "in"):
            self.shifted = kind == "out"
        return ""

    def _decode(self, data: bytes) -> str:
        current = self.first if self.shifted else self.base
        if current is None:
            return data.decode("ascii", "replace")
        pairs, end, rest = self._cut_line(data)
        if isinstance(current, int):
            text = decode_cns(current, pairs)
        else:
            text = _raise(pairs).decode(current, "replace")
        if end:
            # A line's end ends the shift, whether the writer says so or not.
            self.shifted, self.base = False, None
        return text + rest.decode("ascii", "replace")

    @staticmethod
    def _cut_line(data: bytes) -> tuple[bytes, bool, bytes]:
        found = LINE.search(data)
        if found is None:
            return data.replace(b" ", b""), False, b""
        return data[: found.start()].replace(b" ", b""), True, data[found.start() :]


def decode_utf_7(data: bytes) -> str | None:
    """Return the text of UTF-7 data, None where it is none."""
    try:
        return data.decode("utf-7").lstrip("\ufeff")
    except UnicodeDecodeError:
        return None
