"""What concordance and trends ask of the corpus; whatever keeps it, they count the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.matching.limits import Limit
from search.matching.reading import QueryReading
from search.query.nodes import Node
from search.request import Match
from search.result import Coverage


@dataclass(frozen=True, slots=True)
class SpeechDays:
    """Speeches by their first and last day, as ordinals, 0 for none.

    Row by row how many they are and how many characters they have together.
    """

    first: Array
    last: Array
    speeches: Array
    characters: Array


class CountedCorpus(Protocol):
    """One state of the corpus, of what whoever asks may see."""

    @property
    def is_stale(self) -> bool:
        """Tell whether it may not be all that is published, or is made by older rules."""

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus; raise QueryError where it can't be read."""

    def gather(self, tree: Node, limits: Sequence[Limit], unit: str) -> ArrayIndex:
        """Return arrays of all speeches that have a hit of a query under the limits, or more.

        Raise QueryError where that is more text than can be counted while somebody waits.
        """

    def gather_all(self) -> ArrayIndex:
        """Return arrays of all speeches; raise QueryError where that is too much, too."""

    def gather_speech(self, speech_id: int) -> ArrayIndex:
        """Return arrays that hold a speech, if the corpus does."""

    def list_days(self, limits: Sequence[Limit]) -> SpeechDays:
        """Return the days of the speeches that satisfy the limits."""

    def measure(self, limits: Sequence[Limit] = ()) -> Coverage:
        """Return the size of what the limits leave."""

    def count_years(self) -> dict[int, int]:
        """Return how many speeches begin in each year."""

    def count_characters(self) -> tuple[int, int]:
        """Return the number of speeches and of their characters."""
