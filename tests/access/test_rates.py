"""How often somebody did something lately, counted by all processes together."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from corpus_app.access.rates import FILE_NAME, Rate, count_request


def test_a_rate_counts_down_and_begins_anew() -> None:
    rate = Rate(2, 60)
    assert [count_request("a", rate, 100.0 + n).left for n in range(3)] == [1, 0, 0]
    assert count_request("a", rate, 103.5).exceeded
    assert count_request("a", rate, 103.5).wait == 57
    assert count_request("b", rate, 103.0).left == 1
    assert not count_request("a", rate, 160.0).exceeded


def test_a_clock_that_was_set_back_shuts_nobody_out() -> None:
    rate = Rate(1, 60)
    count_request("a", rate, 1_000_000.0)
    assert not count_request("a", rate, 500.0).exceeded


def _count_many(folder: str, number: int) -> None:
    from django.conf import settings

    settings.CACHE_DIR = Path(folder)
    for _ in range(number):
        count_request("shared", Rate(1000, 3600))


def test_several_processes_count_together(settings: Any) -> None:
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_count_many, args=(str(settings.CACHE_DIR), 40)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert count_request("shared", Rate(1000, 3600)).left == 1000 - 121


def test_who_cannot_be_counted_is_let_through(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHE_DIR = tmp_path / "file"
    settings.CACHE_DIR.write_text("no folder")
    assert not count_request("a", Rate(1, 60)).exceeded
    assert "could not be counted" in caplog.text


def test_a_damaged_file_is_made_anew(settings: Any) -> None:
    (settings.CACHE_DIR / FILE_NAME).write_bytes(b"not a database at all" * 100)
    assert not count_request("a", Rate(1, 60)).exceeded
    assert count_request("a", Rate(1, 60)).left == 0
    assert count_request("a", Rate(1, 60)).exceeded


def test_rows_of_those_who_have_gone_are_swept_out(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_app.access.rates._SWEEP_EVERY", 1)
    count_request("old", Rate(1, 60), 100.0)
    count_request("new", Rate(1, 60), 1000.0)
    with sqlite3.connect(settings.CACHE_DIR / FILE_NAME) as base:
        assert base.execute("SELECT key FROM access_requestcount").fetchall() == [("new",)]
    base.close()
