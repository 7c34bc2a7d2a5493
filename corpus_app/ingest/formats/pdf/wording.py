"""Rows and lines as text: what stands between two pieces of one row, or two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus_app.ingest.formats.pdf.pieces import LETTER_GAP, Piece

LATIN: Final = re.compile(r"[A-Za-z0-9,.;:)\]%]")
WORD: Final = re.compile(r"[A-Za-z0-9(\[]")
# A word broken at the line's end; addresses and compounds keep their hyphens.
BROKEN: Final = re.compile(r"(?<![A-Za-z0-9./_-])[A-Za-z]{2,}[-\u00ad\u2010]$")
TOUCHING: Final = 0.5


def join_words(above: str, below: str) -> str:
    """Return two lines of one paragraph as one: words of Latin letters keep a blank between them.

    A word that was broken at the line's end is whole again: "con-" and "gress" give "congress".
    """
    if BROKEN.search(above) and below[:1].islower() and below[:1].isascii():
        return above[:-1] + below
    if above.endswith(("-", "\u2010", "/")):
        return above + below
    if above[-1:].isdigit() and below[:1].isdigit():
        # Among Chinese, a long number is broken wherever the line ends.
        return above + below
    latin = LATIN.match(above[-1:]) and WORD.match(below[:1])
    return above + (" " if latin else "") + below


def write_row(row: Sequence[Piece], *, table: bool = False) -> str:
    """Return the text of a line's pieces, parted by tabs if they are cells, else by blanks."""
    if not row:
        return ""
    text = row[0].text
    for one, other in pairwise(row):
        gap = (other.left - one.right) / max(one.size, other.size)
        latin = one.text[-1:].isascii() and other.text[:1].isascii()
        touching = gap < (LETTER_GAP if latin else TOUCHING)
        text += ("" if touching else "\t" if table and gap >= TOUCHING else " ") + other.text
    return text


def is_table_row(row: Sequence[Piece], beside: Sequence[Sequence[Piece]]) -> bool:
    """Say whether pieces of the row stand below or above such of the rows beside it."""
    if len(row) < 2:
        return False
    return any(
        abs(one.left - other.left) < 0.4 * one.size
        or abs(one.right - other.right) < 0.4 * one.size
        or abs(one.left + one.right - other.left - other.right) < 0.8 * one.size
        for near in beside
        if len(near) > 1
        for one in row[1:]
        for other in near[1:]
    )
