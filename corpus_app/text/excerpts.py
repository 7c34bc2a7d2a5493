"""Excerpts: the stretch of a text that is shown of it, with marks, on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from corpus_app.text.chars import flatten
from corpus_app.text.spans import merge_spans

LENGTH: Final = 120
# A regular expression may match a whole speech; of a longer match its beginning is shown.
_LONGEST_MARK: Final = 300
# How far before the first mark a sentence may begin that the snippet then starts with.
_LOOK_BACK: Final = 48
_LEAD: Final = 16
_SENTENCE_ENDS: Final = "。！？；!?;\n"
_CLOSERS: Final = "”’」』）)》"


class Mark(NamedTuple):
    """A span text[start:end] that is to be marked; leaf is the number of what asks for it."""

    start: int
    end: int
    leaf: int = 0


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of an excerpt; marked where it is what was searched for."""

    text: str
    marked: bool = False


def cut_excerpt(text: str, bounds: tuple[int, int], marks: Sequence[Mark]) -> list[MarkedText]:
    """Return about 120 characters of text inside bounds, around the best of the marks.

    It starts with a sentence where one begins near; … stands where text is left out, and one
    blank for each stretch of white space. The marks are sorted; the best is where most of the
    leaves that ask for them are met.
    """
    inside = _keep_inside(bounds, marks)
    inside = [mark._replace(end=min(mark.end, mark.start + _LONGEST_MARK)) for mark in inside]
    start, end = _choose_window(text, bounds, inside)
    pieces = [MarkedText("…")] if start > bounds[0] and not _starts_sentence(text, start) else []
    shown = mark_pieces(text, (start, end), inside)
    pieces += [MarkedText(flatten(piece.text), piece.marked) for piece in shown]
    if end < bounds[1]:
        pieces.append(MarkedText("…"))
    return pieces


def choose_mark(bounds: tuple[int, int], marks: Sequence[Mark]) -> Mark | None:
    """Return the mark that cut_excerpt shows the text around; None where none lies in bounds."""
    inside = _keep_inside(bounds, marks)
    return _choose_mark(inside) if inside else None


def _keep_inside(bounds: tuple[int, int], marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if bounds[0] <= mark.start and mark.end <= bounds[1]]


def mark_pieces(text: str, bounds: tuple[int, int], marks: Sequence[Mark]) -> list[MarkedText]:
    """Return text inside bounds as it is, in pieces, those under a mark marked."""
    spans = merge_spans(
        (mark.start, mark.end)
        for mark in marks
        if bounds[0] <= mark.start and mark.end <= bounds[1]
    )
    pieces: list[MarkedText] = []
    at = bounds[0]
    for start, end in [*spans, (bounds[1], bounds[1])]:
        pieces += [MarkedText(text[at:start]), MarkedText(text[start:end], True)]
        at = end
    return [piece for piece in pieces if piece.text]


def _choose_window(text: str, bounds: tuple[int, int], marks: Sequence[Mark]) -> tuple[int, int]:
    if not marks:
        return bounds[0], min(bounds[1], bounds[0] + LENGTH)
    best = _choose_mark(marks)
    start = _find_start(text, bounds[0], best.start)
    end = min(bounds[1], max(start + LENGTH, best.end))
    cut = max((mark.end for mark in marks if mark.start < end < mark.end), default=end)
    return start, min(bounds[1], max(end, cut))


def _choose_mark(marks: Sequence[Mark]) -> Mark:
    """Return the first mark after which most leaves of the query are met within the length."""
    best, best_count = marks[0], 0
    first = 0
    counts: dict[int, int] = {}
    reach = 0
    for first, mark in enumerate(marks):
        while reach < len(marks) and marks[reach].end <= mark.start + LENGTH - _LEAD:
            counts[marks[reach].leaf] = counts.get(marks[reach].leaf, 0) + 1
            reach += 1
        met = sum(1 for count in counts.values() if count)
        if met > best_count:
            best, best_count = mark, met
        if reach > first:
            counts[mark.leaf] -= 1
        else:
            reach = first + 1
    return best


def _find_start(text: str, low: int, at: int) -> int:
    """Return where the sentence before a place begins, or a little before the place."""
    for place in range(at, max(low, at - _LOOK_BACK), -1):
        if _starts_sentence(text, place):
            return place
    return low if at - low <= _LOOK_BACK else at - _LEAD


def _starts_sentence(text: str, at: int) -> bool:
    if at == 0:
        return True
    before = text[at - 1]
    if before in _CLOSERS and at > 1:
        before = text[at - 2]
    return before in _SENTENCE_ENDS and text[at : at + 1] not in _CLOSERS
