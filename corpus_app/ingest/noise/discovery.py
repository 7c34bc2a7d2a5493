"""Names in no list that a site injected: told by how they stand between the halves of a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from corpus_app.ingest.rule_files import RULES, read_rules
from corpus_app.text.chars import HAN

RUN = re.compile(f"[{HAN}]{{7,}}")
SHORTEST, LONGEST = 3, 10
# Longer texts are no single speech; what is repeated more often is a word of its subject.
MOST_CHARS = 300_000
MOST_TIMES = 60


@cache
def load_words() -> frozenset[str]:
    """Return the common two-character words of rules/common_words.txt."""
    text = (RULES / "common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(line[0] + second for line in lines for second in line[1:])


def find_breakers(raw: str) -> list[str]:
    """Return the repeated strings that stand between the two halves of a common word.

    总结经某某验 … 群某某众: never at the edge of a clause, always between other neighbours, and
    what is left and right of them makes a word where neither half makes one by itself. No
    phrase of the speech's own does so twice.
    """
    if len(raw) > MOST_CHARS:
        return []
    torn = {raw[start : start + SHORTEST] for start in _find_torn(raw)}
    found = (_measure(raw, places) for places in _find_repeated(raw, torn))
    names = sorted({name for name in found if name}, key=len, reverse=True)
    return [n for i, n in enumerate(names) if not any(n in longer for longer in names[:i])]


def _find_torn(raw: str) -> Iterator[int]:
    """Yield the places in running text before which a word seems to break off."""
    words, free = load_words(), _load_free()
    for run in RUN.finditer(raw):
        text, start = run.group(), run.start()
        for at in range(2, len(text) - SHORTEST - 1):
            if text[at - 1] in free or text[at - 1 : at + 1] in words:
                continue
            if text[at - 2 : at] not in words and text[at] not in free:
                yield start + at


def _find_repeated(raw: str, beginnings: set[str]) -> Iterator[list[int]]:
    """Yield the places of each beginning that comes again and always inside running text."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for run in RUN.finditer(raw):
        text, start = run.group(), run.start()
        for at in range(1, len(text) - SHORTEST):
            beginning = text[at : at + SHORTEST]
            if beginning in beginnings:
                places[beginning].append(start + at)
    for beginning, starts in places.items():
        if 2 <= len(starts) <= MOST_TIMES and len(starts) == raw.count(beginning):
            yield starts


@cache
def _load_free() -> frozenset[str]:
    """Return the characters that often stand alone, as words of their own."""
    return frozenset(read_rules("noise_phrases")["discovery"]["free"])


def _measure(raw: str, starts: list[int]) -> str | None:
    """Return the name that begins at all these places, None where it does not break words."""
    words, free = load_words(), _load_free()
    if len({raw[p - 1] for p in starts}) < 2 or any(raw[p - 1 : p + 1] in words for p in starts):
        return None
    best: str | None = None
    for size in range(SHORTEST, LONGEST + 1):
        if len({raw[p : p + size] for p in starts}) > 1:
            break
        ends = [p + size for p in starts]
        apart = len({raw[end : end + 1] for end in ends}) > 1 and raw[ends[0] - 1] not in free
        if apart and not any(raw[end - 1 : end + 1] in words for end in ends):
            best = raw[starts[0] : ends[0]] if _breaks_words(raw, starts, size) else best
    return best


def _breaks_words(raw: str, starts: list[int], size: int) -> bool:
    """Say whether enough of the words around a name join into one: two, or one of many."""
    words, free = load_words(), _load_free()
    joined = broken = 0
    for start in starts:
        left, right = raw[start - 1], raw[start + size : start + size + 1]
        if not "\u4e00" <= right <= "\u9fff":
            return False
        if left in free or right in free or left + right not in words:
            continue
        joined += 1
        halves = {raw[start - 2 : start], raw[start + size : start + size + 2]}
        broken += words.isdisjoint(halves)
    return broken >= 1 and (joined >= 2 or (len(starts) > 2 and size > SHORTEST))
