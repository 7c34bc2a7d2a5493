"""The lines of an OpenDocument text: paragraphs with their numbers, rows of tables, boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from corpus_app.ingest.formats.elements import ElementTable, FileAccount, read_own_words
from corpus_app.ingest.formats.opendocument.inline import (
    SHAPES,
    OdtInlineReader,
    OdtSurroundings,
)
from corpus_app.ingest.formats.opendocument.lists import OdtListNumbers
from corpus_app.ingest.formats.opendocument.looks import OdtStyles
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.opendocument.objects import ObjectParts
from corpus_app.ingest.formats.opendocument.shapes import judge_line_height
from corpus_app.ingest.formats.visibility import HIDDEN, ExtractedText, Unseen, join_lines

PARAGRAPHS: Final = {"text:p", "text:h"}
ITEMS: Final = {"text:list-item", "text:list-header"}
STYLE_NAME, TABLE_STYLE = qualify("text:style-name"), qualify("table:style-name")
Lines = Iterator[ExtractedText]


class OdtReader(OdtInlineReader):
    """Reads blocks into lines: a paragraph is one, and so is a row of a table."""

    def __init__(
        self,
        table: ElementTable,
        styles: OdtStyles,
        account: FileAccount,
        parts: ObjectParts,
        numbers: OdtListNumbers,
    ) -> None:
        super().__init__(table, styles, account, parts)
        self.numbers = numbers

    def read_lines(self, root: etree._Element, around: OdtSurroundings) -> Lines:
        """Yield the lines of all blocks in an element."""
        for node in root:
            yield from self._read_block(node, around)

    def _read_block(self, node: etree._Element, around: OdtSurroundings, label: str = "") -> Lines:
        name = self.table.name(node)
        if name in PARAGRAPHS:
            yield from self._read_paragraph(node, around, label)
        elif name == "text:list":
            yield from self._read_list(node, None, 1, around)
        elif name == "text:numbered-paragraph":
            yield from self._read_numbered(node, around)
        elif name == "table:table":
            yield from self._read_table(node, around)
        elif name in ("text:section", "text:index-title", "text:table-of-content"):
            yield from self.read_lines(node, around.hide(_judge_section(node)))
        elif name in self.HANDLERS or name in SHAPES:
            line = ExtractedText()
            self.read_child(node, line, around)
            if line.length:
                yield line
            yield from self._read_boxes()
        elif name and self.table.treat(name) != "silent":
            words = read_own_words(node)
            if words:
                self.account.note("unknown", words)
            yield from self.read_lines(node, around)

    def _read_paragraph(self, node: etree._Element, around: OdtSurroundings, label: str) -> Lines:
        inside = self._enter_paragraph(node, around)
        text = ExtractedText()
        self.read_inline(node, text, inside)
        seen = not inside.unseen and (text.has_words(seen=True) or not text.length)
        if not label and seen and self.table.name(node) == "text:h":
            label = self.numbers.count_heading(node)
        line = ExtractedText()
        line.write((label or _find_kept_number(node)) if seen else "")
        line.add(text)
        yield line
        yield from self._read_boxes()

    def _enter_paragraph(self, node: etree._Element, around: OdtSurroundings) -> OdtSurroundings:
        style = node.get(STYLE_NAME) or ""
        ground = self.styles.find_ground("paragraph", style, "paragraph-properties")
        inside = OdtSurroundings(
            self.styles.find_look("paragraph", style), ground or around.ground, around.unseen
        )
        marks = node.iter(qualify("text:hidden-paragraph"))
        hidden = any(mark.get(qualify("text:is-hidden")) != "false" for mark in marks)
        return inside.hide(HIDDEN if hidden else judge_line_height(self.styles, style))

    def _read_boxes(self) -> Lines:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            for node in box.blocks:
                yield from self._read_block(node, box.around)

    def _read_list(
        self, node: etree._Element, style: str | None, depth: int, around: OdtSurroundings
    ) -> Lines:
        style = style or self._find_list_style(node)
        style = self.numbers.open_list(node, style, depth)
        for item in node:
            name = self.table.name(item)
            if name not in ITEMS:
                yield from self._read_block(item, around)
                continue
            label = ""
            # An item that holds nothing but a deeper list shows no number and is not counted.
            if name == "text:list-item" and self._holds_paragraph(item, around):
                label = self.numbers.count_item(item, style, depth)
            for child in item:
                if self.table.name(child) == "text:list":
                    yield from self._read_list(child, style, depth + 1, around)
                else:
                    yield from self._read_block(child, around, label)
                    label = "" if self.table.name(child) in PARAGRAPHS else label

    def _find_list_style(self, node: etree._Element) -> str | None:
        """Return the list style that the first paragraph's own style names."""
        first = next(node.iter(qualify("text:p"), qualify("text:h")), None)
        chain = (
            self.styles.list_chain("paragraph", first.get(STYLE_NAME) or "")
            if first is not None
            else []
        )
        named = (style.get(qualify("style:list-style-name")) for style in chain)
        return next((name for name in named if name), None)

    def _holds_paragraph(self, item: etree._Element, around: OdtSurroundings) -> bool:
        """Whether an item shows a paragraph of its own: a hidden one takes no number."""
        paragraphs = [child for child in item if self.table.name(child) in PARAGRAPHS]
        return any(not self._enter_paragraph(node, around).judge() for node in paragraphs)

    def _read_numbered(self, node: etree._Element, around: OdtSurroundings) -> Lines:
        depth = node.get(qualify("text:level")) or "1"
        style = self.numbers.open_list(node, None, 0)
        label = self.numbers.count_item(node, style, int(depth) if depth.isdigit() else 1)
        for child in node:
            yield from self._read_block(child, around, label)

    def _read_table(self, node: etree._Element, around: OdtSurroundings) -> Lines:
        style = node.get(TABLE_STYLE) or ""
        ground = self.styles.find_ground("table", style, "table-properties")
        around = OdtSurroundings(around.look, ground or around.ground, around.unseen)
        for name, row in self._iter_rows(node, "table:table-row"):
            if name != "table:table-row":
                yield from self._read_block(row, around)
                continue
            hidden = row.get(qualify("table:visibility")) in ("collapse", "filter")
            inside = around.hide(HIDDEN if hidden else None)
            style = row.get(TABLE_STYLE) or ""
            ground = self.styles.find_ground("table-row", style, "table-row-properties")
            line = ExtractedText()
            for index, (kind, cell) in enumerate(self._iter_rows(row, "table:table-cell")):
                line.write("\t" if index else "")
                inner = OdtSurroundings(inside.look, ground or inside.ground, inside.unseen)
                line.add(self._read_cell(kind, cell, inner))
            yield line

    def _iter_rows(
        self, parent: etree._Element, wanted: str
    ) -> Iterator[tuple[str, etree._Element]]:
        """Yield the rows or cells in an element, and what stands beside them, with their names."""
        for node in parent:
            name = self.table.name(node)
            if name in (wanted, "table:covered-table-cell"):
                yield name, node
            elif name.startswith("table:") and self.table.treat(name) == "through":
                yield from self._iter_rows(node, wanted)
            elif name and self.table.treat(name) != "silent":
                yield name, node

    def _read_cell(self, kind: str, cell: etree._Element, around: OdtSurroundings) -> ExtractedText:
        covered = kind == "table:covered-table-cell"
        style = cell.get(TABLE_STYLE) or ""
        ground = self.styles.find_ground("table-cell", style, "table-cell-properties")
        inside = OdtSurroundings(around.look, ground or around.ground, around.unseen)
        if not kind.endswith("cell"):
            return join_lines(self._read_block(cell, around))
        return join_lines(self.read_lines(cell, inside.hide(HIDDEN if covered else None)))


def _judge_section(node: etree._Element) -> Unseen | None:
    display = node.get(qualify("text:display"))
    hidden = node.get(qualify("text:is-hidden"))
    shown = display in (None, "true") or (display == "condition" and hidden in (None, "false"))
    return None if shown else HIDDEN


def _find_kept_number(node: etree._Element) -> str:
    """The number that a program showed may stand beside the words, for others that cannot count."""
    kept = node.find(qualify("text:number"))
    before = node.getprevious()
    if kept is None and before is not None and before.tag == qualify("text:number"):
        kept = before
    number = (kept.text or "") if kept is not None else ""
    return number if any(map(str.isalnum, number)) else ""
