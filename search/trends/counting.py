"""Count expressions by period: each takes one pass over the arrays and no database query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from search.arrays.store import LiveSegment
from search.arrays.tables import Array, Mask
from search.errors import QueryError
from search.matching.periods import (
    IMPRECISE,
    UNDATED,
    Buckets,
    Step,
    assign_buckets,
    label_bucket,
)
from search.presentation.coverage import measure_coverage
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
class Base:
    """The speeches that count, of all segments in a row: mask, period and size of each."""

    chosen: list[Mask]
    buckets: Buckets
    characters: Counts

    def sum_over(self, amounts: Counts, bucket: int | None) -> int:
        """Return the sum of the amounts of a period's speeches, None: of all."""
        return int((amounts if bucket is None else amounts[self.buckets == bucket]).sum())

    def sum_each(self, amounts: Counts, span: range) -> list[int]:
        """Return the sums of the amounts of the periods of a span."""
        if not span:
            return []
        inside = (self.buckets >= span.start) & (self.buckets < span.stop)
        sums = np.zeros(len(span), dtype=np.int64)
        np.add.at(sums, self.buckets[inside] - span.start, amounts[inside])
        return [int(each) for each in sums]


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
    study = open_study(filters.change(unit="speech"))
    expressions = read_expressions(request.expressions, filters.match, study.index)
    base = _measure_base(study, request.period)
    span = _find_span(base.buckets)
    return Trend(
        grounds=replace(study.grounds, searched=measure_coverage(study.index, base.chosen)),
        request=request,
        periods=_make_periods(base, span, request),
        imprecise=_make_period(_("日期不够具体"), base, IMPRECISE),
        undated=_make_period(_("日期不详"), base, UNDATED),
        total=_make_period(_("合计"), base, None),
        series=[_count(study, each, base, span) for each in expressions],
    )


def _measure_base(study: Study, step: Step) -> Base:
    pairs = list(zip(study.index.segments, study.matched, strict=True))
    buckets = [_read_buckets(live, step)[mask] for live, mask in pairs]
    sizes = [live.sizes[mask] for live, mask in pairs]
    return Base(study.matched, _join(buckets), _join(sizes))


def _read_buckets(live: LiveSegment, step: Step) -> Buckets:
    columns = live.segment.tables.columns
    return assign_buckets(columns["date_first"], columns["date_last"], step)


def _join(parts: Sequence[Array]) -> Counts:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _find_span(buckets: Buckets) -> range:
    """Return all periods from the first to the last that has a speech."""
    dated = buckets[buckets >= 0]
    return range(int(dated.min()), int(dated.max()) + 1) if len(dated) else range(0)


def _make_period(label: str, base: Base, bucket: int | None) -> Period:
    ones = np.ones_like(base.buckets)
    return Period(label, base.sum_over(ones, bucket), base.sum_over(base.characters, bucket))


def _make_periods(base: Base, span: range, request: TrendRequest) -> list[Period]:
    speeches = base.sum_each(np.ones_like(base.buckets), span)
    characters = base.sum_each(base.characters, span)
    return [
        Period(
            label_bucket(bucket, request.period),
            held,
            size,
            is_thin=held < request.min_speeches or size < request.min_characters,
        )
        for bucket, held, size in zip(span, speeches, characters, strict=True)
    ]


def _count(study: Study, expression: Expression, base: Base, span: range) -> Series:
    own = study.ask_within(expression.node)
    try:
        counted = zip(own.counts, own.matched, base.chosen, strict=True)
    except QueryError as error:  # the time of a regular expression is over
        raise ExpressionError(expression.text, error.position, error.reason) from error
    parts = [(counts[mask], holds[mask]) for counts, holds, mask in counted]
    found = _join([counts for counts, _holds in parts])
    holding = _join([holds for _counts, holds in parts]).astype(np.int64)
    columns = (found, holding, np.ones_like(found), base.characters)
    rows = zip(*(base.sum_each(each, span) for each in columns), strict=True)
    apart = [
        _make_point(*(base.sum_over(each, bucket) for each in columns), is_counted=own.has_key)
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
