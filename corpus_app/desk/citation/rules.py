"""What differs between the editions and styles of GB/T 7714."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.desk.citation.items import Item, has_han

Edition = Literal["2025", "2015"]
Style = Literal["numeric", "author-date"]
MAX_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Punctuation:
    """The prescribed signs that differ in width; the full stop and [ ] are half-width in both."""

    comma: str
    colon: str
    semicolon: str
    opening: str
    closing: str
    dash: str


FULL_WIDTH: Final = Punctuation("，", "：", "；", "（", "）", "—")
HALF_WIDTH: Final = Punctuation(", ", ": ", "; ", "(", ")", "-")


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
