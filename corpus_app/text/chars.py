"""The characters of a text that count, and the offsets at which they stand."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator

from corpus_app.text.spans import Span


def squeeze(text: str) -> str:
    """Return the text without its white space."""
    return "".join(text.split())


class Compact:
    """A text without its white space: chars, and the offset of each of them in the text.

    With alone, other characters are left out: those for which it is false.
    """

    def __init__(self, text: str, alone: Callable[[str], bool] | None = None) -> None:
        self.text = text
        if alone is None:
            self.chars = squeeze(text)
            self.offsets = array("L", (at for at, char in enumerate(text) if not char.isspace()))
        else:
            self.chars = "".join(filter(alone, text))
            self.offsets = array("L", (at for at, char in enumerate(text) if alone(char)))

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
