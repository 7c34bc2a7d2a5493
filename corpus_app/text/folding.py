"""Which characters are held equal when texts are matched: one table, applied to text and query.

Per character and never by word: traditional to simplified, full width to half width. White space
is dropped. Everything else keeps its length, so a folded place leads back to the place in the
source. Case is kept.
"""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from opencc import OpenCC

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

# Goes into the index's stamp: raise it whenever the table below changes.
FOLDING_VERSION: Final = "2"
# Stands between texts that no match may run across; no character has this number.
SENTINEL: Final = sys.maxunicode + 1

_VARIANTS: Final = Path(__file__).parent / "data" / "variant_characters.txt"
_WIDE_FORMS: Final = range(0xFF01, 0xFFEF)
_BEYOND_ASCII: Final = (range(0x80, 0xD800), range(0xE000, 0x10000), range(0x20000, 0x323B0))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: its code points, and for each the place in the source text."""

    codes: Codes
    origins: Places


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
        narrow = unicodedata.normalize("NFKC", chr(code))
        if len(narrow) == 1:
            table[code] = ord(narrow)
    for line in _VARIANTS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            variant, standard = line.split()
            table[ord(variant)] = ord(standard)
    return table[table]


@cache
def _space_table() -> npt.NDArray[np.bool_]:
    table = np.zeros(sys.maxunicode + 2, dtype=np.bool_)
    table[[code for code in range(sys.maxunicode + 1) if chr(code).isspace()]] = True
    return table


def read_codes(text: str) -> Codes:
    """Return the text's code points as an array."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def write_text(codes: Codes) -> str:
    """Return the text of an array of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def fold_with_origins(text: str) -> Folded:
    """Return the text folded, with the way back: source place of folded character i."""
    codes = read_codes(text)
    origins = np.flatnonzero(~_space_table()[codes])
    return Folded(_fold_table()[codes[origins]], origins)


def find_origins(text: str) -> Places:
    """Return the source place of each folded character: all but white space."""
    return (~_space_table()[read_codes(text)]).nonzero()[0]


def fold_codes(text: str) -> Codes:
    """Return the folded code points of a text, white space dropped."""
    return fold_with_origins(text).codes


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
