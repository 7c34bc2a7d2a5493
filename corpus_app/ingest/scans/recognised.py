"""What recognition hands on: pages of lines of characters, with their places and confidence."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

# Before the record of some pages and their file: the size of the record.
_SIZE: Final = struct.Struct("!Q")
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


def join_pages(record: bytes, data: bytes) -> bytes:
    """Return the record of a file's recognised pages and the file's own bytes as one."""
    return _SIZE.pack(len(record)) + record + data


def part_pages(joined: bytes) -> tuple[bytes, bytes]:
    """Return the record and the file that were joined."""
    end = _SIZE.size + int(_SIZE.unpack(joined[: _SIZE.size])[0])
    return joined[_SIZE.size : end], joined[end:]
