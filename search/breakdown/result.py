"""What a breakdown answers; plain values that pages, exports and the API print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.breakdown.request import BreakdownRequest
from search.request import SearchRequest
from search.study.answer import StudyAnswer

PER_CHARACTERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """How often, in how many speeches, and out of how many speeches and characters.

    occurrences are None where the query names nothing that could be counted.
    """

    occurrences: int | None
    speeches: int
    searched: int
    characters: int

    @property
    def rate(self) -> float | None:
        """Return the occurrences per 10,000 characters, None where there is nothing to count in."""
        if self.occurrences is None or not self.characters:
            return None
        return self.occurrences * PER_CHARACTERS / self.characters


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A value of a key: as a condition names it, "" where it is not known, and as it is shown."""

    key: str
    value: str
    label: str

    @property
    def condition(self) -> str:
        """Return the condition of `only` that lets through the speeches that have it."""
        return f"{self.key}:{self.value}"


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """The speeches that have a value of each key."""

    values: tuple[KeyValue, ...]
    figures: GroupCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown(StudyAnswer):
    """The answer to a request: a row for each combination of values that a speech has.

    axes are the values of each key, in the order in which they are shown; sums those of each,
    total that of all. overlaps tells whether a speech may stand in several rows.
    """

    request: BreakdownRequest
    rows: list[BreakdownRow]
    axes: tuple[list[KeyValue], ...]
    sums: tuple[dict[str, GroupCounts], ...]
    total: GroupCounts

    @property
    def overlaps(self) -> bool:
        """Tell whether rows add up to more than the total: a speech bears several themes."""
        return "theme" in self.request.by

    def find_places(self, *values: KeyValue) -> SearchRequest:
        """Return the search that finds what a figure of these values counts."""
        search = self.request.search
        return search.change(only=(*search.only, *(value.condition for value in values)))
