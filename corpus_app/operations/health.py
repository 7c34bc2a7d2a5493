"""Whether the site can do its work, each part asked for real: what probes and admins are told."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min

import search
from corpus_app.access.audience import see_everything
from corpus_app.batches.models import BatchFile
from corpus_app.batches.presence import is_worker_late, is_worker_present
from corpus_app.batches.services import READY
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.store_state import StoreTrouble, find_store_trouble, takes_writing
from corpus_app.operations.records import read_record

logger = logging.getLogger(__name__)

Part = dict[str, Any]
# Below this an upload or a rebuild of the index may fail half-way.
LEAST_FREE: Final = 200 * 1024 * 1024
# A probe waits so long for the writer of the index.
INDEX_SECONDS: Final = 2.0
# So old may a change be that the index has not followed: a command gathers a hundred of them.
BEHIND_SECONDS: Final = 300.0
# So long a probe looks through the database's pages: a small one wholly, a large one in part.
# The worker's check looks through all of it.
QUICK_SECONDS: Final = 0.5
# How often a process does that.
QUICK_EVERY: Final = 60.0
# SQLite asks after so many steps whether it shall go on.
STEPS: Final = 20_000
# A worker that starts again may leave files waiting for so long.
ABSENT_SECONDS: Final = 120


@dataclass
class _Known:
    """What this process found out and need not ask at each probe."""

    migrations: tuple[Any, ...] | None = None
    trouble: StoreTrouble | None = None
    looked_at: float = -QUICK_EVERY
    faults: str = ""


_KNOWN: Final = _Known()


def check_database() -> Part:
    """Return whether texts can be read, the structure is whole and the tables are today's."""
    with see_everything():
        speeches = Speech.objects.real().count()
    # The text of one speech, another each time: counting reads no text.
    newest = Revision.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is not None:
        one = 1 + time.time_ns() // 1000 % newest
        list(Revision.objects.filter(pk__gte=one).order_by("pk").values_list("text")[:1])
    faults = _find_faults()
    if faults:
        logger.error("The database is damaged: %s", faults)
        return {"ok": False, "speeches": speeches, "state": "damaged"}
    trouble = find_known_trouble()
    state = trouble.kind if trouble else "ok" if takes_writing() else "reading_only"
    return {"ok": trouble is None, "speeches": speeches, "state": state}


def check_saving() -> Part:
    """Return the same, and not well where nothing can be saved: readers are served, no others."""
    part = check_database()
    return part | {"ok": part["ok"] and part["state"] != "reading_only"}


def check_index() -> Part:
    """Return whether searches can be trusted; a writer at work is no trouble.

    Changes that it has still to follow, its own host's or another's, are none for a while.
    """
    state = search.read_state_at_rest(INDEX_SECONDS)
    counts = {"speeches": state.speeches, "sections": state.sections}
    if state.status == "behind":
        left = search.read_changes_left()
        age = time.time() - left.since.timestamp() if left.since else 0.0
        counts |= {"changes_left": left.count, "oldest_seconds": max(0, round(age))}
        if age > BEHIND_SECONDS:
            return {"ok": False, "state": state.status, **counts}
    elif state.status not in ("fresh", "busy"):
        return {"ok": False, "state": state.status, **counts}
    damaged = search.find_index_damage(thorough=False, wait_seconds=INDEX_SECONDS)
    if damaged:
        logger.error("Files of the index were changed: %s", damaged[:5])
    return {"ok": not damaged, "state": "damaged" if damaged else state.status, **counts}


def check_disk() -> Part:
    """Return whether enough is free where the data lie, in bytes, and can be written to."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    writable = os.access(settings.DATA_DIR, os.W_OK)
    return {"ok": writable and free >= LEAST_FREE, "free_bytes": free, "writable": writable}


def check_worker() -> Part:
    """Return whether what waits will be taken in, and for how many seconds the oldest waits."""
    state = "absent"
    if is_worker_present():
        state = "frozen" if is_worker_late() else "working"
    waiting = BatchFile.objects.filter(state=BatchFile.State.WAITING, batch__state__in=READY)
    found = waiting.aggregate(count=Count("pk"), since=Min("batch__changed_at"))
    oldest = time.time() - found["since"].timestamp() if found["since"] else 0.0
    lost = state == "absent" and oldest > ABSENT_SECONDS
    return {
        "ok": state != "frozen" and not lost,
        "state": state,
        "waiting": found["count"],
        "oldest_seconds": max(0, round(oldest)),
    }


def check_integrity() -> Part:
    """Return what the last check of everything said; one that was never made is no trouble."""
    last = read_record("check")
    if last is None:
        return {"ok": True, "state": "never"}
    return {
        "ok": bool(last.get("ok")),
        "state": "ok" if last.get("ok") else "damaged",
        "age_seconds": round(time.time() - last["at"]),
        "found": last.get("found", 0),
    }


def check_backup() -> Part:
    """Return how the last backup by the clock went; one that was never made is no trouble."""
    last = read_record("backup")
    if last is None:
        return {"ok": True, "state": "never"}
    return {
        "ok": bool(last.get("ok")),
        "state": "ok" if last.get("ok") else "failed",
        "age_seconds": round(time.time() - last["at"]),
    }


LIVE: Final[dict[str, Callable[[], Part]]] = {
    "database": check_database,
    "index": check_index,
    "disk": check_disk,
}
READY_PARTS: Final = LIVE | {
    "database": check_saving,
    "worker": check_worker,
    "check": check_integrity,
    "backup": check_backup,
}


def measure(parts: dict[str, Callable[[], Part]]) -> dict[str, Part]:
    """Return the state of each part; of one that can't be asked nothing but that it is not well."""
    found = {}
    for name, check in parts.items():
        try:
            found[name] = check()
        except Exception:
            logger.exception("The %s could not be read", name)
            found[name] = {"ok": False, "state": "unreadable"}
    return found


def find_known_trouble() -> StoreTrouble | None:
    """Return what speaks against serving this store; asked anew where its migrations changed."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*), max(id) from django_migrations")
        seen = cursor.fetchone()
    if _KNOWN.migrations != seen:
        _KNOWN.trouble, _KNOWN.migrations = find_store_trouble(), seen
    return _KNOWN.trouble


def _find_faults() -> str:
    """Return what SQLite finds wrong in its pages, in the time that a probe has."""
    now = time.monotonic()
    if connection.vendor != "sqlite" or now - _KNOWN.looked_at < QUICK_EVERY:
        return _KNOWN.faults
    deadline = now + QUICK_SECONDS
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    raw.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            (found,) = cursor.fetchone()
    except DatabaseError as error:
        # Out of time: as far as it was looked through, nothing was found.
        found = "ok" if "interrupted" in str(error) else str(error)
    finally:
        raw.set_progress_handler(None, 0)
    _KNOWN.looked_at = now
    _KNOWN.faults = "" if found == "ok" else str(found)
    return _KNOWN.faults
