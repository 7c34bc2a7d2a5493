from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, strategies as st

from search import SearchRequest
from search.request import FACETS, KEYS, MAX_PAGE, MAX_SELECTED, SORTS, UNITS


def read(querystring: str) -> SearchRequest:
    return SearchRequest.from_params(QueryDict(querystring))


def test_it_reads_an_address() -> None:
    request = read("q=代表+履职&unit=section&sort=-date&page=3&year=2022&year=2023&theme=lvzhi")
    assert request == SearchRequest(
        text="代表 履职",
        unit="section",
        sort="-date",
        page=3,
        year=("2022", "2023"),
        theme=("lvzhi",),
    )


@pytest.mark.parametrize("querystring", ["", "unit=x&sort=y&page=z", "page=0", "page=-3&year="])
def test_wrong_values_count_as_unset(querystring: str) -> None:
    assert read(querystring) == SearchRequest()


def test_a_page_number_and_choices_have_limits() -> None:
    assert read("page=99999999999").page == MAX_PAGE
    assert len(read("&".join(f"year={at}" for at in range(500))).year) == MAX_SELECTED


def test_a_change_returns_to_the_first_page() -> None:
    request = SearchRequest(text="党", page=4)
    assert QueryDict(request.to_querystring(sort="date")) == QueryDict("q=党&sort=date")
    assert QueryDict(request.to_querystring(page=5)) == QueryDict("q=党&page=5")
    assert QueryDict(request.to_querystring()) == QueryDict("q=党&page=4")


def test_an_unknown_change_is_an_error() -> None:
    with pytest.raises(TypeError):
        SearchRequest().to_querystring(colour="red")


def test_toggling_twice_changes_nothing_but_the_page() -> None:
    request = SearchRequest(text="党", year=("2022",))
    assert request.toggle("year", "2023").year == ("2022", "2023")
    assert request.toggle("year", "2022").year == ()
    assert request.toggle("year", "2023").toggle("year", "2023") == request


def test_chips_lead_to_the_search_without_them() -> None:
    request = SearchRequest(text="党", year=("2022",), level=("county",))
    chips = request.chips({"level": {"county": "县级"}})
    assert [(chip.facet, chip.label) for chip in chips] == [("year", "2022"), ("level", "县级")]
    assert read(chips[0].querystring) == SearchRequest(text="党", level=("county",))
    assert not request.clear_facets().has_facets


VALUES = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)


@given(
    st.builds(
        SearchRequest,
        text=st.text(max_size=20).map(str.strip),
        unit=st.sampled_from(UNITS),
        sort=st.sampled_from(SORTS),
        page=st.integers(1, 500),
        only=st.builds("{}:{}".format, st.sampled_from(KEYS), st.text(max_size=8)).map(
            lambda condition: (condition,)
        ),
        **dict.fromkeys(FACETS, VALUES),
    )
)
def test_an_address_says_all_that_a_request_says(request_: SearchRequest) -> None:
    assert read(request_.to_querystring()) == request_
