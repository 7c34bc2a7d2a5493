"""The days that partial dates stand for."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.periods import YearTotal, fill_years, find_period, mark_gaps, name_gaps


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023-05-06", dt.date(2023, 5, 6), dt.date(2023, 5, 6)),
    ],
)
def test_a_partial_date_stands_for_its_days(value: str, first: dt.date, last: dt.date) -> None:
    assert find_period(value) == (first, last)


@pytest.mark.parametrize("value", ["", "x", "2024-13", "2024-02-30", "0000", "2024-1-1-1", "99999"])
def test_what_is_no_date_has_no_period(value: str) -> None:
    assert find_period(value) is None


def test_years_without_any_count_nought_and_the_undated_come_last() -> None:
    assert fill_years({2021: 3, None: 2, 2023: 1}) == [
        YearTotal(2021, 3),
        YearTotal(2022, 0),
        YearTotal(2023, 1),
        YearTotal(None, 2),
    ]
    assert fill_years({}) == []


@given(
    st.dictionaries(st.integers(1950, 2030), st.integers(1, 9), max_size=6),
    st.sets(st.integers(1950, 2030)),
)
def test_only_a_year_with_text_can_count_zero(
    counts: dict[int | None, int], held: set[int]
) -> None:
    years = held | {year for year in counts if year is not None}
    for one in mark_gaps(fill_years(counts), years):
        assert one.count == (counts.get(one.year, 0) if one.year in years else None)


def test_years_without_text_are_named_by_their_runs() -> None:
    periods = [(str(year), year not in (1989, 1990, 1995)) for year in range(1988, 1997)]
    assert name_gaps(periods) == ["1989—1990", "1995"]
    assert name_gaps([]) == []
