"""How many do a thing at the same time."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from corpus_app.access.slots import take_slot


def test_there_are_as_many_slots_as_are_asked_for_and_each_comes_back() -> None:
    held = [take_slot("work", 2) for _ in range(3)]
    assert held[2] is None
    assert held[0] is not None
    held[0].release()
    held[0].release()
    again = take_slot("work", 2)
    assert again is not None
    assert take_slot("work", 2) is None
    assert take_slot("other", 1) is not None


def _take_and_die(folder: str) -> None:
    from django.conf import settings

    settings.CACHE_DIR = Path(folder)
    assert take_slot("work", 1) is not None


def test_a_process_that_dies_takes_no_slot_along(settings: Any) -> None:
    child = multiprocessing.get_context("fork").Process(
        target=_take_and_die, args=(str(settings.CACHE_DIR),)
    )
    child.start()
    child.join()
    assert child.exitcode == 0
    assert take_slot("work", 1) is not None


def test_where_nothing_can_be_written_nobody_is_held(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHE_DIR = tmp_path / "file"
    settings.CACHE_DIR.write_text("no folder")
    assert [take_slot("work", 1) is not None for _ in range(2)] == [True, True]
    assert "could not be counted" in caplog.text
