"""A range of years as a value of the year facet."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, strategies as st

import search
from search.presentation.notes import describe_filters
from search.request import SearchRequest, covers_year, name_years, read_years, write_years
from search.trends import count_trend
from tests.search.asking import ask
from tests.search.factories import make_speech

years = st.integers(1, 9999)
ends = st.none() | years


def read(querystring: str) -> SearchRequest:
    return SearchRequest.from_params(QueryDict(querystring))


@given(ends, ends)
def test_what_is_written_is_read_again_whichever_way_round(
    first: int | None, last: int | None
) -> None:
    value = write_years(str(first or ""), str(last or ""))
    if not first and not last:
        assert value == ""
        return
    low, high = first or 1, last or 9999
    assert read_years(value) == (min(low, high), max(low, high))
    assert read_years(write_years(*value.split("..")) if ".." in value else value)
    assert read(f"year_from={first or ''}&year_to={last or ''}").year == (value,)


@given(st.lists(st.tuples(ends, ends), max_size=3), years)
def test_a_year_is_covered_where_it_lies_between_the_ends(
    spans: list[tuple[int | None, int | None]], year: int
) -> None:
    values = [write_years(str(a or ""), str(b or "")) for a, b in spans]
    inside = [(a or 1, b or 9999) for a, b in spans if a or b]
    expected = any(min(span) <= year <= max(span) for span in inside)
    assert covers_year(filter(None, values), str(year)) == expected
    assert not covers_year(values, "")


@pytest.mark.parametrize("value", ["", "..", "x", "x..2000", "1990..y", "1..2..3", "99999", "-3"])
def test_what_is_no_year_covers_nothing(value: str) -> None:
    assert read_years(value) is None
    assert read(f"year_from={value}&year=2020").year == ("2020",)


def test_a_range_is_shown_in_words() -> None:
    values = ["2021", "1990..2000", "1990..", "..2000", "x..y"]
    words = ["2021", "1990—2000", "1990 年起", "至 2000 年", "x..y"]
    assert [name_years(value) for value in values] == words
    request = read("q=a&year_from=2000&year_to=1990")
    assert [chip.label for chip in request.chips()] == ["1990—2000"]
    assert read(request.to_querystring()) == request
    assert describe_filters(request) == "年份：1990—2000"


@pytest.fixture
def decades(db: None, index_folder: object) -> list[int]:
    made = list(range(1954, 2024, 3))
    for year in made:
        make_speech(f"报告{year}", ["代表依法履职。"], date=f"{year}-03")
    make_speech("没有日期的报告", ["代表依法履职。"])
    search.rebuild_index()
    return made


@pytest.mark.parametrize("chosen", ["1980..1990", "1980..", "..1980", "1999..1999", "1800..1900"])
def test_search_and_trend_keep_the_speeches_of_the_range(decades: list[int], chosen: str) -> None:
    low, high = read_years(chosen) or (0, 0)
    kept = [year for year in decades if low <= year <= high]
    result = ask("代表", year=(chosen,))
    assert result.total == len(kept)
    assert result.searched.speeches == len(kept)
    facet = result.facets["year"]
    assert [one.value for one in facet if one.selected] == [str(y) for y in reversed(kept)]
    assert len(facet) == len(decades)
    trend = count_trend(["代表"], filters=SearchRequest(year=(chosen,)))
    assert [one.label for one in trend.periods if one.speeches] == [str(year) for year in kept]
