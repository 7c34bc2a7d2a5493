"""Passages of a basket that say the same twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

Kind = Literal["same", "overlap", "words", "alike"]
# Below this length, one passage found inside another says little.
SHORTEST_PART: Final = 12
ALIKE: Final = 90.0
# Beyond this, likeness is judged by the beginning; sameness still by all.
COMPARED_CHARS: Final = 1500
_SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class GatheredBefore:
    """A gathered passage: its number in the basket, where it stands (revision id) and its words."""

    number: int
    revision: int | None
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Duplicate:
    """The earlier passage that one repeats, and how: the same place, overlapping, same words."""

    number: int
    kind: Kind


def find_duplicates(passages: Sequence[GatheredBefore]) -> dict[int, list[Duplicate]]:
    """Return for each passage's number the earlier ones it repeats; none for the first of them."""
    folded = [_SIGNS.sub("", passage.words) for passage in passages]
    found: defaultdict[int, list[Duplicate]] = defaultdict(list)
    for at, passage in enumerate(passages):
        for before in range(at):
            kind = _compare(passages[before], passage, folded[before], folded[at])
            if kind:
                found[passage.number].append(Duplicate(passages[before].number, kind))
    return dict(found)


def _compare(
    one: GatheredBefore, other: GatheredBefore, folded: str, other_folded: str
) -> Kind | None:
    if one.revision is not None and one.revision == other.revision:
        if (one.start, one.end) == (other.start, other.end):
            return "same"
        if one.start < other.end and other.start < one.end:
            return "overlap"
    if folded == other_folded:
        return "words" if folded else None
    return _compare_words(folded, other_folded)


def _compare_words(one: str, other: str) -> Kind | None:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_PART:
        return None
    if shorter in longer:
        return "alike"
    # Lengths that differ this much can't reach the likeness; most pairs end here.
    if len(shorter) * (200 - ALIKE) < len(longer) * ALIKE:
        return None
    likeness = fuzz.ratio(one[:COMPARED_CHARS], other[:COMPARED_CHARS], score_cutoff=ALIKE)
    return "alike" if likeness else None
