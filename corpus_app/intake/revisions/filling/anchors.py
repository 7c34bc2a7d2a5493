"""Where in another text the words stand that a gap hides: between the same words as here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from corpus_app.text.chars import Compact, squeeze
from corpus_app.text.spans import trim_span

# So many words signs before and behind a gap must stand in the other text just so.
LEAST_ANCHOR: Final = 20
# A gap at the very end or beginning has words on one side alone: they must say more.
LEAST_ONE_SIDED: Final = 40
# An anchor that stands in several places is made longer, up to this.
LONGEST_ANCHOR: Final = 640


class UnfilledReason(Enum):
    """Why a gap cannot be filled."""

    FEW_WORDS = "few_words"
    BEFORE_DIFFERS = "before_differs"
    BEHIND_DIFFERS = "behind_differs"
    SEVERAL_PLACES = "several_places"
    NOTHING_THERE = "nothing_there"
    HIDDEN_THERE = "hidden_there"


@dataclass(frozen=True)
class Filling:
    """The words donor[start:end] that belong at offset of the text; anchors in word signs.

    hole is the place in the donor, between start and end, where words are missing there too.
    """

    offset: int
    start: int
    end: int
    before: int
    behind: int
    hole: int | None = None


@dataclass(frozen=True)
class Unfilled:
    """A gap that stays, and why."""

    offset: int
    reason: UnfilledReason


def draw_line(text: str) -> Compact:
    """Return the text without its marks, which differ from site to site."""
    return Compact(text, alone=str.isalnum)


@dataclass(frozen=True)
class Donor:
    """The text that fillings are taken from, with the places of its own gaps."""

    line: Compact
    gaps: Sequence[int]

    def list_hidden(self, first: int, stop: int) -> list[int]:
        """Return the places of the gaps between the word signs around first and stop."""
        places = self.line.offsets
        low = places[first - 1] + 1 if first else 0
        high = places[stop] if stop < len(places) else len(self.line.text)
        return [gap for gap in self.gaps if low <= gap <= high]


def find_fillings(text: str, gaps: Sequence[int], donor: Donor) -> list[Filling | Unfilled]:
    """Return for each gap (places in text, in order) what fills it, or why nothing does."""
    line = draw_line(text)
    counts = [line.count_before(gap) for gap in gaps]
    found: list[Filling | Unfilled] = []
    reached = 0
    for number, gap in enumerate(gaps):
        low = counts[number - 1] if number else 0
        high = counts[number + 1] if number + 1 < len(gaps) else len(line.chars)
        answer = _find_filling(line, gap, (low, counts[number], high), donor, reached)
        if isinstance(answer, Filling):
            reached = donor.line.count_before(answer.end)
        found.append(answer)
    return found


def _find_filling(
    line: Compact, gap: int, around: tuple[int, int, int], donor: Donor, reached: int
) -> Filling | Unfilled:
    low, at, high = around
    first = _place_before(line.chars[low:at], donor.line, reached, edge=at == 0)
    if isinstance(first, UnfilledReason):
        return Unfilled(gap, first)
    behind = line.chars[at:high]
    if not behind and not line.chars[at:]:
        stop: int | UnfilledReason = len(donor.line.chars)
        enough = at - low >= LEAST_ONE_SIDED and _is_unique(line, low, at, donor.line, first)
        stop = stop if enough else UnfilledReason.FEW_WORDS
    else:
        stop = _place_behind(behind, donor.line, first, edge=at == 0)
    if isinstance(stop, UnfilledReason):
        return Unfilled(gap, stop)
    if stop <= first:
        reason = (
            UnfilledReason.HIDDEN_THERE
            if donor.list_hidden(first, stop)
            else UnfilledReason.NOTHING_THERE
        )
        return Unfilled(gap, reason)
    start, end = _trim_marks(line, gap, at, donor.line, (first, stop))
    hidden = donor.list_hidden(first, stop)
    if len(hidden) > 1:
        return Unfilled(gap, UnfilledReason.HIDDEN_THERE)
    hole = min(max(hidden[0], start), end) if hidden else None
    return Filling(gap, start, end, at - low, high - at, hole)


def _place_before(words: str, donor: Compact, reached: int, *, edge: bool) -> int | UnfilledReason:
    """Return behind which word sign of the donor the gap's words begin."""
    if edge:
        return 0
    if len(words) < LEAST_ANCHOR:
        return UnfilledReason.FEW_WORDS
    size = LEAST_ANCHOR
    while True:
        anchor = words[-size:]
        found = list(donor.find_all(anchor, max(0, reached - size)))
        if not found:
            return (
                UnfilledReason.BEFORE_DIFFERS
                if size == LEAST_ANCHOR
                else UnfilledReason.SEVERAL_PLACES
            )
        if len(found) == 1:
            return found[0] + len(anchor)
        if size >= min(len(words), LONGEST_ANCHOR):
            return UnfilledReason.SEVERAL_PLACES
        size *= 2


def _place_behind(words: str, donor: Compact, first: int, *, edge: bool) -> int | UnfilledReason:
    """Return before which word sign of the donor the gap's words end."""
    least = LEAST_ONE_SIDED if edge else LEAST_ANCHOR
    if len(words) < least:
        return UnfilledReason.FEW_WORDS
    size = least
    while True:
        anchor = words[:size]
        found = list(donor.find_all(anchor, first))
        if not found:
            return UnfilledReason.BEHIND_DIFFERS if size == least else UnfilledReason.SEVERAL_PLACES
        if len(found) == 1:
            return found[0]
        if size >= min(len(words), LONGEST_ANCHOR):
            return UnfilledReason.SEVERAL_PLACES
        size *= 2


def _is_unique(line: Compact, low: int, at: int, donor: Compact, first: int) -> bool:
    """Return whether the longer anchor that a one-sided gap needs stands there too."""
    anchor = line.chars[max(low, at - LEAST_ONE_SIDED) : at]
    return donor.chars[first - len(anchor) : first] == anchor


def _trim_marks(
    line: Compact, gap: int, at: int, donor: Compact, place: tuple[int, int]
) -> tuple[int, int]:
    """Return the filling's stretch of the donor without the marks that stand here already."""
    first, stop = place
    start = donor.offsets[first - 1] + 1 if first else 0
    end = donor.offsets[stop] if stop < len(donor.offsets) else len(donor.text)
    before = line.text[line.offsets[at - 1] + 1 if at else 0 : gap]
    behind = line.text[gap : line.offsets[at] if at < len(line.offsets) else len(line.text)]
    for mark in squeeze(before):
        ahead = trim_span(donor.text, start, end).start
        if donor.text[ahead : ahead + 1] != mark:
            break
        start = ahead + 1
    for mark in reversed(squeeze(behind)):
        back = trim_span(donor.text, start, end).end
        if donor.text[back - 1 : back] != mark:
            break
        end = back - 1
    return start, end
