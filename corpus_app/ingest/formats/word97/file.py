"""The two streams of a binary Word file, its header's numbers and the piece table's text."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

from corpus_app.ingest.draft import RejectedFile

MAGIC = {0xA5EC, 0xA5DC}
FIRST_UNICODE = 0xC1
COMPLEX, ENCRYPTED, SECOND_TABLE = 0x0004, 0x0100, 0x0200
# Offsets of the header: the lengths of its stories, and pairs of (offset, length) of structures.
STORIES = 0x4C
PAIRS = 0x9A
STYLES, CHARACTER_RUNS, PARAGRAPH_RUNS, FONTS = 1, 12, 13, 15
PIECES, SHAPES, BOXES, LISTS, OVERRIDES = 33, 40, 56, 73, 74
COMPRESSED = 0x40000000
# In the head of a picture: its size in twips, then how far it is stretched, in thousandths.
PICTURE_SIZE, TWIPS, THOUSAND = 28, 20, 1000


@dataclass(frozen=True, slots=True)
class Word97Piece:
    """Characters [start, end) of the text, kept at a byte offset in one or two bytes each."""

    start: int
    end: int
    offset: int
    width: int


def damage(reason: str) -> RejectedFile:
    """Return the refusal of a Word file whose structure does not hold."""
    return RejectedFile("damaged", f"Word 97-2003 文档已损坏：{reason}。")


class WordFile:
    """Bytes of the main, table and picture streams, with checked access to them."""

    def __init__(self, main: bytes, table: bytes, pictures: bytes = b"") -> None:
        self.main = main
        self.table = table
        self.pictures = pictures
        self.pieces = self._read_pieces()
        self._starts = [piece.start for piece in self.pieces]

    def read_story_lengths(self) -> tuple[int, ...]:
        """Return the characters of: text, footnotes, headers, macros, remarks, endnotes, boxes,
        boxes of headers.
        """
        lengths = struct.unpack_from("<8i", self.main, STORIES)
        if min(lengths) < 0:
            raise damage("各部分的长度不合理")
        return lengths

    def find_structure(self, number: int) -> tuple[int, int]:
        """Return offset and length in the table stream of one of the header's structures."""
        place = PAIRS + 8 * number
        if place + 8 > len(self.main):
            return 0, 0
        offset, length = struct.unpack_from("<II", self.main, place)
        return (offset, length) if offset + length <= len(self.table) else (0, 0)

    def measure_picture(self, offset: int) -> tuple[float | None, float | None]:
        """Return width and height in points of the picture at an offset, null for none there."""
        place = offset + PICTURE_SIZE
        if offset < 0 or place + 8 > len(self.pictures):
            return None, None
        width, height, across, down = struct.unpack_from("<hhHH", self.pictures, place)
        return width * across / THOUSAND / TWIPS, height * down / THOUSAND / TWIPS

    def read_units(self, start: int, end: int) -> bytes:
        """Return characters [start, end) as UTF-16-LE, two bytes for each position."""
        parts = []
        for piece in self.pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            if first >= last:
                continue
            begin = piece.offset + (first - piece.start) * piece.width
            data = self.main[begin : begin + (last - first) * piece.width]
            if piece.width == 1:
                data = data.decode("cp1252", "replace").encode("utf-16-le")
            parts.append(data.ljust((last - first) * 2, b" "))
        return b"".join(parts)

    def find_offset(self, position: int) -> int:
        """Return where in the main stream the character at this position is kept."""
        piece = self.pieces[max(0, bisect_right(self._starts, position) - 1)]
        return piece.offset + (position - piece.start) * piece.width

    def _read_pieces(self) -> list[Word97Piece]:
        offset, length = self.find_structure(PIECES)
        data = self.table[offset : offset + length]
        position = 0
        while position + 3 <= len(data) and data[position] == 1:
            position += 3 + struct.unpack_from("<H", data, position + 1)[0]
        if position + 5 > len(data) or data[position] != 2:
            raise damage("找不到正文的分段表")
        size = struct.unpack_from("<I", data, position + 1)[0]
        plex = data[position + 5 : position + 5 + size]
        pieces = [self._read_piece(plex, i) for i in range((len(plex) - 4) // 12)]
        if not pieces:
            raise damage("正文的分段表是空的")
        return pieces

    def _read_piece(self, plex: bytes, number: int) -> Word97Piece:
        count = (len(plex) - 4) // 12
        start, end = struct.unpack_from("<II", plex, 4 * number)
        place = struct.unpack_from("<I", plex, 4 * (count + 1) + 8 * number + 2)[0]
        width = 1 if place & COMPRESSED else 2
        offset = place & ~(COMPRESSED | 0x80000000)
        offset = offset // 2 if width == 1 else offset
        if end < start or offset + (end - start) * width > len(self.main):
            raise damage("正文的分段表指向文件之外")
        return Word97Piece(start, end, offset, width)
