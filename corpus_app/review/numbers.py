"""Numbers in what a browser sends."""

from __future__ import annotations

from typing import Final

# More digits no id has, and some thousands of them Python refuses to read.
MOST_DIGITS: Final = 18


def read_number(text: str | None) -> int:
    """Return the number that the text is, 0 where it is none or longer than any id."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 0
