"""What a trend answers; plain values that pages, exports and the API print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.result import RunReading
from search.study.answer import StudyAnswer
from search.trends.request import TrendRequest

PER_CHARACTERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time ("2021", "2021-03") and how much text there is of it.

    characters are those of titles, subtitles and texts, white space not counted, as these are
    what expressions are counted in. is_thin tells that there is too little to compare with.
    """

    label: str
    speeches: int
    characters: int
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """An expression in a period: occurrences, and speeches that satisfy it.

    per_10k is occurrences per 10,000 characters and share speeches per speech (0 to 1) of the
    period. All are None where the period has no text: nothing was looked through, so that
    nothing was counted. Occurrences alone are None where the expression has nothing to count.
    """

    occurrences: int | None
    speeches: int | None
    per_10k: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """One expression through all periods, points in the order of the trend's periods.

    runs tells how the expression's runs were read. imprecise counts the speeches whose date is
    too coarse for the periods, undated those without one; total is all three.
    has_key is False where the expression names nothing that could be counted.
    """

    expression: str
    understood: str
    has_key: bool
    points: list[Point]
    imprecise: Point
    undated: Point
    total: Point
    runs: tuple[RunReading, ...] = ()

    @property
    def query(self) -> str:
        """Return the query that finds the same speeches in a search."""
        return self.expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(StudyAnswer):
    """The answer to a request; periods are without holes from the first with text to the last.

    imprecise, undated and total are the text outside of periods and all of it. Its grounds are
    those of the filters: searched is what their facets and text leave of the corpus.
    """

    request: TrendRequest
    periods: list[Period]
    imprecise: Period
    undated: Period
    total: Period
    series: list[Series]
