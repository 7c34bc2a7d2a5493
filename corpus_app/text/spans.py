"""Stretches of texts: of one, and of two that have it in common."""

from __future__ import annotations

from collections.abc import Iterable
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


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the spans sorted and apart; those that overlap or touch become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged
