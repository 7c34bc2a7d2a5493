"""Fonts that show signs in the place of letters (Symbol, Wingdings), read as Unicode."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from corpus_app.ingest.rule_files import read_rules

# Word keeps a sign of such a font at its code in this range, or at the code itself.
FIRST_SIGN, LAST_SIGN = 0xF020, 0xF0FF
PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


def is_symbol_font(name: str | None) -> bool:
    """Return whether a font of this name shows signs in the place of letters."""
    return name is not None and _tidy(name) in _read_fonts()


def read_symbol(font: str | None, code: int) -> str | None:
    """Return what the font shows for a code (0x20 to 0xFF, or 0xF020 to 0xF0FF), None if unknown.

    A code of an ordinary font is its own character.
    """
    low = code - 0xF000 if FIRST_SIGN <= code <= LAST_SIGN else code
    table = _read_fonts().get(_tidy(font or ""))
    if table is not None and low <= 0xFF:
        return table.get(low) or (" " if low == 0x20 else None)
    if 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return None
    return chr(code)


def read_symbols(text: str, font: str | None) -> tuple[str, int]:
    """Return text set in a font as it is seen, and how many signs in it nobody knows.

    A sign that nobody knows stays as it is.
    """
    known = is_symbol_font(font)
    if not known and not PRIVATE.search(text):
        return text, 0
    shown, unknown = [], 0
    for char in text:
        code = ord(char)
        if FIRST_SIGN <= code <= LAST_SIGN or (known and 0x20 < code <= 0xFF):
            sign = read_symbol(font, code)
            unknown += sign is None
            shown.append(sign or char)
        else:
            shown.append(char)
    return "".join(shown), unknown


@lru_cache(maxsize=1000)
def _tidy(name: str) -> str:
    name = " ".join(name.replace('"', " ").replace("'", " ").split()).casefold()
    names: dict[str, str] = read_rules("symbol_fonts")["names"]
    return names.get(name, name)


@cache
def _read_fonts() -> dict[str, dict[int, str]]:
    return {
        name: {
            int(first, 16) + offset: char
            for first, chars in rows.items()
            for offset, char in enumerate(chars)
            if char != " "
        }
        for name, rows in read_rules("symbol_fonts")["fonts"].items()
    }
