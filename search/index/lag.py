"""How far the indexes that this host answers from are behind the log of changes.

These are its own and, where hosts share an engine, that one.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q

from corpus_app.catalog.changes import read_head
from corpus_app.catalog.models import SpeechChange
from search.errors import EngineUnreachableError
from search.index.position import IndexPosition, is_lost, read_position
from search.index.shared_engine import find_shared_engine, keeps_arrays

# So often a process asks whether other hosts changed something.
LOOK_SECONDS: Final = 0.5
# An engine that did not answer is not asked again by pages that could do without it.
_AWAY_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class ChangesLeft:
    """How many changes the index has not followed, and since when the oldest of them waits.

    is_lost: the log no longer holds all of them, or is another one: only building anew helps.
    """

    count: int
    since: datetime | None
    is_lost: bool = False


@dataclass(slots=True)
class _Seen:
    """What a process saw last: the engine's position only grows while nobody builds it anew."""

    looked_at: float = float("-inf")
    is_behind: bool = False
    engine: IndexPosition | None = None
    away_since: float = float("-inf")


_SEEN: Final = _Seen()
_LOCK: Final = threading.Lock()


def read_changes_left() -> ChangesLeft:
    """Return what there is still to follow, those without a number with it."""
    found = [_read_left(position) for position in (_read_own(), _read_engine()) if position]
    most = max(found, key=lambda left: left.count, default=ChangesLeft(0, None))
    return ChangesLeft(most.count, most.since, any(left.is_lost for left in found))


def _read_left(position: IndexPosition) -> ChangesLeft:
    waiting = SpeechChange.objects.filter(Q(number=None) | Q(number__gt=position.number))
    found = waiting.order_by().aggregate(count=Count("pk"), since=Min("created_at"))
    count = found["count"] + len(position.failed)
    return ChangesLeft(count, found["since"], is_lost(position))


def _read_own() -> IndexPosition | None:
    """Return how far this host's own index is; None where it has none."""
    return read_position() if keeps_arrays() else None


def _read_engine() -> IndexPosition | None:
    """Return how far the shared engine is; None where there is none, or it does not answer."""
    engine = find_shared_engine()
    if engine is None or time.monotonic() - _SEEN.away_since < _AWAY_SECONDS:
        return None
    try:
        _SEEN.engine = engine.read_note().position
    except EngineUnreachableError:
        _SEEN.away_since = time.monotonic()
        return None
    return _SEEN.engine


def is_behind() -> bool:
    """Tell whether other hosts changed what is not followed here, as of half a second ago.

    Where nobody shares the database, whoever changes a speech indexes it: nothing is asked. An
    engine that does not answer is not behind: who needs it is told that it is away.
    """
    if not settings.SHARED_DATABASE:
        return False
    with _LOCK:
        now = time.monotonic()
        if now - _SEEN.looked_at < LOOK_SECONDS or connection.in_atomic_block:
            return _SEEN.is_behind
        _SEEN.looked_at = now
    _SEEN.is_behind = is_anything_left(_read_own()) or _is_engine_behind()
    return _SEEN.is_behind


def read_engine_number() -> int | None:
    """Return the change that the shared engine had followed when this process asked it last."""
    return None if _SEEN.engine is None else _SEEN.engine.number


def is_late() -> bool:
    """Tell whether there are changes left to follow, here or in a shared engine, as of now."""
    return is_anything_left(_read_own()) or is_anything_left(_read_engine())


def _is_engine_behind() -> bool:
    """Tell it of a shared engine, not asked where nothing changed since it was asked last."""
    head, seen = read_head(), _SEEN.engine
    if seen is not None and head is not None and seen.number == head.number and not seen.failed:
        return False
    return is_anything_left(_read_engine())


def is_anything_left(position: IndexPosition | None) -> bool:
    """Tell whether there is anything to follow: by the index of numbers, whatever the log's length.

    To count what is left, all of the log may be gone through. Nothing where there is no index.
    """
    if position is None:
        return False
    log = SpeechChange.objects.order_by()
    if position.failed or log.filter(number__gt=position.number).exists():
        return True
    return log.filter(number=None).exists() or is_lost(position)


def look_again() -> None:
    """Have the next question asked of the database, and of the engine."""
    _SEEN.looked_at = float("-inf")
    _SEEN.engine = None
