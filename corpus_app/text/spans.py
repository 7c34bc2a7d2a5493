"""Stretches of texts: of one, and of two that have it in common."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Start and end of a stretch, in characters."""

    start: int
    end: int


class Block(NamedTuple):
    """A stretch that two texts have: where it begins in each, and its length in characters."""

    first: int
    second: int
    length: int


def trim_span(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends; an empty one for white space only."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return Span(first, max(first, start + len(words.rstrip())))
