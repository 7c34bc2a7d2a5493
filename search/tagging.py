"""Which themes a node bears: those tagged on it, inside it and above it."""

from __future__ import annotations

import numpy as np

from search.arrays.segment import Segment
from search.arrays.tables import Array
from search.hits import HitTable


def list_node_themes(table: HitTable) -> tuple[Array, Array]:
    """Return pairs of a table's row and a theme id, each pair once."""
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
