"""Quotation marks and marks around titles: a text without them, and pairs of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from corpus_app.text.spans import Span

PAIRS: Final = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
# Straight marks open and close alike.
MARKS: Final = "".join([*PAIRS, *PAIRS.values(), '"', "＂"])
_MARK: Final = re.compile(f"[{MARKS}]")
_DROPPED: Final = str.maketrans("", "", MARKS)


def drop_marks(text: str) -> str:
    """Return the text without its quotation marks and marks around titles.

    >>> drop_marks("“三公”经费")
    '三公经费'
    """
    return text.translate(_DROPPED)


class Unmarked:
    """A text without marks: chars, and where each of them stands in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chars = drop_marks(text)
        # So many characters stand before each mark.
        self._before = [match.start() - at for at, match in enumerate(_MARK.finditer(text))]

    def find_span(self, first: int, stop: int) -> Span | None:
        """Return the span in the text of the characters first to stop, marks of one pair whole.

        Where marks stand inside, the one at the edge that belongs to them is part of the span;
        None where there is no such mark.
        """
        start = first + bisect_right(self._before, first)
        end = stop + bisect_right(self._before, stop - 1)
        left, right = _find_unpaired(self.text[start:end])
        inside = slice(start - len(left), start), slice(end, end + len(right))
        if self.text[inside[0]] == left and self.text[inside[1]] == right:
            return Span(inside[0].start, inside[1].stop)
        return None


def _find_unpaired(words: str) -> tuple[str, str]:
    """Return the marks that are to stand before and behind words, to pair off those in them."""
    closing = {close: opening for opening, close in PAIRS.items()}
    left, opened = "", ""
    for mark in _MARK.findall(words):
        if mark in PAIRS:
            opened += PAIRS[mark]
        elif opened.endswith(mark):
            opened = opened[:-1]
        elif mark in closing:
            left = closing[mark] + left
        else:
            opened += mark
    return left, opened[::-1]
