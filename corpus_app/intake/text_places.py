"""Where the places of one text stand in a later state of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from rapidfuzz.distance import Indel

# Above it changed lines are not compared sign by sign: that takes quadratic time.
MOST_SIGNS: Final = 8_000
MOST_LINES: Final = 20_000
# A shorter stretch that two texts share by chance says nothing.
LEAST_REST: Final = 4

Stretch = tuple[int, int, int]


class PlaceMap:
    """The stretches that two texts share, found line by line, then sign by sign."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._shared = list(share_stretches(old, new))
        self._starts = [stretch[0] for stretch in self._shared]

    def find(self, place: int) -> int | None:
        """Return where the words that begin at place begin now, None where they are gone.

        Where only their first signs are gone, it is where the rest of their line begins.
        """
        at = bisect_right(self._starts, place) - 1
        if at >= 0:
            old_start, new_start, length = self._shared[at]
            if place < old_start + length:
                return self._skip_blanks(new_start + place - old_start)
        line_end = self._old.find("\n", place)
        for old_start, new_start, length in self._shared[at + 1 : at + 4]:
            if 0 <= line_end <= old_start:
                return None
            if length >= LEAST_REST:
                return self._skip_blanks(new_start)
        return None

    def find_nearest(self, place: int) -> int:
        """Return where a piece that ended at place ends now: behind what is left before it."""
        at = bisect_right(self._starts, place - 1) - 1
        if at < 0:
            return 0
        old_start, new_start, length = self._shared[at]
        return new_start + min(place - old_start, length)

    def _skip_blanks(self, place: int) -> int | None:
        while place < len(self._new) and self._new[place].isspace():
            place += 1
        return place if place < len(self._new) else None


def share_stretches(old: str, new: str) -> Iterator[Stretch]:
    """Yield (place in old, place in new, length) of what the texts share, in order."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_LINES:
        yield from _share_signs(old, new, 0, 0)
        return
    old_places = list(accumulate(map(len, before), initial=0))
    new_places = list(accumulate(map(len, after), initial=0))
    for begin, end, new_begin, new_end, equal in _list_blocks(before, after):
        at, new_at = old_places[begin], new_places[new_begin]
        if equal:
            yield at, new_at, old_places[end] - at
        else:
            changed = old[at : old_places[end]], new[new_at : new_places[new_end]]
            yield from _share_signs(*changed, at, new_at)


def _list_blocks(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Yield runs of equal lines, and between them the changed ones, as places in both lists."""
    at, new_at = 0, 0
    for code in Indel.opcodes(before, after):
        if code.tag != "equal":
            continue
        if (at, new_at) != (code.src_start, code.dest_start):
            yield at, code.src_start, new_at, code.dest_start, False
        yield code.src_start, code.src_end, code.dest_start, code.dest_end, True
        at, new_at = code.src_end, code.dest_end
    if (at, new_at) != (len(before), len(after)):
        yield at, len(before), new_at, len(after), False


def _share_signs(old: str, new: str, at: int, new_at: int) -> Iterator[Stretch]:
    """Yield the stretches of changed lines, which begin at the given places of both texts."""
    if not old or not new:
        return
    if max(len(old), len(new)) > MOST_SIGNS:
        yield from _share_ends(old, new, at, new_at)
        return
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield at + code.src_start, new_at + code.dest_start, code.src_end - code.src_start


def _share_ends(old: str, new: str, at: int, new_at: int) -> Iterator[Stretch]:
    """Yield what two long texts have in common at their beginning and at their end."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    if head:
        yield at, new_at, head
    if tail:
        yield at + len(old) - tail, new_at + len(new) - tail, tail
