"""Counts by year, theme, organisation, level, genre and completeness over matched units.

A facet's own choice narrows the hits and the other facets, not its own counts: so a reader sees
what choosing another value beside it would add.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.ingest.vocabulary import GENRES, LEVELS
from search.arrays.tables import Array
from search.hits import HitTable
from search.naming import ThemeTree
from search.query.values import COMPLETENESS
from search.request import FACETS, SearchRequest
from search.result import FacetValue
from search.tagging import list_node_themes

Mask = npt.NDArray[np.bool_]

# Long lists show their most frequent values, and every chosen one.
MAX_VALUES: Final = 30
_DAY_ZERO: Final = 719_163  # ordinal of 1970-01-01
_LABELS: Final = {"level": LEVELS, "genre": GENRES, "completeness": COMPLETENESS}


class Faceting:
    """The facets of a table of hits under a request."""

    def __init__(self, table: HitTable, request: SearchRequest, themes: ThemeTree) -> None:
        self._table = table
        self._request = request
        self._themes = themes

    def keep_all(self) -> Mask:
        """Return the rows that every facet's choice lets through."""
        return self.keep_but(None)

    def keep_but(self, left_out: str | None) -> Mask:
        """Return the rows that the choices let through, one facet's choice left out."""
        kept = np.ones(len(self._table), dtype=np.bool_)
        for facet, mask in self._chosen.items():
            if facet != left_out:
                kept &= mask
        return kept

    def count_all(self) -> dict[str, list[FacetValue]]:
        """Return the values of every facet with their counts."""
        return {facet: self._count(facet) for facet in FACETS}

    @cached_property
    def _chosen(self) -> dict[str, Mask]:
        return {
            facet: self._match(facet, self._request.selected(facet))
            for facet in FACETS
            if self._request.selected(facet)
        }

    def _match(self, facet: str, chosen: tuple[str, ...]) -> Mask:
        if facet == "theme":
            ids = [node.id for node in self._themes.nodes.values() if node.slug in chosen]
            rows = self._theme_rows[0][np.isin(self._theme_rows[1], ids)]
            mask = np.zeros(len(self._table), dtype=np.bool_)
            mask[rows] = True
            return mask
        values, codes = self._read(facet)
        return np.isin(codes, [at for at, value in enumerate(values) if value in chosen])

    def _read(self, facet: str) -> tuple[list[str], Array]:
        """Return a facet's distinct values and each row's one by number."""
        if facet != "year":
            return self._table.read_strings(facet)
        days = self._table.date_first
        years = (days - _DAY_ZERO).astype("datetime64[D]").astype("datetime64[Y]").astype(int)
        found, codes = np.unique(np.where(days > 0, years + 1970, 0), return_inverse=True)
        return [str(year) if year else "" for year in found], codes

    @cached_property
    def _theme_rows(self) -> tuple[Array, Array]:
        """Return rows and theme ids as pairs, a theme's rows counting for all above it too."""
        rows, themes = list_node_themes(self._table)
        if not len(rows):
            return rows, themes
        known = {int(theme): self._themes.list_above(int(theme)) for theme in np.unique(themes)}
        pairs = [(rows[themes == theme], above) for theme, line in known.items() for above in line]
        all_rows = np.concatenate([part for part, _ in pairs])
        all_themes = np.concatenate([np.full(len(part), above) for part, above in pairs])
        both = np.unique(np.stack([all_rows, all_themes]), axis=1)
        return both[0], both[1]

    def _count(self, facet: str) -> list[FacetValue]:
        kept = self.keep_but(facet)
        chosen = self._request.selected(facet)
        if facet == "theme":
            return self._count_themes(kept, chosen)
        values, codes = self._read(facet)
        counts = np.bincount(codes[kept], minlength=len(values))
        pairs = {value: int(counts[at]) for at, value in enumerate(values) if value}
        pairs |= {value: 0 for value in chosen if value not in pairs}
        labels = _LABELS.get(facet, {})
        return _arrange(
            facet,
            (
                FacetValue(value, labels.get(value, value), count, value in chosen)
                for value, count in pairs.items()
                if count or value in chosen
            ),
        )

    def _count_themes(self, kept: Mask, chosen: tuple[str, ...]) -> list[FacetValue]:
        rows, themes = self._theme_rows
        ids, counts = np.unique(themes[kept[rows]], return_counts=True)
        found = dict(zip(ids.tolist(), counts.tolist(), strict=True))
        values = [
            FacetValue(node.slug, node.name, found.get(node.id, 0), node.slug in chosen)
            for node in self._themes.nodes.values()
            if node.id in found or node.slug in chosen
        ]
        return _arrange("theme", values)


def _arrange(facet: str, values: Iterable[FacetValue]) -> list[FacetValue]:
    """Order years from the latest, codes as the vocabulary has them, others by count."""
    items = list(values)
    if facet == "year":
        return sorted(items, key=lambda item: item.value, reverse=True)
    if facet in ("level", "completeness"):
        order = list(_LABELS[facet])
        return sorted(items, key=lambda i: order.index(i.value) if i.value in order else 99)
    items.sort(key=lambda item: (-item.count, item.label))
    return [item for at, item in enumerate(items) if at < MAX_VALUES or item.selected]
