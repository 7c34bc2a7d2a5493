"""Which workers live: each holds the lock on a file named by its token.

The system lets go of the lock when the process dies, however it dies: no heartbeat has to be
written for that, none can be late, and a number given to a new process is never taken for the old
one. A process that lives and is frozen is told by its heartbeat, which says when the next is due.

Other hosts over the same database don't see that lock: for them a worker also holds a lease, which
it renews for as long as it keeps its promises.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import close_old_connections, connection

from corpus_app.catalog.leases import (
    LEASE_SECONDS,
    HeldLease,
    confirm_lease,
    list_leases_elsewhere,
    release_lease,
    renew_lease,
    sweep_leases,
    take_lease,
)

logger = logging.getLogger(__name__)

SUFFIX: Final = ".lock"
HEARTBEAT: Final = "heartbeat"
WORKER: Final = "worker:"
# How often a lease is renewed: several times before it runs out.
_RENEW_SECONDS: Final = LEASE_SECONDS / 6
# Taking one file of the inbox may take so long.
_TURN_SECONDS: Final = 300.0


@contextmanager
def hold_presence() -> Iterator[str]:
    """Yield a token that counts as living for as long as this process is inside."""
    folder = _find_folder()
    folder.mkdir(parents=True, exist_ok=True)
    token = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    path = folder / f"{token}{SUFFIX}"
    # Locked before it has its name, so that nobody finds it unlocked.
    passing = path.with_suffix(".new")
    descriptor = os.open(passing, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        passing.rename(path)
        with _show_others(token):
            yield token
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


@contextmanager
def _show_others(token: str) -> Iterator[None]:
    """Let other hosts see that the worker lives, where there may be any."""
    if not settings.SHARED_DATABASE:
        yield
        return
    sweep_leases(WORKER)
    over = threading.Event()
    lease = take_lease(f"{WORKER}{token}")
    assert lease is not None  # nobody else draws this token
    thread = threading.Thread(target=_keep_renewing, args=[lease, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        release_lease(lease)


def _keep_renewing(lease: HeldLease, over: threading.Event) -> None:
    """Renew the lease until it is over, but not while the worker is late: then it is frozen."""
    while not over.wait(_RENEW_SECONDS):
        if is_worker_late():
            continue
        try:
            close_old_connections()
            renew_lease(lease)
        except Exception:
            # The database is away; if for long, others take over what it was at.
            logger.exception("The worker's lease could not be renewed")
    connection.close()


def list_present() -> list[str]:
    """Return the tokens of the living workers of all hosts.

    The files of those of this host that are dead are swept away.
    """
    living = list_leases_elsewhere(WORKER) if settings.SHARED_DATABASE else []
    return [*_list_here(), *(name.removeprefix(WORKER) for name in living)]


def _list_here() -> list[str]:
    living = []
    for path in sorted(_find_folder().glob(f"*{SUFFIX}")):
        if _is_held(path):
            living.append(path.stem)
        else:
            with suppress(OSError):
                path.unlink()
    return living


def is_worker_present() -> bool:
    """Return whether any worker lives, on this host or another."""
    if any(_is_held(path) for path in _find_folder().glob(f"*{SUFFIX}")):
        return True
    return settings.SHARED_DATABASE and bool(list_leases_elsewhere(WORKER))


def beat(seconds: float) -> None:
    """Promise another beat within so many seconds, by the file's time: a full disk can do that."""
    path = _find_folder() / HEARTBEAT
    due = time.time() + seconds
    with suppress(OSError):
        path.touch()
        os.utime(path, (due, due))


def is_worker_late() -> bool:
    """Return whether a beat that this host's worker promised did not come: it lives, no more."""
    late = measure_lateness()
    return late is not None and late > 0 and bool(_list_here())


def measure_lateness() -> float | None:
    """Return the seconds since a beat was due, below 0 until it is; None for none promised."""
    try:
        return time.time() - (_find_folder() / HEARTBEAT).stat().st_mtime
    except OSError:
        return None


def _find_folder() -> Path:
    return Path(settings.DATA_DIR) / "workers"


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        # Shared: two that look at once don't take each other for a worker.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def try_alone(name: str) -> Iterator[bool]:
    """Yield whether this process is the only one inside; it does not wait for its turn."""
    folder = _find_folder()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{name}.alone", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


class Turn:
    """What a process may do alone, on all hosts, until it is over or another one has taken it."""

    def __init__(self, lease: HeldLease | None = None) -> None:
        self._lease = lease

    def confirm(self) -> None:
        """Raise LeaseLostError where it is another's; call it in the transaction of a write."""
        if self._lease is not None:
            confirm_lease(self._lease, _TURN_SECONDS)


@contextmanager
def take_turn(name: str) -> Iterator[Turn | None]:
    """Yield a turn where no process of any host is inside, else None; it does not wait."""
    with try_alone(name) as alone:
        if not alone or not settings.SHARED_DATABASE:
            yield Turn() if alone else None
            return
        lease = take_lease(f"turn:{name}", _TURN_SECONDS)
        try:
            yield Turn(lease) if lease else None
        finally:
            if lease is not None:
                release_lease(lease)
