"""The body: what is left of raw, laid out in paragraphs, with a map of the offsets."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.layout import find_breaks
from corpus_app.ingest.spans import iter_kept


@dataclass(frozen=True, slots=True)
class Body:
    """text, and for each stretch copied into it where it began in raw and in text."""

    text: str
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]
    text_starts: tuple[int, ...]

    def to_text(self, raw_offset: int) -> int:
        """Return the place in text of a place in raw; for removed text, where it is missing."""
        index = bisect.bisect_right(self.raw_starts, raw_offset) - 1
        if index < 0:
            return 0
        if raw_offset < self.raw_ends[index]:
            return self.text_starts[index] + raw_offset - self.raw_starts[index]
        return self.text_starts[index + 1] if index + 1 < len(self.text_starts) else len(self.text)

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of text that is left of raw[start:end]."""
        first = self.to_text(start)
        index = bisect.bisect_left(self.raw_starts, end) - 1
        if index < 0:
            return first, first
        last = self.text_starts[index] + min(end, self.raw_ends[index]) - self.raw_starts[index]
        return first, max(first, last)


class _Composer:
    """Copies stretches of raw and sets one newline or one blank where white space was."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.parts: list[str] = []
        self.length = 0
        self.raw_starts: list[int] = []
        self.raw_ends: list[int] = []
        self.text_starts: list[int] = []

    def separate(self, sign: str) -> None:
        if self.parts:
            self.parts.append(sign)
            self.length += len(sign)

    def copy(self, start: int, end: int) -> None:
        self.raw_starts.append(start)
        self.raw_ends.append(end)
        self.text_starts.append(self.length)
        self.parts.append(self.raw[start:end])
        self.length += end - start


def assemble(raw: str, removed: Sequence[Removed], wrapped: bool = True) -> Body:
    """Return the body of raw without the removed spans, paragraphs parted by one newline.

    wrapped says that a newline may merely be the end of a printed line (plain text); in
    formats that mark paragraphs every line is one.
    """
    composer = _Composer(raw)
    for start, end, separator in find_breaks(
        raw, list(iter_kept(len(raw), removed)), removed, wrapped
    ):
        composer.separate(separator)
        composer.copy(start, end)
    places = (composer.raw_starts, composer.raw_ends, composer.text_starts)
    return Body("".join(composer.parts), *(tuple(place) for place in places))
