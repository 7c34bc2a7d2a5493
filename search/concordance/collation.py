"""The order of characters, by pinyin or by strokes, as a rank for every code point.

Signs come first, then digits, letters (upper and lower case together) and last Chinese
characters. A character is ranked by itself, by its most common reading, whatever stands around
it: 行 is always xíng.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from pypinyin.pinyin_dict import pinyin_dict

from corpus_app.text.chars import read_codes
from corpus_app.text.equality import SENTINEL
from search.concordance.request import Collation

Ranks = npt.NDArray[np.uint32]

# Every rank fits into this many bits, so that three of them fit into one number.
RANK_BITS: Final = 21
_STROKE_ORDER: Final = Path(__file__).parent / "data" / "stroke_order.txt"
# Ideographic number zero, extension A, the unified ideographs, and all beyond the first plane.
_IDEOGRAPHS: Final = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
_SIGN, _DIGIT, _LETTER, _KNOWN, _UNKNOWN = (kind << 32 for kind in range(5))
_TONE_MARKS: Final = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_NO_TONE: Final = 5


@cache
def rank_characters(collation: Collation) -> Ranks:
    """Return for every code point its rank from 1 on; rank 0 is left for the end of a text."""
    keys = np.arange(SENTINEL + 1, dtype=np.int64) + _SIGN
    keys[ord("0") : ord("9") + 1] += _DIGIT
    for offset, letter in enumerate("abcdefghijklmnopqrstuvwxyz"):
        keys[ord(letter.upper())] = _LETTER + 2 * offset
        keys[ord(letter)] = _LETTER + 2 * offset + 1
    for low, high in _IDEOGRAPHS:
        keys[low:high] += _UNKNOWN
    known = _read_stroke_order() if collation == "stroke" else _list_by_pinyin()
    keys[known] = _KNOWN + np.arange(len(known))
    ranks = np.empty(len(keys), dtype=np.uint32)
    ranks[np.argsort(keys, kind="stable")] = np.arange(1, len(keys) + 1)
    return ranks


def sort_texts(texts: set[str], collation: Collation) -> list[str]:
    """Return texts in the order of their characters."""
    ranks = rank_characters(collation)
    return sorted(texts, key=lambda text: ranks[read_codes(text)].tolist())


@cache
def _stroke_places() -> dict[int, int]:
    return {int(code): at for at, code in enumerate(_read_stroke_order())}


@cache
def _read_stroke_order() -> npt.NDArray[np.int64]:
    lines = _STROKE_ORDER.read_text(encoding="utf-8").splitlines()
    return read_codes("".join(line for line in lines if not line.startswith("#"))).astype(np.int64)


def _list_by_pinyin() -> npt.NDArray[np.int64]:
    """Return the characters with a reading by syllable, tone and strokes."""
    strokes = _stroke_places()
    readings = (
        (*split_tone(reading.split(",")[0]), strokes.get(code, code + len(strokes)), code)
        for code, reading in pinyin_dict.items()
    )
    return np.array([item[-1] for item in sorted(readings)], dtype=np.int64)


def split_tone(reading: str) -> tuple[str, int]:
    """Return a reading's plain letters and its tone, 5 for none: split_tone("lǜ") == ("lü", 4)."""
    marks = unicodedata.normalize("NFD", reading)
    tone = next((_TONE_MARKS[mark] for mark in marks if mark in _TONE_MARKS), _NO_TONE)
    plain = re.sub("[\u0304\u0301\u030c\u0300]", "", marks)
    return unicodedata.normalize("NFC", plain), tone
