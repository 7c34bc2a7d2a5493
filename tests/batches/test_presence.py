"""Which workers live."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models.functions import Now

from corpus_app.batches.presence import (
    hold_presence,
    is_worker_late,
    is_worker_present,
    list_present,
    take_turn,
    try_alone,
)
from corpus_app.catalog.leases import LeaseLostError
from corpus_app.catalog.models import Lease
from tests.places import ROOT

HOLD = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "corpus_app.settings"
django.setup()
from corpus_app.batches.presence import hold_presence
with hold_presence() as token:
    print(token, flush=True)
    sys.stdin.read()
"""


def test_a_worker_is_there_while_it_is_inside() -> None:
    assert not is_worker_present()
    with hold_presence() as token, hold_presence() as other:
        assert set(list_present()) == {token, other}
        assert is_worker_present()
    assert list_present() == []


def test_a_killed_worker_is_gone_at_once_and_its_file_swept() -> None:
    env = os.environ | {"CORPUS_DATA_DIR": str(settings.DATA_DIR)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        token = process.stdout.readline().strip()
        assert list_present() == [token]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert list_present() == []
    assert not list(Path(settings.DATA_DIR, "workers").glob(f"{token}*"))


def test_only_one_is_alone() -> None:
    with try_alone("thing") as first, try_alone("thing") as second, try_alone("other") as other:
        assert (first, second, other) == (True, False, True)
    with try_alone("thing") as again:
        assert again


@pytest.fixture
def two_hosts(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    """Return how to go on as another host over the same database."""
    settings.SHARED_DATABASE = True

    def turn_to(host: str) -> None:
        settings.DATA_DIR = tmp_path / host

    return turn_to


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_of_another_host_counts_as_living_until_its_lease_runs_out(
    two_hosts: Callable[[str], None],
) -> None:
    two_hosts("a")
    with hold_presence() as token:
        assert list_present() == [token]
        two_hosts("b")
        assert list_present() == [token]
        assert is_worker_present()
        assert not is_worker_late()
        Lease.objects.update(expires_at=Now() - timedelta(seconds=1))
        assert list_present() == []
        two_hosts("a")
        # Its own host sees its lock, and needs no lease.
        assert list_present() == [token]
    two_hosts("b")
    assert not is_worker_present()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_done_alone_is_done_by_one_host_and_a_late_one_writes_no_more(
    two_hosts: Callable[[str], None],
) -> None:
    two_hosts("a")
    with take_turn("thing") as slow:
        assert slow is not None
        two_hosts("b")
        with take_turn("thing") as other:
            assert other is None
        slow.confirm()
        Lease.objects.update(expires_at=Now() - timedelta(seconds=1))
        with take_turn("thing") as other:
            assert other is not None
            with pytest.raises(LeaseLostError):
                slow.confirm()
            other.confirm()
