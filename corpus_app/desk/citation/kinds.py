"""The kinds of work that GB/T 7714 tells apart, read from data/kinds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FILE = Path(__file__).parent / "data" / "kinds.toml"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Sets of CSL types, and the letters that mark types and genres; see the data file."""

    online: frozenset[str]
    always_online: frozenset[str]
    online_2015: frozenset[str]
    daily: frozenset[str]
    daily_2015: frozenset[str]
    published: frozenset[str]
    published_2015: frozenset[str]
    platforms: frozenset[str]
    letters: Mapping[str, str]
    letters_2015: Mapping[str, str]
    genres: Mapping[str, str]
    genres_2015: Mapping[str, str]


def _read_kinds() -> Kinds:
    """Return the table, lists as sets."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    values: dict[str, Any] = {
        key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Kinds(**values)


KINDS: Final = _read_kinds()
