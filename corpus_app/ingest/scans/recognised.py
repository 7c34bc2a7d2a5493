"""What recognition hands on: pages of lines of characters, with their places and confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

Point = tuple[float, float]


# Formats that a page comes in, as Pillow calls them.
PICTURES: Final = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")


@dataclass(frozen=True, slots=True)
class RecognisedChar:
    """A character: how sure it is (0 to 1), its place along the line in pixels, its rival.

    rival is the character that the recogniser thought of next, "" for none.
    """

    text: str
    confidence: float
    at: float
    rival: str = ""


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line: the corners of its box in pixels, from the top left clockwise, and its characters."""

    corners: list[Point]
    chars: list[RecognisedChar]


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page: its number from 1, size in pixels, lines in no order, and the seals found on it.

    Lines of a page that lay on its side, or is written downwards, stand as if it were turned.
    """

    number: int
    width: float
    height: float
    lines: list[RecognisedLine]
    seals: int = 0


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """All pages of a file, and the program that recognised them.

    hocr is what tesseract printed of each page, by its number, before anybody has read that.
    """

    engine: str
    pages: list[RecognisedPage]
    hocr: list[tuple[int, str]] = field(default_factory=list)
