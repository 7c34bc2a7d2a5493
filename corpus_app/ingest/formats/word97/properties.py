"""What a binary Word file says of its paragraphs and characters: cells, lists, grounds, looks."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus_app.ingest.formats.visibility import (
    LARGEST_PAGE,
    OFF_PAGE,
    TOO_SMALL,
    Unseen,
    is_too_small,
    lies_off,
)
from corpus_app.ingest.formats.word97.file import CHARACTER_RUNS, PARAGRAPH_RUNS, WordFile
from corpus_app.ingest.formats.word97.looks import (
    Ground,
    Word97Look,
    apply_look,
    find_style_number,
    read_shade,
)
from corpus_app.ingest.formats.word97.operations import iter_operations
from corpus_app.ingest.formats.word97.styles import StyleSheet

PAGE = 512
# Operations ("sprm") on paragraphs that matter here.
IN_TABLE, ROW_END, LIST_LEVEL, LIST_NUMBER = 0x2416, 0x2417, 0x260A, 0x460B
SHADE_OLD, SHADE, LINE, LEFT, TOP = 0x442D, 0xC64D, 0x6412, 0x8418, 0x8419
TWIPS = 20


@dataclass(frozen=True, slots=True)
class Word97Paragraph:
    """A paragraph's style and what its properties say; list_number 0 means: in no list."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    level: int | None = None
    list_number: int | None = None
    ground: Ground | None = None
    unseen: Unseen | None = None


class Properties:
    """Looks up paragraphs by their byte offset in the main stream, and characters in their runs."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self.styles = StyleSheet(file)
        self._runs = sorted(_iter_runs(file, PARAGRAPH_RUNS, 13), key=lambda run: run[0])
        self._starts = [run[0] for run in self._runs]
        self._looks = sorted(_iter_runs(file, CHARACTER_RUNS, 1), key=lambda run: run[0])
        self._look_starts = [run[0] for run in self._looks]
        self.find_look = lru_cache(maxsize=10_000)(self._find_look)

    @property
    def known(self) -> bool:
        """Whether the file tells of its paragraphs at all."""
        return bool(self._runs)

    def find_paragraph(self, offset: int) -> Word97Paragraph:
        """Return what is said of the paragraph whose mark is kept at this offset."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self._runs[index][1]:
            return Word97Paragraph()
        data = self._runs[index][2]
        if len(data) < 2:
            return Word97Paragraph()
        style = struct.unpack_from("<H", data)[0]
        return _apply(replace(self._find_style(style), style=style), data[2:])

    def iter_looks(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Yield where each run of equal characters among [start, end) ends, with its list."""
        for piece in self._file.pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            position = first
            while position < last:
                offset = piece.offset + (position - piece.start) * piece.width
                index = bisect_right(self._look_starts, offset) - 1
                data, stop = b"", last
                if index >= 0 and offset < self._looks[index][1]:
                    data = self._looks[index][2]
                    stop = position + -(-(self._looks[index][1] - offset) // piece.width)
                elif index + 1 < len(self._looks):
                    stop = position + -(-(self._look_starts[index + 1] - offset) // piece.width)
                position = min(max(stop, position + 1), last)
                yield position, data

    def _find_look(self, style: int, data: bytes) -> Word97Look:
        """Return how characters of this list look in a paragraph of this style."""
        look = self.styles.find_look(style)
        if not data:
            return look
        named = find_style_number(data)
        if named is not None:
            look = self.styles.apply_named(look, named)
        return apply_look(look, data)

    def _find_style(self, number: int) -> Word97Paragraph:
        paragraph = Word97Paragraph()
        for style in self.styles.list_chain(number):
            paragraph = _apply(paragraph, style.paragraph)
        return paragraph


def _apply(paragraph: Word97Paragraph, data: bytes) -> Word97Paragraph:
    for code, operand in iter_operations(data):
        value = int.from_bytes(operand, "little")
        if code == IN_TABLE:
            paragraph = replace(paragraph, in_table=bool(value))
        elif code == ROW_END:
            paragraph = replace(paragraph, row_end=bool(value))
        elif code == LIST_LEVEL:
            paragraph = replace(paragraph, level=value)
        elif code == LIST_NUMBER:
            paragraph = replace(paragraph, list_number=value)
        elif code in (SHADE, SHADE_OLD):
            paragraph = replace(paragraph, ground=read_shade(operand) or paragraph.ground)
        elif code in (LINE, LEFT, TOP):
            unseen = _judge_place(code, operand)
            paragraph = replace(paragraph, unseen=unseen or paragraph.unseen)
    return paragraph


def _judge_place(code: int, operand: bytes) -> Unseen | None:
    """A line of no height, or a frame that begins a page away from where it belongs."""
    points = int.from_bytes(operand[:2], "little", signed=True) / TWIPS
    if code == LINE:
        return TOO_SMALL if points < 0 and is_too_small(-points) else None
    off = lies_off(points, points + LARGEST_PAGE, of_page=False, across=code == LEFT)
    return OFF_PAGE if off else None


def _iter_runs(file: WordFile, structure: int, entry: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, end, properties) from the pages of 512 bytes that hold them."""
    offset, length = file.find_structure(structure)
    count = (length - 4) // 8
    if count <= 0:
        return
    pages = struct.unpack_from(f"<{count}I", file.table, offset + 4 * (count + 1))
    for number in dict.fromkeys(page & 0x3FFFFF for page in pages):
        page = file.main[number * PAGE : (number + 1) * PAGE]
        if len(page) == PAGE:
            yield from _iter_page(page, entry)


def _iter_page(page: bytes, entry: int) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    if 4 * (count + 1) + entry * count > PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for i in range(count):
        place = page[4 * (count + 1) + entry * i] * 2
        data = b""
        if place and place < PAGE - 2:
            size, begin = page[place], place + 1
            if entry == 13:  # the size of a paragraph's list counts words, not bytes
                size, begin = (size * 2 - 1, begin) if size else (page[place + 1] * 2, begin + 1)
            data = page[begin : begin + size]
        yield bounds[i], bounds[i + 1], data
