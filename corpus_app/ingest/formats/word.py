"""Word documents: paragraphs with their automatic numbers, tables as tabbed lines, notes last."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.numbering import Numbering
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.limits import Limits

LABEL = "Word 文档"
TYPES = "[Content_Types].xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_TYPES = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabledTemplate\.main\+xml"
    rb"|ms-word\.(?:document|template)\.macroEnabled\.main\+xml"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template\.main\+xml)"
)
NOTE_PARTS = (("footnotes", "footnote", "注"), ("endnotes", "endnote", "尾注"))
TEXT, TAB, BREAK, HYPHEN = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
RETURN, BOX, DELETED = qn("w:cr"), qn("w:txbxContent"), qn("w:del")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Not part of the running text: deleted text, field codes, and a drawing's second rendering.
SKIPPED = {DELETED, qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), FALLBACK, BOX}


def extract_document(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a .docx; raises "damaged", "too_large" or "no_text"."""
    check_package(data, limits, LABEL)
    document = _open(data)
    body = document.element.body
    numbering = Numbering(document)
    lines = list(_iter_lines(body, numbering))
    lines += [line for part in NOTE_PARTS for line in _iter_notes(document, *part)]
    raw = "".join(line + "\n" for line in lines)
    return Extracted(raw, "utf-8", "docx", (), tuple(_report(body, numbering)))


def _open(data: bytes) -> Any:
    try:
        document = Document(io.BytesIO(_drop_macro_type(data)))
        _ = document.element.body
    except (KeyError, ValueError, AttributeError, TypeError, etree.XMLSyntaxError) as error:
        raise RejectedFile("damaged", "Word 文档已损坏：内部结构不完整，无法打开。") from error
    except Exception as error:  # python-docx raises its own kinds, none of them documented
        raise RejectedFile("damaged", "Word 文档已损坏，无法打开。") from error
    if document.element.body is None:
        raise RejectedFile("damaged", "Word 文档已损坏：没有正文部分。")
    return document


def _drop_macro_type(data: bytes) -> bytes:
    """A document with macros or a template opens as what it is besides; macros are never run."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        types = read_member(source, TYPES) or b""
        if not MAIN_TYPES.search(types):
            return data
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            for name in dict.fromkeys(source.namelist()):
                plain = MAIN_TYPES.sub(PLAIN_TYPE, types) if name == TYPES else source.read(name)
                package.writestr(name, plain)
    return target.getvalue()


def _iter_lines(container: etree._Element, numbering: Numbering | None) -> Iterator[str]:
    for child in container:
        if child.tag == PARAGRAPH:
            yield from _iter_paragraph(child, numbering)
        elif child.tag == TABLE:
            for row in child.iterchildren(ROW):
                cells = (_read_cell(cell, numbering) for cell in row.iterchildren(CELL))
                yield "\t".join(cells)
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _iter_lines(child, numbering)


def _iter_paragraph(paragraph: etree._Element, numbering: Numbering | None) -> Iterator[str]:
    text = "".join(_iter_text(paragraph))
    prefix = numbering.next_label(paragraph) if numbering and text.strip() else ""
    yield prefix + text
    for box in paragraph.iter(BOX):
        if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
            yield from _iter_lines(box, numbering)


def _read_cell(cell: etree._Element, numbering: Numbering | None) -> str:
    return " ".join(line.strip() for line in _iter_lines(cell, numbering) if line.strip())


def _iter_text(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag in SKIPPED:
            continue
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag == TAB:
            yield "\t"
        elif child.tag in (BREAK, RETURN):
            yield "\n"
        elif child.tag == HYPHEN:
            yield "-"
        else:
            yield from _iter_text(child)


def _iter_notes(document: Any, part: str, tag: str, label: str) -> Iterator[str]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    related = [p for p in document.part.package.iter_parts() if p.partname == f"/word/{part}.xml"]
    if not related:
        return
    root = parse_part(related[0].blob, LABEL)
    number = 0
    for note in root.iterchildren(qn(f"w:{tag}")):
        if note.get(qn("w:type")) not in (None, "normal"):
            continue
        text = " ".join(line.strip() for line in _iter_lines(note, None)).strip()
        if text:
            number += 1
            yield f"[{label}{number}] {text}"


def _report(body: etree._Element, numbering: Numbering) -> Iterator[Notice]:
    if numbering.used:
        yield Notice(
            "numbering", f"有 {numbering.used} 处序号由 Word 自动编号生成，已还原为文字，请核对。"
        )
    if next(body.iter(DELETED), None) is not None:
        yield Notice("tracked_changes", "文档含有修订痕迹：按“接受全部修订”取文字，请核对。")
