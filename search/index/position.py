"""How far the index of this data folder has followed the log of changes (catalog.changes)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q

from corpus_app.catalog.changes import find_change, is_complete_from_start
from corpus_app.catalog.models import SpeechChange
from search.arrays.manifest import replace_file

# So often a process asks whether other hosts changed something.
LOOK_SECONDS: Final = 0.5
_FILE: Final = "followed.json"


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """The number of the change that was followed last, and by which mark it is known again.

    failed: speeches that could not be indexed while others could.
    """

    number: int = 0
    mark: str = ""
    failed: tuple[int, ...] = ()


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
    looked_at: float = float("-inf")
    is_behind: bool = False


_SEEN: Final = _Seen()
_LOCK: Final = threading.Lock()


def position_file() -> Path:
    """Return the file that lies with the index and goes where it goes."""
    return Path(settings.INDEX_DIR) / _FILE


def read_position() -> IndexPosition:
    """Return how far the index is; at the log's beginning where nothing is known."""
    try:
        content = json.loads(position_file().read_text(encoding="utf-8"))
        return IndexPosition(int(content["number"]), content["mark"], tuple(content["failed"]))
    except (FileNotFoundError, ValueError, KeyError):
        return IndexPosition()


def write_position(position: IndexPosition) -> None:
    """Note how far the index is; call it under the write lock."""
    replace_file(position_file(), json.dumps(asdict(position)))


def find_position(change: SpeechChange | None, failed: Collection[int] = ()) -> IndexPosition:
    """Return the position behind a change, that before all of them for None."""
    if change is None or change.number is None:
        return IndexPosition(failed=tuple(sorted(failed)))
    return IndexPosition(change.number, _make_mark(change), tuple(sorted(failed)))


def _make_mark(change: SpeechChange) -> str:
    """Return what tells the change from one that has its number in another log."""
    return f"{change.speech_id}@{change.created_at.isoformat()}"


def is_lost(position: IndexPosition) -> bool:
    """Tell whether the log no longer tells all that came after the position."""
    if not position.number:
        return not is_complete_from_start()
    found = find_change(position.number)
    return found is None or _make_mark(found) != position.mark


def read_changes_left() -> ChangesLeft:
    """Return what this index has still to follow, those without a number with it."""
    position = read_position()
    waiting = SpeechChange.objects.filter(Q(number=None) | Q(number__gt=position.number))
    found = waiting.order_by().aggregate(count=Count("pk"), since=Min("created_at"))
    count = found["count"] + len(position.failed)
    return ChangesLeft(count, found["since"], is_lost(position))


def is_behind() -> bool:
    """Tell whether other hosts changed what this index has not followed, as of half a second ago.

    Where nobody shares the database, whoever changes a speech indexes it: nothing is asked.
    """
    if not settings.SHARED_DATABASE:
        return False
    with _LOCK:
        now = time.monotonic()
        if now - _SEEN.looked_at < LOOK_SECONDS or connection.in_atomic_block:
            return _SEEN.is_behind
        _SEEN.looked_at = now
    _SEEN.is_behind = _is_anything_left()
    return _SEEN.is_behind


def _is_anything_left() -> bool:
    """Tell whether there is anything to follow: by the index of numbers, whatever the log's length.

    To count what is left, all of the log may be gone through.
    """
    position, log = read_position(), SpeechChange.objects.order_by()
    if position.failed or log.filter(number__gt=position.number).exists():
        return True
    return log.filter(number=None).exists() or is_lost(position)


def look_again() -> None:
    """Have the next question asked of the database."""
    _SEEN.looked_at = float("-inf")
