"""Texts as PostgreSQL can hold them: it knows no NUL, which stands in files as they come.

A NUL goes there as U+10FFFF, one character for one, so that every offset stays, and comes back as
NUL. That is a noncharacter, which Unicode keeps for such uses and no text bears.
"""

from __future__ import annotations

from typing import Any, Final

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.types import string

_NUL: Final = "\0"
_FOR_NUL: Final = "\U0010ffff"
_BYTES_FOR_NUL: Final = _FOR_NUL.encode()
# What texts are written as: without a type, for what the server is to make of it, and with one.
_DUMPERS: Final = (string.StrDumper, string.StrDumperVarchar, string.StrDumperUnknown)


class NulLoader(string.TextLoader):
    """Reads a text of the database."""

    def load(self, data: Buffer) -> str | bytes:
        """Return the text, NUL where one stood."""
        text = super().load(data)
        if isinstance(text, str) and _BYTES_FOR_NUL in bytes(data):
            return text.replace(_FOR_NUL, _NUL)
        return text


def write_nul(text: str) -> str:
    """Return the text as the database holds it."""
    return text.replace(_NUL, _FOR_NUL) if _NUL in text else text


def _make_dumper(base: type[Any]) -> type[Any]:
    class NulDumper(base):
        """Writes a text."""

        def dump(self, obj: str) -> Buffer | None:
            written: Buffer | None = super().dump(write_nul(obj))
            return written

        def quote(self, obj: str) -> Buffer:
            quoted: Buffer = super().quote(write_nul(obj))
            return quoted

    return NulDumper


_NUL_DUMPERS: Final = tuple(map(_make_dumper, _DUMPERS))


def adapt_texts(connection: Connection[Any]) -> None:
    """Let the connection write and read texts with NUL."""
    for dumper in _NUL_DUMPERS:
        connection.adapters.register_dumper(str, dumper)
    for name in ("text", "varchar", "bpchar"):
        connection.adapters.register_loader(name, NulLoader)
