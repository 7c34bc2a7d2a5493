"""A chart over time carries a hundred periods: nothing collides, gaps are drawn as one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, strategies as st

from corpus_app.catalog.periods import YearTotal, spread_years
from corpus_app.pages.chart_layout import (
    LEAST_BAR,
    choose_labels,
    choose_numbers,
    is_line,
    list_gaps,
)
from corpus_app.pages.charts import MARGIN, WIDTH, build_year_chart

DIGIT = 8.0
steps = st.floats(0.5, 60)
values = st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=130)


def list_years(first: int, count: int) -> list[str]:
    return [str(first + at) for at in range(count)]


def list_months(first: int, count: int) -> list[str]:
    numbers = (first * 12 + at for at in range(count))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def assert_clear(places: set[int], words: list[str], step: float) -> None:
    """Fail where two words that stand centred at their places touch."""
    for one, other in pairwise(sorted(places)):
        room = (other - one) * step
        assert room >= (len(words[one]) + len(words[other])) * DIGIT / 2, (words[one], words[other])


@given(st.integers(1900, 2000), st.integers(1, 130), steps, st.booleans())
def test_no_label_touches_another_and_some_are_there(
    first: int, count: int, step: float, monthly: bool
) -> None:
    labels = (list_months if monthly else list_years)(first, count)
    chosen = choose_labels(labels, step, DIGIT)
    assert chosen <= set(range(count))
    assert chosen
    assert_clear(chosen, labels, step)


@given(values, steps)
def test_no_number_touches_another_and_the_highest_is_written(
    counts: list[int | None], step: float
) -> None:
    shown = [str(count) for count in counts]
    chosen = choose_numbers(counts, shown, step, DIGIT)
    assert_clear(chosen, shown, step)
    assert all(counts[at] for at in chosen)
    if most := max((count or 0 for count in counts), default=0):
        assert counts.index(most) in chosen


@pytest.mark.parametrize(
    ("count", "step", "expected"),
    [
        (8, 52, [str(year) for year in range(1954, 1962)]),
        (73, 5.7, ["1954", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
    ],
)
def test_round_years_are_named(count: int, step: float, expected: list[str]) -> None:
    labels = list_years(1954, count)
    named = [labels[at] for at in sorted(choose_labels(labels, step, DIGIT))]
    assert [year for year in named if year in expected] == named
    assert set(named) >= set(expected[-6:])


@given(values)
def test_gaps_are_the_longest_runs_without_text(counts: list[int | None]) -> None:
    gaps = list_gaps(counts)
    inside = {at for start, end in gaps for at in range(start, end)}
    assert inside == {at for at, count in enumerate(counts) if count is None}
    assert all(one[1] < other[0] for one, other in pairwise(gaps))


def test_many_years_are_a_line_with_a_dot_each_and_few_are_bars() -> None:
    counts = [YearTotal(1954 + at, at % 7 if at not in range(4, 24) else None) for at in range(73)]
    chart = build_year_chart("题", counts, lambda year: f"/?year={year}")
    assert chart is not None
    assert is_line(chart.bars[0].step)
    assert [len(line.split()) for line in chart.lines] == [4, 49]
    ((run, x, width),) = chart.gaps
    assert run == "1958—1977"
    assert x >= 0
    assert x + width <= WIDTH
    assert [row.label for row in chart.rows[3:6]] == ["1957", "1958—1977", "1978"]
    shown = render_to_string("pages/_bar_chart.html", {"chart": chart, "name": "x"})
    assert shown.count("<circle") == sum(1 for one in counts if one.count)
    assert shown.count('class="bar-gap"') == 1
    assert "无文稿" in shown
    few = build_year_chart("题", counts[:3], str)
    assert few is not None
    assert few.lines == []
    assert few.bars[0].step > LEAST_BAR
    assert few.bars[0].x >= MARGIN


def test_years_with_text_before_the_first_hit_are_zeros_and_those_without_are_gaps() -> None:
    totals = spread_years([YearTotal(1990, 2), YearTotal(None, 1)], {1954, 1956, 1990, 1991})
    known = {one.year: one.count for one in totals if one.count is not None}
    assert known == {1954: 0, 1956: 0, 1990: 2, 1991: 0, None: 1}
    assert [one.year for one in totals][:3] == [1954, 1955, 1956]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([YearTotal(2019, 1), YearTotal(2020, 2), YearTotal(None, 9)], "最多的是 2020 年（2 处）"),
        ([YearTotal(2019, 0), YearTotal(None, 2)], "共 2 处，日期都不详。"),
    ],
)
def test_a_chart_is_summed_up_by_its_years(counts: list[YearTotal], told: str) -> None:
    chart = build_year_chart("题", counts, lambda _year: "")
    assert chart is not None
    assert told in chart.summary
