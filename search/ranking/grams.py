"""What of a query is weighed by its characters: each of them, and each two in a row.

A segmenter's cuts miss 代表履职 inside 人大代表履职能力, and a question seldom has the words of
what answers it, but characters of them: 车 is in 机动车. Two characters inside one word say more
than two across a border, and the words that only ask (什么, 多少) say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus_app.text.folding import fold
from search.analysis.words import cut_words
from search.matching.reading import find_asking
from search.query.patterns import Pattern, make_pattern

# A pasted page must not ask for a thousand grams: as many of its first characters are read.
MAX_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True)
class GramWeights:
    """What two characters count inside a word and across a border, and what one counts."""

    inside: float
    across: float
    single: float


@dataclass(frozen=True, slots=True)
class Gram:
    """One character or two in a row, as a pattern, and what it counts by."""

    pattern: Pattern
    weight: float


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character of the query, and the number of the word that it is of."""

    char: str
    word: int


def list_grams(texts: Sequence[str], by: GramWeights) -> list[Gram]:
    """Return the distinct grams of a query's texts, each with the most that it counts by.

    Texts that follow one another make a pair across their border, as in running text; signs
    that are no letters part them.
    """
    weights: dict[str, float] = {}
    signs = list(_read_signs(texts))[:MAX_CHARACTERS]
    for one, other in pairwise([*signs, None]):
        if one is None:
            continue
        weights.setdefault(one.char, by.single)
        if other is not None:
            pair = one.char + other.char
            weight = by.inside if one.word == other.word else by.across
            weights[pair] = max(weight, weights.get(pair, 0.0))
    return [Gram(make_pattern(text, any_case=True), weight) for text, weight in weights.items()]


def _read_signs(texts: Sequence[str]) -> Iterator[_Sign | None]:
    """Yield the characters that count, None where two are parted."""
    word = 0
    for text in texts:
        folded = fold(text)
        asking = find_asking(folded)
        words = [word + 1 + number for number in _number_words(folded)]
        word = max(words, default=word)
        for at, char in enumerate(folded):
            yield _Sign(char, words[at]) if char.isalnum() and at not in asking else None


def _number_words(folded: str) -> list[int]:
    """Return for each character the number of the last word that begins before or with it."""
    starts = {word.start for word in cut_words(folded)}
    numbers, number = [], 0
    for at in range(len(folded)):
        number += at in starts
        numbers.append(number)
    return numbers
