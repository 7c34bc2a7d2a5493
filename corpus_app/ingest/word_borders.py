"""Whether a known wording stands in a text as words of its own, not inside longer ones."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.noise.breaks import (
    LIKELY,
    Break,
    find_single,
    is_verb_phrase,
    measure_break,
)
from corpus_app.ingest.rule_files import read_rules

NUMERALS: Final = "一二两三四五六七八九十百千万几多0123456789０１２３４５６７８９第"
# What stands behind the measure word is what is counted.
_COUNT: Final = re.compile("[两三四五六七八九十](?=[个大项种条])")
# A compound goes on with what is counted: 三个代表团 counts delegations. Beside the wordings of
# the registry nothing else came above this (benchmarks/mention_borders.py).
_COMPOUND: Final = 1.5
# So short a wording may be said of other things as well.
_SHORT: Final = 3
_PAIR: Final = 2


@cache
def may_stand_bare(words: str) -> bool:
    """Return whether a registered wording means itself without quotation marks, too.

    One of three characters does unless it is two verbs, which any sentence may say (走出去看看);
    one of two where rules/slogans.toml says so.
    """
    if len(words) <= _PAIR:
        return words in _load_borders("pairs")
    return len(words) > _SHORT or not is_verb_phrase(words)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether text[start:end] begins and ends where words do.

    创新发展理念 is cut 创新 / 发展理念, so that 新发展理念 does not stand there. A compound of
    whole words is no longer word: 脱贫攻坚 stands in 脱贫攻坚战, save where the wording counts. A
    single character beside it that makes a word with its edge is part of that word: 中国方案例.
    """
    if text[start : start + 1] in (*NUMERALS,) and text[start - 1 : start] in (*NUMERALS,):
        return False
    if any(_holds(text, name, start, end) for name in _load_borders("names")):
        return False
    if "、" in text[start:end] or "，" in text[start:end]:
        return True  # of several clauses, which no other words make by chance
    at_start, at_end = measure_break(text, start, start), measure_break(text, end, end)
    if _takes_part(at_start, len(at_start.word) - at_start.before, end - start):
        return False
    if _takes_part(at_end, at_end.before, end - start):
        return False
    if _COUNT.match(text, start) and _counts_on(at_end):
        return False
    alone = _load_borders("alone")
    return all(char in alone for char, _word in find_single(text, start, end))


def _holds(text: str, name: str, start: int, end: int) -> bool:
    """Tell whether a longer name stands around text[start:end]."""
    at = text.find(name, max(0, end - len(name)), start + len(name))
    return 0 <= at <= start and end <= at + len(name)


def _takes_part(found: Break, inside: int, size: int) -> bool:
    """Tell whether a word takes one character out of the wording, or holds the whole of it."""
    return found.gain >= LIKELY and (inside == 1 or inside >= size)


def _counts_on(found: Break) -> bool:
    return found.gain >= _COMPOUND and found.word[found.before :] not in _load_borders("behind")


@cache
def _load_borders(name: str) -> frozenset[str]:
    return frozenset(read_rules("slogans")["borders"][name])
