"""Which characters keep company with others of the same sentence, a few characters away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import BITS, EDGE, CharacterNumbers, Numbers
from corpus_app.proofreading.slips.codes import COMPANIONS, Reals
from corpus_app.proofreading.slips.counts import read_table

# Nearer ones stand in the same runs, farther ones say little.
NEAREST: Final = 3
FARTHEST: Final = 15
SENTENCE_ENDS: Final = "。！？；"
MEASURES: Final = ("company_gain", "companion_gain", "old_company", "new_company")


def join_pairs(one: Numbers, other: Numbers) -> Numbers:
    """Return the key of each pair of characters, whichever is first."""
    return (np.minimum(one, other) << BITS) | np.maximum(one, other)


def number_sentences(numbers: Numbers, characters: CharacterNumbers) -> Numbers:
    """Return for each character which sentence it is of."""
    ends = np.append(characters.read(SENTENCE_ENDS), EDGE)
    return np.cumsum(np.isin(numbers, ends))


class Companions:
    """Pairs of characters that stand in one sentence more often than chance has it."""

    def __init__(self, characters: CharacterNumbers, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._characters = characters
        self._table = read_table(arrays, "companions", COMPANIONS)

    def measure(self, numbers: Numbers, at: Numbers, width: Numbers, meant: Numbers) -> Reals:
        """Return MEASURES for characters meant at these places instead of those that stand there.

        The company of a character is the sum of what it has in common with those of its sentence.
        """
        sentences = number_sentences(numbers, self._characters)
        steps = np.arange(NEAREST, FARTHEST + 1)
        near = np.concatenate((at[:, None] - steps, (at + width - 1)[:, None] + steps), 1)
        inside = (near >= 0) & (near < len(numbers))
        near = np.where(inside, near, 0)
        inside &= sentences[near] == sentences[at][:, None]
        around = numbers[near]
        old, new = (
            np.where(inside, self._table.count(join_pairs(around, one[:, None])), 0)
            for one in (numbers[at], meant)
        )
        return np.column_stack(
            (new.sum(1) - old.sum(1), new.max(1) - old.max(1), old.sum(1), new.sum(1))
        )
