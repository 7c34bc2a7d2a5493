from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from corpus_app.research.charts import (
    BASE,
    LEFT,
    TOP,
    WIDTH,
    build_panels,
    round_up,
)
from corpus_app.research.points import MEASURES, show_value
from search.request import SearchRequest
from search.result import Coverage
from search.study.answer import Grounds
from search.trends import Period, Point, Series, Trend, TrendRequest


def make_trend(counts: list[list[int]]) -> Trend:
    span = range(len(counts[0]))
    none = Point(0, 0, None, None)
    nothing = Period("", 0, 0)
    return Trend(
        grounds=Grounds("", (), True, Coverage(), Coverage()),
        request=TrendRequest(tuple(f"式{n}" for n in range(len(counts)))),
        periods=[Period(str(2000 + at), 4, 20_000, is_thin=at % 2 == 1) for at in span],
        imprecise=nothing, undated=nothing, total=nothing,
        series=[
            Series(f"式{n}", "", True, [Point(c, min(c, 4), c / 2, 0.5) for c in row],
                   none, none, Point(sum(row), 4, None, None))
            for n, row in enumerate(counts)
        ],
    )  # fmt: skip


rows = st.integers(1, 120).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 10**6), min_size=width, max_size=width), min_size=1, max_size=8
    )
)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_every_bar_stands_inside_its_panel(counts: list[list[int]]) -> None:
    for panel in build_panels(make_trend(counts), "count", lambda s, p: SearchRequest().text):
        assert len(panel.bars) == len(counts[0])
        assert len(panel.others) == len(counts) - 1
        assert not any(bar.gap for bar in panel.bars)
        for bar in panel.bars:
            assert bar.left + 0.1 >= LEFT
            assert bar.left + bar.step <= WIDTH + 1
            assert TOP - 0.1 <= bar.y <= BASE
            assert abs(bar.y + bar.height - BASE) < 0.11


@settings(deadline=None, max_examples=40)
@given(rows)
def test_bars_are_as_high_as_their_counts(counts: list[list[int]]) -> None:
    panels = build_panels(make_trend(counts), "count", lambda s, p: "")
    bars = [bar for panel in panels for bar in panel.bars]
    for bar, count in zip(bars, [c for row in counts for c in row], strict=True):
        assert (bar.height > 0) == (count > 0)
    flat = [count for row in counts for count in row]
    heights = sorted((count, bar.height) for bar, count in zip(bars, flat, strict=True))
    assert [h for _, h in heights] == sorted(h for _, h in heights)


@given(st.floats(1e-6, 1e9))
def test_the_scale_ends_at_or_just_above_the_most(most: float) -> None:
    assert most * (1 - 1e-6) <= round_up(most) <= most * 2.5 + 1e-9


def test_thin_periods_and_empty_ones_are_told_apart() -> None:
    (panel,) = build_panels(make_trend([[3, 2, 0]]), "count", lambda s, p: "/x")
    assert [bar.thin for bar in panel.bars] == [False, True, False]
    assert [bar.url for bar in panel.bars] == ["/x", "/x", ""]
    assert panel.bars[1].words.endswith("本期文本偏少")


@pytest.mark.parametrize(
    ("value", "measure", "shown"),
    [(1234.0, "count", "1,234"), (0.125, "rate", "0.12"), (1234.5, "rate", "1,234")],
)
def test_numbers_are_written_for_reading(value: float, measure: str, shown: str) -> None:
    assert show_value(value, measure) == shown  # type: ignore[arg-type]


def test_a_period_without_text_is_a_gap_and_breaks_the_line() -> None:
    trend = make_trend([[3, 2, 0, 4], [1, 1, 1, 1]])
    trend.periods[1] = Period("2001", 0, 0, is_thin=True)
    for series in trend.series:
        series.points[1] = Point(None, None, None, None)
    for measure in MEASURES:
        first, second = build_panels(trend, measure, lambda s, p: "/x")
        assert [bar.gap for bar in first.bars] == [False, True, False, False]
        assert first.bars[1].shown == "—"
        assert first.bars[1].height == 0
        assert "没有文稿" in first.bars[1].words
        assert [len(piece.split()) for piece in second.others] == [2, 2]
