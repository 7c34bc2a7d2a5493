"""The occurrences of all segments as columns: little more than numbers, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from corpus_app.text.equality import SENTINEL
from search.arrays.store import ArrayIndex, LiveSegment
from search.arrays.tables import Array
from search.matching.occurrences import Occurrences


@dataclass(frozen=True, slots=True)
class Places:
    """One row for each occurrence.

    segment is the segment's number in the index; starts, ends, lows and highs are places in its
    characters, lows and highs those of the title, subtitle or text (zones 0, 1, 2) around it;
    nodes is the deepest node, date the first day as an ordinal or 0.
    """

    segments: Array
    starts: Array
    ends: Array
    lows: Array
    highs: Array
    zones: Array
    nodes: Array
    speech_ids: Array
    dates: Array

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: Array) -> Places:
        """Return the chosen rows in the order given."""
        return Places(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @classmethod
    def join(cls, parts: Sequence[Places]) -> Places:
        """Return the rows of all parts."""
        return cls(
            **{
                field.name: np.concatenate([getattr(part, field.name) for part in parts])
                for field in fields(cls)
            }
        )


def gather_places(index: ArrayIndex, occurrences: Sequence[Occurrences]) -> Places:
    """Return the occurrences of all segments, by speech id and in reading order.

    The order does not tell how the index happens to be parted into segments.
    """
    pairs = zip(index.segments, occurrences, strict=True)
    parts = [_lay_out(number, live, found) for number, (live, found) in enumerate(pairs)]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Places(*[none] * len(fields(Places)))
    places = Places.join(parts)
    return places.take(np.lexsort((places.ends, places.starts, places.speech_ids)))


def _lay_out(number: int, live: LiveSegment, found: Occurrences) -> Places:
    segment = live.segment
    speeches = segment.node_speech[found.nodes]
    borders = segment.find([(SENTINEL,)])
    at = np.searchsorted(borders, found.starts)
    first = np.searchsorted(borders, segment.node_start[segment.roots])[speeches]
    return Places(
        segments=np.full(len(found.starts), number, dtype=np.int32),
        starts=found.starts,
        ends=found.ends,
        lows=np.append(borders, -1)[at - 1] + 1,
        highs=borders[at],
        zones=(at - first).astype(np.int8),
        nodes=found.nodes.astype(np.int32),
        speech_ids=segment.speech_ids[speeches],
        dates=np.asarray(segment.tables.columns["date_first"])[speeches],
    )
