"""Count expressions by period: each takes one pass over the arrays that may hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from search.arrays.store import LiveSegment
from search.arrays.tables import Array
from search.errors import QueryError
from search.matching.periods import (
    IMPRECISE,
    UNDATED,
    Buckets,
    Step,
    assign_buckets,
    label_bucket,
)
from search.request import SearchRequest
from search.study.opening import Study, open_study
from search.trends.expressions import Expression, ExpressionError, read_expressions
from search.trends.request import (
    DEFAULT_MIN_CHARACTERS,
    DEFAULT_MIN_SPEECHES,
    TrendRequest,
    clean_expressions,
)
from search.trends.result import PER_CHARACTERS, Period, Point, Series, Trend

Counts = npt.NDArray[np.int64]
_NO_TEXT: Final = Point(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts of speeches, row by row, with the period that each is of."""

    buckets: Buckets
    amounts: tuple[Counts, ...]

    def sum_over(self, bucket: int | None) -> tuple[int, ...]:
        """Return the sums of the amounts of a period, None: of all."""
        mask = slice(None) if bucket is None else self.buckets == bucket
        return tuple(int(each[mask].sum()) for each in self.amounts)

    def sum_each(self, span: range) -> list[tuple[int, ...]]:
        """Return the sums of the amounts of the periods of a span."""
        if not span:
            return []
        inside = (self.buckets >= span.start) & (self.buckets < span.stop)
        sums = np.zeros((len(span), len(self.amounts)), dtype=np.int64)
        for at, amounts in enumerate(self.amounts):
            np.add.at(sums[:, at], self.buckets[inside] - span.start, amounts[inside])
        return [tuple(row) for row in sums.tolist()]


def count_trend(
    expressions: Iterable[str],
    period: Step = "year",
    filters: SearchRequest | None = None,
    *,
    min_speeches: int = DEFAULT_MIN_SPEECHES,
    min_characters: int = DEFAULT_MIN_CHARACTERS,
) -> Trend:
    """Return how often each expression stands in the speeches of each year or month.

    Raise ExpressionError for an unreadable expression or too many of them, QueryError for an
    unreadable text of the filters.
    """
    cleaned = clean_expressions(expressions)
    return answer_trend(
        TrendRequest(cleaned, period, filters or SearchRequest(), min_speeches, min_characters)
    )


def answer_trend(request: TrendRequest) -> Trend:
    """Return the answer to a request, as count_trend does."""
    filters = request.filters
    study = open_study(filters.change(unit="speech"), hits_alone=True)
    corpus = study.corpus_held
    expressions = read_expressions(request.expressions, filters.match, corpus)
    limits = (*study.selection.limits, study.selection.node)
    days = corpus.list_days(limits)
    buckets = assign_buckets(days.first, days.last, request.period)
    base, span = Sums(buckets, (days.speeches, days.characters)), _find_span(buckets)
    return Trend(
        grounds=replace(study.grounds, searched=corpus.measure(limits)),
        request=request,
        periods=_make_periods(base, span, request),
        imprecise=_make_period(_("日期不够具体"), base, IMPRECISE),
        undated=_make_period(_("日期不详"), base, UNDATED),
        total=_make_period(_("合计"), base, None),
        series=[_count(study, each, base, span, request.period) for each in expressions],
    )


def _read_buckets(live: LiveSegment, step: Step) -> Buckets:
    columns = live.segment.tables.columns
    return assign_buckets(columns["date_first"], columns["date_last"], step)


def _join(parts: Sequence[Array]) -> Counts:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _find_span(buckets: Buckets) -> range:
    """Return all periods from the first to the last that has a speech."""
    dated = buckets[buckets >= 0]
    return range(int(dated.min()), int(dated.max()) + 1) if len(dated) else range(0)


def _make_period(label: str, base: Sums, bucket: int | None) -> Period:
    speeches, characters = base.sum_over(bucket)
    return Period(label, speeches, characters)


def _make_periods(base: Sums, span: range, request: TrendRequest) -> list[Period]:
    return [
        Period(
            label_bucket(bucket, request.period),
            held,
            size,
            is_thin=held < request.min_speeches or size < request.min_characters,
        )
        for bucket, (held, size) in zip(span, base.sum_each(span), strict=True)
    ]


def _count(study: Study, expression: Expression, base: Sums, span: range, step: Step) -> Series:
    own = study.ask_within(expression.node)
    try:
        counted = zip(own.index.segments, own.counts, own.matched, strict=True)
    except QueryError as error:  # too much text, or the time of a regular expression is over
        raise ExpressionError(expression.text, error.position, error.reason) from error
    # Speeches that are no hit have no occurrences that count.
    parts = [(_read_buckets(live, step)[m], counts[m], m[m]) for live, counts, m in counted]
    buckets, found, holding = (_join([part[at] for part in parts]) for at in range(3))
    sums = Sums(buckets, (found, holding.astype(np.int64)))
    rows = (
        (*own_sums, *whole)
        for own_sums, whole in zip(sums.sum_each(span), base.sum_each(span), strict=True)
    )
    apart = [
        _make_point(*sums.sum_over(bucket), *base.sum_over(bucket), is_counted=own.has_key)
        for bucket in (IMPRECISE, UNDATED, None)
    ]
    return Series(
        expression=expression.text,
        runs=expression.runs,
        understood=expression.node.describe(),
        has_key=own.has_key,
        points=[_make_point(*row, is_counted=own.has_key) if row[2] else _NO_TEXT for row in rows],
        imprecise=apart[0],
        undated=apart[1],
        total=apart[2],
    )


def _make_point(
    occurrences: int, holding: int, speeches: int, characters: int, *, is_counted: bool
) -> Point:
    return Point(
        occurrences if is_counted else None,
        holding,
        occurrences * PER_CHARACTERS / characters if is_counted and characters else None,
        holding / speeches if speeches else None,
    )
