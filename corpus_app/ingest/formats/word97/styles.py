"""The styles and fonts of a binary Word file."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from corpus_app.ingest.formats.word97.file import FONTS, STYLES, WordFile
from corpus_app.ingest.formats.word97.looks import PLAIN, Word97Look, apply_look

NO_STYLE = 0xFFF
PARAGRAPH_STYLE, CHARACTER_STYLE = 1, 2
DEEPEST_STYLE = 12
# Of a font's entry before its name.
FONT_HEAD = 40


@dataclass(frozen=True, slots=True)
class Word97Style:
    """A style: the number of its base, and the property lists of paragraphs and characters."""

    base: int
    paragraph: bytes
    characters: bytes


class StyleSheet:
    """Looks up styles with what they take over from those they are based on."""

    def __init__(self, file: WordFile) -> None:
        self._styles = _read_styles(file)
        self._looks: dict[int, Word97Look] = {}

    def list_chain(self, number: int) -> list[Word97Style]:
        """Return a style and those it is based on, the farthest first."""
        found: list[Word97Style] = []
        while number in self._styles and len(found) <= DEEPEST_STYLE:
            found.append(self._styles[number])
            number = found[-1].base
        return found[::-1]

    def find_look(self, number: int) -> Word97Look:
        """Return how characters of a style look."""
        if number not in self._looks:
            look = PLAIN
            for style in self.list_chain(number):
                look = apply_look(look, style.characters, style=True)
            self._looks[number] = look
        return self._looks[number]

    def apply_named(self, look: Word97Look, number: int) -> Word97Look:
        """Return the look that a character style makes of another."""
        for style in self.list_chain(number):
            look = apply_look(look, style.characters, style=True)
        return look


def read_fonts(file: WordFile) -> list[str]:
    """Return the names of the fonts in the order in which characters number them."""
    offset, length = file.find_structure(FONTS)
    data = file.table[offset : offset + length]
    names: list[str] = []
    position = 4
    while position < len(data):
        size = data[position] + 1
        name = data[position + FONT_HEAD : position + size]
        names.append(name.decode("utf-16-le", "replace").partition("\x00")[0])
        position += size
    return names


def _read_styles(file: WordFile) -> dict[int, Word97Style]:
    offset, length = file.find_structure(STYLES)
    data = file.table[offset : offset + length]
    styles: dict[int, Word97Style] = {}
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


def _read_style(data: bytes, base_size: int) -> Word97Style | None:
    if len(data) < base_size + 2 or base_size < 10:
        return None
    kind = struct.unpack_from("<H", data, 2)[0]
    if kind & 0xF not in (PARAGRAPH_STYLE, CHARACTER_STYLE):
        return None
    name = struct.unpack_from("<H", data, base_size)[0]
    first, place = _read_list(data, base_size + 2 + 2 * name + 2)
    if kind & 0xF == CHARACTER_STYLE:
        return Word97Style(kind >> 4, b"", first)
    # Before a paragraph's own list stands the number of its style.
    return Word97Style(kind >> 4, first[2:], _read_list(data, place)[0])


def _read_list(data: bytes, place: int) -> tuple[bytes, int]:
    """Return a property list and where the next one begins."""
    if place + 2 > len(data):
        return b"", place
    size = struct.unpack_from("<H", data, place)[0]
    end = place + 2 + size
    return data[place + 2 : end], end + size % 2
