"""Whole numbers in what a browser sends."""

from __future__ import annotations

from typing import Final, TypeVar

Default = TypeVar("Default")

# More digits no id has, a database raises on some more, and Python refuses to read thousands.
MOST_DIGITS: Final = 18


def read_number(text: object) -> int | None:
    """Return the whole number that the text is, None for anything else and for longer ones."""
    if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    return None


def read_bounded(value: object, low: int, high: int, default: Default) -> int | Default:
    """Return the whole number that the value is, or the nearest from low to high; else default."""
    try:
        return min(max(int(str(value)), low), high)
    except ValueError:
        return default


def read_numbers(text: str) -> list[int]:
    """Return the whole numbers of a list with commas, each once; what is none is passed over."""
    found = (read_number(word.strip()) for word in text.split(","))
    return list(dict.fromkeys(number for number in found if number is not None))
