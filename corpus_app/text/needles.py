"""What must stand in a text for a pattern to match in it, so that most need not be tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from re import _constants as ops, _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

# A class of more characters says little: most texts hold one of them.
_WIDEST: Final = 40
_MOST: Final = 200
_REPEATS: Final = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

Needles = frozenset[str]


@cache
def list_needles(pattern: re.Pattern[str]) -> tuple[Needles, ...]:
    """Return sets of strings: of each one stands in every text that the pattern matches in.

    Empty where the pattern's form tells of none.

    >>> [sorted(one) for one in list_needles(re.compile("第[一二]次(?:会议|全会)"))]
    [['第'], ['一', '二'], ['次'], ['会议', '全会']]
    """
    return tuple(_list_parts(parser.parse(pattern.pattern, pattern.flags), pattern.flags))


def may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether the text has what the pattern can't do without."""
    return all(any(needle in text for needle in part) for part in list_needles(pattern))


def _list_parts(items: Iterable[Any], flags: int) -> Iterator[Needles]:
    """Yield the needles of each part of a sequence; neighbouring characters are one string."""
    run = ""
    for operation, value in items:
        if operation is ops.LITERAL and not _varies(chr(value), flags):
            run += chr(value)
            continue
        if run:
            yield frozenset((run,))
        run = ""
        yield from _read_part(operation, value, flags)
    if run:
        yield frozenset((run,))


def _read_part(operation: Any, value: Any, flags: int) -> Iterator[Needles]:
    if operation is ops.SUBPATTERN:
        yield from _list_parts(value[3], (flags | value[1]) & ~value[2])
    elif operation in _REPEATS and value[0] > 0:
        yield from _list_parts(value[2], flags)
    elif operation is ops.ASSERT:
        yield from _list_parts(value[1], flags)
    elif operation in (ops.IN, ops.BRANCH):
        branches = (_choose(_list_parts(branch, flags)) for branch in value[-1])
        found = _read_class(value, flags) if operation is ops.IN else _join(branches)
        if found is not None:
            yield found


def _read_class(members: Sequence[tuple[Any, Any]], flags: int) -> Needles | None:
    found: set[str] = set()
    for operation, value in members:
        if operation is ops.LITERAL:
            found.add(chr(value))
        elif operation is ops.RANGE and value[1] - value[0] < _WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    narrow = len(found) <= _WIDEST and not any(_varies(char, flags) for char in found)
    return frozenset(found) if narrow else None


def _varies(char: str, flags: int) -> bool:
    """Say whether another character counts as this one where case is ignored."""
    return bool(flags & re.IGNORECASE) and char.lower() != char.upper()


def _join(branches: Iterable[Needles | None]) -> Needles | None:
    found: set[str] = set()
    for branch in branches:
        if branch is None:
            return None
        found |= branch
    return frozenset(found) if len(found) <= _MOST else None


def _choose(parts: Iterable[Needles]) -> Needles | None:
    """Return the rarest of parts that must all stand there, by its form; None of none."""
    return max(parts, key=lambda part: (min(map(len, part)), -len(part)), default=None)


class GuardedPatterns:
    """Patterns of which but those are tried on a short text that may match in it."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        needles = [_choose(list_needles(pattern)) for pattern in patterns]
        self._always = [place for place, found in enumerate(needles) if found is None]
        common = Counter(char for found in needles for needle in found or () for char in needle)
        places: dict[str, set[int]] = {}
        for place, found in enumerate(needles):
            for needle in found or ():
                # One of its characters stands for the string: that which tells most.
                places.setdefault(min(needle, key=common.__getitem__), set()).add(place)
        self._places = places
        self._chars = frozenset(places)

    def select(self, text: str) -> list[int]:
        """Return the places of the patterns that may match in a text, in their order."""
        found = set(self._always)
        for char in self._chars.intersection(text):
            found |= self._places[char]
        return sorted(found)
