"""What is drawn into a Word document: boxes with words, pictures, diagrams, charts, other files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.docx.context import WordContext
from corpus_app.ingest.formats.docx.inline import InlineReader, read_words
from corpus_app.ingest.formats.docx.surroundings import ParagraphLook
from corpus_app.ingest.formats.opendocument.looks import read_points
from corpus_app.ingest.formats.visibility import (
    PAGE_PICTURE,
    PICTURE_SIGN,
    ExtractedText,
    is_page_sized,
)

# So many English Metric Units are a point.
EMU: Final = 12_700
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MICROSOFT: Final = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "urn:")


@dataclass(slots=True)
class Box:
    """What stands apart from the line that anchors it: blocks, or words; and the shapes around."""

    shapes: list[etree._Element]
    content: etree._Element | None = None
    words: str = ""


def _measure(shapes: list[etree._Element]) -> tuple[float | None, float | None]:
    """Return width and height in points of what the innermost shape frames, null if not said."""
    for shape in reversed(shapes):
        if shape.get("behindDoc") in ("1", "true"):
            break  # the ground of a page, with its words over it
        extent = next((child for child in shape if str(child.tag).endswith("}extent")), None)
        if extent is not None:
            sides = (extent.get("cx") or "", extent.get("cy") or "")
            width, height = (int(one) / EMU if one.isdecimal() else None for one in sides)
            return width, height
        style = dict(
            part.split(":", 1) for part in (shape.get("style") or "").split(";") if ":" in part
        )
        if "width" in style and "height" in style:
            return read_points(style["width"]), read_points(style["height"])
    return None, None


class DrawingReader(InlineReader):
    """Reads lines with what is drawn beside them; boxes are set aside as they are met."""

    def __init__(self, context: WordContext, part: str) -> None:
        super().__init__(context, part)
        self.boxes: list[Box] = []
        self._shapes: list[etree._Element] = []

    def _read_shape(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        """A shape's words stand in a box; what else it may hold is counted."""
        self._shapes.append(node)
        self.read_inline(node, line, look)
        self._shapes.pop()

    def _read_box(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        self.boxes.append(Box(list(self._shapes), node))

    def _read_word_art(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        self.boxes.append(Box(list(self._shapes), None, node.get("string") or ""))

    def _read_drawn_text(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        words = ExtractedText()
        self.read_inline(node, words, look)
        self.boxes.append(Box(list(self._shapes), None, words.finish()[0]))

    def _count_picture(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        if self._unseen or look.unseen:
            return
        if is_page_sized(*_measure(self._shapes)):
            line.write(PICTURE_SIGN, PAGE_PICTURE)
        else:
            self.account.note("pictures")

    def _read_part(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        """What stands in a part of its own: a chart, a diagram, an embedded or linked file."""
        name = self.table.name(node)
        if name == "dgm:relIds":
            words = self.context.read_diagram(self.part, node.get(f"{RELATION}dm") or "")
            self.boxes.append(Box(list(self._shapes), None, words))
        elif name in ("c:chart", "cx:chart"):
            self.account.note("charts", self.context.read_chart(self.part, node))
        elif name == "w:subDoc":
            self.account.note("linked", self.context.name_target(self.part, node))
        else:
            label = node.get("ProgID") or node.get(qn("w:name")) or ""
            self.account.note("embedded", label)

    def _read_branch(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        branch = self.choose_branch(node)
        if branch is not None:
            self.read_inline(branch, line, look)

    def choose_branch(self, node: etree._Element) -> etree._Element | None:
        """Return the one rendering of several that Word shows, or the one that holds words."""
        choices = [child for child in node if self.table.name(child) == "mc:Choice"]
        known = [choice for choice in choices if self._is_known(choice)]
        fallback = [child for child in node if self.table.name(child) == "mc:Fallback"]
        branches = [*known, *fallback, *choices]
        worded = (branch for branch in branches if read_words(branch).strip())
        return next(worded, branches[0] if branches else None)

    @staticmethod
    def _is_known(choice: etree._Element) -> bool:
        addresses = [choice.nsmap.get(name, "") for name in (choice.get("Requires") or "").split()]
        return all(address.startswith(MICROSOFT) for address in addresses)

    HANDLERS: ClassVar[dict[str, Callable[..., None]]] = InlineReader.HANDLERS | {
        "mc:AlternateContent": _read_branch,
        "w:drawing": _read_shape, "w:pict": _read_shape, "w:object": _read_shape,
        "wp:anchor": _read_shape, "wp:inline": _read_shape,
        "v:shape": _read_shape, "v:rect": _read_shape, "v:roundrect": _read_shape,
        "v:oval": _read_shape, "v:group": _read_shape,
        "w:txbxContent": _read_box, "v:textpath": _read_word_art, "a:p": _read_drawn_text,
        "pic:pic": _count_picture, "v:imagedata": _count_picture, "w:contentPart": _count_picture,
        "dgm:relIds": _read_part, "c:chart": _read_part, "cx:chart": _read_part,
        "o:OLEObject": _read_part, "w:control": _read_part, "w:subDoc": _read_part,
    }  # fmt: skip
