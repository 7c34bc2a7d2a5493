"""Parallel expressions: rows of clauses of equal length built on one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CLAUSE = re.compile(r"[\u4e00-\u9fff]{2,}")
_SEPARATOR = re.compile("[、，,]")
# A row may run on into the sentence: 把方向、管大局、保落实|的领导作用.
_TAILS = "的等上中来"
_SHORTEST, _LONGEST = 3, 8


@dataclass(frozen=True)
class Shape:
    """What makes a row of clauses an expression and no list of things (character sets)."""

    joints: frozenset[str]
    verbs: frozenset[str]
    suffixes: frozenset[str]
    links: frozenset[str]

    @classmethod
    def from_rules(cls, table: dict[str, Any]) -> Shape:
        """Return the shape read from the table [shape] of rules/slogans.toml."""
        names = ("joints", "verbs", "suffixes", "links")
        return cls(*(frozenset(table[name]) for name in names))

    def fits(self, clauses: list[str], *, loose: bool = False) -> bool:
        """Tell whether clauses of one length are built on one pattern (loose: parted by ，).

        >>> shape.fits(["民有所呼", "我有所应"])
        True
        """
        if len(clauses) < 2 or len(set(clauses)) < len(clauses):
            return False
        columns = [set(column) for column in zip(*clauses, strict=True)]
        shared = {at: clauses[0][at] for at, column in enumerate(columns) if len(column) == 1}
        last = len(columns) - 1
        if last in shared:
            return False
        if len(clauses) == 2:
            return self._is_couplet(shared, last, loose)
        return self._is_row(columns, shared)

    def _is_couplet(self, shared: dict[int, str], last: int, loose: bool) -> bool:
        if last == 3 and set(shared) == {0, 2}:  # 能上能下、能进能出
            return True
        inner = [at for at, char in shared.items() if at and char in self.joints]
        if loose:  # 民有所呼，我有所应; a comma parts ordinary clauses more often
            return last in {3, 4} and 0 not in shared and bool(inner) and len(shared) > 1
        enough = 2 if last > 3 else 1
        return last >= 3 and bool(inner) and enough <= len(shared) < last

    def _is_row(self, columns: list[set[str]], shared: dict[int, str]) -> bool:
        last = len(columns) - 1
        if last == 2 and columns[0] <= self.verbs and not columns[2] <= self.suffixes:
            return True
        # A shared beginning alone (绿色建筑、绿色能源、绿色交通) is a list of things.
        prefix = next(at for at in range(last + 1) if at not in shared)
        inner = [at for at, char in shared.items() if at > prefix and char not in self.links]
        return last <= 4 and bool(inner)


def split_clauses(expression: str) -> list[str]:
    """Return the parts of an expression between its commas (、 ， ,)."""
    return _SEPARATOR.split(expression)


def find_parallels(text: str, shape: Shape) -> Iterator[tuple[int, int]]:
    """Yield the spans [start, end) of rows of clauses that fit the shape, in order."""
    row: list[tuple[int, int]] = []
    glue = ""
    for match in _CLAUSE.finditer(text):
        mark = text[match.start() - 1 : match.start()] if row else ""
        touches = bool(row) and match.start() - row[-1][1] == 1 and mark in (*"、，,",)
        if not touches or (len(row) > 1 and mark != glue):
            yield from _search_row(text, row, shape)
            row = row[-1:] if touches else []
        glue = mark
        row.append(match.span())
    yield from _search_row(text, row, shape)


def _search_row(text: str, row: list[tuple[int, int]], shape: Shape) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 1 < len(row):
        end = at + 1
        for length in _list_lengths(text, row[at + 1]):
            spans = _extend_row(text, row, at, length)
            end = max(end, at + len(spans) - 1)
            clauses = [text[a:b] for a, b in spans]
            if shape.fits(clauses, loose=_is_loose(text, spans)):
                yield spans[0][0], spans[-1][1]
                break
        # A row that does not fit is not tried again from its second clause: linear time.
        at = end


def _is_loose(text: str, spans: list[tuple[int, int]]) -> bool:
    return bool(spans) and text[spans[0][1]] != "、"


def _list_lengths(text: str, span: tuple[int, int]) -> list[int]:
    start, end = span
    lengths = [end - start]
    for at in range(start + _SHORTEST, min(end, start + _LONGEST + 1)):
        if text[at] in _TAILS:
            lengths.append(at - start)
            break
    return [length for length in lengths if _SHORTEST <= length <= _LONGEST]


def _extend_row(
    text: str, row: list[tuple[int, int]], at: int, length: int
) -> list[tuple[int, int]]:
    """Return the clauses of one length from row[at] on; its end and the last one's begin count."""
    if row[at][1] - row[at][0] < length:
        return []
    spans = [(row[at][1] - length, row[at][1])]
    for place in range(at + 1, len(row)):
        start, end = row[place]
        if end - start != length:
            if end - start > length and text[start + length] in _TAILS:
                spans.append((start, start + length))
            break
        spans.append((start, end))
    return spans
