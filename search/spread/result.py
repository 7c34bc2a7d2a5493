"""What a spread answers; plain values that pages, exports and the API print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.days import SpeechDay
from search.request import SearchRequest
from search.spread.request import SpreadRequest
from search.study.answer import StudyAnswer

# Fewer speeches than these before the first one, and nothing is said of what was before.
FEWEST_EARLIER: Final = 3
# A year with less text is too thin to compare; fewer such years or occurrences show no course.
FEWEST_SPEECHES: Final = 3
FEWEST_CHARACTERS: Final = 10_000
FEWEST_YEARS: Final = 3
FEWEST_OCCURRENCES: Final = 10
PER_CHARACTERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SpeechPoint:
    """A speech where the expression stands; section_key is that of its first place there."""

    speech_id: int
    section_key: str | None
    title: str
    day: SpeechDay
    organisation: str
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """The first speech of a group that has the expression.

    Dates are as precise as their sources: the first is the one whose last possible day is the
    earliest, rivals counts the others that may be as early. earlier counts the speeches of the
    group that were looked through and are surely from before. lag is how many days later than
    the first of all, at least and at most; None for a group that has it without a date.
    """

    key: str
    value: str
    label: str
    point: SpeechPoint | None
    rivals: int
    earlier: int
    lag: tuple[int, int] | None
    occurrences: int
    speeches: int
    searched: int

    @property
    def is_thin(self) -> bool:
        """Tell whether too little is from before to say that it was not there."""
        return self.earlier < FEWEST_EARLIER


@dataclass(frozen=True, slots=True)
class SpreadYear:
    """A year with its figures; all are zero where there is no text of it."""

    year: int
    occurrences: int
    speeches: int
    searched: int
    characters: int

    @property
    def rate(self) -> float | None:
        """Return the occurrences per 10,000 characters, None without text."""
        return self.occurrences * PER_CHARACTERS / self.characters if self.characters else None

    @property
    def is_thin(self) -> bool:
        """Tell whether there is too little text to compare with."""
        return self.searched < FEWEST_SPEECHES or self.characters < FEWEST_CHARACTERS


@dataclass(frozen=True, slots=True)
class CourseTurns:
    """When it rose, stood highest and faded, by the rates of the years that are not thin.

    rise is the first year with half the rate of the peak or more, fading the first behind the
    peak from which on all have less than half, None where there is none.
    """

    rise: int
    peak: int
    fading: int | None


@dataclass(frozen=True, slots=True)
class OutlinePoint:
    """A heading that has the expression: the place of its section among those beside it."""

    speech: SpeechPoint
    heading: str
    rank: int
    count: int
    depth: int


@dataclass(frozen=True, slots=True)
class OutlineRank:
    """The headings of one body through the years, one for each speech, in order of their dates."""

    organisation: str
    points: list[OutlinePoint]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(StudyAnswer):
    """The answer to a request.

    levels run from the centre down, places from the earliest. undated counts the speeches that
    have it and bear no date. turns is None where the corpus is too thin to tell. ranks are those
    of the bodies with most such headings; heading_speeches counts all speeches that have one.
    """

    request: SpreadRequest
    total: int
    speeches: int
    undated: int
    first: FirstSeen | None
    levels: list[FirstSeen]
    places: list[FirstSeen]
    place_count: int
    years: list[SpreadYear]
    turns: CourseTurns | None
    ranks: list[OutlineRank]
    heading_speeches: int

    def find_places(self, key: str, value: str) -> SearchRequest:
        """Return the search that finds what a figure of a group counts."""
        search = self.request.search
        return search.change(only=(*search.only, f"{key}:{value}"))
