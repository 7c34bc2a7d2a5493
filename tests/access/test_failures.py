"""Attempts that fail in a row: how many are free, and how the waits grow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from corpus_app.access.failures import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MEMORY,
    AttemptSeries,
    begin_attempt,
    forgive,
)
from corpus_app.access.rates import FILE_NAME

NAME = AttemptSeries("name", 3)


def fail(times: int, now: float, *series: AttemptSeries) -> list[int]:
    return [begin_attempt(series or (NAME,), now) for _ in range(times)]


def test_some_failures_are_free_and_then_the_waits_double() -> None:
    assert fail(4, 1000) == [0, 0, 0, FIRST_WAIT]
    assert fail(1, 1000 + FIRST_WAIT - 1) == [1]
    assert fail(2, 1000 + FIRST_WAIT) == [0, 2 * FIRST_WAIT]
    now = 1000.0 + FIRST_WAIT
    for _ in range(12):
        now += fail(1, now)[0] or 0
        fail(1, now)
    assert fail(1, now) == [LONGEST_WAIT]
    assert fail(1, now + MEMORY + 1) == [0]


def test_what_is_made_while_one_waits_counts_for_nothing() -> None:
    fail(3, 1000)
    assert set(fail(50, 1001)) == {FIRST_WAIT - 1}
    assert fail(1, 1000 + FIRST_WAIT) == [0]


def test_a_success_ends_its_own_series_and_lessens_the_shared_one() -> None:
    shared = AttemptSeries("shared", 2)
    fail(2, 1000, NAME, shared)
    forgive([NAME], [shared])
    assert fail(1, 1000, NAME, shared) == [0]
    # One attempt of two was forgiven, then one more was made.
    assert fail(1, 1000, NAME, shared) == [FIRST_WAIT]


@hypothesis_settings(max_examples=25)
@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), max_size=12))
def test_a_clock_that_jumps_makes_nobody_wait_longer_than_the_longest(jumps: list[float]) -> None:
    key = AttemptSeries(f"clock-{jumps}", 2)
    assert all(0 <= begin_attempt([key], 1e9 + jump) <= LONGEST_WAIT for jump in jumps)


def test_what_cannot_be_counted_is_let_through(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    assert begin_attempt([NAME]) == 0
    settings.CACHE_DIR = tmp_path / "file"
    settings.CACHE_DIR.write_text("no folder")
    assert begin_attempt([NAME]) == 0
    forgive([NAME])
    assert "could not be counted" in caplog.text
