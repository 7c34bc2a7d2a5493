"""Where two titles part: the one stretch in which their words differ, and what it says."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Postfix, Prefix

from corpus_app.catalog.identity.titles import drop_generic
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.numerals import read_ordinal, read_year

# Words so long that replace each other are no slip of the pen.
LEAST_REPLACED: Final = 2
# Numbers in figures and in characters, and the letters that count groups.
_MARK: Final = re.compile(r"[0-9〇零一二三四五六七八九十]+|[a-z]+")


def find_difference(first: str, second: str) -> tuple[str, str]:
    """Return what stands in each of two words between their common beginning and end.

    >>> find_difference("在上午会议上的讲话", "在下午会议上的讲话")
    ('上', '下')
    """
    start = Prefix.similarity(first, second)
    mine, theirs = first[start:], second[start:]
    end = Postfix.similarity(mine, theirs)
    return mine[: len(mine) - end], theirs[: len(theirs) - end]


def name_two_members(first: str, second: str) -> bool:
    """Return whether two titles differ by members of one row alone: 上午, 下午; 一班, 二班.

    >>> name_two_members("在十周年座谈会上的讲话", "在二十周年座谈会上的讲话")
    True
    """
    rows = read_rules("identity")["titles"]["members"]
    mine, theirs = find_difference(first, second)
    if mine and theirs and any(mine in row and theirs in row for row in rows):
        return True
    if _MARK.sub("#", first) != _MARK.sub("#", second):
        return False
    marks = ([_read_mark(mark) for mark in _MARK.findall(words)] for words in (first, second))
    return next(marks) != next(marks)


def name_two_events(first: str, second: str) -> bool:
    """Return whether one word of two titles is replaced by quite another: 党组会议, 主任会议.

    Words that any occasion has (动员, 部署) name none.
    """
    if _MARK.sub("#", first) == _MARK.sub("#", second):
        return False  # the same number, written in two ways
    mine, theirs = (drop_generic(words) for words in find_difference(first, second))
    long = min(len(mine), len(theirs)) >= LEAST_REPLACED
    return long and not set(mine) & set(theirs)


def _read_mark(mark: str) -> int | str:
    return read_ordinal(mark) or read_year(mark) or mark
