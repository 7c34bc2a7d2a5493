"""Counts runs of one to five characters and packs them as the product reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import (
    BITS,
    LETTER,
    MOST_CHARACTERS,
    CharacterNumbers,
    Numbers,
)
from corpus_app.proofreading.slips.codes import LONGEST_RUNS, RUNS, WORDS, CodeBook
from corpus_app.proofreading.slips.counts import (
    LONGEST,
    hash_runs,
    join_runs,
)
from corpus_app.proofreading.slips.words import LENGTHS

# Runs of three that stand once, of four and five that stand twice, are dropped: a third is left.
LEAST: Final = (1, 1, 2, 2, 3)
# The discount where the once seen, which it is reckoned from, are dropped.
_DISCOUNT: Final = 0.7
_BUCKET: Final = 20
# So often a pair stands before its second is thought of as missing.
_PAIR: Final = 20

Arrays = dict[str, NDArray[Any]]
Shares = NDArray[np.float64]


def list_characters(text: str) -> str:
    """Return the characters worth a number of their own, the commonest first."""
    plain = re.compile(r"[\s0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
    counted = Counter(text)
    known = sorted((c for c in counted if ord(c) < 0x10000), key=lambda c: (-counted[c], c))
    return "".join([c for c in known if not plain.match(c)][:MOST_CHARACTERS])


def learn_counts(text: str, characters: CharacterNumbers, least: tuple[int, ...] = LEAST) -> Arrays:
    """Return the arrays of CharacterCounts."""
    numbers = characters.read(text)
    kept = []
    for length, few in enumerate(least, 1):
        keys, seen = _count(join_runs(numbers, length))
        kept.append((keys[seen >= few], seen[seen >= few]))
    arrays: Arrays = _pack_pairs(*kept[1])
    values = [_count_before(kept, length) for length in range(1, LONGEST + 1)]
    total = np.array([values[0].sum()])
    sums = np.repeat(total, len(kept[0][0]))
    # Each single character gets a little that none was counted for.
    shares = (values[0] + 0.5) / (total + 0.5 * (1 << BITS))
    for length, (keys, seen) in enumerate(kept, 1):
        discount = _reckon_discount(values[length - 1], least[length - 1])
        if length > 1:
            before, _ = _find(kept[length - 2][0], keys >> BITS)
            shares = np.maximum(values[length - 1] - discount, 0) / sums[before]
        rests = np.zeros(0)
        if length < LONGEST:
            further = _reckon_discount(values[length], least[length])
            sums, kinds = _sum_further(keys, kept[length][0], values[length])
            rests = np.where(sums > 0, further * kinds / np.maximum(sums, 1), 1.0)
        arrays |= _pack(length, keys, seen, shares, rests)
    return arrays


def _reckon_discount(value: Numbers, few: int) -> float:
    once, twice = int((value == 1).sum()), int((value == 2).sum())
    return once / max(1, once + 2 * twice) if few == 1 else _DISCOUNT


def _count(keys: Numbers) -> tuple[Numbers, Numbers]:
    keys = np.sort(keys)
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.diff(np.append(first, len(keys)))


def _count_before(kept: list[tuple[Numbers, Numbers]], length: int) -> Numbers:
    """Return how many characters stand before each run; of the longest, how often they stand."""
    keys, seen = kept[length - 1]
    if length == LONGEST:
        return seen
    rest, count = np.unique(kept[length][0] & ((1 << BITS * length) - 1), return_counts=True)
    value = np.ones(len(keys), np.int64)
    at, there = _find(keys, rest)
    value[at[there]] = count[there]
    return value


def _sum_further(keys: Numbers, longer: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each run the sum of the values of runs that go on from it, and their number."""
    sums, kinds = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    if len(longer):
        begin = longer >> BITS
        first = np.flatnonzero(np.concatenate(([True], begin[1:] != begin[:-1])))
        at, there = _find(keys, begin[first])
        sums[at[there]] = np.add.reduceat(values, first)[there]
        kinds[at[there]] = np.diff(np.append(first, len(begin)))[there]
    return sums, kinds


def _find(keys: Numbers, asked: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return at, keys[at] == asked


def _pack(length: int, keys: Numbers, seen: Numbers, shares: Shares, rests: Shares) -> Arrays:
    if length == 1:
        columns = {"counts": seen, "shares": shares, "rests": rests}
        return {f"{name}_1": _lay_out(keys, column, name) for name, column in columns.items()}
    if length == LONGEST:
        return pack_table(str(length), keys, LONGEST_RUNS, seen, shares)
    return pack_table(str(length), keys, RUNS, seen, shares, rests)


def pack_table(table: str, keys: Numbers, book: CodeBook, *values: NDArray[Any]) -> Arrays:
    """Return the arrays of a RunTable under a name; of two runs that look the same the commoner.

    values are what its book packs: counts first.
    """
    bits = max(1, (len(keys) // _BUCKET).bit_length())
    buckets, marks = hash_runs(keys, bits)
    order = np.lexsort((-values[0], marks, buckets))
    starts = np.searchsorted(buckets[order], np.arange((1 << bits) + 1))
    codes = book.pack(*values)
    return {
        f"starts_{table}": starts.astype(np.uint32),
        f"marks_{table}": marks[order],
        f"codes_{table}": np.append(codes[order], codes.dtype.type(0)),
    }


def pack_words(words: Mapping[str, int], characters: CharacterNumbers) -> Arrays:
    """Return the arrays of ListedWords: words of one to four known characters with their counts."""
    single = np.full(1 << BITS, -1, np.float32)
    for char in set(words) & set(characters.known):
        single[characters.table[ord(char)]] = np.log(words[char])
    arrays: Arrays = {"word1": single}
    for length in LENGTHS:
        listed = [word for word in words if len(word) == length]
        numbers = characters.read("".join(listed)).reshape(-1, length)
        known = (numbers > LETTER).all(1)
        seen = np.array([words[word] for word in listed], np.int64)[known]
        keys = join_runs(numbers[known], length)[:, 0]
        arrays |= pack_table(f"word{length}", keys, WORDS, seen)
    return arrays


def _lay_out(keys: Numbers, column: NDArray[Any], name: str) -> NDArray[np.float32]:
    """Return a column by the character's number; one never counted is as rare as the rarest."""
    unseen = {"counts": 0, "shares": column.min(), "rests": 1}[name]
    laid_out = np.full(1 << BITS, unseen, np.float32)
    laid_out[keys] = column
    return laid_out


def _pack_pairs(keys: Numbers, seen: Numbers) -> Arrays:
    often = keys[seen >= _PAIR]
    starts = np.searchsorted(often >> BITS, np.arange((1 << BITS) + 1))
    return {
        "next_starts": starts.astype(np.uint32),
        "next": (often & ((1 << BITS) - 1)).astype(np.uint16),
    }
