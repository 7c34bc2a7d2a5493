"""What stands around words of a Word document and decides whether they are seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.docx.looks import STYLE, VALUE, WordStyles, is_on, read_number
from corpus_app.ingest.formats.looks import PLAIN, Ground, TextLook
from corpus_app.ingest.formats.visibility import (
    HIDDEN,
    HIDDEN_BY_STYLE,
    LARGEST_PAGE,
    OFF_PAGE,
    TOO_SMALL,
    Unseen,
    is_too_small,
    lies_off,
)

TWIPS, EMU = 20, 12_700
STYLE_RULE: Final = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")
# Inside a group, lengths without a unit count by the group's own measure.
LENGTH: Final = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px|pc)|0")
POINTS: Final = {"pt": 1, "in": 72, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12}


@dataclass(frozen=True, slots=True)
class DocxSurroundings:
    """The ground behind a stretch of the document, and why none of it is seen, if so."""

    ground: Ground = (255, 255, 255)
    unseen: Unseen | None = None


@dataclass(slots=True)
class ParagraphLook:
    """How words of one paragraph look before their own properties are asked."""

    style: str
    ground: Ground
    unseen: Unseen | None
    styles: WordStyles

    def judge_run(self, properties: etree._Element | None) -> tuple[Unseen | None, str]:
        """Return why a run of these properties is not seen, and the font of signs it is set in."""
        own, named = PLAIN, ""
        if properties is not None and len(properties):
            own = self.styles.theme.read_look(properties)
            style = properties.find(STYLE)
            named = (style.get(VALUE) or "") if style is not None else ""
        look = self._combine(own, named)
        by_style = own.hidden is None
        return self.unseen or look.judge(self.ground, by_style=by_style), look.font or ""

    def _combine(self, own: TextLook, named: str) -> TextLook:
        return own.over(self.styles.combine(self.style, named))

    def ends_unseen(self, properties: etree._Element | None) -> bool:
        """Return whether its mark is hidden or deleted, so that the next paragraph goes on."""
        marks = properties.find(qn("w:rPr")) if properties is not None else None
        if marks is None:
            return self._combine(PLAIN, "").hidden or False
        if is_on(marks.find(qn("w:specVanish"))):
            return True
        gone = marks.find(qn("w:del")) is not None or marks.find(qn("w:moveFrom")) is not None
        own = self.styles.theme.read_look(marks)
        return gone or bool(self._combine(own, "").hidden)


def look_at_paragraph(
    properties: etree._Element | None, around: DocxSurroundings, styles: WordStyles
) -> ParagraphLook:
    """Return the look of a paragraph with these properties (w:pPr)."""
    style = ""
    ground, unseen = around.ground, around.unseen
    if properties is not None:
        named = properties.find(qn("w:pStyle"))
        style = (named.get(VALUE) or "") if named is not None else ""
        own = styles.theme.read_shade(properties.find(qn("w:shd")))
        ground = own or styles.find_ground(style or styles.default_paragraph) or ground
        unseen = unseen or _judge_frame(properties)
    elif styles.default_paragraph:
        ground = styles.find_ground(styles.default_paragraph) or ground
    return ParagraphLook(style, ground, unseen, styles)


def enter_cell(
    cell: etree._Element, around: DocxSurroundings, styles: WordStyles, table_style: str
) -> DocxSurroundings:
    """Return the surroundings inside a cell of a table of this style."""
    properties = cell.find(qn("w:tcPr"))
    ground: Ground = "unknown" if styles.is_shaded(table_style) else around.ground
    unseen = around.unseen
    if properties is not None:
        ground = styles.theme.read_shade(properties.find(qn("w:shd"))) or ground
        unseen = unseen or (HIDDEN if _is_merged(properties) else None)
    return DocxSurroundings(ground, unseen)


def enter_table(
    table: etree._Element, around: DocxSurroundings, styles: WordStyles
) -> DocxSurroundings:
    """Return the surroundings inside a table, which may have a ground of its own."""
    shade = styles.theme.read_shade(table.find(f"{qn('w:tblPr')}/{qn('w:shd')}"))
    return DocxSurroundings(shade, around.unseen) if shade else around


def enter_row(row: etree._Element, around: DocxSurroundings) -> DocxSurroundings:
    """Return the surroundings inside a row of a table."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return around
    height = properties.find(qn("w:trHeight"))
    if is_on(properties.find(qn("w:hidden"))):
        return DocxSurroundings(around.ground, around.unseen or HIDDEN)
    if height is not None and height.get(qn("w:hRule")) == "exact":
        points = read_number(height.get(VALUE), TWIPS)
        if points is not None and is_too_small(points):
            return DocxSurroundings(around.ground, around.unseen or TOO_SMALL)
    return around


def enter_shape(node: etree._Element, around: DocxSurroundings) -> DocxSurroundings:
    """Return the surroundings inside a drawing or a shape; what it is filled with is not asked."""
    unseen = around.unseen or _judge_shape(node) or _judge_anchor(node)
    return DocxSurroundings("unknown", unseen)


def _judge_frame(properties: etree._Element) -> Unseen | None:
    frame, spacing = properties.find(qn("w:framePr")), properties.find(qn("w:spacing"))
    if spacing is not None and spacing.get(qn("w:lineRule")) == "exact":
        points = read_number(spacing.get(qn("w:line")), TWIPS)
        if points is not None and is_too_small(points):
            return TOO_SMALL
    if frame is None:
        return None
    width, height = (read_number(frame.get(qn(f"w:{name}")), TWIPS) or 0 for name in ("w", "h"))
    for name, anchor, size in (("x", "hAnchor", width), ("y", "vAnchor", height)):
        start = read_number(frame.get(qn(f"w:{name}")), TWIPS)
        # A frame without a size is as large as what it holds, on a page of that size at most.
        of_page = frame.get(qn(f"w:{anchor}")) == "page"
        end = (start or 0) + (size or LARGEST_PAGE)
        if start is not None and lies_off(start, end, of_page=of_page, across=name == "x"):
            return OFF_PAGE
    return None


def _is_merged(properties: etree._Element) -> bool:
    """A cell that goes on a merged one shows nothing of its own."""
    for name in ("w:vMerge", "w:hMerge"):
        node = properties.find(qn(name))
        if node is not None and node.get(VALUE) != "restart":
            return True
    return False


def _judge_shape(node: etree._Element) -> Unseen | None:
    """A shape of the older kind says where it stands in a style of its own."""
    rules = dict(STYLE_RULE.findall(node.get("style") or ""))
    if rules.get("visibility") == "hidden" or rules.get("display") == "none":
        return HIDDEN_BY_STYLE
    sizes = [_read_length(rules.get(name)) for name in ("width", "height")]
    if any(size is not None and is_too_small(size) for size in sizes):
        return TOO_SMALL if rules.get("mso-fit-shape-to-text") != "t" else None
    if rules.get("position") != "absolute":
        return None
    sides = (("left", "horizontal", sizes[0]), ("top", "vertical", sizes[1]))
    for side, direction, size in sides:
        start = _read_length(rules.get(f"margin-{side}") or rules.get(side))
        of_page = rules.get(f"mso-position-{direction}-relative") == "page"
        end = (start or 0) + (size or LARGEST_PAGE)
        if start is not None and lies_off(start, end, of_page=of_page, across=side == "left"):
            return OFF_PAGE
    return None


def _judge_anchor(node: etree._Element) -> Unseen | None:
    marks, extent = node.find("{*}docPr"), node.find("{*}extent")
    if node.get("hidden") in ("1", "true") or (
        marks is not None and marks.get("hidden") in ("1", "true")
    ):
        return HIDDEN
    if extent is None:
        return None
    for side, size in (("positionH", "cx"), ("positionV", "cy")):
        length = read_number(extent.get(size), EMU) or 0
        place = node.find(f"{{*}}{side}")
        offset = place.find("{*}posOffset") if place is not None else None
        if place is None or offset is None:
            continue
        of_page = place.get("relativeFrom") == "page"
        start = read_number(offset.text, EMU)
        end = (start or 0) + max(length, 1)
        if start is not None and lies_off(start, end, of_page=of_page, across=size == "cx"):
            return OFF_PAGE
    return None


def _read_length(text: str | None) -> float | None:
    found = LENGTH.fullmatch((text or "").strip())
    return float(found[1] or 0) * POINTS.get(found[2], 1) if found else None
