"""Counts of requests and of failures where hosts share a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_app.access.failures import AttemptSeries, begin_attempt, forgive
from corpus_app.access.models import FailureCount, RequestCount
from corpus_app.access.rates import Rate, count_request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def turn_to(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    """Return how to go on as the host of that name."""
    settings.SHARED_DATABASE = True

    def turn(host: str) -> None:
        settings.CACHE_DIR = tmp_path / host

    turn("a")
    return turn


def test_a_rate_is_one_for_all_hosts(turn_to: Callable[[str], None]) -> None:
    rate = Rate(2, 60)
    assert [count_request("a", rate, 100.0 + n).left for n in range(2)] == [1, 0]
    turn_to("b")
    assert count_request("a", rate, 103.5).exceeded
    assert count_request("a", rate, 103.5).wait == 57
    assert count_request("b", rate, 103.0).left == 1
    assert not count_request("a", rate, 160.0).exceeded
    assert not count_request("a", rate, 50.0).exceeded  # the clock was set back


def test_who_fails_on_one_host_waits_on_all(turn_to: Callable[[str], None]) -> None:
    own, shared = AttemptSeries("own", 2), AttemptSeries("shared", 9)
    assert [begin_attempt([own, shared], 1000.0 + n) for n in range(2)] == [0, 0]
    turn_to("b")
    assert begin_attempt([own, shared], 1002.0) == 14
    forgive([own], [shared])
    assert begin_attempt([own, shared], 1003.0) == 0
    assert FailureCount.objects.get(key="shared").number == 2


def test_who_has_gone_is_swept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_app.access.rates._SWEEP_EVERY", 1)
    count_request("old", Rate(1, 60), 100.0)
    count_request("new", Rate(1, 60), 1000.0)
    assert list(RequestCount.objects.values_list("key", flat=True)) == ["new"]
