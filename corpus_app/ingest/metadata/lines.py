"""The lines of a raw text as a reader sees them once the noise is gone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.layout import INLINE_KINDS

_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Blanks part the pieces of a one-line file; a salutation may also follow the title directly.
_BREAK: Final = re.compile(r"[ \u3000\t]+|(?<=讲话|发言|致辞)(?=同志们|各位|尊敬的)|$")
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
LONG_LINE: Final = 200
_PIECE_CHARS: Final = 90
_PIECES: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """What is left of a line: its visible text and where its stretches stand in raw."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where it begins in raw."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends in raw."""
        return self.spans[-1][1]


def read_edges(
    raw: str, removed: Sequence[Removed], first: int, last: int
) -> tuple[list[Line], list[Line]]:
    """Return the first and the last lines of raw that are not wholly removed, in reading order.

    The two overlap in a short text.
    """
    starts = [r.start for r in removed]
    places = [match.span() for match in _LINE.finditer(raw)]
    head = (_cut_line(raw, start, end, removed, starts) for start, end in places)
    tail = (_cut_line(raw, start, end, removed, starts) for start, end in reversed(places))
    return _take(head, first), _take(tail, last)[::-1]


def _take(lines: Iterator[Line | None], count: int) -> list[Line]:
    return list(islice((line for line in lines if line is not None), count))


def _cut_line(
    raw: str, start: int, end: int, removed: Sequence[Removed], starts: list[int]
) -> Line | None:
    """Return what the removed spans leave of raw[start:end], None where that is blank."""
    spans: list[tuple[int, int]] = []
    position = start
    index = max(bisect_left(starts, start) - 1, 0)
    while index < len(removed) and removed[index].start < end:
        span = removed[index]
        if span.end > position:
            _add_span(raw, position, max(min(span.start, end), position), spans)
            position = span.end
        index += 1
    _add_span(raw, position, end, spans)
    if not spans:
        return None
    return Line(_join(raw, spans, removed, starts), tuple(spans))


def _join(
    raw: str, spans: list[tuple[int, int]], removed: Sequence[Removed], starts: list[int]
) -> str:
    """Return the words of spans; a blank stands for what was removed, unless inside a word."""
    parts = [raw[slice(*spans[0])]]
    for before, after in pairwise(spans):
        between = removed[bisect_left(starts, before[1]) : bisect_left(starts, after[0])]
        inside = bool(between) and all(span.kind in INLINE_KINDS for span in between)
        inside = inside and not any(c.isspace() for c in raw[before[1] : between[0].start])
        parts.append(("" if inside else " ") + raw[slice(*after)])
    return "".join(parts)


def _add_span(raw: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add raw[start:end] without outer blanks, unless nothing is left."""
    body = raw[start:end]
    bare = body.strip().strip(_INVISIBLE).strip()
    if bare:
        left = start + body.index(bare)
        spans.append((left, left + len(bare)))


def split_pieces(line: Line) -> list[Line]:
    """Return the first pieces, parted by blanks, of a long line that holds the whole file.

    They may be title, date and salutation; the body is whatever follows the last of them.
    """
    if len(line.text) <= LONG_LINE or len(line.spans) > 1:
        return [line]
    pieces: list[Line] = []
    begin = 0
    for match in _BREAK.finditer(line.text[: _PIECE_CHARS * _PIECES]):
        if match.start() > begin and len(pieces) < _PIECES:
            span = (line.start + begin, line.start + match.start())
            pieces.append(Line(line.text[begin : match.start()], (span,)))
        begin = match.end()
    return pieces
