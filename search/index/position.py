"""How far an index has followed the log of changes (catalog.changes)."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from corpus_app.catalog.changes import find_change, is_complete_from_start
from corpus_app.catalog.models import SpeechChange
from search.arrays.manifest import replace_file

_FILE: Final = "followed.json"


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """The number of the change that was followed last, and by which mark it is known again.

    failed: speeches that could not be indexed while others could.
    """

    number: int = 0
    mark: str = ""
    failed: tuple[int, ...] = ()

    @classmethod
    def read(cls, content: dict[str, Any]) -> IndexPosition:
        """Return the position that `asdict` wrote; raise KeyError or ValueError for another."""
        return cls(int(content["number"]), content["mark"], tuple(content["failed"]))


def position_file() -> Path:
    """Return the file that lies with the index of this data folder and goes where it goes."""
    return Path(settings.INDEX_DIR) / _FILE


def read_position() -> IndexPosition:
    """Return how far this data folder's index is; at the log's beginning where nothing is known."""
    try:
        return IndexPosition.read(json.loads(position_file().read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, KeyError):
        return IndexPosition()


def write_position(position: IndexPosition) -> None:
    """Note how far this data folder's index is; call it under the write lock."""
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
