"""One query over a selection, read once: what all views of it count in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from search.arrays.store import ArrayIndex
from search.arrays.tables import Array, Mask
from search.counting.corpus import CountedCorpus
from search.counting.opening import open_counted
from search.index.access import read_index_version
from search.matching.names import DatabaseNames
from search.matching.occurrences import Occurrences, keep_judged, names_text
from search.matching.selection import (
    Judged,
    Selection,
    judge,
    read_selection,
    select_speeches,
)
from search.query.nodes import Node
from search.request import SearchRequest
from search.result import Coverage, RunReading
from search.study.answer import Grounds
from search.study.places import Places, gather_places


@dataclass(frozen=True)
class Study:
    """A query and its facets over one state of the corpus; what is asked of it is worked out once.

    Lists have one entry for each segment of the index. hits_alone: nothing is asked of it but
    what the hits tell, so speeches without one need not be in its index.
    """

    corpus_held: CountedCorpus
    selection: Selection
    names: DatabaseNames
    runs: tuple[RunReading, ...] = ()
    version: str = ""
    hits_alone: bool = False

    @cached_property
    def index(self) -> ArrayIndex:
        """Return the arrays that are counted in; raise QueryError where that is too much text."""
        if not self.hits_alone:
            return self.corpus_held.gather_all()
        one = self.selection
        return self.corpus_held.gather(one.node, one.limits, one.unit)

    @property
    def has_key(self) -> bool:
        """Tell whether the query names something that stands in texts and can be counted."""
        return names_text(self.selection.node)

    @cached_property
    def judged(self) -> list[Judged]:
        """Return which nodes satisfy query and facets, and which of them are hits."""
        return [judge(live, self.selection, self.names) for live in self.index.segments]

    @cached_property
    def matched(self) -> list[Mask]:
        """Return the speeches that have a hit."""
        masks = []
        for live, judged in zip(self.index.segments, self.judged, strict=True):
            mask = np.zeros(live.segment.tables.speech_count, dtype=np.bool_)
            mask[live.segment.node_speech[judged.hits]] = True
            masks.append(mask)
        return masks

    @cached_property
    def limited(self) -> list[Mask]:
        """Return the speeches that the facets leave: those that were looked through."""
        return select_speeches(self.index, self.selection.limits, self.names)

    @cached_property
    def occurrences(self) -> list[Occurrences]:
        """Return every place of the query's positive terms in what satisfies it."""
        pairs = zip(self.index.segments, self.judged, strict=True)
        return [keep_judged(live, self.selection, one, self.names) for live, one in pairs]

    @cached_property
    def counts(self) -> list[Array]:
        """Return how many occurrences each speech has."""
        pairs = zip(self.index.segments, self.occurrences, strict=True)
        return [
            np.bincount(
                live.segment.node_speech[found.nodes],
                minlength=live.segment.tables.speech_count,
            )
            for live, found in pairs
        ]

    @cached_property
    def places(self) -> Places:
        """Return the occurrences as one table, by speech id and in reading order."""
        return gather_places(self.index, self.occurrences)

    @cached_property
    def searched(self) -> Coverage:
        """Return the size of what the facets leave of the corpus."""
        return self.corpus_held.measure(self.selection.limits)

    @property
    def corpus(self) -> Coverage:
        """Return the size of the whole corpus."""
        return self.corpus_held.measure()

    @property
    def grounds(self) -> Grounds:
        """Return what an answer about the query rests on."""
        return Grounds(
            understood=self.selection.node.describe(),
            runs=self.runs,
            has_key=self.has_key,
            searched=self.searched,
            corpus=self.corpus,
            version=self.version,
            stale=self.corpus_held.is_stale,
        )

    def ask_beside(self, request: SearchRequest) -> Study:
        """Return the study of another search over the same state of the corpus.

        Their masks are of the same segments, whatever is published meanwhile. Raise QueryError
        for a text that can't be read.
        """
        reading = self.corpus_held.read(request.text, request.match)
        selection = read_selection(request, reading)
        return replace(self, selection=selection, runs=reading.runs)

    def ask_within(self, node: Node) -> Study:
        """Return the study of another query in the speeches that satisfy this one and its facets.

        Whole speeches count for both.
        """
        limits = (*self.selection.limits, self.selection.node)
        return replace(self, selection=Selection(node, limits, "speech"), runs=())


def open_study(request: SearchRequest, *, hits_alone: bool = False) -> Study:
    """Return the study of a search; raise QueryError for a text that can't be read."""
    version = read_index_version() or ""
    corpus = open_counted()
    reading = corpus.read(request.text, request.match)
    selection = read_selection(request, reading)
    return Study(corpus, selection, DatabaseNames(), reading.runs, version, hits_alone)


def measure_matched(request: SearchRequest) -> Coverage:
    """Return the size of the speeches that a search finds; raise QueryError as open_study does."""
    study = open_study(request.change(unit="speech"))
    return study.corpus_held.measure((*study.selection.limits, study.selection.node))
