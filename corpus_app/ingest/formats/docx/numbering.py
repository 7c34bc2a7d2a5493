"""Word's automatic numbers, which stand in no run of text, as the reader sees them: 一、 （一）."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.counting import format_number, is_known_format
from corpus_app.ingest.formats.docx.looks import is_on
from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.symbols import is_symbol_font, read_symbols

PLACEHOLDER: Final = re.compile(r"%([1-9])")
VALUE, DEPTH, STYLE = qn("w:val"), qn("w:ilvl"), qn("w:styleId")
LEVELS, DEEPEST_STYLE = 9, 20
UNCOUNTED: Final = {"bullet", "none"}


@dataclass(frozen=True, slots=True)
class DocxListLevel:
    """One level of a list: first number, number format and pattern such as "（%2）".

    restart is the level (from 1) after which it begins anew, 0 for never, None for any above it;
    style is the paragraph style that stands for this level.
    """

    start: int
    format: str
    pattern: str
    plain: bool
    restart: int | None
    style: str


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it: the definition it counts by, and what it changes there."""

    definition: str
    levels: dict[int, DocxListLevel]
    starts: dict[int, int]
    begun: bool = False


@dataclass(slots=True)
class _StyledList:
    base: str
    number: str | None
    depth: int | None


@dataclass(slots=True)
class _Definition:
    link: str | None
    levels: dict[int, DocxListLevel]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """Counts the list paragraphs of one document from its two parts (either may be None)."""

    def __init__(
        self, numbering: etree._Element | None, styles: etree._Element | None, account: FileAccount
    ) -> None:
        self._account = account
        self._styles: dict[str, _StyledList] = {}
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List] = {}
        self._read_styles(styles)
        self._read_lists(numbering)

    def next_label(self, properties: etree._Element | None, style: str) -> str:
        """Return the next paragraph's label ("一、"), "" if it has none; advances the count."""
        number, depth = self._find_list(properties, style)
        entry = self._lists.get(number or "")
        level = entry.levels.get(depth) if entry is not None else None
        if entry is None or level is None:
            return ""
        if level.format == "bullet":
            return level.pattern if any(map(str.isalnum, level.pattern)) else ""
        counts = self._advance(entry, level, depth)
        label = PLACEHOLDER.sub(
            lambda match: self._spell(entry, counts, int(match[1]) - 1, level), level.pattern
        )
        if label:
            self._account.note("numbering")
        return label

    def _advance(self, entry: _List, level: DocxListLevel, depth: int) -> list[int | None]:
        counts = self._definitions[entry.definition].counts
        if not entry.begun:
            entry.begun = True
            for place, start in entry.starts.items():
                counts[place] = start - 1
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, LEVELS):
            below = entry.levels.get(deeper)
            restart = below.restart if below is not None else None
            if restart is None or depth < restart:
                counts[deeper] = None
        return counts

    def _spell(self, entry: _List, counts: list[int | None], depth: int, own: DocxListLevel) -> str:
        level = entry.levels.get(depth)
        if level is None or level.format in UNCOUNTED:
            return ""
        count = counts[depth]
        style = "decimal" if own.plain else level.format
        if not is_known_format(style):
            self._account.note("number_formats", style)
        return format_number(level.start if count is None else count, style)

    def _find_list(self, properties: etree._Element | None, style: str) -> tuple[str | None, int]:
        number, depth = _read_place(properties)
        if number is None:
            number, styled, owner = self._find_styled(style)
            if depth is None:
                linked = self._find_linked_depth(number, style)
                depth = styled if linked is None else linked
                depth = self._find_linked_depth(number, owner) if depth is None else depth
        return number, min(max(depth or 0, 0), LEVELS - 1)

    def _find_styled(self, style: str) -> tuple[str | None, int | None, str]:
        """Return the list and level that a style, or one it is based on, puts paragraphs in."""
        depth = None
        for _ in range(DEEPEST_STYLE):
            entry = self._styles.get(style)
            if entry is None:
                break
            depth = entry.depth if depth is None else depth
            if entry.number is not None:
                return entry.number, depth, style
            style = entry.base
        return None, depth, style

    def _find_linked_depth(self, number: str | None, style: str) -> int | None:
        """Return the level of a list that a style stands for."""
        entry = self._lists.get(number or "")
        levels = entry.levels.items() if entry is not None and style else ()
        return next((depth for depth, level in levels if level.style == style), None)

    def _read_styles(self, root: etree._Element | None) -> None:
        for node in root.iterchildren(qn("w:style")) if root is not None else ():
            base = node.find(qn("w:basedOn"))
            place = _read_place(node.find(qn("w:pPr")))
            based_on = (base.get(VALUE) or "") if base is not None else ""
            self._styles[node.get(STYLE) or ""] = _StyledList(based_on, *place)

    def _read_lists(self, root: etree._Element | None) -> None:
        if root is None:
            return
        for node in root.iterchildren(qn("w:abstractNum")):
            link = node.find(qn("w:numStyleLink"))
            self._definitions[node.get(qn("w:abstractNumId")) or ""] = _Definition(
                link.get(VALUE) if link is not None else None, _read_levels(node)
            )
        references = {}
        for node in root.iterchildren(qn("w:num")):
            reference = node.find(qn("w:abstractNumId"))
            target = reference.get(VALUE) if reference is not None else None
            references[node.get(qn("w:numId")) or ""] = target or ""
        for node in root.iterchildren(qn("w:num")):
            self._read_list(node, references)

    def _read_list(self, node: etree._Element, references: dict[str, str]) -> None:
        number = node.get(qn("w:numId")) or ""
        name = references[number]
        for _ in range(DEEPEST_STYLE):
            link = self._definitions[name].link if name in self._definitions else None
            if link is None:
                break
            name = references.get(self._find_styled(link)[0] or "", name)
        if name not in self._definitions:
            return
        entry = _List(name, dict(self._definitions[name].levels), {})
        for change in node.iterchildren(qn("w:lvlOverride")):
            depth = _read_int(change.get(DEPTH), -1)
            if not 0 <= depth < LEVELS:
                continue
            start = change.find(qn("w:startOverride"))
            entry.levels |= _read_levels(change)
            if start is not None:
                entry.starts[depth] = _read_int(start.get(VALUE), 1)
        self._lists[number] = entry


def _read_place(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that paragraph properties name."""
    node = properties.find(qn("w:numPr")) if properties is not None else None
    if node is None:
        return None, None
    number, depth = node.find(qn("w:numId")), node.find(DEPTH)
    return (
        number.get(VALUE) if number is not None else None,
        _read_int(depth.get(VALUE), 0) if depth is not None else None,
    )


def _read_levels(parent: etree._Element) -> dict[int, DocxListLevel]:
    levels = {}
    for node in parent.iterchildren(qn("w:lvl")):
        depth = _read_int(node.get(DEPTH), -1)
        if 0 <= depth < LEVELS:
            levels[depth] = _read_level(node)
    return levels


def _read_level(node: etree._Element) -> DocxListLevel:
    def read(name: str) -> str | None:
        child = node.find(qn(f"w:{name}"))
        return child.get(VALUE) if child is not None else None

    style = read("numFmt") or "decimal"
    custom = node.find(f"{{*}}AlternateContent/{{*}}Choice/{qn('w:numFmt')}")
    if custom is not None:
        style = _read_custom(custom) or style
    pattern = "" if is_on(node.find(f"{qn('w:rPr')}/{qn('w:vanish')}")) else read("lvlText") or ""
    fonts = node.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) if fonts is not None else None
    if style == "bullet":
        pattern = "" if is_symbol_font(font) else pattern
    restart = read("lvlRestart")
    return DocxListLevel(
        _read_int(read("start"), 1),
        style,
        read_symbols(pattern, None)[0],
        is_on(node.find(qn("w:isLgl"))),
        _read_int(restart, 0) if restart is not None else None,
        read("pStyle") or "",
    )


def _read_custom(node: etree._Element) -> str | None:
    """A format of later versions stands by an example: w:format="001, 002, 003, ..."."""
    value = node.get(VALUE)
    example = (node.get(qn("w:format")) or "").split(",")[0].strip()
    return "decimalZero" if value == "custom" and example == "01" else value


def _read_int(text: str | None, default: int) -> int:
    value = text or ""
    return int(value) if value.isdigit() and len(value) < 6 else default
