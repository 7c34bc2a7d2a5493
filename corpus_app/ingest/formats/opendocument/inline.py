"""The words of paragraphs of an OpenDocument text: spans, blanks, fields, readings, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from lxml import etree

from corpus_app.ingest.formats.elements import ElementTable, FileAccount, read_own_words
from corpus_app.ingest.formats.equations import write_equation
from corpus_app.ingest.formats.looks import PLAIN, Ground, TextLook
from corpus_app.ingest.formats.opendocument.looks import OdtStyles
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.opendocument.objects import ObjectParts, read_object_words
from corpus_app.ingest.formats.opendocument.shapes import is_page_picture, judge_shape
from corpus_app.ingest.formats.symbols import read_symbols
from corpus_app.ingest.formats.visibility import (
    HIDDEN,
    PAGE_PICTURE,
    PICTURE_SIGN,
    RUBY,
    ExtractedText,
    Unseen,
)

BLANKS: Final = re.compile(r"[ \t\r\n]+")
MOST_BLANKS: Final = 100
STYLE_NAME, HREF = qualify("text:style-name"), qualify("xlink:href")
SHAPES: Final = {
    "draw:frame", "draw:custom-shape", "draw:rect", "draw:line", "draw:polyline", "draw:polygon",
    "draw:regular-polygon", "draw:path", "draw:circle", "draw:ellipse", "draw:connector",
    "draw:caption", "draw:measure", "draw:g",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OdtSurroundings:
    """What stands around words: their look so far, the ground, and why none is seen, if so."""

    look: TextLook = PLAIN
    ground: Ground = (255, 255, 255)
    unseen: Unseen | None = None

    def judge(self) -> Unseen | None:
        """Return why words here are not seen, None if they are."""
        return self.unseen or self.look.judge(self.ground)

    def hide(self, unseen: Unseen | None) -> OdtSurroundings:
        """Return the same surroundings, unseen for this reason where one is given."""
        return OdtSurroundings(self.look, self.ground, self.unseen or unseen)


@dataclass(slots=True)
class OdtBox:
    """Blocks that stand apart from the paragraph that anchors them."""

    blocks: list[etree._Element]
    around: OdtSurroundings


class OdtInlineReader:
    """Reads what stands in paragraphs; boxes and notes are set aside as they are met."""

    def __init__(
        self, table: ElementTable, styles: OdtStyles, account: FileAccount, parts: ObjectParts
    ) -> None:
        self.table, self.styles, self.account, self.parts = table, styles, account, parts
        self.boxes: list[OdtBox] = []
        self.notes: list[tuple[etree._Element, bool]] = []

    def read_inline(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        """Write the words of an element into a line."""
        self._write(node.text, line, around)
        for child in node:
            self.read_child(child, line, around)
            self._write(child.tail, line, around)

    def read_child(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        """Write the words of one element inside a paragraph into a line."""
        name = self.table.name(node)
        if name in self.HANDLERS:
            self.HANDLERS[name](self, node, line, around)
        elif name in SHAPES:
            self._read_shape(node, line, around)
        elif not name or self.table.treat(name) == "silent":
            return
        elif self.table.treat(name) == "unknown":
            words = read_own_words(node)
            if words:
                self.account.note("unknown", words)
            for child in node:
                self.read_child(child, line, around)
        else:
            self.read_inline(node, line, around)

    def _write(self, text: str | None, line: ExtractedText, around: OdtSurroundings) -> None:
        if not text:
            return
        text = BLANKS.sub(" ", text)
        if text[0] == " " and (not line.length or line.tail in " \t\n"):
            text = text[1:]
        text, unknown = read_symbols(text, around.look.font)
        if unknown:
            self.account.note("symbols", count=unknown)
        line.write(text, around.judge())

    def _read_span(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        look = self.styles.find_look("text", node.get(STYLE_NAME) or "").over(around.look)
        inside = OdtSurroundings(look, around.ground, around.unseen)
        self.read_inline(node, line, inside)

    def _read_blanks(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        count = node.get(qualify("text:c")) or "1"
        line.write(" " * min(int(count) if count.isdigit() else 1, MOST_BLANKS), around.judge())

    def _read_tab(self, node: etree._Element, line: ExtractedText, around: OdtSurroundings) -> None:
        line.write("\t", around.judge())

    def _read_break(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        line.write("\n", around.judge())

    def _read_ruby(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        for child in node:
            reading = self.table.name(child) == "text:ruby-text"
            self.read_inline(child, line, around.hide(RUBY) if reading else around)

    def _keep_note(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        self.notes.append((node, around.judge() is None))

    def _tell_comment(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        self.account.note("comments", read_object_words(node))

    def _read_hidden(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        """Words that stand in a field as long as a condition does not hold."""
        hidden = node.get(qualify("text:is-hidden")) != "false"
        words = "".join(map(str, node.itertext())) or node.get(qualify("text:string-value")) or ""
        self._write(words, line, around.hide(HIDDEN) if hidden else around)

    def _read_field(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        unshown = node.get(qualify("text:display")) == "none"
        self.read_inline(node, line, around.hide(HIDDEN) if unshown else around)

    def _read_shape(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        """Words of a shape stand in a box; of several renderings of an object the first counts."""
        unseen = around.judge() or judge_shape(node, self.styles)
        inside = OdtSurroundings(PLAIN, "unknown", unseen)
        contents = [child for child in node if isinstance(child.tag, str)]
        names = [self.table.name(child) for child in contents]
        objects = [name for name in names if name in self.OBJECTS]
        for child, name in zip(contents, names, strict=True):
            if name == "draw:text-box":
                self.boxes.append(OdtBox(list(child), inside))
            elif name in SHAPES or name in ("draw:a", "office:annotation"):
                self.read_child(child, line, around.hide(unseen))
            elif name not in self.OBJECTS:
                self.boxes.append(OdtBox([child], inside))
            elif unseen is None and name == objects[0]:
                self._read_object(name, child, line, around)

    def _read_object(
        self, name: str, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        if name == "draw:image":
            if is_page_picture(node.getparent(), self.styles):
                line.write(PICTURE_SIGN, PAGE_PICTURE)
            else:
                self.account.note("pictures")
            return
        root = self.parts.find(node)
        if root is not None and root.tag == qualify("math:math"):
            line.write(write_equation(root), around.judge())
        elif root is not None and next(root.iter(qualify("chart:chart")), None) is not None:
            self.account.note("charts", read_object_words(root))
        else:
            words = read_object_words(root) if root is not None else ""
            self.account.note("embedded", words or node.get(HREF) or name)

    def _read_math(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        line.write(write_equation(node), around.judge())

    def _read_object_alone(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        self._read_object(self.table.name(node), node, line, around)

    def _tell_control(
        self, node: etree._Element, line: ExtractedText, around: OdtSurroundings
    ) -> None:
        self.account.note("embedded", self.parts.describe_control(node))

    OBJECTS: ClassVar = {
        "draw:object", "draw:object-ole", "draw:image", "draw:plugin", "draw:applet",
        "draw:floating-frame",
    }  # fmt: skip
    HANDLERS: ClassVar[dict[str, Callable[..., None]]] = {
        "text:span": _read_span, "text:s": _read_blanks, "text:tab": _read_tab,
        "text:line-break": _read_break, "text:ruby": _read_ruby, "text:note": _keep_note,
        "office:annotation": _tell_comment, "text:hidden-text": _read_hidden,
        "text:variable-set": _read_field, "text:user-field-get": _read_field,
        "text:variable-get": _read_field, "text:conditional-text": _read_field,
        "text:hidden-paragraph": _read_field,
        "draw:object": _read_object_alone, "draw:object-ole": _read_object_alone,
        "draw:image": _read_object_alone, "draw:plugin": _read_object_alone,
        "draw:applet": _read_object_alone, "draw:floating-frame": _read_object_alone,
        "math:math": _read_math, "draw:control": _tell_control,
    }  # fmt: skip
