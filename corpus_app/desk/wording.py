"""Words compared without white space: positions, the same words elsewhere, what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

# Around a place, to tell it from another with the same words.
CONTEXT_CHARS: Final = 40
# Comparing takes time and memory by the product of both lengths.
COMPARED_CHARS: Final = 8000
END_CHARS: Final = 12
# Fewer characters in a row agree by chance.
SHARED_CHARS: Final = 3
# To find a long passage again its beginning is enough; all of it took half a minute.
SOUGHT_CHARS: Final = 1000


@dataclass(frozen=True)
class Change:
    """A stretch of words that stayed, came or went."""

    kind: Literal["same", "added", "dropped"]
    text: str


@dataclass(frozen=True)
class Inked:
    """A text without white space, and where each of its characters stands in the text."""

    signs: str
    places: list[int]

    def locate(self, first: int, last: int) -> tuple[int, int]:
        """Return start and end in the text of the inked characters first to last."""
        return self.places[first], self.places[last - 1] + 1

    def count_before(self, position: int) -> int:
        """Return how many inked characters stand before a position in the text."""
        low, high = 0, len(self.places)
        while low < high:
            middle = (low + high) // 2
            if self.places[middle] < position:
                low = middle + 1
            else:
                high = middle
        return low


def ink(text: str) -> Inked:
    """Return the text's characters that are not white space."""
    places = [at for at, sign in enumerate(text) if not sign.isspace()]
    return Inked("".join(text[at] for at in places), places)


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends; an empty one for white space only."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, max(first, start + len(words.rstrip()))


def find_same(old: str, start: int, end: int, new: str) -> tuple[int, int] | None:
    """Return where the words old[start:end] stand in new, white space aside; None if nowhere.

    Of several places the one whose surroundings are most like the old ones.
    """
    before, after = ink(old), ink(new)
    first, last = before.count_before(start), before.count_before(end)
    words = before.signs[first:last]
    if not words:
        return None
    found = list(_find_all(after.signs, words))
    if not found:
        return None

    def rate(at: int) -> tuple[int, int]:
        return _rate_context(before.signs, first, last, after.signs, at), -abs(at - first)

    best = max(found, key=rate)
    return after.locate(best, best + len(words))


def find_alike(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch of text[start:end] most like words; None where nothing is alike."""
    wanted, there = ink(words[:COMPARED_CHARS]), ink(text[start:end])
    if not wanted.signs or not there.signs:
        return None
    if len(there.signs) <= len(wanted.signs) * 1.5:
        return start, end
    sought = wanted.signs[:SOUGHT_CHARS]
    match = fuzz.partial_ratio_alignment(sought, there.signs, score_cutoff=50)
    if match is None or match.dest_start >= match.dest_end:
        return None
    beyond = match.dest_end + len(wanted.signs) - len(sought)
    ends = match.dest_start, min(beyond, len(there.signs))
    first, last = there.locate(*_fit_ends(wanted.signs, there.signs, *ends))
    return start + first, start + last


def _fit_ends(words: str, text: str, first: int, last: int) -> tuple[int, int]:
    """Return first and last moved to where the words' own ends stand.

    A match is as long as the words; what was put in or taken out makes it longer or shorter,
    so the ends are told by the first and last run of characters that both texts share.
    """
    margin = max(END_CHARS, len(words) // 2)
    low, high = max(0, first - margin), min(len(text), last + margin)
    blocks = Indel.editops(words, text[low:high]).as_matching_blocks()
    shared = [block for block in blocks if block.size >= SHARED_CHARS]
    if not shared:
        return first, last
    head, tail = shared[0], shared[-1]
    start = low + head.b - head.a
    end = low + tail.b + tail.size + len(words) - tail.a - tail.size
    return max(low, start), min(high, max(end, start + 1))


def compare_words(old: str, new: str) -> list[Change]:
    """Return what stayed, went and came from old to new, in reading order."""
    old, new = old[:COMPARED_CHARS], new[:COMPARED_CHARS]
    changes: list[Change] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            changes.append(Change("same", old[step.src_start : step.src_end]))
        elif step.tag == "delete":
            changes.append(Change("dropped", old[step.src_start : step.src_end]))
        else:
            changes.append(Change("added", new[step.dest_start : step.dest_end]))
    return changes


def _find_all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _rate_context(old: str, first: int, last: int, new: str, at: int) -> int:
    """Return how many characters before and behind both places agree."""
    end = at + last - first
    before = _count_equal(
        old[max(0, first - CONTEXT_CHARS) : first][::-1], new[max(0, at - CONTEXT_CHARS) : at][::-1]
    )
    return before + _count_equal(old[last : last + CONTEXT_CHARS], new[end : end + CONTEXT_CHARS])


def _count_equal(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
