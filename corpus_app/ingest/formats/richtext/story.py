"""The lines of one story of rich text (body, note, box), with the rows of its tables."""

from __future__ import annotations

from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.visibility import (
    PAGE_PICTURE,
    PICTURE_SIGN,
    ExtractedText,
    Unseen,
    join_lines,
)


class RtfStory:
    """Collects words into lines: a paragraph is one, and so is a row of a table."""

    def __init__(self) -> None:
        self.lines: list[ExtractedText] = []
        self.line = ExtractedText()
        self.cells: list[ExtractedText] = []
        self._cell: list[ExtractedText] = []
        self._boxes: list[ExtractedText] = []

    def write(self, text: str, unseen: Unseen | None) -> None:
        """Add words to the line that is open."""
        self.line.write(text, unseen)

    def keep_picture(self, account: FileAccount, *, page: bool) -> None:
        """Count a picture; a page's is a gap in the line that is open."""
        if page:
            self.line.write(PICTURE_SIGN, PAGE_PICTURE)
        else:
            account.note("pictures")

    def keep_box(self, lines: list[ExtractedText]) -> None:
        """Remember lines that follow the one that is open."""
        self._boxes += lines

    def end_paragraph(self, in_table: bool) -> None:
        """End the line; inside a table it becomes a part of its cell."""
        line, self.line = self.line, ExtractedText()
        boxes, self._boxes = self._boxes, []
        if in_table:
            self._cell += [line, *boxes]
            return
        self.end_row()
        self.lines += [line, *boxes]

    def end_cell(self) -> None:
        """End the cell that is open."""
        self.end_paragraph(in_table=True)
        self.cells.append(join_lines(self._cell))
        self._cell = []

    def end_row(self) -> None:
        """End the row of a table that is open, if any."""
        if self._cell:
            self.cells.append(join_lines(self._cell))
            self._cell = []
        if not self.cells:
            return
        row = ExtractedText()
        for index, cell in enumerate(self.cells):
            row.write("\t" if index else "")
            row.add(cell)
        self.cells = []
        self.lines.append(row)

    def finish(self) -> list[ExtractedText]:
        """Return all lines, the last one ended."""
        if self.line.length or self._boxes:
            self.end_paragraph(in_table=bool(self.cells or self._cell))
        self.end_row()
        return self.lines
