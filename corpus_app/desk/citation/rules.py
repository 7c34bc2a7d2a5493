"""The kinds of work that GB/T 7714 tells apart, and how its editions and styles differ."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from corpus_app.desk.citation.items import Item, has_han

_FILE = Path(__file__).parent / "data" / "kinds.toml"
Edition = Literal["2025", "2015"]
Style = Literal["numeric", "author-date"]
MAX_NAMES: Final = 3


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


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The prescribed signs that differ in width; the full stop and [ ] are half-width in both."""

    comma: str
    colon: str
    opening: str
    closing: str
    dash: str


FULL_WIDTH: Final = Punctuation("，", "：", "（", "）", "—")
HALF_WIDTH: Final = Punctuation(", ", ": ", "(", ")", "-")


@dataclass(frozen=True, slots=True)
class Rules:
    """The edition and style asked for, and whether the item is written up in Chinese."""

    edition: Edition
    style: Style
    chinese: bool

    @property
    def signs(self) -> Punctuation:
        """Return full-width signs for 2025, half-width ones for 2015."""
        return FULL_WIDTH if self.edition == "2025" else HALF_WIDTH

    @property
    def is_2015(self) -> bool:
        """Tell whether the replaced edition was asked for."""
        return self.edition == "2015"

    @property
    def is_author_date(self) -> bool:
        """Tell whether the year stands behind the author."""
        return self.style == "author-date"

    def enclose(self, text: str) -> str:
        """Return the text in round brackets, "" where it is empty."""
        return f"{self.signs.opening}{text}{self.signs.closing}" if text else ""


def choose_rules(item: Item, edition: Edition, style: Style) -> Rules:
    """Return the rules for an item; ValueError for an edition or style that does not exist."""
    if edition not in ("2025", "2015"):
        raise ValueError(f"no such edition of GB/T 7714: {edition}")
    if style not in ("numeric", "author-date"):
        raise ValueError(f"no such style of GB/T 7714: {style}")
    return Rules(edition, style, is_chinese(item))


def is_chinese(item: Item) -> bool:
    """Tell whether 等, 版 and 译 are used: by the item's language, else by its characters."""
    language = item.get("language").lower()
    if language:
        return language[:2] in ("zh", "ja", "ko") or language.startswith("chi")
    names = "".join(name.join() for name in item.get_names("author", "editor"))
    return has_han(item.title or names)
