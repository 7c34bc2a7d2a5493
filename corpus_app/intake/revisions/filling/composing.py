"""A raw text with fillings put in, and which revision each stretch of the new text is from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.layout import FILLED
from corpus_app.ingest.recomposing import GAP_KINDS
from corpus_app.ingest.spans import iter_kept, trace_text
from corpus_app.text.chars import count_chars, find_offsets

BREAK: Final = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Patch:
    """Words to be put in at a place of the text; a newline at their ends begins a paragraph.

    With partial, words are still missing between these and the rest: the notice stands there.
    """

    offset: int
    words: str
    rest: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Composite:
    """The raw text with the patches in it, and how many word signs of the text precede each.

    moves are (place in the old raw, how far what stands from there on has moved).
    """

    raw: str
    removed: list[Removed]
    signs: list[int]
    moves: list[tuple[int, int]]

    def move(self, start: int, end: int) -> tuple[int, int]:
        """Return where a kept stretch of the old raw text stands in the new one."""
        return start + self._measure(start), end + self._measure(end - 1)

    def _measure(self, place: int) -> int:
        return next((by for low, by in reversed(self.moves) if low <= place), 0)


def put_in(raw: str, removed: Sequence[Removed], text: str, patches: Iterable[Patch]) -> Composite:
    """Return raw with the patches in the place of the notices that hid their words.

    The notices stay removed, under a rule that says that nothing is missing there any more.
    White space around them goes, so that a sentence cut in two is one again.
    """
    weaver = _Weaver(raw, removed)
    places = trace_text(raw, removed, text)
    total = count_chars(text)
    signs = []
    for patch in patches:
        count = places.count_before(patch.offset)
        low = places.find_counted(count - 1, count)[1] if count else 0
        high = places.find_counted(count, count + 1)[0] if count < total else len(raw)
        weaver.replace(low, high, patch, at_start=count == 0)
        signs.append(count)
    weaver.copy(len(raw))
    return Composite("".join(weaver.parts), weaver.spans, signs, weaver.moves)


class _Weaver:
    """Writes the new raw text from left to right, and where the removed spans stand in it."""

    def __init__(self, raw: str, removed: Sequence[Removed]) -> None:
        self.raw, self.removed = raw, removed
        self.line_break = _choose_break(raw, removed)
        self.parts: list[str] = []
        self.spans: list[Removed] = []
        self.moves: list[tuple[int, int]] = []
        self.at = self.size = 0

    def copy(self, end: int) -> None:
        """Take raw over up to this place."""
        inside = (s for s in self.removed if self.at <= s.start and s.end <= end)
        self.spans += [_shift(span, self.size - self.at) for span in inside]
        self._write(self.raw[self.at : end])
        self.at = end

    def replace(self, low: int, high: int, patch: Patch, *, at_start: bool) -> None:
        """Write the words, and what was removed from raw[low:high], its white space left out."""
        low, high = max(low, self.at), max(high, self.at)
        self.copy(low)
        between = [span for span in self.removed if low <= span.start and span.end <= high]
        # At the very beginning the title stands before the words; elsewhere nothing may part
        # them from the words that they go on from.
        words, rest = ("", patch.words + patch.rest) if at_start else (patch.words, patch.rest)
        self._write(BREAK.sub(self.line_break, words))
        for span in between:
            moved = _shift(span, self.size - span.start)
            self.spans.append(moved if patch.partial else _mark_filled(moved))
            self._write(span.text)
        self._write(BREAK.sub(self.line_break, rest))
        self.at = high
        self.moves.append((high, self.size - high))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)


def weave_origins(base: Sequence[int], patches: Iterable[tuple[int, Sequence[int]]]) -> list[int]:
    """Return the origin of each word sign: base's with those of the patches put in.

    A patch is (how many of base's signs stand before it, the origins of its own signs).

    >>> weave_origins([1, 1, 1], [(2, [2, 2])])
    [1, 1, 2, 2, 1]
    """
    woven: list[int] = []
    at = 0
    for count, origins in patches:
        woven += [*base[at:count], *origins]
        at = count
    return [*woven, *base[at:]]


def list_origins(text: str, origins: Sequence[int]) -> list[dict[str, int]]:
    """Return stretches of the text {"start", "end", "revision"}, given each word sign's origin."""
    inside = find_offsets(text).tolist()
    stretches, at = [], 0
    for revision, run in groupby(origins):
        stop = at + len(list(run))
        start, end = inside[at], inside[stop - 1] + 1
        stretches.append({"start": start, "end": end, "revision": revision})
        at = stop
    return stretches


def read_origins(text: str, stored: Iterable[dict[str, Any]], default: int) -> list[int]:
    """Return the origin of each word sign of a text, default where nothing is stored."""
    marks = [default] * len(text)
    for stretch in stored:
        size = stretch["end"] - stretch["start"]
        marks[stretch["start"] : stretch["end"]] = [stretch["revision"]] * size
    return [marks[offset] for offset in find_offsets(text).tolist()]


def _shift(span: Removed, by: int) -> Removed:
    return Removed(span.kind, span.text, span.start + by, span.end + by, span.rule)


def _mark_filled(span: Removed) -> Removed:
    if span.kind not in GAP_KINDS or span.rule.endswith(FILLED):
        return span
    return Removed(span.kind, span.text, span.start, span.end, span.rule + FILLED)


def _choose_break(raw: str, removed: Sequence[Removed]) -> str:
    """Return the white space by which this raw text parts its paragraphs most often."""
    kept = (raw[start:end] for start, end in iter_kept(len(raw), removed))
    breaks = Counter(found for piece in kept for found in BREAK.findall(piece.strip()))
    return min(breaks, key=lambda found: (-breaks[found], found)) if breaks else "\n"
