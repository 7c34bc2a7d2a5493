"""The baseline that needs no segmenter: BM25 over pairs of neighbouring characters."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping
from typing import Final

_K1: Final = 1.2
_B: Final = 0.75


class BigramIndex:
    """Texts by key, ranked by the pairs of characters they share with a question."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._postings: dict[str, dict[int, int]] = {}
        self._lengths: dict[int, int] = {}
        for key, text in texts.items():
            pairs = list_pairs(text)
            self._lengths[key] = len(pairs)
            for pair, count in Counter(pairs).items():
                self._postings.setdefault(pair, {})[key] = count
        self._average = sum(self._lengths.values()) / max(1, len(self._lengths))

    def ask(self, text: str, count: int) -> list[int]:
        """Return the keys of the best texts, any of the pairs being enough."""
        scores: dict[int, float] = {}
        for pair in set(list_pairs(text)):
            found = self._postings.get(pair, {})
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for key, times in found.items():
                slack = _K1 * (1 - _B + _B * self._lengths[key] / self._average)
                part = rarity * times * (_K1 + 1) / (times + slack)
                scores[key] = scores.get(key, 0.0) + part
        return heapq.nsmallest(count, scores, key=lambda key: (-scores[key], key))


def list_pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring letters and digits; what stands between parts them."""
    runs = "".join(char if char.isalnum() else " " for char in text).split()
    return [run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))]
