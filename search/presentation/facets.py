"""Counts by year, theme, organisation, level, genre, completeness and kind of day over hits.

A facet's own choice narrows the hits and the other facets, not its own counts: so a reader sees
what choosing another value beside it would add.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from typing import Final, Protocol

import numpy as np

from corpus_app.catalog.days import DAY_KINDS
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from search.arrays.segment import Segment
from search.arrays.tables import Array, Mask
from search.matching.hits import HitTable
from search.matching.names import ThemeTree
from search.query.values import COMPLETENESS
from search.request import FACETS, RANGE, SearchRequest, covers_year
from search.result import FacetValue

# Long lists show their most frequent values, and every chosen one.
MAX_VALUES: Final = 30
_LABELS: Final = {
    "level": LEVELS,
    "genre": GENRES,
    "completeness": COMPLETENESS,
    "date_kind": DAY_KINDS,
}


class ThemeNames(Protocol):
    """What hands out the themes; asked only where a hit bears one."""

    @property
    def themes(self) -> ThemeTree:
        """Return all themes."""


class Faceting:
    """The facets of a table of hits under a request.

    All facets but the theme are the speech's: hits are counted by speech once, and every facet
    only adds up what its values' speeches have.
    """

    def __init__(self, table: HitTable, request: SearchRequest, names: ThemeNames) -> None:
        self._table = table
        self._request = request
        self._names = names

    def keep_all(self) -> Mask:
        """Return the rows that every facet's choice lets through."""
        return self.keep_but(None)

    def keep_but(self, left_out: str | None) -> Mask:
        """Return the rows that the choices let through, one facet's choice left out."""
        kept = self._keep_themes(left_out).copy()
        if self._chosen:
            kept &= self._allow_speeches(left_out)[self._table.speech_number]
        return kept

    def count_all(self) -> dict[str, list[FacetValue]]:
        """Return the values of every facet with their counts."""
        return {facet: self._count(facet) for facet in FACETS}

    @cached_property
    def _speech_count(self) -> int:
        return sum(live.segment.tables.speech_count for live in self._table.segments)

    @cached_property
    def _chosen(self) -> dict[str, Mask]:
        """Return the speeches that each chosen facet lets through, the theme left out."""
        chosen = {facet: self._request.selected(facet) for facet in FACETS if facet != "theme"}
        return {facet: self._match(facet, values) for facet, values in chosen.items() if values}

    def _match(self, facet: str, chosen: tuple[str, ...]) -> Mask:
        values, codes = self._table.encode_speeches(facet)
        return np.isin(
            codes, [at for at, value in enumerate(values) if _is_chosen(facet, value, chosen)]
        )

    def _allow_speeches(self, left_out: str | None) -> Mask:
        """Return the speeches that the choices let through, one facet's choice left out."""
        masks = (mask for facet, mask in self._chosen.items() if facet != left_out)
        return reduce(np.logical_and, masks, np.ones(self._speech_count, dtype=np.bool_))

    def _keep_themes(self, left_out: str | None) -> Mask:
        """Return the rows that the chosen themes let through, all if that choice is left out."""
        if left_out == "theme" or not self._request.theme:
            return np.ones(len(self._table), dtype=np.bool_)
        return self._themed

    @cached_property
    def _themed(self) -> Mask:
        nodes = self._names.themes.nodes.values()
        ids = [node.id for node in nodes if node.slug in self._request.theme]
        mask = np.zeros(len(self._table), dtype=np.bool_)
        mask[self._theme_rows[0][np.isin(self._theme_rows[1], ids)]] = True
        return mask

    @cached_property
    def _by_speech(self) -> Array:
        """Return how many rows that the themes let through each speech has."""
        numbers = self._table.speech_number
        if self._request.theme:
            numbers = numbers[self._themed]
        return np.bincount(numbers, minlength=self._speech_count)

    @cached_property
    def _theme_rows(self) -> tuple[Array, Array]:
        """Return rows and theme ids as pairs, a theme's rows counting for all above it too."""
        rows, themes = list_node_themes(self._table)
        if not len(rows):
            return rows, themes
        known = {
            int(theme): self._names.themes.list_above(int(theme)) for theme in np.unique(themes)
        }
        pairs = [(rows[themes == theme], above) for theme, line in known.items() for above in line]
        all_rows = np.concatenate([part for part, _ in pairs])
        all_themes = np.concatenate([np.full(len(part), above) for part, above in pairs])
        both = np.unique(np.stack([all_rows, all_themes]), axis=1)
        return both[0], both[1]

    def _count(self, facet: str) -> list[FacetValue]:
        chosen = self._request.selected(facet)
        if facet == "theme":
            return self._count_themes(self.keep_but(facet), chosen)
        values, codes = self._table.encode_speeches(facet)
        rows = self._by_speech
        if self._chosen:
            rows = rows * self._allow_speeches(facet)
        counts = np.bincount(codes, weights=rows, minlength=len(values)).tolist()
        pairs = zip(values, map(int, counts), strict=True)
        return list_values(facet, dict(pairs), chosen)

    def _count_themes(self, kept: Mask, chosen: tuple[str, ...]) -> list[FacetValue]:
        rows, themes = self._theme_rows
        if not len(rows) and not chosen:
            return []
        ids, counts = np.unique(themes[kept[rows]], return_counts=True)
        found = dict(zip(ids.tolist(), counts.tolist(), strict=True))
        return list_theme_values(self._names.themes, found, chosen)


def list_values(facet: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[FacetValue]:
    """Return a facet's values in their order, from how many hits bear each; "" is none."""
    pairs = {value: count for value, count in counts.items() if value}
    # A range is none of the values that are counted.
    pairs |= {value: 0 for value in chosen if value not in pairs and RANGE not in value}
    labels = _LABELS.get(facet, {})
    return _arrange(
        facet,
        (
            FacetValue(value, labels.get(value, value), count, selected)
            for value, count in pairs.items()
            for selected in [_is_chosen(facet, value, chosen)]
            if count or selected
        ),
    )


def list_theme_values(
    themes: ThemeTree, counts: Mapping[int, int], chosen: tuple[str, ...]
) -> list[FacetValue]:
    """Return the themes in their order, from how many hits bear each, by its id."""
    values = [
        FacetValue(node.slug, node.name, counts.get(node.id, 0), node.slug in chosen)
        for node in themes.nodes.values()
        if counts.get(node.id) or node.slug in chosen
    ]
    return _arrange("theme", values)


def _is_chosen(facet: str, value: str, chosen: tuple[str, ...]) -> bool:
    return value in chosen or (facet == "year" and covers_year(chosen, value))


def _arrange(facet: str, values: Iterable[FacetValue]) -> list[FacetValue]:
    """Order years from the latest, codes as the vocabulary has them, others by count."""
    items = list(values)
    if facet == "year":
        return sorted(items, key=lambda item: item.value, reverse=True)
    if facet in ("level", "completeness", "date_kind"):
        order = list(_LABELS[facet])
        return sorted(items, key=lambda i: order.index(i.value) if i.value in order else 99)
    items.sort(key=lambda item: (-item.count, item.label))
    return [item for at, item in enumerate(items) if at < MAX_VALUES or item.selected]


def list_node_themes(table: HitTable) -> tuple[Array, Array]:
    """Return pairs of a table's row and a theme id, each once: tagged on, inside or above it."""
    rows: list[Array] = [np.zeros(0, dtype=np.int64)]
    themes: list[Array] = [np.zeros(0, dtype=np.int64)]
    for number, live in enumerate(table.segments):
        if not len(live.segment.tables.columns["tag_theme"]):
            continue
        own_rows = np.flatnonzero(table.segment == number)
        if len(own_rows):
            at, theme = _gather(live.segment, table.node[own_rows])
            rows.append(own_rows[at])
            themes.append(theme)
    return np.concatenate(rows), np.concatenate(themes)


def _gather(segment: Segment, nodes: Array) -> tuple[Array, Array]:
    """Return pairs of a place in nodes and a theme id."""
    node_of_pair, theme_of_pair = _list_pairs(segment)
    first = np.searchsorted(node_of_pair, nodes)
    sizes = np.searchsorted(node_of_pair, nodes, side="right") - first
    at = np.repeat(np.arange(len(nodes)), sizes)
    within = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return at, theme_of_pair[np.repeat(first, sizes) + within]


def _list_pairs(segment: Segment) -> tuple[Array, Array]:
    """Return all pairs of node and theme in a segment, sorted by node; kept with the segment."""
    kept = segment.notes.get("themes")
    if kept is None:
        kept = segment.notes["themes"] = _make_pairs(segment)
    return kept


def _make_pairs(segment: Segment) -> tuple[Array, Array]:
    columns = segment.tables.columns
    tagged, theme = np.asarray(columns["tag_node"], np.int64), np.asarray(columns["tag_theme"])
    sizes = segment.node_last[tagged] - tagged
    steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    nodes, themes = [np.repeat(tagged, sizes) + steps], [np.repeat(theme, sizes)]
    parents = np.asarray(columns["node_parent"], np.int64)
    at, above = tagged, theme
    while len(at):
        up = parents[at]
        at, above = up[up >= 0], above[up >= 0]
        nodes.append(at)
        themes.append(above)
    both = np.unique(np.stack([np.concatenate(nodes), np.concatenate(themes)]), axis=1)
    return both[0], both[1]
