"""The folding of a few letters by a plain reading of what the language's page says of it."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import NamedTuple

# Among them what is equal to another (⼈, －, …), what combines with the letter before it, and
# what is not seen.
LETTERS = "代表會a A\n⼈—－·…\u0301\u200b"
EQUAL = {"會": "会", "⼈": "人", "—": "-", "－": "-", "·": ".", "…": ".."}
MOST = {"-": 1, ".": 2}
MARK = "\u0301"


class FoldedChar(NamedTuple):
    """A folded character, and the stretch of the source that it was made from."""

    char: str
    start: int
    end: int


def list_chars(text: str) -> list[FoldedChar]:
    """Return the folded characters, as far as LETTERS go."""
    clusters: list[FoldedChar] = []
    for at, char in enumerate(text):
        if char.isspace() or char == "\u200b":
            continue
        if char == MARK and clusters:
            before = clusters.pop()
            clusters.append(FoldedChar(before.char + char, before.start, at + 1))
        else:
            clusters.append(FoldedChar(EQUAL.get(char, char), at, at + 1))
    chars = [
        FoldedChar(char, start, end)
        for cluster, start, end in clusters
        for char in unicodedata.normalize("NFC", cluster)
    ]
    rows = (list(row) for _, row in groupby(chars, key=lambda one: one.char))
    return [one for row in rows for one in _shorten(row)]


def _shorten(row: list[FoldedChar]) -> list[FoldedChar]:
    """Return as many of a row of one character as count; the last stands for the others."""
    kept = row[: MOST.get(row[0].char, len(row))]
    return [*kept[:-1], kept[-1]._replace(end=row[-1].end)]


def fold(text: str) -> str:
    """Fold as far as LETTERS go."""
    return "".join(one.char for one in list_chars(text))


def fold_part(text: str, start: int, end: int) -> str:
    """Return the folded characters that begin between two offsets of a text."""
    return "".join(one.char for one in list_chars(text) if start <= one.start < end)
