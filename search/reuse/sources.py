"""The corpus of an index, and what of it counts as one independent source.

That is a body and a year: what one body said in one year, and all versions of one speech, prove
together no more than once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Final

import numpy as np

from corpus_app.catalog.versions import map_versions
from corpus_app.text.chars import write_text
from search.arrays.segment import Segment
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array, Mask
from search.reuse.corpus import ReuseCorpus

_KEPT: Final = "reuse"
_DELIVERED: Final = "delivered"


def open_corpus(index: ArrayIndex) -> ReuseCorpus:
    """Return the corpus of an index, made once for each state of index and versions."""
    versions = map_versions()
    kept = index.notes.get(_KEPT)
    if kept is None or kept[0] != versions:
        kept = index.notes[_KEPT] = versions, _make_corpus(index, versions)
    corpus: ReuseCorpus = kept[1]
    return corpus


def _make_corpus(index: ArrayIndex, versions: Mapping[int, int]) -> ReuseCorpus:
    segments = [live.segment for live in index.segments]

    def read(name: str) -> Array:
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *(each.tables.columns[name] for each in segments)])

    ids = read("speech_id")
    first = np.array([versions.get(pk, pk) for pk in ids.tolist()], dtype=np.int64)
    masks = (live.alive for live in index.segments)
    return ReuseCorpus(
        segments=tuple(segment.seeds for segment in segments),
        speech_ids=ids,
        revision_ids=read("speech_revision"),
        alive=np.concatenate([np.zeros(0, dtype=np.bool_), *masks]),
        first_days=np.where(_mark_delivered(segments), read("date_first"), 0),
        last_days=read("date_last"),
        versions=first,
        sources=_number_sources(segments, ids, first),
    )


def _mark_delivered(segments: list[Segment]) -> Mask:
    """Return of which texts the day is that of delivery: others may be as much older as one likes.

    They are told as no later than their day.
    """
    marks = [np.zeros(0, dtype=np.bool_)]
    for segment in segments:
        kinds, kind_of = segment.encode("date_kind")
        marks.append(np.array([kind == _DELIVERED for kind in kinds], dtype=np.bool_)[kind_of])
    return np.concatenate(marks)


def _number_sources(segments: list[Segment], ids: Array, first: Array) -> Array:
    """Return for each text the number of its source; versions have that of the first of them."""
    keys = [key for segment in segments for key in _list_keys(segment)]
    by_speech = dict(zip(ids.tolist(), keys, strict=True))
    numbers: dict[Hashable, int] = {}
    named = (by_speech.get(pk, pk) for pk in first.tolist())
    return np.array([numbers.setdefault(key, len(numbers)) for key in named], dtype=np.int64)


def _list_keys(segment: Segment) -> Iterator[Hashable]:
    """Yield body and year of each text; without a body it stands for itself."""
    bodies, body_of = segment.encode("organisation")
    years, year_of = segment.encode("year")
    starts, ends = segment.zone("speaker")
    for at, speech in enumerate(segment.speech_ids.tolist()):
        body = bodies[body_of[at]]
        body = body or write_text(segment.codes[int(starts[at]) : int(ends[at])])
        yield (body, years[year_of[at]]) if body else speech
