"""Whether a string stands inside a word: what the two sides make once they are joined again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus_app.text.chars import HAN

LEFT = re.compile(f"[{HAN}]+$")
RIGHT = re.compile(f"[{HAN}]+")
# So many characters at either side decide how the words are parted at the join.
REACH = 6
LONGEST = 4
RAREST = 20
# A word of two characters must be as frequent to take a single one: of those that showed the rule
# the way (benchmarks/mention_borders.toml) the rarest has 51.
COMMON = 50
UNKNOWN = 0.5
# The chance of the joined words over that of the two sides apart, as a natural logarithm. Beside
# 2,547 Latin words and figures of clean speeches it never came to 5; at places taken by chance
# it is 6 or more in 37 of 100.
CERTAIN = 6.0
# Enough where the page itself names the string: beside 459 set expressions and 389 Latin words and
# figures of clean speeches the gain never came to 1, at 43 of 100 places taken by chance to 3.
LIKELY = 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """How much likelier the sides of a string are joined than apart, and the word they make.

    before is how many of the word's characters stand on the left.
    """

    gain: float
    word: str
    before: int = 0


@cache
def load_chances() -> dict[str, float]:
    """Return the logarithm of the chance of each common word of up to four characters.

    Counted by jieba's dictionary as it is delivered: words that are added to it while the
    program runs must not change how a file is read.
    """
    counts: dict[str, int] = {}
    for word, count, _kind in _read_dictionary():
        if len(word) <= LONGEST and (int(count) >= RAREST or len(word) == 1):
            counts[word] = max(1, int(count))
    total = math.log(sum(counts.values()))
    chances = {word: math.log(count) - total for word, count in counts.items()}
    chances[""] = math.log(UNKNOWN) - total
    return chances


def is_verb_phrase(text: str) -> bool:
    """Tell whether a run of characters is parted into two verbs: 走 / 出去, 回头 / 看."""
    ends = (0, *_part_words(text)[1])
    words = [text[start:end] for start, end in pairwise(ends)]
    return len(words) == 2 and all(word in _load_verbs() for word in words)


@cache
def _load_verbs() -> frozenset[str]:
    return frozenset(word for word, _count, kind in _read_dictionary() if kind.startswith("v"))


def _read_dictionary() -> Iterator[list[str]]:
    """Yield each word with its count and its kind, as jieba delivers them."""
    text = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return (line.split(" ") for line in text.splitlines())


def measure_break(raw: str, start: int, end: int) -> Break:
    """Return what the words beside raw[start:end] make when joined; gain 0 where no word."""
    left = LEFT.search(raw[max(0, start - REACH) : start])
    right = RIGHT.match(raw[end : end + REACH])
    if left is None or right is None:
        return Break(0.0, "")
    return _measure_join(left.group(), right.group())


def find_single(raw: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return the single characters beside raw[start:end], each with the common word that it
    makes with the string's edge: ("例", "案例") behind 方案.

    A character is single where the words on its side are parted so.
    """
    left = LEFT.search(raw[max(0, start - REACH) : start])
    right = RIGHT.match(raw[end : end + REACH])
    found: list[tuple[str, str]] = []
    if left and len(left.group()) - 1 in (0, *_part_words(left.group())[1]):
        found.append((raw[start - 1], raw[start - 1 : start + 1]))
    if right and 1 in _part_words(right.group())[1]:
        found.append((raw[end], raw[end - 1 : end + 1]))
    chances = load_chances()
    least = math.log(COMMON / UNKNOWN) + chances[""]
    return [(char, word) for char, word in found if chances.get(word, -math.inf) >= least]


@lru_cache(maxsize=4096)
def _part_words(text: str) -> tuple[float, tuple[int, ...]]:
    """Return the best chance of a run of characters, and where its words end."""
    chances = load_chances()
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - LONGEST), end):
            chance = chances.get(text[start:end])
            if chance is None and end - start == 1:
                chance = chances[""]
            if chance is not None:
                ways.append((best[start][0] + chance, (*best[start][1], end)))
        best.append(max(ways))
    return best[-1]


def _measure_join(left: str, right: str) -> Break:
    chance, ends = _part_words(left + right)
    if len(left) in ends:
        return Break(0.0, "")
    first = max((end for end in ends if end < len(left)), default=0)
    last = min(end for end in ends if end > len(left))
    gain = chance - _part_words(left)[0] - _part_words(right)[0]
    return Break(gain, (left + right)[first:last], len(left) - first)


def find_broken(
    raw: str, spans: Iterable[tuple[int, int]], least: float = CERTAIN
) -> dict[str, tuple[int, int]]:
    """Return the different words that the spans break, each with the span that does.

    least is the gain from which a word counts as broken: CERTAIN or LIKELY.
    """
    broken: dict[str, tuple[int, int]] = {}
    for span in spans:
        found = measure_break(raw, *span)
        if found.gain >= least:
            broken.setdefault(found.word, span)
    return broken
