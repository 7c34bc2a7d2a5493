"""What is said of larger corpora comes of the measured points, and is what the page shows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from benchmarks.growth import (
    MOST_CHARACTERS,
    QUANTITIES,
    SIZES,
    Line,
    advise,
    count_shards,
    draw_all,
    fit,
    fit_all,
    measure_section,
    read_points,
    show,
    simulate,
)
from tests.places import ROOT

PAGE = (ROOT / "docs/scaling.md").read_text(encoding="utf-8")
SIZE_LIST = st.lists(st.integers(1_000, 10**8), min_size=2, max_size=8, unique=True).map(sorted)
LINES = fit_all(read_points())


def test_the_page_shows_the_tables_that_the_points_give() -> None:
    missing = [name for name, table in draw_all(read_points()).items() if table not in PAGE]
    assert not missing, f"python -m benchmarks.growth prints docs/scaling.md's {missing} anew"


@given(sizes=SIZE_LIST, fixed=st.integers(0, 10**9), each=st.integers(1, 1000))
def test_points_on_a_line_give_that_line(sizes: list[int], fixed: int, each: int) -> None:
    line = fit(sizes, [fixed + each * size for size in sizes])
    assert line.at(10**9) == pytest.approx(fixed + each * 10**9, rel=0.01)
    assert line.worst < 0.001


@given(sizes=SIZE_LIST, values=st.lists(st.integers(1, 10**9), min_size=8, max_size=8))
def test_no_line_costs_less_than_nothing(sizes: list[int], values: list[int]) -> None:
    line = fit(sizes, values[: len(sizes)])
    assert line.at(0) >= 0
    assert line.each >= 0
    assert line.bent(10**9) >= line.at(10**9) * 0.999


def test_a_quantity_that_grows_with_the_square_is_told_by_its_bend() -> None:
    sizes = [1e5, 2e5, 4e5, 8e5]
    line = fit(sizes, [size**2 for size in sizes])
    assert line.blind < -0.2
    assert line.bend > 1.5
    assert line.bent(8e8) > 100 * line.at(8e8)


def test_two_points_say_nothing_of_how_far_they_can_be_trusted() -> None:
    line = fit([1e5, 2e5], [1.0, 2.0])
    assert math.isnan(line.blind)
    assert line.bent(4e5) == pytest.approx(4.0)


def test_every_quantity_is_measured() -> None:
    assert set(LINES) == {quantity.name for quantity in QUANTITIES}


def test_advice_only_ever_asks_for_more_as_a_corpus_grows() -> None:
    told = [advise(LINES, 10 ** (at / 10)) for at in range(50, 115)]
    firsts = list(dict.fromkeys(told))
    assert told == sorted(told, key=firsts.index)
    assert firsts[0] == "one machine"
    assert "out of reach" in firsts[-1]
    assert "out of reach" not in advise(LINES, MOST_CHARACTERS)


def test_shards_grow_with_the_corpus_and_never_fall_below_two() -> None:
    section = measure_section(read_points())
    shards = [count_shards(LINES, size * section) for size in SIZES]
    assert shards == sorted(shards)
    assert shards[0] == 2


def test_a_corpus_grows_by_what_each_year_brings() -> None:
    assert simulate(100, 10, 0, 3) == [100, 110, 120, 130]
    assert simulate(100, 10, 1, 3) == [100, 110, 130, 170]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0.00"), (0.0312, "0.031"), (7.34, "7.3"), (1234.6, "1,235")]
)
def test_numbers_are_shown_with_two_digits_that_count(value: float, shown: str) -> None:
    assert show(value) == shown


def test_a_line_is_read_at_any_size() -> None:
    assert Line(2.0, 0.5, 0, 0, 1, 10).at(6) == 5.0
