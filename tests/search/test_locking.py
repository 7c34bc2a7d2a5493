from __future__ import annotations

import threading
from pathlib import Path

import pytest

from search.arrays.manifest import hold_lock
from search.errors import IndexProblem


def try_elsewhere(path: Path) -> list[str]:
    """Return what happens to another thread that asks for the lock and will not wait."""
    outcome: list[str] = []

    def ask() -> None:
        try:
            with hold_lock(path, wait_seconds=0):
                outcome.append("held")
        except IndexProblem:
            outcome.append("refused")

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return outcome


def test_only_one_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "write.lock"
    with hold_lock(path):
        assert try_elsewhere(path) == ["refused"]
    assert try_elsewhere(path) == ["held"]


def test_its_holder_may_take_it_again_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "write.lock"
    with hold_lock(path):
        with hold_lock(path):
            pass
        assert try_elsewhere(path) == ["refused"]


def test_an_error_lets_go_of_it(tmp_path: Path) -> None:
    path = tmp_path / "write.lock"
    with pytest.raises(ValueError), hold_lock(path):
        raise ValueError
    assert try_elsewhere(path) == ["held"]
