"""Word's automatic numbers, which stand in no run of text, as the reader sees them: 一、 （一）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.counting import format_number
from corpus_app.ingest.formats.package import parse_part

PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class DocxListLevel:
    """One level of a list: first number, number format and pattern such as "（%2）"."""

    start: int
    style: str
    pattern: str


class Numbering:
    """Counts the list paragraphs of one document; used is how many labels were made."""

    def __init__(self, document: Any) -> None:
        self.used = 0
        self._levels: dict[tuple[str, int], DocxListLevel] = {}
        self._counts: dict[str, list[int]] = {}
        self._style_lists: dict[str, tuple[str, int]] = {}
        self._read_lists(document)
        self._read_styles(document)

    def next_label(self, paragraph: etree._Element) -> str:
        """Return the label of this paragraph ("一、"), "" if it has none; advances the count."""
        place = self._find_list(paragraph)
        if place is None or place not in self._levels:
            return ""
        name, depth = place
        if self._levels[place].style in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(name, [0] * 9)
        counts[depth] = counts[depth] + 1 if counts[depth] else self._levels[place].start
        counts[depth + 1 :] = [0] * (8 - depth)
        self.used += 1
        return PLACEHOLDER.sub(
            lambda m: self._spell(name, counts, int(m[1]) - 1, place), self._levels[place].pattern
        )

    def _spell(self, name: str, counts: list[int], depth: int, own: tuple[str, int]) -> str:
        level = self._levels.get((name, depth), self._levels[own])
        return format_number(counts[depth] or level.start, level.style)

    def _find_list(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        own = _read_place(properties)
        if own is not None:
            return None if own[0] == "0" else own
        style = properties.find(qn("w:pStyle"))
        return self._style_lists.get(style.get(qn("w:val")) or "") if style is not None else None

    def _read_lists(self, document: Any) -> None:
        root = _find_part(document, "/word/numbering.xml")
        if root is None:
            return
        abstracts = {
            node.get(qn("w:abstractNumId")): _read_levels(node)
            for node in root.iterchildren(qn("w:abstractNum"))
        }
        for node in root.iterchildren(qn("w:num")):
            reference = node.find(qn("w:abstractNumId"))
            target = reference.get(qn("w:val")) if reference is not None else None
            for depth, level in abstracts.get(target, {}).items():
                self._levels[(node.get(qn("w:numId")) or "", depth)] = level

    def _read_styles(self, document: Any) -> None:
        root = _find_part(document, "/word/styles.xml")
        for style in root.iterchildren(qn("w:style")) if root is not None else ():
            properties = style.find(qn("w:pPr"))
            place = _read_place(properties) if properties is not None else None
            if place is not None and place[0] != "0":
                self._style_lists[style.get(qn("w:styleId")) or ""] = place


def _find_part(document: Any, name: str) -> etree._Element | None:
    for part in document.part.package.iter_parts():
        if part.partname == name:
            return parse_part(part.blob, "Word 文档")
    return None


def _read_place(properties: etree._Element) -> tuple[str, int] | None:
    node = properties.find(qn("w:numPr"))
    if node is None:
        return None
    number, depth = node.find(qn("w:numId")), node.find(qn("w:ilvl"))
    if number is None:
        return None
    level = _read_int(depth, 0)
    return (number.get(qn("w:val")) or "", min(max(level, 0), 8))


def _read_levels(abstract: etree._Element) -> dict[int, DocxListLevel]:
    levels = {}
    for node in abstract.iterchildren(qn("w:lvl")):
        depth = node.get(qn("w:ilvl")) or ""
        if not depth.isdigit() or int(depth) > 8:
            continue
        style, text = node.find(qn("w:numFmt")), node.find(qn("w:lvlText"))
        levels[int(depth)] = DocxListLevel(
            _read_int(node.find(qn("w:start")), 1),
            (style.get(qn("w:val")) if style is not None else None) or "decimal",
            (text.get(qn("w:val")) if text is not None else None) or "",
        )
    return levels


def _read_int(node: etree._Element | None, default: int) -> int:
    value = (node.get(qn("w:val")) if node is not None else None) or ""
    return int(value) if value.isdigit() and len(value) < 6 else default
