"""The lines of one story of a binary Word file: fields resolved, rows tabbed, numbers written."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.fields import read_instruction
from corpus_app.ingest.formats.looks import Ground
from corpus_app.ingest.formats.symbols import read_symbol, read_symbols
from corpus_app.ingest.formats.visibility import (
    PAGE_PICTURE,
    PICTURE_SIGN,
    RUBY,
    WHITE,
    ExtractedText,
    Unseen,
    is_page_sized,
    join_lines,
)
from corpus_app.ingest.formats.word97.file import WordFile
from corpus_app.ingest.formats.word97.lists import Word97ListNumbers
from corpus_app.ingest.formats.word97.looks import Word97Look
from corpus_app.ingest.formats.word97.properties import Properties, Word97Paragraph

FIELD_BEGIN, FIELD_RESULT, FIELD_END = 0x13, 0x14, 0x15
RETURN, PAGE, CELL = 0x0D, 0x0C, 0x07
PICTURE, DRAWN = 0x01, 0x08
# Signs in the text: line and column breaks, hyphens; all other controls stand for objects.
SIGNS = {0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-"}
EMBEDDED = ("EMBED", "LINK")
CHOSEN = "FORMDROPDOWN"


@dataclass(slots=True)
class _OpenField:
    """A field that is open: its instruction, and whether its result has begun and shown words."""

    instruction: list[int] = field(default_factory=list)
    result: bool = False
    shown: bool = False


@dataclass(slots=True)
class _Stretch:
    """Characters of one look, or words that a field draws with a reading over them."""

    data: bytes
    units: list[int] = field(default_factory=list)
    drawn: str = ""
    reading: str = ""


class StoryReader:
    """Reads stretches of the text into lines."""

    def __init__(
        self,
        file: WordFile,
        properties: Properties,
        numbers: Word97ListNumbers,
        fonts: list[str],
        account: FileAccount,
    ) -> None:
        self._file = file
        self._properties = properties
        self._numbers = numbers
        self._fonts = fonts
        self.account = account
        # Shapes that the text anchors: some of them are boxes, others pictures.
        self.shapes = 0
        self._unseen: Unseen | None = None

    def iter_lines(
        self, start: int, end: int, unseen: Unseen | None = None
    ) -> Iterator[ExtractedText]:
        """Yield the lines of characters [start, end), all unseen where a reason is given.

        A table's row is one line.
        """
        self._unseen = unseen
        cell: list[ExtractedText] = []
        row: list[ExtractedText] = []
        for text, mark, paragraph in self._iter_paragraphs(start, end):
            in_cell = mark == CELL or paragraph.in_table
            if not in_cell:
                yield from _end_row(row, cell)
                yield text
            elif self._ends_row(text, mark, paragraph, row, cell):
                yield from _end_row(row, cell)
            else:
                cell.append(text)
                if mark == CELL:
                    row.append(join_lines(cell))
                    cell.clear()
        yield from _end_row(row, cell)

    def _ends_row(
        self,
        text: ExtractedText,
        mark: int,
        paragraph: Word97Paragraph,
        row: list[ExtractedText],
        cell: list[ExtractedText],
    ) -> bool:
        if self._properties.known:
            return paragraph.row_end
        # Without properties: a row ends with a mark right after its last cell's.
        return mark == CELL and not text.has_words() and bool(row) and not cell

    def _iter_paragraphs(
        self, start: int, end: int
    ) -> Iterator[tuple[ExtractedText, int, Word97Paragraph]]:
        units = array("H", self._file.read_units(start, end))
        whole = _match_fields(units)
        runs = self._properties.iter_looks(start, end)
        stop, data = start, b""
        stretches: list[_Stretch] = []
        fields: list[_OpenField] = []
        joined: ExtractedText | None = None
        for index, unit in enumerate(units):
            while stop <= start + index:
                stop, data = next(runs, (end + 1, b""))
            if unit in (FIELD_BEGIN, FIELD_RESULT, FIELD_END):
                if index in whole:
                    self._take_field(unit, fields, stretches, data)
            elif not all(entry.result for entry in fields):
                fields[-1].instruction.append(unit)
            elif unit in (RETURN, PAGE, CELL):
                paragraph = self._find_paragraph(start + index)
                text, goes_on = self._end_paragraph(stretches, paragraph, data, joined)
                joined = text if goes_on and unit != CELL else None
                if joined is None:
                    yield text, unit, paragraph
                stretches = []
            else:
                _add_unit(stretches, data, unit)
                for entry in fields:
                    entry.shown = True
        if stretches or joined is not None:
            text, _ = self._end_paragraph(stretches, Word97Paragraph(), b"", joined)
            yield text, RETURN, Word97Paragraph()

    def _take_field(
        self, unit: int, fields: list[_OpenField], stretches: list[_Stretch], data: bytes
    ) -> None:
        if unit == FIELD_BEGIN:
            fields.append(_OpenField())
        elif unit == FIELD_RESULT:
            fields[-1].result = True
        else:
            ended = fields.pop()
            instruction = _decode(ended.instruction)
            name = instruction.split(maxsplit=1)[0].upper() if instruction.strip() else ""
            if name in EMBEDDED:
                self.account.note("embedded", instruction)
            elif not ended.shown and all(entry.result for entry in fields):
                drawn = read_instruction(instruction)
                if drawn.counted or name == CHOSEN:
                    self.account.note("counted_fields", instruction)
                stretches.append(_Stretch(data, [], drawn.text, drawn.annotation))

    def _find_paragraph(self, position: int) -> Word97Paragraph:
        return self._properties.find_paragraph(self._file.find_offset(position))

    def _end_paragraph(
        self,
        stretches: list[_Stretch],
        paragraph: Word97Paragraph,
        mark: bytes,
        joined: ExtractedText | None,
    ) -> tuple[ExtractedText, bool]:
        """Return the paragraph's line, and whether its mark is unseen, so that it goes on."""
        text = ExtractedText()
        for stretch in stretches:
            self._write(stretch, paragraph, text)
        look = self._properties.find_look(paragraph.style, mark)
        goes_on = look.hidden or look.ends_unseen or look.deleted
        line = joined or ExtractedText()
        if not paragraph.unseen and (text.has_words(seen=True) or not (text.length or goes_on)):
            line.write(self._find_label(paragraph))
        line.add(text)
        return line, goes_on

    def _write(self, stretch: _Stretch, paragraph: Word97Paragraph, text: ExtractedText) -> None:
        look = self._properties.find_look(paragraph.style, stretch.data)
        if look.deleted or look.inserted:
            self.account.note("tracked_changes")
        if look.deleted:
            return
        # The ground of a cell stands elsewhere and is not asked.
        ground: Ground = paragraph.ground or ("unknown" if paragraph.in_table else WHITE)
        unseen = self._unseen or paragraph.unseen or look.judge(ground)
        text.write(self._read_signs(stretch.units, look), unseen)
        text.write(stretch.drawn, unseen)
        text.write(stretch.reading, unseen or RUBY)
        if unseen is None:
            self._count_objects(stretch.units, look, text)

    def _read_signs(self, units: list[int], look: Word97Look) -> str:
        if look.symbol is not None:
            code = look.symbol[1]
            name = self._find_font(look.symbol[0])
            sign = read_symbol(name, code)
            if sign is None:
                self.account.note("symbols", f"{name} {code:04X}")
            return (sign or "\ufffd") * len(units)
        shown, unknown = read_symbols(_decode(units), self._find_font(look.font))
        if unknown:
            self.account.note("symbols", count=unknown)
        return shown

    def _find_font(self, number: int | None) -> str | None:
        known = number is not None and number < len(self._fonts)
        return self._fonts[number] if known and number is not None else None

    def _count_objects(self, units: list[int], look: Word97Look, text: ExtractedText) -> None:
        if look.picture >= 0 and PICTURE in units:
            if is_page_sized(*self._file.measure_picture(look.picture)):
                text.write(PICTURE_SIGN, PAGE_PICTURE)
            else:
                self.account.note("pictures")
        self.shapes += units.count(DRAWN)

    def _find_label(self, paragraph: Word97Paragraph) -> str:
        if not paragraph.list_number:
            return ""
        return self._numbers.next_label(paragraph.list_number, paragraph.level or 0)


def _match_fields(units: array[int]) -> set[int]:
    """Return the places of all signs of fields that are whole; others hide nothing."""
    whole: set[int] = set()
    fields: list[list[int]] = []
    for index, unit in enumerate(units):
        if unit == FIELD_BEGIN:
            fields.append([index])
        elif unit == FIELD_RESULT and fields and len(fields[-1]) == 1:
            fields[-1].append(index)
        elif unit == FIELD_END and fields:
            whole.update((*fields.pop(), index))
    return whole


def _add_unit(stretches: list[_Stretch], data: bytes, unit: int) -> None:
    if not stretches or stretches[-1].data != data or stretches[-1].drawn:
        stretches.append(_Stretch(data))
    stretches[-1].units.append(unit)


def _end_row(row: list[ExtractedText], cell: list[ExtractedText]) -> Iterator[ExtractedText]:
    rest = join_lines(cell)
    if rest.length:
        row.append(rest)
    if row:
        line = ExtractedText()
        for index, part in enumerate(row):
            line.write("\t" if index else "")
            line.add(part)
        yield line
    row.clear()
    cell.clear()


def _decode(units: list[int]) -> str:
    data = array("H", [unit for unit in units if unit >= 0x20 or unit in SIGNS]).tobytes()
    text = data.decode("utf-16-le", "replace").replace("\x1f", "")
    return text.translate(SIGNS)
