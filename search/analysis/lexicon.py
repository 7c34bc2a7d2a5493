"""jieba's dictionary, with the domain's words, as arrays that all processes map from one file.

As jieba keeps it, a dict of half a million strings, it takes 100 MB of every process and half a
second to load. Here it is a trie: a hash table from a node and a character to the next node, and
for each node the weight of the word that ends there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from functools import cached_property
from math import log
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

ROOT: Final = 0
_ARRAYS: Final = ("keys", "nodes", "weights")
_EMPTY: Final = -1
# Every character of the dictionary that jieba looks up lies below.
_CODES: Final = 1 << 16
_BITS: Final = 16
# Fibonacci hashing: neighbouring keys are spread over the whole table.
_FACTOR: Final = 0x9E3779B97F4A7C15
_WORD: Final = (1 << 64) - 1


class Lexicon:
    """A trie; weights[node] is the weight of the word ending there, NaN for none.

    The weight of ROOT is that of an unknown word.
    """

    def __init__(self, keys: Array, nodes: npt.NDArray[np.int32], weights: Weights) -> None:
        self._keys = keys
        self._nodes = nodes
        self.weights = weights
        self._mask = len(keys) - 1
        self._shift = 64 - self._mask.bit_length()

    @classmethod
    def build(cls, frequencies: Mapping[str, int], total: int) -> Lexicon:
        """Return the trie of the words; frequencies must hold every prefix of a word, too."""
        words = [word for word in frequencies if all(ord(char) < _CODES for char in word)]
        numbers = {word: number for number, word in enumerate(words, start=1)}
        numbers[""] = ROOT
        parents = np.array([numbers[word[:-1]] for word in words], dtype=np.int64)
        lasts = np.array([ord(word[-1]) for word in words], dtype=np.int64)
        weights = np.full(len(words) + 1, np.nan)
        weights[ROOT] = -log(total)
        for number, word in enumerate(words, start=1):
            if frequency := frequencies[word]:
                weights[number] = log(frequency) - log(total)
        return cls(*_fill_table((parents << _BITS) | lasts), weights)

    @classmethod
    def open(cls, folder: Path) -> Lexicon | None:
        """Return the trie that save wrote, None where there is none."""
        try:
            arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS]
        except (OSError, ValueError, EOFError):
            return None
        return cls(*map(np.asarray, arrays))

    def save(self, folder: Path) -> None:
        """Write the trie into a new folder, in one step; another process may have done so."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
        try:
            np.save(beside / "keys.npy", self._keys)
            np.save(beside / "nodes.npy", self._nodes)
            np.save(beside / "weights.npy", self.weights)
            beside.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def step(self, node: int, code: int) -> int:
        """Return the node after a node and a character, ROOT where there is none."""
        key = (node << _BITS) | code
        slot = ((key * _FACTOR) & _WORD) >> self._shift
        while (held := self._keys.item(slot)) != _EMPTY:
            if held == key:
                return self._nodes.item(slot)
            slot = (slot + 1) & self._mask
        return ROOT

    def step_all(self, nodes: Array, codes: Array) -> Array:
        """Return the node after each node and character, ROOT where there is none."""
        keys = (nodes << _BITS) | codes
        slots = _hash(keys, self._shift)
        found = np.zeros(len(keys), dtype=np.int64)
        left = np.arange(len(keys))
        while len(left):
            held = self._keys[slots]
            same = held == keys
            found[left[same]] = self._nodes[slots[same]]
            onward = (~same & (held != _EMPTY)).nonzero()[0]
            left, keys, slots = left[onward], keys[onward], (slots[onward] + 1) & self._mask
        return found

    @cached_property
    def firsts(self) -> Array:
        """Return the node after the root for each code point, ROOT where no word begins with it."""
        codes = np.arange(_CODES)
        return self.step_all(np.zeros(_CODES, dtype=np.int64), codes)

    def holds(self, word: str) -> bool:
        """Tell whether it is a word of the dictionary."""
        node = ROOT
        for char in word:
            node = self.step(node, ord(char)) if ord(char) < _CODES else ROOT
            if node == ROOT:
                return False
        weight = self.weights.item(node)
        return weight == weight  # NaN is not


def _hash(keys: Array, shift: int) -> Array:
    spread = keys.astype(np.uint64) * np.uint64(_FACTOR)
    return (spread >> np.uint64(shift)).astype(np.int64)


def _fill_table(keys: Array) -> tuple[Array, npt.NDArray[np.int32]]:
    """Return an open hash table of the keys, and their numbers from 1 on."""
    size = 1 << (2 * len(keys)).bit_length()
    held = np.full(size, _EMPTY, dtype=np.int64)
    numbers = np.zeros(size, dtype=np.int32)
    left = np.arange(len(keys))
    slots = _hash(keys, 64 - (size - 1).bit_length())
    while len(left):
        free = (held[slots] == _EMPTY).nonzero()[0]
        # Of several that want the same free slot the last one written has it.
        held[slots[free]] = keys[left[free]]
        placed = held[slots] == keys[left]
        numbers[slots[placed]] = left[placed] + 1
        left, slots = left[~placed], (slots[~placed] + 1) & (size - 1)
    return held, numbers
