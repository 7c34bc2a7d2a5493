"""Names in no list that a site injected: told by how they stand between the halves of a word."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus_app.ingest.rule_files import RULES, read_rules
from corpus_app.text.chars import HAN, Codes, read_codes

RUN_CHARS = 7
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
    found = (_measure(raw, places) for places in _find_repeated(raw))
    names = sorted({name for name in found if name}, key=len, reverse=True)
    return [n for i, n in enumerate(names) if not any(n in longer for longer in names[:i])]


def _find_repeated(raw: str) -> Iterator[list[int]]:
    """Yield the places of each beginning of a name that comes again, always in running text.

    Before one of them at least a word seems to break off.
    """
    codes = read_codes(raw)
    inside, inner = _mark_running(codes)
    places = inside.nonzero()[0]
    if len(places) < 2:
        return
    free = _mark_free()[codes]
    inner[1:] &= ~(free[1:] | free[:-1])
    first, second, third = (codes[places + at].astype(np.int64) for at in range(SHORTEST))
    keys = (first << 32) | (second << 16) | third
    order = keys.argsort(kind="stable")
    keys, places = keys[order], places[order]
    starts = np.concatenate(([0], (keys[1:] != keys[:-1]).nonzero()[0] + 1))
    sizes = np.diff(starts, append=len(keys))
    torn = np.logical_or.reduceat(inner[places], starts)
    for group in ((sizes >= 2) & (sizes <= MOST_TIMES) & torn).nonzero()[0]:
        found = places[starts[group] : starts[group] + sizes[group]].tolist()
        beginning = raw[found[0] : found[0] + SHORTEST]
        torn_once = any(inner[at] and _seems_torn(raw, at) for at in found)
        if torn_once and len(found) == raw.count(beginning):
            yield found


def _mark_running(codes: Codes) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return where a name may begin inside a stretch of running text, and where a word may break.

    The latter needs one character more on both sides.
    """
    han = (codes >= ord(HAN[0])) & (codes <= ord(HAN[-1]))
    edges = np.diff(han.astype(np.int8), prepend=0, append=0).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= RUN_CHARS
    starts, ends = starts[long], ends[long]
    marked = np.zeros((2, len(codes) + 1), dtype=np.int8)
    for row, margin in zip(marked, (1, 2), strict=True):
        row[starts + margin] += 1
        row[ends - SHORTEST - margin + 1] -= 1
    inside, inner = marked.cumsum(axis=1)[:, :-1] > 0
    return inside, inner


def _seems_torn(raw: str, at: int) -> bool:
    """Say whether no word ends or goes on before a place."""
    words = load_words()
    return raw[at - 1 : at + 1] not in words and raw[at - 2 : at] not in words


@cache
def _mark_free() -> npt.NDArray[np.bool_]:
    marks = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    marks[list(map(ord, _load_free()))] = True
    return marks


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
