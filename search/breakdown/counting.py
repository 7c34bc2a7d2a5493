"""Count by groups: one pass over the query's places, the rest by the numbers of speeches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.arrays.tables import Array
from search.breakdown.grouping import Grouping, cross_groupings, group_speeches
from search.breakdown.labels import label_values
from search.breakdown.request import BreakdownRequest
from search.breakdown.result import Breakdown, BreakdownRow, GroupCounts, KeyValue
from search.study.opening import Study, open_study

Axis = dict[int, KeyValue]


@dataclass(frozen=True, slots=True)
class _Table:
    """The speeches that were looked through: numbers, occurrences, whether hits, characters."""

    numbers: Array
    occurrences: Array
    holding: Array
    characters: Array
    has_key: bool

    def sum_by(self, places: Array, groups: Array, count: int) -> list[GroupCounts]:
        """Return the figures of each group; places and groups pair speeches with groups."""
        columns = (self.occurrences, self.holding, np.ones_like(self.holding), self.characters)
        sums = [np.bincount(groups, column[places], minlength=count) for column in columns]
        rows = np.stack(sums, axis=1).astype(np.int64).tolist()
        return [GroupCounts(row[0] if self.has_key else None, *row[1:]) for row in rows]

    def sum_all(self) -> GroupCounts:
        """Return the figures of all speeches."""
        every = np.arange(len(self.numbers))
        return self.sum_by(every, np.zeros_like(every), 1)[0]


def answer_breakdown(request: BreakdownRequest) -> Breakdown:
    """Return the figures of each group; raise QueryError for a text that can't be read.

    Groups without a speech that was looked through have no row, those without a hit have zeros.
    The number of database queries does not depend on what is found.
    """
    study = open_study(request.search)
    themes = study.names.themes
    table = _read_table(study)
    groupings = [group_speeches(study.index, key, themes) for key in request.by]
    axes: list[Axis] = []
    sums = []
    for key, grouping in zip(request.by, groupings, strict=True):
        figures = _sum_values(table, grouping)
        axis = label_values(study.index, key, grouping, figures, themes)
        axes.append(axis)
        sums.append({value.value: figures[code] for code, value in axis.items()})
    return Breakdown(
        grounds=study.grounds,
        request=request,
        rows=_list_rows(table, groupings, axes),
        axes=tuple(list(axis.values()) for axis in axes),
        sums=tuple(sums),
        total=table.sum_all(),
    )


def _read_table(study: Study) -> _Table:
    masks = _join(study.limited).astype(np.bool_)
    numbers = np.flatnonzero(masks)
    return _Table(
        numbers=numbers,
        occurrences=_join(study.counts)[numbers],
        holding=_join(study.matched)[numbers].astype(np.int64),
        characters=_join([live.sizes for live in study.index.segments])[numbers],
        has_key=study.has_key,
    )


def _join(parts: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _sum_values(table: _Table, grouping: Grouping) -> dict[int, GroupCounts]:
    """Return the figures of each value that a speech has, by its code."""
    places, codes = grouping.spread(table.numbers)
    figures = table.sum_by(places, codes, len(grouping.values))
    return {code: one for code, one in enumerate(figures) if one.searched}


def _list_rows(
    table: _Table, groupings: Sequence[Grouping], axes: Sequence[Axis]
) -> list[BreakdownRow]:
    """Return a row for each combination that a speech has, in the order of the axes."""
    places, codes = cross_groupings(groupings, table.numbers)
    flat = np.zeros(len(places), dtype=np.int64)
    for grouping, axis, own in zip(groupings, axes, codes, strict=True):
        # Numbered in the order in which the values are shown.
        shown = np.zeros(len(grouping.values), dtype=np.int64)
        shown[list(axis)] = np.arange(len(axis))
        flat = flat * max(len(axis), 1) + shown[own]
    cells, groups = np.unique(flat, return_inverse=True)
    figures = table.sum_by(places, groups, len(cells))
    values = [list(axis.values()) for axis in axes]
    return [
        BreakdownRow(_pick(values, cell), one)
        for cell, one in zip(cells.tolist(), figures, strict=True)
    ]


def _pick(values: Sequence[Sequence[KeyValue]], cell: int) -> tuple[KeyValue, ...]:
    """Return the values of a cell, numbered with the last key changing fastest."""
    picked = []
    for own in reversed(values):
        cell, at = divmod(cell, len(own))
        picked.append(own[at])
    return tuple(reversed(picked))
