"""Which stretches of two texts are the same, in their order, however long the texts are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz.distance import Indel

from corpus_app.intake.fingerprints import roll_shingles

# A stretch so long that stands once in each text is the same place in both.
ANCHOR: Final = 12
# Between two anchors, texts up to this product of lengths are compared sign by sign.
MOST_PAIRS: Final = 4_000_000
# A shorter stretch in common, between anchors, is chance.
LEAST: Final = 3


@dataclass(frozen=True)
class Block:
    """A stretch that both texts have: where it begins in each, in signs, and its length."""

    first: int
    second: int
    length: int


class Signs:
    """A text without its white space, and where each sign stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [place for place, sign in enumerate(text) if not sign.isspace()]
        self.signs = "".join(text[place] for place in self.places)

    def count_before(self, place: int) -> int:
        """Return how many signs stand before a place of the text."""
        return bisect_left(self.places, place)


def match_signs(first: str, second: str) -> list[Block]:
    """Return the common stretches of two texts without white space, in reading order of both."""
    anchors = [Block(0, 0, 0), *_find_anchors(first, second), Block(len(first), len(second), 0)]
    found: list[Block] = []
    for before, behind in pairwise(anchors):
        if before.length:
            found.append(before)
        found += _match_between(first, second, before, behind)
    return list(_join(found))


def _find_anchors(first: str, second: str) -> list[Block]:
    """Return the stretches that are unique in both texts and stand in one order."""
    found: list[Block] = []
    if min(len(first), len(second)) < ANCHOR:
        return found
    for a, b in _keep_ascending(_pair_unique(first, second)):
        last = found[-1] if found else Block(0, 0, 0)
        ends = last.first + last.length, last.second + last.length
        if found and a - b == last.first - last.second and a <= ends[0]:
            found[-1] = Block(last.first, last.second, a - last.first + ANCHOR)
        elif a >= ends[0] and b >= ends[1]:
            found.append(Block(a, b, ANCHOR))
    return found


def _pair_unique(first: str, second: str) -> list[tuple[int, int]]:
    places = []
    for text in (first, second):
        shingles = roll_shingles(text, ANCHOR)
        values, at, counts = np.unique(shingles, return_index=True, return_counts=True)
        places.append((values[counts == 1], at[counts == 1]))
    (mine, mine_at), (theirs, theirs_at) = places
    _, left, right = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    return sorted(zip(mine_at[left].tolist(), theirs_at[right].tolist(), strict=True))


def _keep_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest list of pairs whose second numbers ascend too."""
    tails: list[int] = []
    tops: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before[at] = tops[length - 1] if length else -1
        if length == len(tails):
            tails.append(place)
            tops.append(at)
        else:
            tails[length], tops[length] = place, at
    kept, at = [], tops[-1] if tops else -1
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return kept[::-1]


def _match_between(first: str, second: str, before: Block, behind: Block) -> Iterator[Block]:
    a, b = before.first + before.length, before.second + before.length
    left, right = first[a : behind.first], second[b : behind.second]
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return
    for code in Indel.opcodes(left, right):
        if code.tag == "equal":
            yield Block(a + code.src_start, b + code.dest_start, code.src_end - code.src_start)


def _join(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with those that touch made one, and the shortest left out."""
    last: Block | None = None
    for block in blocks:
        if last and (last.first + last.length, last.second + last.length) == (
            block.first,
            block.second,
        ):
            last = Block(last.first, last.second, last.length + block.length)
            continue
        if last and last.length >= LEAST:
            yield last
        last = block
    if last and last.length >= LEAST:
        yield last
