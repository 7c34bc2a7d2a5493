"""Two sides of texts, and the passages they share, as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from search.arrays.seeds import Content
from search.arrays.tables import Array


@dataclass(frozen=True)
class Side:
    """The content of one text or of many in a row; text i begins at starts[i]."""

    content: Content
    starts: Array

    @classmethod
    def of_text(cls, content: Content) -> Side:
        """Return the side of one text."""
        return cls(content, np.array([0, len(content)], dtype=np.int64))

    @classmethod
    def of_texts(cls, contents: Sequence[Content]) -> Side:
        """Return the side of some texts."""
        starts = np.cumsum([0, *map(len, contents)], dtype=np.int64)
        return cls(np.concatenate([np.zeros(0, dtype=np.uint16), *contents]), starts)

    @cached_property
    def count(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    def find_texts(self, places: Array) -> Array:
        """Return in which text each place is."""
        if self.count == 1:
            return np.zeros(len(places), dtype=np.int64)
        return self.starts.searchsorted(places, side="right") - 1


@dataclass(frozen=True)
class Sides:
    """What is compared: the texts of one side with those of another, or of the same."""

    first: Side
    second: Side


@dataclass(frozen=True)
class PassageTable:
    """A row for each passage: where it begins and ends (exclusive) in the content of both sides.

    longest is the longest run of equal characters, matched the characters in all such runs; the
    texts are numbers of each side.
    """

    first_start: Array
    first_end: Array
    second_start: Array
    second_end: Array
    first_text: Array
    second_text: Array
    longest: Array
    matched: Array

    def __len__(self) -> int:
        return len(self.first_start)

    def take(self, rows: Array) -> PassageTable:
        """Return the chosen rows in the order given."""
        return PassageTable(*(getattr(self, field.name)[rows] for field in fields(self)))

    def change(self, **columns: Any) -> PassageTable:
        """Return the rows with some columns replaced."""
        return replace(self, **columns)

    @classmethod
    def empty(cls) -> PassageTable:
        """Return a table without rows."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in fields(cls)))

    @classmethod
    def join(cls, parts: Sequence[PassageTable]) -> PassageTable:
        """Return the rows of all parts."""
        if not parts:
            return cls.empty()
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
