"""Conditions on what speeches can be parted by, as clauses of Solr's."""

from __future__ import annotations

from search.arrays.keys import COLUMNS_OF_KEYS, FOLDED_KEYS
from search.errors import QueryError
from search.query.nodes import FieldCode
from search.query.patterns import make_pattern
from search.query.values import read_period
from search.solr.clauses import (
    ALL,
    NONE,
    Query,
    bound,
    exclude,
    find_phrase,
    join_all,
    join_any,
    match,
)


def write_value(leaf: FieldCode) -> Query:
    """Return the query for speeches with exactly that value, for "" where it is not known."""
    if leaf.field in ("year", "month"):
        return _write_period(leaf) if leaf.code else exclude(ALL, bound("year"))
    if leaf.field in FOLDED_KEYS:
        size = bound(f"{leaf.field}_size", len(leaf.code), len(leaf.code))
        field, pattern = f"{leaf.field}_chars", make_pattern(leaf.code, any_case=False)
        return join_all([size, find_phrase(field, pattern)]) if leaf.code else size
    field = f"{COLUMNS_OF_KEYS.get(leaf.field, leaf.field)}_exact"
    own = match(field, leaf.code)
    return own if leaf.code else join_any([own, exclude(ALL, bound(field))])


def _write_period(leaf: FieldCode) -> Query:
    """Return the query for what begins in a year, lies in a month, or in a year and no month."""
    year, dash, _month = leaf.code.partition("-")
    if leaf.field == "year":
        return NONE if dash else _write_span(year, within=False)
    if dash:
        return _write_span(leaf.code, within=True)
    months = (_write_span(f"{year}-{number:02d}", within=True) for number in range(1, 13))
    return exclude(_write_span(year, within=False), *months)


def _write_span(period: str, *, within: bool) -> Query:
    """Return the query for what begins in a year or month, and within: ends there."""
    try:
        days = read_period(period, 0)
    except QueryError:
        return NONE
    if days.first is None or days.last is None:
        return NONE
    begins = bound("date_first", days.first.toordinal(), days.last.toordinal())
    return join_all([begins, bound("date_last", high=days.last.toordinal())]) if within else begins
