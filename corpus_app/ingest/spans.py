"""Spans of raw text: sorting out overlaps, finding what is left between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.text.spans import trim_span
from corpus_app.text.text_map import TextMap

_LINE: Final = re.compile("[^\r\n]+")
# What takes no words, or words that nobody sees.
_SIGNS: Final = frozenset({"markup", "invisible", "hidden_text", "annotation"})
_PEOPLE: Final = ("editor", "rule:")


def merge_removed(raw: str, *layers: Iterable[Removed]) -> list[Removed]:
    """Return all spans sorted and without overlap; an earlier layer keeps its characters.

    A later span that runs into an earlier one is cut down to what is still free, so that
    steps need not know of each other.
    """
    placed: list[Removed] = []
    for layer in layers:
        placed = _merge_pair(raw, placed, sorted(layer, key=lambda r: (r.start, r.end)))
    return placed


def _merge_pair(raw: str, first: list[Removed], second: list[Removed]) -> list[Removed]:
    merged = list(first)
    position = 0
    reached = 0
    for span in second:
        start = max(span.start, reached)
        while position < len(first) and first[position].end <= start:
            position += 1
        scan = position
        while start < span.end:
            barrier = first[scan] if scan < len(first) else None
            end = min(span.end, barrier.start) if barrier else span.end
            if start < end:
                merged.append(Removed(span.kind, raw[start:end], start, end, span.rule))
            if barrier is None or barrier.start >= span.end:
                break
            start, scan = max(start, barrier.end), scan + 1
        reached = max(reached, span.end)
    merged.sort(key=lambda r: r.start)
    return merged


def trim_removed(span: Removed) -> list[Removed]:
    """Return the span without the white space at its ends; one of nothing else is none."""
    low, high = trim_span(span.text, 0, len(span.text))
    at = span.start
    bare = Removed(span.kind, span.text[low:high], at + low, at + high, span.rule)
    return [bare] if low < high else []


def find_scraps(raw: str, removed: Sequence[Removed]) -> Iterator[Removed]:
    """Yield what is left of lines whose words are all among the removed spans (sorted, disjoint).

    Such signs (a bar, a bracket) framed what went. Signs that stand alone, or beside tags and
    what people took out, are the text's own.
    """
    position = 0
    for line in _LINE.finditer(raw):
        while position < len(removed) and removed[position].end <= line.start():
            position += 1
        stop = position
        while stop < len(removed) and removed[stop].start < line.end():
            stop += 1
        spans = removed[position:stop]
        framed = any(_takes_words(span) for span in spans)
        if framed and not any(span.rule.startswith(_PEOPLE) for span in spans):
            yield from _list_scraps(raw, line.span(), spans)


def _list_scraps(raw: str, line: tuple[int, int], spans: Sequence[Removed]) -> list[Removed]:
    kept = []
    for start, end in iter_kept(line[1], [Removed("", "", 0, line[0]), *spans]):
        kept += trim_removed(Removed("stray", raw[start:end], start, end, "scrap"))
    return [] if any(char.isalnum() for span in kept for char in span.text) else kept


def _takes_words(span: Removed) -> bool:
    return span.kind not in _SIGNS and any(char.isalnum() for char in span.text)


def iter_kept(length: int, removed: Iterable[Removed]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) stretches of a text of this length that no span covers."""
    position = 0
    for span in removed:
        if position < span.start:
            yield position, span.start
        position = max(position, span.end)
    if position < length:
        yield position, length


def trace_text(raw: str, removed: Iterable[Removed], text: str) -> TextMap:
    """Return the map of a text to the raw text that it was made from without the removed spans.

    Raises ValueError where, white space aside, it was not.
    """
    return TextMap.of_kept(raw, iter_kept(len(raw), removed), text).inverse
