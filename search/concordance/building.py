"""Build a concordance: find all places, sample and sort them, and cut the lines of one page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.concordance.lines import read_lines
from search.concordance.ordering import draw_sample, order_places
from search.concordance.request import ConcordanceRequest
from search.concordance.result import Concordance, ConcordanceLine
from search.study.forms import keep_form
from search.study.opening import open_study
from search.study.places import Places
from search.study.positions import choose_places

# Lines in memory at a time where all are wanted; each batch takes two queries, and SQLite takes
# no more than 32,766 values in one.
BATCH: Final = 20_000


@dataclass(frozen=True)
class LocatedLines:
    """The answer without lines, and where its lines are to be read, in their order."""

    answer: Concordance
    index: ArrayIndex
    places: Places
    order: Array

    def read(self, first: int, last: int) -> list[ConcordanceLine]:
        """Return the lines from first up to last, counted from 0."""
        rows = self.order[first:last]
        return read_lines(self.index, self.places.take(rows), self.answer.request.context)

    def read_all(self) -> Iterator[ConcordanceLine]:
        """Yield all lines, a batch in memory at a time."""
        for first in range(0, len(self.order), BATCH):
            yield from self.read(first, first + BATCH)


def build_concordance(request: ConcordanceRequest) -> Concordance:
    """Return the request's page of lines and its counts.

    Raise QueryError for an unreadable text. The number of database queries does not depend on
    what is found.
    """
    window = range(sys.maxsize)
    if request.per_page is not None:
        first = (request.page - 1) * request.per_page
        window = range(first, first + request.per_page)
    located = locate_lines(request, window)
    return replace(located.answer, lines=located.read(window.start, window.stop))


def locate_lines(request: ConcordanceRequest, window: range) -> LocatedLines:
    """Return the request's counts and where the lines of the window stand, whatever its page."""
    study = open_study(request.search, hits_alone=True)
    found = keep_form(study, request.form) if request.form else study.places
    found = choose_places(study.index, found, request.where)
    drawn = found
    if request.sample is not None:
        drawn = draw_sample(found, request.sample, request.seed)
    answer = Concordance(
        grounds=study.grounds,
        request=request,
        total=len(found),
        speeches=len(np.unique(found.speech_ids)),
        drawn=len(drawn),
        undated=int((found.dates == 0).sum()),
        lines=[],
    )
    return LocatedLines(
        answer, study.index, drawn, order_places(study.index, drawn, request, window)
    )
