"""Which speeches a search looks through under the facets in use."""

from __future__ import annotations

from collections.abc import Sequence

from search.arrays.evaluation import Names
from search.arrays.store import ArrayIndex
from search.arrays.tables import Mask
from search.concordance.selection import Limit, judge_limits


def select_speeches(index: ArrayIndex, limits: Sequence[Limit], names: Names) -> list[Mask]:
    """Return for each segment which of its speeches count and satisfy the limits."""
    return [
        judge_limits(live, limits, names)[live.segment.roots] if limits else live.alive
        for live in index.segments
    ]
