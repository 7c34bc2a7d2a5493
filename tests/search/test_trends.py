from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.http import QueryDict
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, strategies as st

from corpus_app.text.folding import fold as real_fold
from search import run_search
from search.arrays.building import SpeechRecord
from search.arrays.store import ArrayIndex, put_speeches
from search.concordance import ConcordanceRequest, build_concordance
from search.counting.arrays import ArrayCorpus
from search.errors import QueryError
from search.index.indexing import index_speeches
from search.matching.periods import assign_buckets, label_bucket
from search.query.nodes import Phrase
from search.query.writing import quote_words
from search.request import SearchRequest
from search.result import RunReading
from search.trends import ExpressionError, Series, Trend, TrendRequest, count_trend, find_point
from search.trends.expressions import read_expression
from search.trends.request import MAX_EXPRESSIONS
from tests.search.factories import make_speech, make_theme, tag_section
from tests.search.oracle import corpora
from tests.search.plain_folding import LETTERS, fold
from tests.thoroughness import draw

SLOW = draw(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
NO_ARRAYS = ArrayIndex("", 0, ())
STRINGS = st.text(LETTERS.replace("\n", ""), min_size=1, max_size=3).filter(fold)


def label(record: SpeechRecord, step: Any) -> str:
    """Return the period of a speech, or why it has none."""
    first, last = record.date_first, record.date_last
    if first is None or last is None:
        return "undated"
    shape = "%Y" if step == "year" else "%Y-%m"
    here, there = first.strftime(shape), last.strftime(shape)
    return here if here == there else "imprecise"


def list_labels(first: str, last: str) -> list[str]:
    """Return all years or months from the first to the last."""
    if "-" not in first:
        return [str(year) for year in range(int(first), int(last) + 1)]
    months = [f"{year}-{month:02d}" for year in range(2019, 2026) for month in range(1, 13)]
    return [month for month in months if first <= month <= last]


def count_plainly(record: SpeechRecord, wanted: str) -> int:
    texts = [fold(text) for text in (record.title, record.subtitle, record.text)]
    wanted = fold(wanted)
    return sum(text.startswith(wanted, at) for text in texts for at in range(len(text)))


def size(record: SpeechRecord) -> int:
    return sum(len(fold(t)) for t in (record.title, record.subtitle, record.text))


@SLOW
@given(
    corpora(),
    st.lists(STRINGS, min_size=1, max_size=3, unique_by=lambda text: text.strip()),
    st.sampled_from(["year", "month"]),
    st.integers(1, 3),
)
def test_it_counts_what_a_plain_reading_counts(
    records: list[SpeechRecord], strings: list[str], step: Any, parts: int
) -> None:
    with tempfile.TemporaryDirectory() as name, override_settings(INDEX_DIR=Path(name)):
        (Path(name) / "arrays").mkdir()
        for at in range(parts):
            put_speeches(Path(name) / "arrays", "1", records[at::parts])
        trend = count_trend([quote_words(text) for text in strings], step)
    dated = sorted({label(record, step) for record in records} - {"undated", "imprecise"})
    wanted = list_labels(dated[0], dated[-1]) if dated else []
    assert [period.label for period in trend.periods] == wanted
    check_sizes(trend, records, step)
    for text, series in zip(strings, trend.series, strict=True):
        check_series(trend, series, records, text, step)


def check_sizes(trend: Trend, records: list[SpeechRecord], step: Any) -> None:
    held = Counter(label(record, step) for record in records)
    sizes: Counter[str] = Counter()
    for record in records:
        sizes[label(record, step)] += size(record)
    for period in trend.periods:
        assert (period.speeches, period.characters) == (held[period.label], sizes[period.label])
    assert (trend.imprecise.speeches, trend.undated.speeches) == (
        held["imprecise"],
        held["undated"],
    )
    assert (trend.total.speeches, trend.total.characters) == (len(records), sum(sizes.values()))


def check_series(
    trend: Trend, series: Series, records: list[SpeechRecord], text: str, step: Any
) -> None:
    found: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    for record in records:
        count = count_plainly(record, text)
        found[label(record, step)] += count
        holding[label(record, step)] += count > 0
    apart = (("imprecise", series.imprecise), ("undated", series.undated))
    rows = [(period.label, p) for period, p in zip(trend.periods, series.points, strict=True)]
    held = {period.label for period in trend.periods if period.speeches}
    for name, point in (*rows, *apart):
        told = (point.occurrences, point.speeches)
        # Where no text is, nothing was looked through: that is no zero.
        outside = name not in held and (name, point) in rows
        assert told == ((None, None) if outside else (found[name], holding[name]))
    assert series.total.occurrences == sum(found.values())
    for period, point in zip(trend.periods, series.points, strict=True):
        if period.characters:
            assert point.per_10k == point.occurrences * 10_000 / period.characters
        else:
            assert point.per_10k is None


@pytest.mark.django_db
class TestTrend:
    def test_a_year_between_without_text_is_shown_and_empty(self, index_folder: Path) -> None:
        for date in ("2019", "2021-05", "2021"):
            index_speeches([make_speech("题", ["代表履职代表"], date=date).pk])
        trend = count_trend(["代表"])
        assert [period.label for period in trend.periods] == ["2019", "2020", "2021"]
        points = trend.series[0].points
        assert [(p.occurrences, p.speeches) for p in points] == [(2, 1), (None, None), (4, 2)]
        assert (points[1].per_10k, points[1].share) == (None, None)
        assert points[0].per_10k == 2 * 10_000 / 7

    def test_a_speech_known_by_its_year_is_in_no_month(self, index_folder: Path) -> None:
        for date in ("2021-03", "2021-05-09", "2021", ""):
            index_speeches([make_speech("题", ["代表"], date=date).pk])
        trend = count_trend(["代表"], "month")
        assert [period.label for period in trend.periods] == ["2021-03", "2021-04", "2021-05"]
        series = trend.series[0]
        assert [point.speeches for point in series.points] == [1, None, 1]
        assert (series.imprecise.speeches, series.undated.speeches) == (1, 1)
        assert series.total.speeches == 4

    def test_periods_with_little_text_are_marked(self, index_folder: Path) -> None:
        for date in ("2020", "2020", "2021"):
            index_speeches([make_speech("题", ["代" * 99], date=date).pk])
        thin = count_trend(["代"], min_speeches=2, min_characters=0).periods
        assert [period.is_thin for period in thin] == [False, True]
        thin = count_trend(["代"], min_speeches=0, min_characters=101).periods
        assert [period.is_thin for period in thin] == [False, True]

    def test_a_bare_run_of_words_is_counted_as_one_string(self, index_folder: Path) -> None:
        index_speeches([make_speech("题", ["代表建议，建议代表。代表建议办理"], date="2021").pk])
        series = count_trend(["代表建议", "代表 建议"]).series
        assert [each.total.occurrences for each in series] == [2, 6]
        runs = count_trend(["建议代表"]).series[0].runs
        assert runs == (RunReading("建议代表", "exact", "found"),)

    def test_filters_say_which_speeches_count(self, index_folder: Path) -> None:
        theme = make_theme("t", "主题")
        first = make_speech("题", ["代表", "代表"], date="2020", level="county")
        second = make_speech("题", ["代表信访"], date="2021")
        tag_section(first, "1", theme)
        index_speeches([first.pk, second.pk])
        for filters, wanted in (
            (SearchRequest(level=("county",)), 2),
            (SearchRequest(year=("2021",)), 1),
            (SearchRequest(theme=("t",)), 2),
            (SearchRequest(text="信访"), 1),
            (SearchRequest(text="-信访", level=("county",)), 2),
        ):
            trend = count_trend(["代表"], filters=filters)
            assert trend.series[0].total.occurrences == wanted
            assert (trend.searched.speeches, trend.corpus.speeches) == (1, 2)

    def test_a_point_leads_to_the_speeches_it_counts(self, index_folder: Path) -> None:
        for date in ("2021-02", "2021-03", "2021-03-31", "2021", "2022-01", "2021-12", ""):
            index_speeches([make_speech("题", ["代表建议", "信访"], date=date).pk])
        for step in ("year", "month"):
            trend = count_trend(["代表建议"], step, SearchRequest(text="信访 OR 题"))  # type: ignore[arg-type]
            series = trend.series[0]
            for period, point in zip(trend.periods, series.points, strict=True):
                request = find_point(trend.request, series, period)
                assert run_search(request).total == (point.speeches or 0)

    def test_it_agrees_with_the_concordance(self, index_folder: Path) -> None:
        for date in ("2020", "2021", ""):
            index_speeches([make_speech("代表", ["代表，人大代表", "委员"], date=date).pk])
        for text in ("代表 OR 委员", "人大* -2021", "“代表”~3“委员”", "标题:代表", "日期:2021"):
            concordance = build_concordance(ConcordanceRequest(SearchRequest(text=text)))
            total = count_trend([text]).series[0].total
            assert (total.occurrences or 0) == concordance.total
            assert (total.occurrences is None) == (not concordance.has_key)

    def test_no_index_gives_no_periods_and_says_so(self, index_folder: Path) -> None:
        trend = count_trend(["代表"])
        assert (trend.periods, trend.stale) == ([], True)
        assert trend.series[0].total.occurrences == 0

    def test_the_number_of_database_queries_does_not_grow(self, index_folder: Path) -> None:
        theme, counts = make_theme("t", "主题"), []
        for _ in range(2):
            for at in range(4):
                speech = make_speech("题", ["代表" * 5], date=f"202{at}")
                tag_section(speech, "1", theme)
                index_speeches([speech.pk])
            with CaptureQueriesContext(connection) as caught:
                trend = count_trend(["代表", "题"], filters=SearchRequest(theme=("t",)))
            counts.append((len(caught), trend.series[0].total.occurrences))
        assert counts == [(1, 20), (1, 40)]


def test_an_unreadable_expression_is_named() -> None:
    with pytest.raises(ExpressionError) as caught:
        count_trend(["代表", "（委员"])
    assert (caught.value.expression, caught.value.position) == ("（委员", 0)


def test_too_many_expressions_are_refused() -> None:
    with pytest.raises(QueryError):
        count_trend([str(number) for number in range(MAX_EXPRESSIONS + 1)])


def test_a_request_reads_itself_from_an_address_and_writes_itself_back() -> None:
    address = "expression=代表%0A委员&expression=代表&period=month&q=信访&year=2021&min_speeches=0"
    request = TrendRequest.from_params(QueryDict(address))
    assert request.expressions == ("代表", "委员")
    assert (request.period, request.min_speeches) == ("month", 0)
    assert request.filters == SearchRequest(text="信访", year=("2021",))
    assert TrendRequest.from_params(QueryDict(request.to_querystring())) == request
    assert TrendRequest.from_params(QueryDict("period=week&min_speeches=x")) == TrendRequest()


@given(st.text(min_size=1).filter(real_fold))
def test_a_quoted_text_is_read_back_as_it_was(text: str) -> None:
    assert read_expression(
        quote_words(text), "auto", ArrayCorpus(NO_ARRAYS, is_stale=False)
    ).node == Phrase(text)


def test_days_of_all_ages_have_their_month() -> None:
    for day in (datetime.date(1949, 10, 1), datetime.date(1970, 1, 1), datetime.date(2024, 2, 29)):
        days = np.array([day.toordinal()], dtype=np.int32)
        for step, shape in (("year", "%Y"), ("month", "%Y-%m")):
            bucket = int(assign_buckets(days, days, step)[0])  # type: ignore[arg-type]
            assert label_bucket(bucket, step) == day.strftime(shape)  # type: ignore[arg-type]
