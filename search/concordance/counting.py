"""How often a query's words stand in one speech, by the rule that lines are counted by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.arrays.store import LiveSegment
from search.counting.opening import open_counted
from search.errors import EngineUnreachableError, QueryError
from search.matching.names import DatabaseNames
from search.matching.occurrences import find_places
from search.query.nodes import Node
from search.request import Match


@dataclass(frozen=True, slots=True)
class SpeechCount:
    """Occurrences of a query's words in a speech: in its title and subtitle, and in its text."""

    head: int
    text: int

    @property
    def total(self) -> int:
        """Return as many as the concordance has lines of the speech."""
        return self.head + self.text


def count_in_speech(query: str, speech_id: int, match: Match = "auto") -> SpeechCount | None:
    """Return how often the query's positive words stand in an indexed speech.

    Every place counts, one that overlaps another as well; the same stretch counts once. None
    where the index does not hold the speech or the query can't be read.
    """
    corpus = open_counted()
    try:
        for live in corpus.gather_speech(speech_id).segments:
            found = np.flatnonzero((live.segment.speech_ids == speech_id) & live.alive)
            if len(found):
                return _count(live, int(found[0]), corpus.read(query, match).tree)
    except (EngineUnreachableError, QueryError):
        return None
    return None


def _count(live: LiveSegment, at: int, node: Node) -> SpeechCount:
    segment = live.segment
    within = np.zeros(segment.tables.speech_count, dtype=np.bool_)
    within[at] = True
    starts, ends = find_places(segment, node, DatabaseNames(), within)
    root = segment.roots[at]
    own = (starts >= segment.node_start[root]) & (ends <= segment.node_end[root])
    text = int((own & (starts >= segment.zone("text")[0][at])).sum())
    return SpeechCount(head=int(own.sum()) - text, text=text)
