"""How an expression is read, and where the hits behind a point are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.ingest.dates import FIRST_YEAR, LAST_YEAR
from search.counting.corpus import CountedCorpus
from search.errors import QueryError
from search.query.nodes import Node
from search.request import Match, SearchRequest
from search.result import RunReading
from search.trends.request import MAX_EXPRESSIONS, TrendRequest
from search.trends.result import Period, Series

_MONTHS: Final = 12


class ExpressionError(QueryError):
    """An expression that can't be read; position counts in expression."""

    def __init__(self, expression: str, position: int, reason: str) -> None:
        super().__init__(position, reason)
        self.expression = expression


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as typed, its tree, and how its runs were read."""

    text: str
    node: Node
    runs: tuple[RunReading, ...] = ()


def read_expressions(
    texts: tuple[str, ...], match: Match, corpus: CountedCorpus
) -> list[Expression]:
    """Return the expressions read; raise ExpressionError for an unreadable one, or too many."""
    if len(texts) > MAX_EXPRESSIONS:
        message = _("表达式太多，最多 %(limit)s 个") % {"limit": MAX_EXPRESSIONS}
        raise ExpressionError(texts[MAX_EXPRESSIONS], 0, message)
    return [read_expression(text, match, corpus) for text in texts]


def read_expression(text: str, match: Match, corpus: CountedCorpus) -> Expression:
    """Return an expression read as a search reads it."""
    try:
        reading = corpus.read(text, match)
    except QueryError as error:
        raise ExpressionError(text, error.position, error.reason) from error
    return Expression(text, reading.tree, reading.runs)


def find_point(request: TrendRequest, series: Series, period: Period) -> SearchRequest:
    """Return the search that finds the speeches behind a point."""
    filters = request.filters.change(unit="speech", per_page=SearchRequest().per_page)
    query = f"({filters.text}) ({series.expression})" if filters.text else series.expression
    if request.period == "year":
        return filters.change(text=query, year=(period.label,))
    return filters.change(text=f"({query}) {_write_month(period.label)}")


def _write_month(label: str) -> str:
    """Return the condition for a month that leaves out speeches known by their year alone.

    Those overlap the months before and after as well, a speech of the month does not.
    """
    year, month = (int(part) for part in label.split("-"))
    at = year * _MONTHS + month - 1
    around = [divmod(other, _MONTHS) for other in (at - 1, at + 1)]
    excluded = [
        f"-日期:{year:04d}-{month + 1:02d}"
        for year, month in around
        if FIRST_YEAR <= year <= LAST_YEAR
    ]
    return " ".join([f"日期:{label}", *excluded])
