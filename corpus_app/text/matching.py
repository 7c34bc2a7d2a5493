"""The same words, or those most like them, found in another text, white space aside."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from corpus_app.text.alignment import align_texts, count_common_end, count_common_start
from corpus_app.text.chars import Compact

# Around a place, to tell it from another with the same words.
CONTEXT_CHARS: Final = 40
END_CHARS: Final = 12
# Fewer characters in a row agree by chance.
SHARED_CHARS: Final = 3
# To find a long passage again its beginning is enough; all of it took half a minute.
SOUGHT_CHARS: Final = 1000


def find_same(old: str, start: int, end: int, new: str) -> tuple[int, int] | None:
    """Return where the words old[start:end] stand in new, white space aside; None if nowhere.

    Of several places the one whose surroundings are most like the old ones.
    """
    before, after = Compact(old), Compact(new)
    first, last = before.count_before(start), before.count_before(end)
    words = before.chars[first:last]
    if not words:
        return None
    found = list(after.find_all(words))
    if not found:
        return None

    def rate(at: int) -> tuple[int, int]:
        return _rate_context(before.chars, first, last, after.chars, at), -abs(at - first)

    best = max(found, key=rate)
    return after.find_span(best, best + len(words))


def find_alike(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch of text[start:end] most like words; None where nothing is alike."""
    wanted, there = Compact(words), Compact(text[start:end])
    if not wanted.chars or not there.chars:
        return None
    if len(there.chars) <= len(wanted.chars) * 1.5:
        return start, end
    sought = wanted.chars[:SOUGHT_CHARS]
    match = fuzz.partial_ratio_alignment(sought, there.chars, score_cutoff=50)
    if match is None or match.dest_start >= match.dest_end:
        return None
    beyond = match.dest_end + len(wanted.chars) - len(sought)
    ends = match.dest_start, min(beyond, len(there.chars))
    first, last = there.find_span(*_fit_ends(wanted.chars, there.chars, *ends))
    return start + first, start + last


def _fit_ends(words: str, text: str, first: int, last: int) -> tuple[int, int]:
    """Return first and last moved to where the words' own ends stand.

    A match is as long as the words; what was put in or taken out makes it longer or shorter,
    so the ends are told by the first and last run of characters that both texts share.
    """
    margin = max(END_CHARS, len(words) // 2)
    low, high = max(0, first - margin), min(len(text), last + margin)
    shared = align_texts(words, text[low:high], least=SHARED_CHARS)
    if not shared:
        return first, last
    head, tail = shared[0], shared[-1]
    start = low + head.second - head.first
    end = low + tail.second + len(words) - tail.first
    return max(low, start), min(high, max(end, start + 1))


def _rate_context(old: str, first: int, last: int, new: str, at: int) -> int:
    """Return how many characters before and behind both places agree."""
    end = at + last - first
    return count_common_end(
        old[max(0, first - CONTEXT_CHARS) : first], new[max(0, at - CONTEXT_CHARS) : at]
    ) + count_common_start(old[last : last + CONTEXT_CHARS], new[end : end + CONTEXT_CHARS])
