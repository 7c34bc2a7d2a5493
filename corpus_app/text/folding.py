"""Which characters are held equal when texts are matched: one table, applied to text and query.

Per character and never by word: traditional to simplified, full width to half width. White space
is dropped. Everything else keeps its length, so the offset of a folded character leads back to
the source. Case is kept.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from opencc import OpenCC

from corpus_app.text.chars import Codes, Offsets, find_offsets, narrow, read_codes, write_text

# Goes into the index's stamp: raise it whenever the table below changes.
FOLDING_VERSION: Final = "2"
# Stands between texts that no match may run across; no character has this number.
SENTINEL: Final = sys.maxunicode + 1

_VARIANTS: Final = Path(__file__).parent / "data" / "variant_characters.txt"
_WIDE_FORMS: Final = range(0xFF01, 0xFFEF)
_BEYOND_ASCII: Final = (range(0x80, 0xD800), range(0xE000, 0x10000), range(0x20000, 0x323B0))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: its code points, and the offset of each in the source text."""

    codes: Codes
    offsets: Offsets


@cache
def _fold_table() -> Codes:
    """Return the folded code point of every code point (and of the sentinel)."""
    table = np.arange(sys.maxunicode + 2, dtype=np.uint32)
    # One call for all characters, each on its own line, where no phrase rule can apply.
    lines = "\n".join(chr(code) for part in _BEYOND_ASCII for code in part)
    for before, after in zip(
        lines.split("\n"), OpenCC("t2s").convert(lines).split("\n"), strict=True
    ):
        if len(before) == 1 == len(after):
            table[ord(before)] = ord(after)
    for code in _WIDE_FORMS:
        common = narrow(chr(code))
        if len(common) == 1:
            table[code] = ord(common)
    for line in _VARIANTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            variant, standard = line.split()
            table[ord(variant)] = ord(standard)
    return table[table]


def fold_with_offsets(text: str) -> Folded:
    """Return the text folded, with the offset in the source of each folded character."""
    offsets = find_offsets(text)
    return Folded(_fold_table()[read_codes(text)[offsets]], offsets)


def fold_codes(text: str) -> Codes:
    """Return the folded code points of a text, white space dropped."""
    return fold_with_offsets(text).codes


def fold(text: str) -> str:
    """Return the folded text: fold("機關　ＡＢ") == "机关AB"."""
    return write_text(fold_codes(text))


def fold_keeping_space(text: str) -> str:
    """Return the text folded character by character, of the same length as the source."""
    return write_text(_fold_table()[read_codes(text)])


def case_alternatives(code: int) -> tuple[int, ...]:
    """Return a code point with its other case, where that is one character too."""
    char = chr(code)
    others = {other for other in (char.lower(), char.upper()) if len(other) == 1}
    return tuple(sorted({code, *map(ord, others)}))
