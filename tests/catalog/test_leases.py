"""Leases: who does alone what several hosts could do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now

from corpus_app.catalog.leases import (
    LeaseLostError,
    confirm_lease,
    list_leases_elsewhere,
    name_host,
    release_lease,
    renew_lease,
    take_lease,
)
from corpus_app.catalog.models import Lease

pytestmark = pytest.mark.django_db


def run_out(name: str) -> None:
    """Let the time of a lease be over, by the clock of the database."""
    Lease.objects.filter(name=name).update(expires_at=Now() - timedelta(seconds=1))


def test_one_holds_it_and_another_waits_until_it_is_let_go() -> None:
    held = take_lease("inbox")
    assert held is not None
    assert take_lease("inbox") is None
    assert take_lease("other") is not None
    assert renew_lease(held)
    release_lease(held)
    assert take_lease("inbox") is not None


def test_a_dead_holders_lease_runs_out_and_the_late_one_knows_it_by_its_token() -> None:
    slow = take_lease("inbox")
    assert slow is not None
    run_out("inbox")
    confirm_lease(slow)  # nobody took it: it goes on
    assert take_lease("inbox") is None
    run_out("inbox")
    next_one = take_lease("inbox")
    assert next_one is not None
    assert next_one.token > slow.token
    assert not renew_lease(slow)
    with pytest.raises(LeaseLostError):
        confirm_lease(slow)
    release_lease(slow)
    assert take_lease("inbox") is None
    confirm_lease(next_one)


def test_leases_of_other_hosts_are_told_from_ones_own(settings: Any, tmp_path: Path) -> None:
    here = name_host()
    assert take_lease("worker:1") is not None
    assert list_leases_elsewhere("worker:") == []
    settings.DATA_DIR = tmp_path / "new"
    assert name_host() != here
    assert name_host() == name_host()
    assert list_leases_elsewhere("worker:") == ["worker:1"]
    run_out("worker:1")
    assert list_leases_elsewhere("worker:") == []
