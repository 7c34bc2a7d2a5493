"""Leases in the database: who does alone what several hosts could do.

A lock on a file ends with the process that holds it, but another host does not see it. A lease is
seen by all and ends by the clock, that of the database: its holder renews it, and who died does
not. Whoever was only slow finds that another has the lease now (confirm_lease, in the
transaction of what it wanted to write), and what it did does not stand.
"""

from __future__ import annotations

import socket
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from corpus_app.catalog.models import Lease

# A holder that does not renew it within this time is thought dead.
LEASE_SECONDS: Final = 60.0
_FOLDERS_NAME: Final = "host"
_LONG_OVER: Final = timedelta(days=1)
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


class LeaseLostError(Exception):
    """The lease ran out and is another's: what was done under it must not stand."""


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A lease that this process was given, with the token that it was given under."""

    name: str
    token: int


def take_lease(
    name: str, seconds: float = LEASE_SECONDS, *, over_own: bool = False
) -> HeldLease | None:
    """Return the lease, now this process's for so many seconds; None where another holds it.

    over_own: take it over from this host, for who knows by a lock that no other process of this
    host has it.
    """
    with transaction.atomic():
        Lease.objects.bulk_create([Lease(name=name, expires_at=_NEVER)], ignore_conflicts=True)
        free = Q(expires_at__lte=Now())
        over = Lease.objects.filter(free | Q(host=name_host()) if over_own else free, name=name)
        until = Now() + timedelta(seconds=seconds)
        if not over.update(host=name_host(), token=F("token") + 1, expires_at=until):
            return None
        return HeldLease(name, Lease.objects.values_list("token", flat=True).get(name=name))


def renew_lease(lease: HeldLease, seconds: float = LEASE_SECONDS) -> bool:
    """Hold the lease for so many seconds from now; return False where another has it."""
    held = Lease.objects.filter(name=lease.name, token=lease.token)
    return bool(held.update(expires_at=Now() + timedelta(seconds=seconds)))


def confirm_lease(lease: HeldLease, seconds: float = LEASE_SECONDS) -> None:
    """Renew the lease, which nobody can take before the transaction is over; call it inside one.

    Raises LeaseLostError where it is another's.
    """
    if not renew_lease(lease, seconds):
        raise LeaseLostError(lease.name)


def release_lease(lease: HeldLease) -> None:
    """Let another take the lease at once; nothing happens where another has it."""
    Lease.objects.filter(name=lease.name, token=lease.token).update(expires_at=_NEVER)


def list_leases_elsewhere(beginning: str) -> list[str]:
    """Return the names, so beginning, of leases that holders on other hosts have now."""
    running = Lease.objects.filter(name__startswith=beginning, expires_at__gt=Now())
    return list(running.exclude(host=name_host()).values_list("name", flat=True))


def sweep_leases(beginning: str) -> None:
    """Delete leases, so beginning, that ended long ago: names that are never used again."""
    Lease.objects.filter(name__startswith=beginning, expires_at__lte=Now() - _LONG_OVER).delete()


def name_host() -> str:
    """Return a name for this host and data folder that no other one has.

    It lies in the folder: two hosts may be called alike.
    """
    path = Path(settings.DATA_DIR) / _FOLDERS_NAME
    try:
        drawn = path.read_text("ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(f".{uuid.uuid4().hex[:12]}")
        passing.write_text(uuid.uuid4().hex, "ascii")
        try:
            path.hardlink_to(passing)  # never over one that another process just made
        except FileExistsError:
            pass
        finally:
            passing.unlink()
        drawn = path.read_text("ascii")
    return f"{socket.gethostname()[:60]}-{drawn}"
