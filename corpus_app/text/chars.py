"""The characters of a text that count, and the offsets at which they stand."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.spans import Span

Codes = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

# The common characters, as a range of a pattern's class.
HAN: Final = "\u4e00-\u9fff"
_SPACES: Final = re.compile(r"\s+")
# All characters of white space stand before this one.
_BEHIND_SPACES: Final = 0x3001
_IS_SPACE: Final = np.array([chr(code).isspace() for code in range(_BEHIND_SPACES + 1)])


def squeeze(text: str) -> str:
    """Return the text without its white space."""
    return "".join(text.split())


def keep_words(text: str) -> str:
    """Return the letters, digits and characters of the text without marks and white space.

    >>> keep_words("同志们：\\n 一、提高认识。")
    '同志们一提高认识'
    """
    return "".join(filter(str.isalnum, text))


def flatten(text: str) -> str:
    """Return the text on one line: one blank for each stretch of white space."""
    return _SPACES.sub(" ", text)


def tidy(text: str) -> str:
    """Return the text on one line, without white space at its ends."""
    return " ".join(text.split())


def shorten(text: str, length: int) -> str:
    """Return the text on one line, cut to so many characters with … as the last."""
    words = tidy(text)
    return words if len(words) <= length else words[: length - 1] + "…"


def narrow(text: str) -> str:
    """Return the text in common characters (NFKC): Ａ as A, ⼈ as 人, ㈠ as (一), ① as 1."""
    return unicodedata.normalize("NFKC", text)


def count_chars(text: str) -> int:
    """Return how many characters the text has, white space aside."""
    return len(squeeze(text))


def read_codes(text: str) -> Codes:
    """Return the text's code points as an array."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def write_text(codes: Codes) -> str:
    """Return the text of an array of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def mark_spaces(codes: Codes) -> npt.NDArray[np.bool_]:
    """Return for each code point whether it is white space."""
    return _IS_SPACE[np.minimum(codes, _BEHIND_SPACES)]


def find_offsets(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Offsets:
    """Return the offsets, rising, of all characters that are no white space.

    With spans, of those inside the spans alone.
    """
    counts = ~mark_spaces(read_codes(text))
    if spans is not None:
        inside = np.zeros(len(counts), dtype=np.bool_)
        for start, end in spans:
            inside[start:end] = True
        counts &= inside
    return counts.nonzero()[0]


def runs_through(short: str, long: str) -> bool:
    """Return whether the characters of the one stand in the other in their order."""
    rest = iter(long)
    return all(char in rest for char in short)


class Compact:
    """A text without its white space: chars, and the offset of each of them in the text.

    With alone, other characters are left out: those for which it is false.
    """

    def __init__(self, text: str, alone: Callable[[str], bool] | None = None) -> None:
        self.text = text
        if alone is None:
            self.chars = squeeze(text)
            self.offsets = array("q", find_offsets(text).tobytes())
        else:
            self.chars = "".join(filter(alone, text))
            self.offsets = array("q", (at for at, char in enumerate(text) if alone(char)))

    def count_before(self, offset: int) -> int:
        """Return how many of the characters stand before an offset of the text."""
        return bisect_left(self.offsets, offset)

    def find_all(self, words: str, low: int = 0) -> Iterator[int]:
        """Yield every place, counted in characters from low on, where these words stand."""
        place = self.chars.find(words, low)
        while place >= 0:
            yield place
            place = self.chars.find(words, place + 1)

    def find_line_starts(self) -> set[int]:
        """Return which characters, counted from 0, begin a line."""
        starts, at = {0}, self.text.find("\n")
        while at >= 0:
            starts.add(self.count_before(at))
            at = self.text.find("\n", at + 1)
        return starts

    def find_span(self, first: int, stop: int) -> Span:
        """Return the span in the text of the characters first to stop, counted from 0.

        Raises ValueError where there are no such characters.
        """
        if not 0 <= first < stop <= len(self.offsets):
            raise ValueError("no such characters")
        return Span(self.offsets[first], self.offsets[stop - 1] + 1)
