"""How much alike the sentences of two texts are: the share of pairs of characters that both have.

A pair that few sentences have weighs more (a weighted Dice coefficient). Digits are held equal,
so that a sentence with this year's number is like that with last year's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import read_codes

Array = npt.NDArray[Any]

# Less is chance.
LEAST: Final = 0.15
# Pairs of sentences that are looked at, those first that share rare pairs of characters; pairs of
# characters beyond weigh nothing. Reports of 20,000 characters have a tenth of it.
_MOST_PAIRS: Final = 3_000_000
# Up to so many pairs are counted in a table of all.
_DENSE: Final = 4_000_000
_DIGITS: Final = str.maketrans("0123456789", "0" * 10)
_CODE_BITS: Final = 21
_BEHIND_ALL: Final = 0x110000


@dataclass(frozen=True, slots=True)
class LikePairs:
    """Pairs of sentences of two texts, by number, and how much they are alike, 0 to 1.

    held has the share of the first, and of the second, that stands in the other.
    """

    first: Array
    second: Array
    likeness: Array
    held: tuple[Array, Array]

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: npt.NDArray[np.bool_] | Array) -> LikePairs:
        """Return some of the pairs."""
        held = self.held[0][rows], self.held[1][rows]
        return LikePairs(self.first[rows], self.second[rows], self.likeness[rows], held)


def find_like(first: list[str], second: list[str], least: float = LEAST) -> LikePairs:
    """Return the pairs of forms (see list_forms) that are alike from some likeness on.

    They come in the order of the first and the second.
    """
    owners, grams = _list_grams(first)
    other_owners, other_grams = _list_grams(second)
    names, numbers = np.unique(np.concatenate([grams, other_grams]), return_inverse=True)
    here, there = numbers[: len(grams)], numbers[len(grams) :]
    counts = np.bincount(here, minlength=len(names)), np.bincount(there, minlength=len(names))
    weights = np.log(1.0 + (len(first) + len(second)) / np.maximum(counts[0] + counts[1], 1))
    weights[_find_common(counts[0] * counts[1])] = 0.0
    sizes = (
        np.bincount(owners, weights[here], len(first)),
        np.bincount(other_owners, weights[there], len(second)),
    )
    rows = _join((owners, here), (other_owners, there), weights)
    packed, shared = _sum_equal(rows[0] * max(1, len(second)) + rows[1], rows[2])
    one, other = packed // max(1, len(second)), packed % max(1, len(second))
    likeness = 2 * shared / (sizes[0][one] + sizes[1][other])
    held = shared / sizes[0][one], shared / sizes[1][other]
    return LikePairs(one, other, likeness, held).take(likeness >= least)


def _list_grams(forms: list[str]) -> tuple[Array, Array]:
    """Return the pairs of characters of each form, each once, as numbers beside the form's own.

    A form of one character has that alone.
    """
    codes = read_codes("".join(forms).translate(_DIGITS)).astype(np.int64)
    sizes = np.array([len(form) for form in forms], dtype=np.int64)
    owner = np.repeat(np.arange(len(forms)), sizes)
    following = np.append(codes[1:], 0)
    last = np.append(owner[1:] != owner[:-1], True) if len(owner) else np.zeros(0, np.bool_)
    following[last] = _BEHIND_ALL
    kept = ~last | (sizes[owner] == 1)
    packed = np.unique(
        (owner[kept] << 2 * _CODE_BITS) | (codes[kept] << _CODE_BITS) | following[kept]
    )
    return packed >> 2 * _CODE_BITS, packed & ((1 << 2 * _CODE_BITS) - 1)


def _find_common(products: Array) -> Array:
    """Return the pairs of characters that stand in too many sentences to be looked at."""
    order = np.argsort(products, kind="stable")
    return order[np.cumsum(products[order]) > _MOST_PAIRS]


def _join(
    first: tuple[Array, Array], second: tuple[Array, Array], weights: Array
) -> tuple[Array, Array, Array]:
    """Return the owners of equal pairs of characters, with the weight of each."""
    order = np.argsort(second[1], kind="stable")
    low = second[1][order].searchsorted(first[1], side="left")
    high = second[1][order].searchsorted(first[1], side="right")
    counts = np.where(weights[first[1]] > 0, high - low, 0)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    there = order[np.repeat(low, counts) + steps]
    return (
        np.repeat(first[0], counts),
        second[0][there],
        np.repeat(weights[first[1]], counts),
    )


def _sum_equal(keys: Array, weights: Array) -> tuple[Array, Array]:
    """Return each key once, rising, with the sum of its weights."""
    if int(keys.max(initial=0)) < _DENSE:
        sums = np.bincount(keys, weights)
        found: Array = np.flatnonzero(sums).astype(np.int64)
        return found, sums[found]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], np.add.reduceat(weights[order], starts)
