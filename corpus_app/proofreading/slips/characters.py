"""Characters as the numbers that the counts know them by."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

# So many bits tell one character; the first numbers are no characters of their own.
BITS: Final = 12
EDGE, UNKNOWN, DIGIT, LETTER = range(4)
_FIRST: Final = 4
MOST_CHARACTERS: Final = (1 << BITS) - _FIRST
_PLANE: Final = 0x10000
# Digits are one sign, and so are letters; signs of half width count as those of full width.
_CLASSES: Final = {
    DIGIT: (("0", "9"), ("０", "９")),
    LETTER: (("A", "Z"), ("a", "z"), ("Ａ", "Ｚ"), ("ａ", "ｚ")),
}
_WIDE: Final = dict(zip(",;:?!()", "，；：？！（）", strict=True))


class CharacterNumbers:
    """The characters that are told apart, the commonest first; others are UNKNOWN."""

    def __init__(self, known: str) -> None:
        self.known = known
        self.table: Numbers = np.full(_PLANE, UNKNOWN, np.int64)
        for number, char in enumerate(known, _FIRST):
            self.table[ord(char)] = number
        for number, ranges in _CLASSES.items():
            for first, last in ranges:
                self.table[ord(first) : ord(last) + 1] = number
        for narrow, wide in _WIDE.items():
            self.table[ord(narrow)] = self.table[ord(wide)]
        self.table[ord("\n")] = EDGE

    def read(self, text: str) -> Numbers:
        """Return the number of each character of a text."""
        return np.asarray(self.table[read_points(text)])

    def name(self, number: int) -> str:
        """Return the character of a number; "" for one that is no character."""
        return self.known[number - _FIRST] if number >= _FIRST else ""


def read_points(text: str) -> Numbers:
    """Return the code point of each character, U+FFFD for those beyond the first plane."""
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    points[points >= _PLANE] = 0xFFFD
    return points
