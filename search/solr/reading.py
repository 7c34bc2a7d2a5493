"""The speeches of a page read from the database and laid out as segments in memory.

So marks, paths and excerpts are made by the same code as over the arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.kept import read_corpus_version
from search.arrays.building import build_tables
from search.arrays.segment import LooseSegment
from search.arrays.store import LiveSegment
from search.index.published import make_record, read_speeches
from search.matching.hits import HitTable

# Bytes of one process: a speech takes four for a character and a little for its sections.
_BYTES: Final = 16 * 1024 * 1024
SEGMENTS: Final = BoundedCache(
    _BYTES, lambda segment: int(segment.tables.columns["codes"].nbytes) + 2000
)


@dataclass(frozen=True, slots=True)
class Row:
    """A unit that Solr found: its speech, its section (0: the whole speech) and its score."""

    speech_id: int
    section_id: int
    score: float


def read_segments(speech_ids: Collection[int]) -> dict[int, LooseSegment]:
    """Return a segment for each speech that counts, by its id."""
    version = read_corpus_version()
    found = {pk: SEGMENTS.find((version, pk)) for pk in speech_ids}
    missing = [pk for pk, segment in found.items() if segment is None]
    for speeches in read_speeches(missing) if missing else ():
        for speech in speeches:
            tables = build_tables([make_record(speech)])
            found[speech.pk] = LooseSegment(tables, f"speech-{speech.pk}")
            SEGMENTS.keep((version, speech.pk), found[speech.pk])
    return {pk: segment for pk, segment in found.items() if segment is not None}


def lay_out_speeches(speech_ids: Collection[int]) -> tuple[LiveSegment, ...]:
    """Return segments of all speeches that count, some hundred in each; nothing of them is kept."""
    tables = (
        build_tables([make_record(speech) for speech in speeches])
        for speeches in (read_speeches(speech_ids) if speech_ids else ())
        if speeches
    )
    segments = [LooseSegment(each, f"gathered-{at}") for at, each in enumerate(tables)]
    return tuple(
        LiveSegment(each, np.ones(each.tables.speech_count, dtype=np.bool_)) for each in segments
    )


def lay_out(rows: Iterable[Row]) -> tuple[HitTable, list[float]]:
    """Return the rows as a table of hits, with their scores.

    A row whose section the database has no more is left out: the index is late.
    """
    listed = list(rows)
    segments = read_segments(dict.fromkeys(row.speech_id for row in listed))
    numbers = {pk: number for number, pk in enumerate(segments)}
    places: list[tuple[int, int]] = []
    scores: list[float] = []
    for row in listed:
        node = _find_node(segments.get(row.speech_id), row.section_id)
        if node is not None:
            places.append((numbers[row.speech_id], node))
            scores.append(row.score)
    table = np.array(places, dtype=np.int64).reshape(-1, 2)
    live = tuple(LiveSegment(each, np.ones(1, dtype=np.bool_)) for each in segments.values())
    return HitTable(live, table[:, 0], table[:, 1], np.zeros(len(table), dtype=np.int64)), scores


def _find_node(segment: LooseSegment | None, section_id: int) -> int | None:
    if segment is None:
        return None
    nodes = (segment.tables.columns["node_pk"] == section_id).nonzero()[0]
    return int(nodes[0]) if len(nodes) else None
