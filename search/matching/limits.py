"""The facets of a request as conditions: each narrows, the values of one are alternatives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from search.arrays.keys import fold_value
from search.query.nodes import And, DateRange, FieldCode, Node, Or, ThemeNamed
from search.request import SearchRequest, read_years

_SPEECH_FACETS: Final = ("organisation", "level", "genre", "completeness", "date_kind")


@dataclass(frozen=True, slots=True)
class StartYears:
    """Speeches whose date begins in one of the years or ranges, as the facet of years has them."""

    years: tuple[str, ...]


Limit = Node | StartYears


def read_limits(request: SearchRequest) -> tuple[Limit, ...]:
    """Return one limit for each facet in use and for each condition of only.

    The values of a facet are alternatives.
    """
    limits: list[Limit] = [StartYears(request.year)] if request.year else []
    if request.theme:
        limits.append(Or(tuple(map(ThemeNamed, request.theme))))
    chosen = [(facet, request.selected(facet)) for facet in _SPEECH_FACETS]
    limits += [
        Or(tuple(FieldCode(facet, value, value) for value in values))
        for facet, values in chosen
        if values
    ]
    return (*limits, *read_conditions(request))


def read_conditions(request: SearchRequest) -> list[FieldCode]:
    """Return what the conditions of only ask of speeches."""
    pairs = (condition.partition(":") for condition in request.only)
    return [FieldCode(key, fold_value(key, value), value) for key, _colon, value in pairs]


def narrow_tree(tree: Node, request: SearchRequest) -> Node:
    """Return the tree of a query with the conditions of only, where there are any."""
    conditions = read_conditions(request)
    return And((tree, *conditions)) if conditions else tree


def list_conditions(request: SearchRequest) -> list[Node]:
    """Return the facets in use as parts of a query; years as the days from first to last."""
    return [
        _write_years(limit) if isinstance(limit, StartYears) else limit
        for limit in read_limits(request)
    ]


def _write_years(limit: StartYears) -> Node:
    spans = [span for span in map(read_years, limit.years) if span is not None]
    # A speech that is known by its year or month lies in one year: no range is overlapped in part.
    return Or(
        tuple(
            DateRange(datetime.date(low, 1, 1), datetime.date(high, 12, 31)) for low, high in spans
        )
    )
