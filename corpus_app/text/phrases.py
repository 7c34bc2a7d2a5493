"""Finding many fixed phrases in one pass: an index on each phrase's first two characters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator


class PhraseIndex:
    """A set of phrases (two characters or more each) that can be looked for all at once.

    Time is linear in the text: one dictionary look-up per place where a known first pair
    stands, and as many slices as there are different lengths behind that pair.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrase for phrase in phrases if len(phrase) > 1)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._phrases:
            lengths[phrase[:2]].add(len(phrase))
        self._lengths = {pair: sorted(known, reverse=True) for pair, known in lengths.items()}
        firsts, seconds = ("".join(sorted({re.escape(p[at]) for p in lengths})) for at in (0, 1))
        self._firsts = re.compile(f"[{firsts}](?=[{seconds}])") if firsts else None

    def find_all(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, phrase) for every occurrence, overlaps too, longest first at a place."""
        if self._firsts is None:
            return
        lengths, phrases = self._lengths, self._phrases
        for match in self._firsts.finditer(text):
            start = match.start()
            for length in lengths.get(text[start : start + 2], ()):
                if text[start : start + length] in phrases:
                    yield start, text[start : start + length]


def choose_longest(spans: Iterable[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Return the spans [start, end) that stand when the longest, then the first, wins, in order.

    size is the length of the text they point into.
    """
    taken = bytearray(size)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end))
    return sorted(kept)
