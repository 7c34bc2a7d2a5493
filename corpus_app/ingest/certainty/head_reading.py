"""What is known of a page's head once it was read, for whoever doubts the values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corpus_app.ingest.draft import Evidence
from corpus_app.ingest.formats.extracted import Statement
from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.reading import LabelledPage

_MARKS: Final = re.compile(r"[\s《》·•．・‧.]+")


def fold(value: str) -> str:
    """Return a value as values are compared: without blanks, title marks and dots."""
    return _MARKS.sub("", value)


@dataclass(frozen=True)
class HeadReading:
    """A page as it was labelled, what a second reader makes of it, and what its format states.

    title is the place of the title's first line, below zero where there is none; second_values
    are what was read from the second reader's labels.
    """

    page: LabelledPage
    title: int
    second_labels: Sequence[Label]
    second_values: Mapping[str, str]
    stated: Sequence[Statement] = ()

    @cached_property
    def folded(self) -> Sequence[tuple[int, str]]:
        """The places of the lines that are shown, each with its words as values are compared."""
        units = enumerate(self.page.units)
        return [(place, fold(unit.text)) for place, unit in units if not unit.gone]

    def find_places(self, found: Evidence) -> list[int]:
        """Return the places of the units that bear a value, none where no line does."""
        if found.start is None or found.end is None:
            return []
        span = range(found.start, found.end + 1)
        units = enumerate(self.page.units)
        return [n for n, unit in units if unit.start in span and unit.end in span]
