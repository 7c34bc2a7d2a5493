"""The words of one story of a Word document (body, note, header), element by element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.docx.drawings import DrawingReader
from corpus_app.ingest.formats.docx.surroundings import (
    DocxSurroundings,
    enter_cell,
    enter_row,
    enter_shape,
    enter_table,
    look_at_paragraph,
)
from corpus_app.ingest.formats.visibility import ExtractedText, join_lines

PROPERTIES: Final = qn("w:pPr")
DELETED: Final = {"w:del", "w:moveFrom"}
Lines = Iterator[ExtractedText]


class DocxReader(DrawingReader):
    """Reads blocks into lines: a paragraph is one, and so is a row of a table."""

    def read_lines(self, root: etree._Element, around: DocxSurroundings | None = None) -> Lines:
        """Yield the lines of all blocks in an element."""
        joined: ExtractedText | None = None
        for line, goes_on in self._iter_blocks(root, around or DocxSurroundings()):
            if joined is not None:
                joined.add(line)
                line = joined
            joined = line if goes_on else None
            if joined is None:
                yield line
        if joined is not None:
            yield joined

    def _iter_blocks(
        self, root: etree._Element, around: DocxSurroundings
    ) -> Iterator[tuple[ExtractedText, bool]]:
        """Yield each line with whether the next one goes on it."""
        for node in root:
            name = self.table.name(node)
            if name == "w:p":
                yield from self._read_paragraph(node, around)
            elif name == "w:tbl":
                yield from ((line, False) for line in self._read_table(node, around))
            elif name == "w:altChunk":
                yield from ((line, False) for line in self.context.read_chunk(node, self.part))
            elif name in DELETED or self._is_deletion(name, node):
                self.account.note("tracked_changes")
            elif name == "mc:AlternateContent":
                branch = self.choose_branch(node)
                if branch is not None:
                    yield from self._iter_blocks(branch, around)
            elif self._leads_on(name, node):
                yield from self._iter_blocks(node, around)
            elif name and self.table.treat(name) != "silent":
                line = ExtractedText()
                self.read_inline([node], line, look_at_paragraph(None, around, self.styles))
                yield from ((line, False) for line in self._with_boxes(line, around))

    def _leads_on(self, name: str, node: etree._Element) -> bool:
        """Whether an element at this place holds blocks, or nothing that is read in a line."""
        if not name or name in self.HANDLERS:
            return False
        if name in ("w:ins", "w:moveTo", "aml:annotation"):
            self.account.note("tracked_changes")
        return self.table.treat(name) == "through" or (
            self.table.treat(name) == "unknown" and not (node.text or "").strip()
        )

    def _read_paragraph(
        self, node: etree._Element, around: DocxSurroundings
    ) -> Iterator[tuple[ExtractedText, bool]]:
        properties = node.find(PROPERTIES)
        look = look_at_paragraph(properties, around, self.styles)
        text = ExtractedText()
        self.read_inline(node, text, look)
        goes_on = look.ends_unseen(properties)
        line = ExtractedText()
        if not look.unseen and (text.has_words(seen=True) or not (text.length or goes_on)):
            line.write(self.context.next_label(properties, look.style))
        line.add(text)
        lines = list(self._with_boxes(line, around))
        yield from ((entry, False) for entry in lines[:-1])
        yield lines[-1], goes_on and len(lines) == 1

    def _with_boxes(self, line: ExtractedText, around: DocxSurroundings) -> Lines:
        """What stands in boxes that a line anchors follows it."""
        yield line
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            inside = around
            for shape in reversed(box.shapes):
                inside = enter_shape(shape, inside)
            if box.content is not None:
                yield from self.read_lines(box.content, inside)
            elif box.words:
                text = ExtractedText()
                text.write(box.words, inside.unseen)
                yield text

    def _read_table(self, node: etree._Element, around: DocxSurroundings) -> Lines:
        named = node.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        style = (named.get(qn("w:val")) or "") if named is not None else ""
        around = enter_table(node, around, self.styles)
        for name, row in self._iter_rows(node, "w:tr"):
            if name != "w:tr":
                yield from self._read_strays(row, around)
                continue
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.account.note("tracked_changes")
                continue
            inside = enter_row(row, around)
            line = ExtractedText()
            for index, (_, cell) in enumerate(self._iter_rows(row, "w:tc")):
                line.write("\t" if index else "")
                line.add(self._read_cell(cell, inside, style))
            yield line

    def _iter_rows(
        self, parent: etree._Element, wanted: str
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield the rows or cells in an element, and what stands beside them, with their names."""
        for node in parent:
            name = self.table.name(node)
            if name == wanted:
                if node.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is None:
                    yield name, node
                else:
                    self.account.note("tracked_changes")
            elif name in DELETED or self._is_deletion(name, node):
                self.account.note("tracked_changes")
            elif name == "mc:AlternateContent":
                branch = self.choose_branch(node)
                if branch is not None:
                    yield from self._iter_rows(branch, wanted)
            elif self._leads_on(name, node):
                yield from self._iter_rows(node, wanted)
            elif name and self.table.treat(name) != "silent":
                yield name, node

    def _read_strays(self, node: etree._Element, around: DocxSurroundings) -> Lines:
        parent = etree.Element("strays")
        parent.append(node)
        return self.read_lines(parent, around)

    def _read_cell(
        self, cell: etree._Element, around: DocxSurroundings, style: str
    ) -> ExtractedText:
        inside = enter_cell(cell, around, self.styles, style)
        if self.table.name(cell) == "w:tc":
            return join_lines(self.read_lines(cell, inside))
        return join_lines(self._read_strays(cell, inside))
