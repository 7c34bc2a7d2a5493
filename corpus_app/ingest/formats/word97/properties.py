"""What a binary Word file says of its paragraphs and characters: table cells, lists, deletions."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus_app.ingest.formats.word97.file import CHARACTER_RUNS, PARAGRAPH_RUNS, STYLES, WordFile

PAGE = 512
# Operations ("sprm") that matter here, and how many bytes the operand of each class takes.
IN_TABLE, ROW_END, LIST_LEVEL, LIST_NUMBER = 0x2416, 0x2417, 0x260A, 0x460B
DELETED = 0x0800
OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
TABLE_DEFINITION = 0xD608
NO_STYLE = 0xFFF
PARAGRAPH_STYLE = 1
DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class Word97Paragraph:
    """A paragraph's style and what its properties say; list_number 0 means: in no list."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    level: int | None = None
    list_number: int | None = None


class Properties:
    """Looks up paragraphs and deleted stretches by their byte offset in the main stream."""

    def __init__(self, file: WordFile) -> None:
        self._styles = _read_styles(file)
        runs = sorted(_iter_runs(file, PARAGRAPH_RUNS, 13), key=lambda run: run[0])
        self._starts = [run[0] for run in runs]
        self._runs = runs
        marked = (run for run in _iter_runs(file, CHARACTER_RUNS, 1) if _is_deleted(run[2]))
        self.deleted = sorted((start, end) for start, end, _ in marked)
        self._deleted_starts = [start for start, _ in self.deleted]

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
        inherited = self._find_style(style, 0)
        return _apply(replace(inherited, style=style), data[2:])

    def is_deleted(self, offset: int) -> bool:
        """Return whether the character kept at this offset was deleted under change tracking."""
        index = bisect_right(self._deleted_starts, offset) - 1
        return index >= 0 and offset < self.deleted[index][1]

    def _find_style(self, number: int, depth: int) -> Word97Paragraph:
        entry = self._styles.get(number)
        if entry is None or depth > DEEPEST_STYLE:
            return Word97Paragraph()
        base, data = entry
        inherited = self._find_style(base, depth + 1) if base != NO_STYLE else Word97Paragraph()
        return _apply(inherited, data)


def iter_operations(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each operation of a property list with its operand; stops where the list breaks."""
    position = 0
    while position + 2 <= len(data):
        code = struct.unpack_from("<H", data, position)[0]
        position += 2
        size = OPERANDS.get(code >> 13, -1)
        if size < 0:
            wide = code == TABLE_DEFINITION
            head = data[position : position + (2 if wide else 1)]
            size = int.from_bytes(head, "little") - (1 if wide else 0)
            position += len(head)
            if size < 0 or not head:
                return
        yield code, data[position : position + size]
        position += size


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
    return paragraph


def _is_deleted(data: bytes) -> bool:
    return any(code == DELETED and any(operand) for code, operand in iter_operations(data))


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


def _read_styles(file: WordFile) -> dict[int, tuple[int, bytes]]:
    """Return style number -> (its base's number, its paragraph properties)."""
    offset, length = file.find_structure(STYLES)
    data = file.table[offset : offset + length]
    styles: dict[int, tuple[int, bytes]] = {}
    if len(data) < 6:
        return styles
    position = 2 + struct.unpack_from("<H", data)[0]
    count, base_size = struct.unpack_from("<HH", data, 2)
    for number in range(count):
        if position + 2 > len(data):
            break
        size = struct.unpack_from("<H", data, position)[0]
        entry = _read_style(data[position + 2 : position + 2 + size], base_size)
        if entry:
            styles[number] = entry
        position += 2 + size + size % 2
    return styles


def _read_style(data: bytes, base_size: int) -> tuple[int, bytes] | None:
    if len(data) < base_size + 2 or base_size < 10:
        return None
    kind = struct.unpack_from("<H", data, 2)[0]
    if kind & 0xF != PARAGRAPH_STYLE:
        return None
    name = struct.unpack_from("<H", data, base_size)[0]
    place = base_size + 2 + 2 * name + 2
    if place + 4 > len(data):
        return kind >> 4, b""
    size = struct.unpack_from("<H", data, place)[0]
    return kind >> 4, data[place + 4 : place + 2 + size]
