"""The numbers that OpenDocument gives list items and headings, as the reader sees them: 一、."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from corpus_app.ingest.formats.counting import find_opendocument_format, format_number
from corpus_app.ingest.formats.elements import FileAccount

LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PLACEHOLDER = re.compile(r"%(\d{1,2})%")
OUTLINE = "\x00outline"
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class OdtListLevel:
    """One level: number format, what stands before and after, first number, levels shown.

    pattern, where a program wrote one, has "%1%" for the number of a level and all that is around.
    """

    style: str
    prefix: str
    suffix: str
    start: int
    shown: int
    pattern: str


class OdtListNumbers:
    """Counts the items of all lists of one document."""

    def __init__(self, parts: Iterable[etree._Element], account: FileAccount) -> None:
        self._account = account
        self._styles: dict[str, dict[int, OdtListLevel]] = {}
        self._counts: dict[str, list[int]] = {}
        for part in parts:
            self._read_styles(part)

    def open_list(self, node: etree._Element, inherited: str | None, depth: int) -> str:
        """Return the list's style; its count starts anew unless it continues another list."""
        style = read_attribute(node, "style-name") or inherited or ""
        continues = (
            read_attribute(node, "continue-numbering") == "true"
            or read_attribute(node, "continue-list") != ""
        )
        counts = self._counts.setdefault(style, [0] * (DEEPEST + 1))
        if depth == 1 and not continues:
            counts[:] = [0] * (DEEPEST + 1)
        return style

    def count_item(self, item: etree._Element, style: str, depth: int) -> str:
        """Return the label of this item ("（一）"), "" where its level has no number."""
        start = read_attribute(item, "start-value")
        style = read_attribute(item, "style-override") or style
        return self._count(style, depth, int(start) if start.isdigit() else None)

    def count_heading(self, node: etree._Element) -> str:
        """Return the label of a heading outside lists, "" where the outline has no numbers."""
        depth = read_attribute(node, "outline-level", "1")
        if read_attribute(node, "is-list-header") == "true" or not depth.isdigit():
            return ""
        return self._count(OUTLINE, int(depth), None)

    def _count(self, style: str, depth: int, start: int | None) -> str:
        levels = self._styles.get(style, {})
        level = levels.get(depth)
        if level is None or depth > DEEPEST:
            return ""
        counts = self._counts.setdefault(style, [0] * (DEEPEST + 1))
        following = counts[depth] + 1 if counts[depth] else level.start
        counts[depth] = following if start is None else start
        counts[depth + 1 :] = [0] * (DEEPEST - depth)
        if not level.style:
            words = level.prefix + level.suffix
            return words if any(map(str.isalnum, words)) else ""
        self._account.note("numbering")
        if PLACEHOLDER.search(level.pattern):
            return PLACEHOLDER.sub(lambda m: _spell(levels, counts, int(m[1])), level.pattern)
        first = max(1, depth - level.shown + 1)
        numbers = (_spell(levels, counts, i) for i in range(first, depth + 1))
        return level.prefix + ".".join(filter(None, numbers)) + level.suffix

    def _read_styles(self, root: etree._Element) -> None:
        for node in root.iter(TEXT + "list-style"):
            self._styles[node.get(STYLE + "name") or ""] = _read_levels(node)
        for node in root.iter(TEXT + "outline-style"):
            self._styles[OUTLINE] = _read_levels(node)


def _spell(levels: dict[int, OdtListLevel], counts: list[int], depth: int) -> str:
    level = levels.get(depth)
    if level is None or not level.style or depth > DEEPEST:
        return ""
    return format_number(counts[depth] or level.start, level.style)


def read_attribute(node: etree._Element, name: str, default: str = "") -> str:
    """Return an attribute of the text namespace, default where it is missing."""
    return node.get(TEXT + name) or default


def _read_levels(style: etree._Element) -> dict[int, OdtListLevel]:
    levels = {}
    for node in style:
        depth = read_attribute(node, "level") if isinstance(node.tag, str) else ""
        if not depth.isdigit() or not 1 <= int(depth) <= DEEPEST:
            continue
        number = str(node.tag).endswith(("list-level-style-number", "outline-level-style"))
        signs = (node.get(STYLE + "num-format") or "").strip() if number else ""
        shown, start = read_attribute(node, "display-levels"), read_attribute(node, "start-value")
        levels[int(depth)] = OdtListLevel(
            find_opendocument_format(signs),
            node.get(STYLE + "num-prefix") or "",
            node.get(STYLE + "num-suffix") or "",
            int(start) if start.isdigit() else 1,
            int(shown) if shown.isdigit() else 1,
            node.get(LOEXT + "num-list-format") or "",
        )
    return levels
