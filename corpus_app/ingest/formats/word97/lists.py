"""The automatic numbers of a binary Word file, as the reader sees them: 一、 （一）."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from corpus_app.ingest.formats.counting import find_word97_format, format_number, is_known_format
from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.symbols import PRIVATE, read_symbols
from corpus_app.ingest.formats.word97.file import LISTS, OVERRIDES, WordFile

UNCOUNTED = {"bullet", "none"}
LEGAL, NO_RESTART = 0x04, 0x08
LEVELS = 9
LIST_SIZE, LEVEL_SIZE, OVERRIDE_SIZE = 28, 28, 16
PLACEHOLDER = re.compile("[\x00-\x08]")
STARTS_AT, FORMATS = 0x10, 0x20


@dataclass(frozen=True, slots=True)
class Word97ListLevel:
    """One level of a list: first number, format, and text with its placeholders.

    plain says that all numbers are in digits; restart is the level (from 1) after which it begins
    anew, 0 for never, None for any above it.
    """

    start: int
    style: str
    text: str
    plain: bool
    restart: int | None


@dataclass(slots=True)
class _List:
    identity: int
    levels: dict[int, Word97ListLevel]
    starts: dict[int, int]


class Word97ListNumbers:
    """Counts the list paragraphs of one document."""

    def __init__(self, file: WordFile, account: FileAccount) -> None:
        self._account = account
        self._counts: dict[int, list[int]] = {}
        self._seen: set[int] = set()
        try:
            self._lists = _read_overrides(file, _read_lists(file))
        except (struct.error, UnicodeDecodeError, IndexError):
            self._lists = []
            account.note("unknown", "LSTF")

    def next_label(self, number: int, depth: int) -> str:
        """Return the label of a paragraph of this list and level; "" if it has none."""
        if not 1 <= number <= len(self._lists):
            return ""
        entry = self._lists[number - 1]
        level = entry.levels.get(depth)
        if level is None:
            return ""
        if level.style == "bullet":
            words = read_symbols(level.text, None)[0]
            return words if any(map(str.isalnum, words)) and not PRIVATE.search(words) else ""
        counts = self._advance(number, entry, level, depth)
        label = PLACEHOLDER.sub(lambda m: self._spell(entry, counts, ord(m[0]), level), level.text)
        if label:
            self._account.note("numbering")
        return label

    def _advance(self, number: int, entry: _List, level: Word97ListLevel, depth: int) -> list[int]:
        counts = self._counts.setdefault(entry.identity, [0] * LEVELS)
        if number not in self._seen:
            self._seen.add(number)
            for place, start in entry.starts.items():
                counts[place] = start - 1
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        for deeper in range(depth + 1, LEVELS):
            below = entry.levels.get(deeper)
            restart = below.restart if below is not None else None
            if restart is None or depth < restart:
                counts[deeper] = 0
        return counts

    def _spell(self, entry: _List, counts: list[int], depth: int, own: Word97ListLevel) -> str:
        level = entry.levels.get(depth)
        if level is None or level.style in UNCOUNTED:
            return ""
        style = "decimal" if own.plain else level.style
        if not is_known_format(style):
            self._account.note("number_formats", style)
        return format_number(counts[depth] or level.start, style)


def _read_lists(file: WordFile) -> dict[int, dict[int, Word97ListLevel]]:
    """Return list identity -> its levels; the levels follow the table of lists."""
    offset, length = file.find_structure(LISTS)
    if length < 2:
        return {}
    count = struct.unpack_from("<H", file.table, offset)[0]
    position = offset + 2 + count * LIST_SIZE
    lists = {}
    for number in range(count):
        place = offset + 2 + number * LIST_SIZE
        identity = struct.unpack_from("<I", file.table, place)[0]
        simple = file.table[place + 26] & 1
        levels = {}
        for depth in range(1 if simple else LEVELS):
            levels[depth], position = _read_level(file.table, position)
        lists[identity] = levels
    return lists


def _read_level(data: bytes, position: int) -> tuple[Word97ListLevel, int]:
    start, style, flags = struct.unpack_from("<iBB", data, position)
    restart = data[position + 26] if flags & NO_RESTART else None
    skipped = data[position + 24] + data[position + 25]
    position += LEVEL_SIZE + skipped
    length = struct.unpack_from("<H", data, position)[0]
    end = position + 2 + 2 * length
    text = data[position + 2 : end].decode("utf-16-le")
    name = find_word97_format(style)
    return Word97ListLevel(start, name, text, bool(flags & LEGAL), restart), end


def _read_overrides(file: WordFile, lists: dict[int, dict[int, Word97ListLevel]]) -> list[_List]:
    """Return the lists as paragraphs name them, by number from 1."""
    offset, length = file.find_structure(OVERRIDES)
    if length < 4:
        return []
    count = struct.unpack_from("<I", file.table, offset)[0]
    count = min(count, (length - 4) // OVERRIDE_SIZE)
    position = offset + 4 + count * OVERRIDE_SIZE
    found = []
    for number in range(count):
        place = offset + 4 + number * OVERRIDE_SIZE
        identity = struct.unpack_from("<I", file.table, place)[0]
        entry = _List(identity, dict(lists.get(identity, {})), {})
        position += 4
        for _ in range(file.table[place + 12]):
            position = _read_change(file.table, position, entry)
        found.append(entry)
    return found


def _read_change(data: bytes, position: int, entry: _List) -> int:
    start, flags = struct.unpack_from("<iI", data, position)
    depth = min(flags & 0xF, LEVELS - 1)
    position += 8
    if flags & FORMATS:
        level, position = _read_level(data, position)
        entry.levels[depth] = level
        start = level.start
    if flags & STARTS_AT:
        entry.starts[depth] = start
    return position
