"""What holds inside a group of rich text: how its words look and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.formats.richtext.tokens import CHARSETS, SYMBOL_CHARSET
from corpus_app.ingest.formats.symbols import is_symbol_font
from corpus_app.ingest.formats.visibility import (
    BLENDED,
    HIDDEN,
    LARGEST_PAGE,
    OFF_PAGE,
    TOO_SMALL,
    WHITE,
    Rgb,
    Unseen,
    blends,
    is_too_small,
    lies_off,
)

TWIPS: Final = 20
# In the place of a colour's number: a ground of two colours.
PATTERN: Final = -1


@dataclass(frozen=True, slots=True)
class RtfFont:
    """A font of the table: the page of its bytes ("" for the document's), and its name."""

    page: str = ""
    name: str = ""


@dataclass(slots=True)
class RtfState:
    """The state of one group; a group inside begins with a copy.

    target is what words are written to: "text", "skip", or a destination by its name.
    """

    target: str = "text"
    font: RtfFont = RtfFont()
    fallback: int = 1
    hidden: bool = False
    deleted: bool = False
    points: float = 12
    color: int = 0
    ground: int = 0
    paragraph_ground: int = 0
    in_table: bool = False
    listed: bool = False
    frame_x: int | None = None
    frame_y: int | None = None
    of_page: bool = False
    exact_line: int | None = None
    unseen: Unseen | None = None

    def __copy__(self) -> RtfState:
        # A document may have a million groups: the general way takes three times as long.
        return RtfState(
            *(self.target, self.font, self.fallback, self.hidden, self.deleted, self.points),
            *(self.color, self.ground, self.paragraph_ground, self.in_table, self.listed),
            *(self.frame_x, self.frame_y, self.of_page, self.exact_line, self.unseen),
        )

    def reset_characters(self) -> None:
        """Take back what \\plain takes back."""
        self.hidden = self.deleted = False
        self.points, self.color, self.ground = 12, 0, 0

    def reset_paragraph(self) -> None:
        """Take back what \\pard takes back."""
        self.in_table = self.listed = self.of_page = False
        self.paragraph_ground = 0
        self.frame_x = self.frame_y = self.exact_line = None

    def judge(self, tables: RtfTables, cell_ground: int) -> Unseen | None:
        """Return why words here are not seen, None if they are."""
        if self.unseen is not None:
            return self.unseen
        if self.hidden:
            return HIDDEN
        if is_too_small(self.points) or self._has_no_height():
            return TOO_SMALL
        frame = ((self.frame_x, True), (self.frame_y, False))
        if any(self._stands_off(twips, across) for twips, across in frame):
            return OFF_PAGE
        number = self.ground or self.paragraph_ground or cell_ground
        if number == PATTERN:
            return None
        color = tables.find_color(self.color)
        ground = tables.find_color(number) or WHITE
        return BLENDED if color is not None and blends(color, ground) else None

    def _stands_off(self, twips: int | None, across: bool) -> bool:
        """Whether a frame that begins there, of whatever size, is off the page."""
        if twips is None:
            return False
        start = twips / TWIPS
        return lies_off(start, start + LARGEST_PAGE, of_page=self.of_page, across=across)

    def _has_no_height(self) -> bool:
        line = self.exact_line
        return line is not None and line < 0 and is_too_small(-line / TWIPS)


@dataclass(slots=True)
class RtfTables:
    """The fonts and colours that the head of a document lists."""

    fonts: dict[int, RtfFont] = field(default_factory=dict)
    colors: list[Rgb | None] = field(default_factory=list)
    _mixed: dict[str, int] = field(default_factory=dict)
    _number: int = 0
    _page: str = ""
    _symbols: bool = False

    def find_color(self, number: int) -> Rgb | None:
        """Return a colour of the table, None for the automatic one and one that is not there."""
        return self.colors[number] if 0 <= number < len(self.colors) else None

    def add_color_word(self, word: str, number: int | None) -> None:
        """Take a word of the table of colours."""
        if word in ("red", "green", "blue"):
            self._mixed[word] = min(max(number or 0, 0), 255)

    def end_colors(self, text: str) -> None:
        """Take the signs that end entries of the table of colours."""
        for _ in range(text.count(";")):
            red, green, blue = (self._mixed.get(name, 0) for name in ("red", "green", "blue"))
            self.colors.append((red, green, blue) if self._mixed else None)
            self._mixed = {}

    def add_font_word(self, word: str, number: int | None) -> None:
        """Take a word of the table of fonts."""
        if word == "f":
            self._number, self._page, self._symbols = number or 0, "", False
        elif word == "fcharset":
            self._page = CHARSETS.get(number or 0, "")
            self._symbols = number == SYMBOL_CHARSET
        elif word == "cpg" and number:
            self._page = f"cp{number}"

    def end_font(self, text: str) -> None:
        """Take the name that ends an entry of the table of fonts."""
        name = text.partition(";")[0].strip()
        known = name if self._symbols or is_symbol_font(name) else ""
        if name:
            self.fonts[self._number] = RtfFont(self._page, known)
