"""The lines of one story of a binary Word file: fields resolved, rows tabbed, numbers written."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from corpus_app.ingest.formats.word97.file import WordFile
from corpus_app.ingest.formats.word97.lists import Word97ListNumbers
from corpus_app.ingest.formats.word97.properties import Properties, Word97Paragraph

FIELD_BEGIN, FIELD_RESULT, FIELD_END = 0x13, 0x14, 0x15
RETURN, PAGE, CELL = 0x0D, 0x0C, 0x07
# Signs in the text: line and column breaks, hyphens; all other controls stand for objects.
SIGNS = {0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-"}


class StoryReader:
    """Reads stretches of the text into lines."""

    def __init__(self, file: WordFile, properties: Properties, numbers: Word97ListNumbers) -> None:
        self._file = file
        self._properties = properties
        self._numbers = numbers

    def iter_lines(self, start: int, end: int) -> Iterator[str]:
        """Yield the lines of characters [start, end); a table's row is one line."""
        cell: list[str] = []
        row: list[str] = []
        for text, mark, paragraph in self._iter_paragraphs(start, end):
            in_cell = mark == CELL or paragraph.in_table
            if not in_cell:
                yield from _end_row(row, cell)
                yield text
            elif self._ends_row(text, mark, paragraph, row, cell):
                yield from _end_row(row, cell)
            else:
                cell.append(text.strip())
                if mark == CELL:
                    row.append(" ".join(part for part in cell if part))
                    cell.clear()
        yield from _end_row(row, cell)

    def _ends_row(
        self, text: str, mark: int, paragraph: Word97Paragraph, row: list[str], cell: list[str]
    ) -> bool:
        if self._properties.known:
            return paragraph.row_end
        # Without properties: a row ends with a mark right after its last cell's.
        return mark == CELL and not text and bool(row) and not cell

    def _iter_paragraphs(self, start: int, end: int) -> Iterator[tuple[str, int, Word97Paragraph]]:
        units = array("H", self._file.read_units(start, end))
        kept: list[int] = []
        fields: list[bool] = []
        for index, unit in enumerate(units):
            if unit == FIELD_BEGIN:
                fields.append(False)
            elif unit == FIELD_RESULT and fields:
                fields[-1] = True
            elif unit == FIELD_END and fields:
                fields.pop()
            elif not all(fields) or self._is_deleted(start + index):
                continue
            elif unit in (RETURN, PAGE, CELL):
                paragraph = self._find_paragraph(start + index)
                yield self._label(kept, paragraph), unit, paragraph
                kept = []
            else:
                kept.append(unit)
        if kept:
            yield _decode(kept), RETURN, Word97Paragraph()

    def _is_deleted(self, position: int) -> bool:
        properties = self._properties
        return bool(properties.deleted) and properties.is_deleted(self._file.find_offset(position))

    def _find_paragraph(self, position: int) -> Word97Paragraph:
        return self._properties.find_paragraph(self._file.find_offset(position))

    def _label(self, kept: list[int], paragraph: Word97Paragraph) -> str:
        text = _decode(kept)
        if not paragraph.list_number or not text.strip():
            return text
        return self._numbers.next_label(paragraph.list_number, paragraph.level or 0) + text


def _end_row(row: list[str], cell: list[str]) -> Iterator[str]:
    if any(cell):
        row.append(" ".join(part for part in cell if part))
    if row:
        yield "\t".join(row)
    row.clear()
    cell.clear()


def _decode(units: list[int]) -> str:
    data = array("H", [unit for unit in units if unit >= 0x20 or unit in SIGNS]).tobytes()
    text = data.decode("utf-16-le", "replace").replace("\x1f", "")
    return text.translate(SIGNS)
