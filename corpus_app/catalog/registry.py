"""Follow a registry file without undoing what editors did since it was loaded last.

The rule, for every value: where the database still holds what the file said last time, it
takes what the file says now; where an editor changed or deleted it, the editor's word stays.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final, TypeVar

from corpus_app.catalog.models.marker import read_marker, set_marker

# Set while the corpus is tagged by a changed registry.
TAGGING: Final = "tagging"

Entry = dict[str, Any]
Value = TypeVar("Value")


def read_registry(path: Path) -> list[Entry]:
    """Return the registry file's entries; raise ValueError for a file that is no JSON list."""
    entries = json.loads(path.read_text("utf-8"))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"{path.name} must be a JSON list of objects")
    return entries


def read_last_entries(name: str) -> list[Entry]:
    """Return the entries as the named registry was loaded last, none the first time."""
    marker = read_marker(f"registry:{name}") or {}
    return list(marker.get("entries", []))


def is_loaded(name: str, entries: list[Entry]) -> bool:
    """Return whether just these entries were loaded last."""
    marker = read_marker(f"registry:{name}") or {}
    return bool(marker.get("digest") == digest_entries(entries))


def note_loaded(name: str, entries: list[Entry], told: list[str]) -> None:
    """Remember that these entries are loaded, and what is to be told of it, in words."""
    value = {"digest": digest_entries(entries), "entries": entries, "told": told}
    set_marker(f"registry:{name}", value)


def read_told(name: str) -> list[str]:
    """Return what was to be told when the named registry was loaded last."""
    marker = read_marker(f"registry:{name}") or {}
    return list(marker.get("told", []))


def note_tagging(going_on: bool) -> None:
    """Remember whether texts are still being tagged by a changed registry."""
    set_marker(TAGGING, {"going_on": going_on})


def is_being_tagged() -> bool:
    """Return whether counts of themes and slogans may be behind the registry."""
    marker = read_marker(TAGGING) or {}
    return bool(marker.get("going_on"))


def digest_entries(entries: list[Entry]) -> str:
    """Return a sha256 that changes whenever an entry does."""
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def merge_value(last: Value | None, present: Value, fresh: Value) -> Value:
    """Return the file's new value where no editor changed the last loaded one, else the present.

    >>> merge_value("旧", "旧", "新"), merge_value("旧", "编辑所改", "新")
    ('新', '编辑所改')
    """
    return fresh if present == last else present
