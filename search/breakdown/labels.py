"""The values of a key as they are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from search.arrays.keys import FOLDED_KEYS, fold_value
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.breakdown.grouping import Grouping
from search.breakdown.result import GroupCounts, KeyValue
from search.matching.names import ThemeTree
from search.presentation.notes import label_key_value

# Speeches asked for their names at a time; databases limit their parameters.
_BATCH: Final = 30_000
_FIELDS: Final = {"speaker": "speaker__name", "place": "place"}
_VOCABULARIES: Final[Mapping[str, list[str]]] = {"level": list(LEVELS), "genre": list(GENRES)}
_BY_TIME: Final = ("year", "month")


def label_values(
    index: ArrayIndex,
    key: str,
    grouping: Grouping,
    figures: Mapping[int, GroupCounts],
    themes: ThemeTree,
) -> dict[int, KeyValue]:
    """Return the values by their codes, in the order in which they are shown.

    Times run from the earliest, levels and genres as their vocabulary has them, themes as their
    tree, all others from the most frequent; what is not known comes last.
    """
    known = _read_names(index, key, grouping) if key in FOLDED_KEYS else {}
    named = {node.slug: node.name for node in themes.nodes.values()}
    values = {}
    for code in sorted(figures, key=lambda code: _rank(key, grouping, figures[code], code)):
        value = known.get(code, grouping.values[code])
        label = label_key_value(key, value, lambda slug: named.get(slug, slug))
        values[code] = KeyValue(key, value, label)
    return values


def _rank(
    key: str, grouping: Grouping, figures: GroupCounts, code: int
) -> tuple[bool, float, int, str, int]:
    value = grouping.values[code]
    place, most = 0.0, 0
    if key in _VOCABULARIES:
        order = _VOCABULARIES[key]
        place = order.index(value) if value in order else len(order)
    elif key == "theme":
        place = code
    elif key not in _BY_TIME:
        place, most = -(figures.occurrences or 0), -figures.speeches
    return value == "", place, most, value, code


def _read_names(index: ArrayIndex, key: str, grouping: Grouping) -> dict[int, str]:
    """Return the names of which the arrays hold but the folded characters, as they are written.

    They are read once for each state of the index, of one speech that bears each.
    """
    kept: dict[int, str] | None = index.notes.get(f"names {key}")
    if kept is None:
        kept = index.notes[f"names {key}"] = dict(_list_names(index, key, grouping))
    return kept


def _list_names(index: ArrayIndex, key: str, grouping: Grouping) -> list[tuple[int, str]]:
    alive = np.flatnonzero(_join([live.alive for live in index.segments]))
    ids = _join([live.segment.speech_ids for live in index.segments])
    codes, first = np.unique(grouping.codes[alive], return_index=True)
    bearers = dict(zip(ids[alive[first]].tolist(), codes.tolist(), strict=True))
    asked = list(bearers)
    names: list[tuple[int, str]] = []
    for start in range(0, len(asked), _BATCH):
        rows = Speech.objects.filter(pk__in=asked[start : start + _BATCH]).order_by()
        names += rows.values_list("pk", _FIELDS[key])
    # A speech that was changed since it was indexed bears another name.
    return [
        (bearers[pk], name)
        for pk, name in names
        if name and fold_value(key, name) == grouping.values[bearers[pk]]
    ]


def _join(parts: list[Array]) -> Array:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
