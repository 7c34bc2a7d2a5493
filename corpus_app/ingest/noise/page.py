"""The page under cleaning: raw text, its lines, and which spans the steps have taken so far."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, Literal

from corpus_app.ingest.draft import Notice, Removed
from corpus_app.text.spans import trim_span

LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
# A bracket that goes on for longer was never closed.
BRACKET_CHARS = 60
DAY_END = re.compile(r"\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$")
CLOCK = re.compile(r"\s+\d{1,2}[:：]\d{2}")
ONE_LINE_CHARS = 150
ONE_LINE_COUNT = 6
# No speech has twice as many lines; of a longer text only both ends are searched line by line.
EDGE_LINES = 10_000
MANY_LINES = "全文行数过多，中间部分没有逐行检查杂项，请核对。"


@dataclass(frozen=True, slots=True)
class RawGap:
    """A place in raw where the source hides text; hidden_chars as stated there, else None."""

    kind: Literal["paywall", "hidden", "truncated"]
    raw_offset: int
    hidden_chars: int | None
    note: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """A stripped, non-empty line raw[start:end]."""

    start: int
    end: int
    text: str


_START: Final = attrgetter("start")
# What a file marks as not seen, before any step looks at it.
UNSEEN: Final = frozenset({"hidden_text", "annotation"})


@dataclass(slots=True)
class NoisePage:
    """What the steps work on; they add to removed, gaps and notices (offsets into raw)."""

    raw: str
    removed: list[Removed] = field(default_factory=list)
    gaps: list[RawGap] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    lines: list[PageLine] = field(default_factory=list)
    _free: tuple[int, list[PageLine]] = (-1, [])
    _unseen: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.removed.sort(key=lambda span: span.start)
        self._unseen = [(s.start, s.end) for s in self.removed if s.kind in UNSEEN]
        lines = [self._blank(line) for line in split_lines(self.raw)]
        if len(lines) > 2 * EDGE_LINES:
            between = lines[EDGE_LINES].start, lines[-EDGE_LINES].start
            self.warn("many_lines", MANY_LINES, *between)
            lines = lines[:EDGE_LINES] + lines[-EDGE_LINES:]
        self.lines = lines

    def take(self, start: int, end: int, kind: str, rule: str) -> bool:
        """Remove what is still free of raw[start:end]; says whether there was anything."""
        free = self._find_free(start, end)
        for a, b in free:
            place = bisect.bisect_left(self.removed, a, key=lambda span: span.start)
            self.removed.insert(place, Removed(kind, self.raw[a:b], a, b, rule))
        return bool(free)

    def take_all(self, spans: list[tuple[int, int]], kind: str, rule: str) -> None:
        """Remove what is still free of many sorted, disjoint spans at once."""
        self.removed += [
            Removed(kind, self.raw[a:b], a, b, rule)
            for start, end in spans
            for a, b in self._find_free(start, end)
        ]
        self.removed.sort(key=lambda span: span.start)

    def give_back(self, start: int, end: int) -> None:
        """Let raw[start:end] be free again, whatever took it."""
        for span in self.find_taken(start, end):
            place = self.removed.index(span)
            cuts = ((span.start, min(start, span.end)), (max(end, span.start), span.end))
            self.removed[place : place + 1] = [
                Removed(span.kind, self.raw[a:b], a, b, span.rule) for a, b in cuts if a < b
            ]
        self._free = (-1, [])

    def warn(self, code: str, message: str, start: int, end: int) -> None:
        """Add a notice about raw[start:end], which stays in the text."""
        self.notices.append(Notice(code, message, start, end))

    def is_taken(self, start: int, end: int) -> bool:
        """Say whether any step has taken part of raw[start:end]."""
        return bool(self.find_taken(start, end))

    def list_free(self) -> list[PageLine]:
        """Return the lines of which something is left, cut down to what is left at both ends.

        What was taken in mid-line stays in the line's text, or its halves would be mistaken
        for lines of their own.
        """
        if self._free[0] != len(self.removed):
            starts = [span.start for span in self.removed]
            lines = list[PageLine]()
            for line in self.lines:
                stop = bisect.bisect_left(starts, line.end)
                if stop and self.removed[stop - 1].end > line.start:
                    lines += self._trim(line)
                else:
                    lines.append(line)
            self._free = len(self.removed), lines
        return self._free[1]

    def _trim(self, line: PageLine) -> Iterator[PageLine]:
        free = self._find_free(line.start, line.end)
        while free and not self.raw[slice(*free[0])].strip():
            free.pop(0)
        while free and not self.raw[slice(*free[-1])].strip():
            free.pop()
        if free:
            yield from map(self._blank, _strip(self.raw, free[0][0], free[-1][1]))

    def _blank(self, line: PageLine) -> PageLine:
        """Return the line with blanks for words in it that no reader sees.

        They are no part of its sentences: what is hidden between two is no reason to take both.
        """
        first = bisect.bisect_right(self._unseen, (line.start, line.end))
        first -= 1 if first and self._unseen[first - 1][1] > line.start else 0
        text = line.text
        for start, end in self._unseen[first:]:
            if start >= line.end:
                break
            a, b = max(0, start - line.start), min(end, line.end) - line.start
            text = text[:a] + " " * (b - a) + text[b:]
        whole = text is line.text or not text.strip()
        return line if whole else PageLine(line.start, line.end, text)

    def _find_free(self, start: int, end: int) -> list[tuple[int, int]]:
        taken = self.find_taken(start, end)
        if not taken:
            return [(start, end)] if start < end else []
        free, position = [], start
        for span in taken:
            if position < span.start:
                free.append((position, span.start))
            position = max(position, span.end)
        return [*free, (position, end)] if position < end else free

    def find_taken(self, start: int, end: int) -> list[Removed]:
        """Return the removed spans that share characters with raw[start:end]."""
        place = bisect.bisect_left(self.removed, start, key=_START)
        place -= 1 if place and self.removed[place - 1].end > start else 0
        stop = bisect.bisect_left(self.removed, end, place, key=_START)
        return self.removed[place:stop]


def split_lines(raw: str) -> Iterator[PageLine]:
    """Yield the lines of raw; in a text that is one long line, the stretches between blanks."""
    lines = [line for m in LINE.finditer(raw) for line in _strip(raw, m.start(), m.end())]
    one_line = len(lines) <= ONE_LINE_COUNT and any(
        line.end - line.start > ONE_LINE_CHARS for line in lines
    )
    for line in lines:
        if one_line:
            yield from _split_blanks(raw, line)
        else:
            yield line


def _split_blanks(raw: str, line: PageLine) -> Iterator[PageLine]:
    position = line.start
    for blank in BLANKS.finditer(raw, line.start, line.end):
        if _is_open(raw, position, blank.start()):
            continue
        yield from _strip(raw, position, blank.start())
        position = blank.end()
    yield from _strip(raw, position, line.end)


def _is_open(raw: str, start: int, end: int) -> bool:
    """Say whether raw[start:end] goes on behind the blank: a bracket is open, or a date alone."""
    if end - start > BRACKET_CHARS:
        return False
    words = raw[start:end]
    depth = sum(words.count(sign) for sign in "（([【") - sum(
        words.count(sign) for sign in "）)]】"
    )
    return depth > 0 or (DAY_END.search(words) is not None and CLOCK.match(raw, end) is not None)


def _strip(raw: str, start: int, end: int) -> Iterator[PageLine]:
    start, end = trim_span(raw, start, end)
    if start < end:
        yield PageLine(start, end, raw[start:end])
