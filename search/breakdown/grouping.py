"""Which values of a key each speech has, all speeches of the index in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.arrays.segment import Segment
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.matching.names import ThemeTree


@dataclass(frozen=True, slots=True)
class Grouping:
    """The values of a key, "" for unknown, and pairs of a speech and the number of its value.

    Speeches are numbered through all segments. Of most keys each has one value: rows is None
    then, and codes has one entry a speech.
    """

    values: list[str]
    codes: Array
    rows: Array | None = None

    def spread(self, rows: Array) -> tuple[Array, Array]:
        """Return for speeches, given by their numbers, pairs of place among them and code."""
        if self.rows is None:
            return np.arange(len(rows)), self.codes[rows]
        first = np.searchsorted(self.rows, rows)
        sizes = np.searchsorted(self.rows, rows, side="right") - first
        places = np.repeat(np.arange(len(rows)), sizes)
        within = np.arange(len(places)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return places, self.codes[np.repeat(first, sizes) + within]


def group_speeches(index: ArrayIndex, key: str, themes: ThemeTree) -> Grouping:
    """Return the grouping of all speeches by a key; of all but themes it is kept with the index."""
    if key == "theme":
        return _group_by_theme(index, themes)
    kept: Grouping | None = index.notes.get(f"by {key}")
    if kept is None:
        kept = index.notes[f"by {key}"] = _group_by_value(index, key)
    return kept


def _group_by_value(index: ArrayIndex, key: str) -> Grouping:
    values: dict[str, int] = {}
    codes = [np.zeros(0, dtype=np.int64)]
    for live in index.segments:
        strings, numbers = live.segment.encode(key)
        shared = [values.setdefault(value, len(values)) for value in strings]
        codes.append(np.array(shared, dtype=np.int64)[numbers])
    return Grouping(list(values), np.concatenate(codes))


def _group_by_theme(index: ArrayIndex, themes: ThemeTree) -> Grouping:
    """Group by every theme that a section of the speech bears, and all above it.

    The themes may be arranged anew while the index stays, so no more than the tags is kept.
    """
    nodes = themes.nodes.values()
    code_of = {node.id: at for at, node in enumerate(nodes, start=1)}
    speeches, borne = _join_tags(index)
    known = [int(theme) for theme in np.unique(borne)]
    pairs = [(speeches[borne == theme], themes.list_above(theme)) for theme in known]
    count = sum(live.segment.tables.speech_count for live in index.segments)
    bare = np.setdiff1d(np.arange(count), speeches)
    rows, codes = [bare], [np.zeros(len(bare), dtype=np.int64)]
    for own, line in pairs:
        for theme in (each for each in line if each in code_of):
            rows.append(own)
            codes.append(np.full(len(own), code_of[theme]))
    both = np.unique(np.concatenate(rows) * (len(code_of) + 1) + np.concatenate(codes))
    own_rows, own_codes = np.divmod(both, len(code_of) + 1)
    return Grouping(["", *(node.slug for node in nodes)], own_codes, own_rows)


def _join_tags(index: ArrayIndex) -> tuple[Array, Array]:
    """Return pairs of a speech's number and a theme that it bears, each once a segment."""
    before = 0
    speeches, themes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for live in index.segments:
        own, borne = _read_tags(live.segment)
        speeches.append(own + before)
        themes.append(borne)
        before += live.segment.tables.speech_count
    return np.concatenate(speeches), np.concatenate(themes)


def _read_tags(segment: Segment) -> tuple[Array, Array]:
    kept = segment.notes.get("speech themes")
    if kept is None:
        columns = segment.tables.columns
        speeches = segment.node_speech[np.asarray(columns["tag_node"], np.int64)]
        both = np.unique(np.stack([speeches, np.asarray(columns["tag_theme"])]), axis=1)
        kept = segment.notes["speech themes"] = (both[0], both[1])
    return kept


def cross_groupings(
    groupings: Sequence[Grouping], numbers: Array
) -> tuple[Array, tuple[Array, ...]]:
    """Return places among the speeches, and for each grouping the codes that stand there.

    A speech has an entry for each combination of its values.
    """
    places, first = groupings[0].spread(numbers)
    codes: tuple[Array, ...] = (first,)
    for grouping in groupings[1:]:
        at, other = grouping.spread(numbers[places])
        places, codes = places[at], (*(each[at] for each in codes), other)
    return places, codes
