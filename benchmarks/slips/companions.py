"""Counts which characters stand in the same sentences and packs those that do so often."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.slips.counting import pack_table
from corpus_app.proofreading.slips.characters import UNKNOWN, CharacterNumbers
from corpus_app.proofreading.slips.codes import COMPANIONS
from corpus_app.proofreading.slips.companions import FARTHEST, NEAREST, join_pairs, number_sentences

# A pair is kept that stands together so often, and e times as often as chance has it.
_TOGETHER: Final = 8
_GAIN: Final = 1.0
# Characters that stand with fewer others are not learnt from.
_SEEN: Final = 200
# Added to what each stands with: the rarest are believed less.
_DOUBT: Final = 50


def learn_companions(text: str, characters: CharacterNumbers) -> dict[str, NDArray[Any]]:
    """Return the arrays of Companions."""
    numbers = characters.read(text)
    sentences = number_sentences(numbers, characters)
    size = int(numbers.max()) + 1
    together = np.zeros(size * size, np.float32)
    for step in range(NEAREST, FARTHEST + 1):
        one, other = numbers[:-step], numbers[step:]
        fits = (sentences[:-step] == sentences[step:]) & (one > UNKNOWN) & (other > UNKNOWN)
        together += np.bincount(one[fits] * size + other[fits], minlength=size * size)
    table = together.reshape(size, size)
    table = table + table.T
    seen = table.sum(1)
    chance = np.log(seen + _DOUBT)
    gain = np.log(table + 0.5) + np.log(seen.sum()) - chance[:, None] - chance
    kept = (gain > _GAIN) & (table >= _TOGETHER) & (seen >= _SEEN) & (seen >= _SEEN)[:, None]
    one, other = np.nonzero(np.triu(kept))
    # What is packed is a count by its logarithm (log1p), which is the gain.
    values = np.expm1(np.minimum(gain[one, other], 6))
    return pack_table("companions", join_pairs(one, other), COMPANIONS, values)
