"""OpenDocument texts (.odt): paragraphs with their numbers, tables as tabbed lines, notes last."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.opendocument_lists import (
    OFFICE,
    TEXT,
    OdtListNumbers,
    read_attribute,
)
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.limits import Limits

LABEL = "OpenDocument 文档"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PARAGRAPH, HEADING = TEXT + "p", TEXT + "h"
LIST, ITEM, LIST_HEADER = TEXT + "list", TEXT + "list-item", TEXT + "list-header"
ROW, CELL = TABLE + "table-row", TABLE + "table-cell"
NOTE, NOTE_BODY = TEXT + "note", TEXT + "note-body"
# Not the running text: what was deleted, remarks, rulers for indexes, and shapes' own names.
SKIPPED = {
    TEXT + "tracked-changes",
    TEXT + "note-citation",
    TEXT + "sequence-decls",
    OFFICE + "annotation",
    OFFICE + "forms",
}
MOST_BLANKS = 100


def extract_opendocument(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .odt; raises "damaged", "unsupported" or "too_large"."""
    check_package(data, limits, LABEL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = read_member(package, "content.xml") or b""
        if b"encryption-data" in (read_member(package, "META-INF/manifest.xml") or b""):
            raise RejectedFile("unsupported", f"{LABEL}设有密码，请解除密码后再上传。")
        styles = read_member(package, "styles.xml")
    root = parse_part(content, LABEL)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")
    reader = _Reader(OdtListNumbers([parse_part(styles, LABEL)] if styles else [], root))
    lines = list(reader.iter_lines(body)) + sorted(reader.notes, key=_is_endnote)
    notices = tuple(_report(root, reader.numbers.used))
    return Extracted("".join(line + "\n" for line in lines), "utf-8", "odt", (), notices)


def _report(root: etree._Element, numbered: int) -> Iterator[Notice]:
    if numbered:
        yield Notice("numbering", f"有 {numbered} 处序号由自动编号生成，已还原为文字，请核对。")
    if root.find(f".//{TEXT}tracked-changes") is not None:
        yield Notice("tracked_changes", "文档含有修订痕迹：按“接受全部修订”取文字，请核对。")


def _is_endnote(line: str) -> bool:
    return line.startswith("[尾注")


class _Reader:
    """Walks a body once; notes are set aside as they are met."""

    def __init__(self, numbers: OdtListNumbers) -> None:
        self.numbers = numbers
        self.notes: list[str] = []

    def iter_lines(self, container: etree._Element) -> Iterator[str]:
        for child in container:
            if child.tag in (PARAGRAPH, HEADING):
                label = self.numbers.count_heading(child) if child.tag == HEADING else ""
                yield from self.iter_paragraph(child, label)
            elif child.tag == LIST:
                yield from self.iter_list(child, None, 1)
            elif child.tag == ROW:
                cells = (self.read_cell(cell) for cell in child.iterchildren(CELL))
                yield "\t".join(cells)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                yield from self.iter_lines(child)

    def iter_list(self, node: etree._Element, style: str | None, depth: int) -> Iterator[str]:
        style = self.numbers.open_list(node, style, depth)
        for item in node.iterchildren(ITEM, LIST_HEADER):
            label = ""
            # An item that holds nothing but a deeper list shows no number and is not counted.
            if item.tag == ITEM and any(child.tag in (PARAGRAPH, HEADING) for child in item):
                label = self.numbers.count_item(item, style, depth)
            for child in item:
                if child.tag == LIST:
                    yield from self.iter_list(child, style, depth + 1)
                elif child.tag in (PARAGRAPH, HEADING):
                    yield from self.iter_paragraph(child, label)
                    label = ""

    def iter_paragraph(self, node: etree._Element, label: str) -> Iterator[str]:
        boxes: list[etree._Element] = []
        text = "".join(self.iter_text(node, boxes))
        yield label + text if text.strip() else text
        for box in boxes:
            yield from self.iter_lines(box)

    def read_cell(self, cell: etree._Element) -> str:
        return " ".join(line.strip() for line in self.iter_lines(cell) if line.strip())

    def iter_text(self, node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            yield from self.iter_inline(child, boxes)
            yield child.tail or ""

    def iter_inline(self, child: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        tag = child.tag
        if tag == TEXT + "s":
            count = read_attribute(child, "c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, MOST_BLANKS)
        elif tag == TEXT + "tab":
            yield "\t"
        elif tag == TEXT + "line-break":
            yield "\n"
        elif tag == NOTE:
            self.keep_note(child)
        elif tag in (PARAGRAPH, HEADING, LIST) or str(tag).endswith("}text-box"):
            boxes.append(child if str(tag).endswith("}text-box") else _wrap(child))
        elif isinstance(tag, str) and tag not in SKIPPED:
            yield from self.iter_text(child, boxes)

    def keep_note(self, note: etree._Element) -> None:
        body = note.find(NOTE_BODY)
        text = self.read_cell(body) if body is not None else ""
        if text:
            kind = "尾注" if read_attribute(note, "note-class") == "endnote" else "注"
            number = 1 + sum(line.startswith(f"[{kind}") for line in self.notes)
            self.notes.append(f"[{kind}{number}] {text}")


def _wrap(node: etree._Element) -> etree._Element:
    """A paragraph inside a shape inside a paragraph is a line of its own."""
    parent = node.getparent()
    return parent if parent is not None else node
