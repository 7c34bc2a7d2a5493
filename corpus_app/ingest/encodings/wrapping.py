"""Text that was wrapped in ASCII on its way: quoted-printable, base64, %E4, references, escapes."""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

# A run of signs that stand for bytes or characters; two together are no chance in a text.
QUOTED = re.compile(rb"(?:=[0-9A-Fa-f]{2}(?:=\r?\n)?){2,}")
PERCENT = re.compile(rb"(?:%[0-9A-Fa-f]{2}){3,}")
REFERENCES = re.compile(rb"(?:&#(?:\d{4,6}|[xX][0-9A-Fa-f]{4,5});)+")
ESCAPES = re.compile(rb"(?:\\u[0-9A-Fa-f]{4})+")
BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{4,76}\r?\n)*[A-Za-z0-9+/]{2,}={0,2}\s*")
# So much of what is no white space stands in such runs.
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What a way of wrapping gives back: its name, and the bytes that were wrapped."""

    name: str
    data: bytes


def list_unwrapped(data: bytes) -> Iterator[Wrapping]:
    """Yield what seven-bit data may hold by each way in which most of it is wrapped.

    >>> [wrapping.name for wrapping in list_unwrapped(b"=D6=D0=B9=FA")]
    ['quoted-printable']
    """
    for name, pattern, unwrap, shunned in _WAYS:
        runs = sum(map(len, pattern.findall(data)))
        marked = data.lstrip()[:1] in shunned
        if runs and not marked and runs >= SHARE * len(b"".join(data.split())):
            yield Wrapping(name, unwrap(data))
    if BASE64.fullmatch(data):
        try:
            yield Wrapping("base64", base64.b64decode(b"".join(data.split()), validate=True))
        except (binascii.Error, ValueError):
            return


def _unescape(data: bytes) -> bytes:
    """Pairs of surrogates are one character; what is no character stays as it is written."""

    def read(run: re.Match[bytes]) -> bytes:
        units = bytes.fromhex(run.group().replace(b"\\u", b"").decode())
        return units.decode("utf-16-be", "replace").encode()

    return ESCAPES.sub(read, data)


def _resolve(data: bytes) -> bytes:
    return html.unescape(data.decode("ascii")).encode("utf-8", "replace")


# Name, pattern, what undoes it, and how texts begin whose readers undo it themselves.
_WAYS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes], tuple[bytes, ...]], ...] = (
    ("quoted-printable", QUOTED, quopri.decodestring, ()),
    ("%XX", PERCENT, unquote_to_bytes, ()),
    ("&#…;", REFERENCES, _resolve, (b"<",)),
    ("\\uXXXX", ESCAPES, _unescape, (b"{", b"[", b"<")),
)
