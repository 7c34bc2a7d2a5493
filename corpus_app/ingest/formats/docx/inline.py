"""The words of runs of a Word document: text, signs, fields, symbols, formulas, readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.docx.context import WordContext
from corpus_app.ingest.formats.docx.surroundings import ParagraphLook
from corpus_app.ingest.formats.elements import read_own_words
from corpus_app.ingest.formats.equations import write_equation
from corpus_app.ingest.formats.fields import read_instruction
from corpus_app.ingest.formats.symbols import read_symbol, read_symbols
from corpus_app.ingest.formats.visibility import RUBY, ExtractedText, Unseen

Nodes = Iterable[etree._Element]
RUN_PROPERTIES, VALUE = qn("w:rPr"), qn("w:val")
SIGNS: Final = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-",
    "a:br": "\n",
}  # fmt: skip
LINE_ENDS: Final = re.compile(r"[\r\n]+")
# Words of a field's instruction, which stands before its result.
IN_CODE: Final = Unseen("hidden_text", "field")


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    instruction: list[str] = field(default_factory=list)
    result: bool = False
    start: int = 0


class InlineReader:
    """Reads what stands in the lines of paragraphs."""

    def __init__(self, context: WordContext, part: str) -> None:
        self.context = context
        self.table, self.styles, self.account = context.table, context.styles, context.account
        self.part = part
        self._fields: list[_Field] = []
        self._unseen: Unseen | None = None
        self._font = ""

    @property
    def has_open_code(self) -> bool:
        """Whether a field has begun that never came to its result."""
        return not all(entry.result for entry in self._fields)

    def read_inline(self, nodes: Nodes, line: ExtractedText, look: ParagraphLook) -> None:
        """Write the words of these elements into a line."""
        for node in nodes:
            name = self.table.name(node)
            if name == "w:r":
                self._read_run(node, line, look)
            elif name in self.HANDLERS:
                self.HANDLERS[name](self, node, line, look)
            elif name in SIGNS:
                self._write(SIGNS[name], line, look)
            elif not name:
                continue
            else:
                self._read_other(name, node, line, look)

    def _read_other(
        self, name: str, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        treatment = self.table.treat(name)
        if treatment == "silent":
            return
        if treatment == "unknown":
            words = read_own_words(node)
            if words:
                self.account.note("unknown", words)
        if isinstance(node.tag, str):
            self.read_inline(node, line, look)

    def _read_run(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        before = self._unseen, self._font
        unseen, font = look.judge_run(node.find(RUN_PROPERTIES))
        # A reading over characters stays one, however it looks.
        self._unseen = before[0] or unseen
        self._font = font
        self.read_inline(node, line, look)
        self._unseen, self._font = before

    def _write(self, text: str, line: ExtractedText, look: ParagraphLook) -> None:
        unseen = self._unseen or look.unseen
        if self._fields and self.has_open_code:
            unseen = IN_CODE
        line.write(text, unseen)

    def _read_text(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        # A line of the source ends none of the page.
        text, unknown = read_symbols(LINE_ENDS.sub(" ", node.text or ""), self._font)
        if unknown:
            self.account.note("symbols", count=unknown)
        self._write(text, line, look)

    def _read_symbol(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        code, font = node.get(qn("w:char")) or "", node.get(qn("w:font"))
        number = int(code, 16) if code and all(c in "0123456789abcdefABCDEF" for c in code) else 0
        sign = read_symbol(font, number) if number <= 0x10FFFF else None
        if sign is None:
            self.account.note("symbols", f"{font} {code}")
        self._write(sign or "\ufffd", line, look)

    def _read_ruby(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        base, reading = node.find(qn("w:rubyBase")), node.find(qn("w:rt"))
        if base is not None:
            self.read_inline(base, line, look)
        if reading is not None:
            before, self._unseen = self._unseen, self._unseen or RUBY
            self.read_inline(reading, line, look)
            self._unseen = before

    def _read_math(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        self._write(write_equation(node), line, look)

    def _skip_deleted(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        self.account.note("tracked_changes")

    def _read_inserted(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        self.account.note("tracked_changes")
        self.read_inline(node, line, look)

    def _read_annotation(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        """Word 2003 has one element for insertions, deletions, remarks and bookmarks."""
        kind = node.get(qn("w:type"))
        if self._is_deletion("aml:annotation", node):
            self.account.note("tracked_changes")
        elif kind == "Word.Comment":
            self.account.note("comments", read_words(node))
        else:
            if kind == "Word.Insertion":
                self.account.note("tracked_changes")
            self.read_inline(node, line, look)

    @staticmethod
    def _is_deletion(name: str, node: etree._Element) -> bool:
        return name == "aml:annotation" and node.get(qn("w:type")) == "Word.Deletion"

    def _read_field_sign(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(start=line.length))
            self._read_form(node.find(qn("w:ffData")), line, look)
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
            self._fields[-1].start = line.length
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.result or line.length <= ended.start:
                self._draw_field("".join(ended.instruction), line, look)

    def _read_instruction(
        self, node: etree._Element, line: ExtractedText, look: ParagraphLook
    ) -> None:
        if self._fields and not self._fields[-1].result:
            self._fields[-1].instruction.append(node.text or "")

    def _read_simple(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        before = line.length
        self.read_inline(node, line, look)
        if line.length == before:
            self._draw_field(node.get(qn("w:instr")) or "", line, look)

    def _draw_field(self, instruction: str, line: ExtractedText, look: ParagraphLook) -> None:
        """A field without a result is drawn from its instruction, or shows nothing."""
        drawn = read_instruction(instruction)
        if drawn.counted:
            self.account.note("counted_fields", instruction)
        self._write(drawn.text, line, look)
        if drawn.annotation:
            line.write(drawn.annotation, self._unseen or look.unseen or RUBY)

    def _read_form(
        self, data: etree._Element | None, line: ExtractedText, look: ParagraphLook
    ) -> None:
        """A list to choose from and a box to tick show what stands in their settings."""
        if data is None:
            return
        choice, tick = data.find(qn("w:ddList")), data.find(qn("w:checkBox"))
        shown = ""
        if choice is not None:
            picked = choice.find(qn("w:result"))
            if picked is None:
                picked = choice.find(qn("w:default"))
            index = (picked.get(VALUE) or "0") if picked is not None else "0"
            entries = choice.findall(qn("w:listEntry"))
            if index.isdigit() and int(index) < len(entries):
                shown = entries[int(index)].get(VALUE) or ""
        elif tick is not None:
            state = tick.find(qn("w:checked"))
            if state is None:
                state = tick.find(qn("w:default"))
            ticked = state is not None and (state.get(VALUE) or "1") not in ("0", "false", "off")
            shown = "☑" if ticked else "☐"
        line.write(shown, self._unseen or look.unseen)

    def _read_note(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        """A reference to a note, or (Word 2003) the note itself."""
        kind = "endnote" if "endnote" in self.table.name(node) else "footnote"
        seen = not (self._unseen or look.unseen)
        if node.find(qn("w:p")) is not None:
            self.context.keep_inner_note(kind, node, seen=seen)
        else:
            self.context.keep_note(kind, node.get(qn("w:id")) or "", seen=seen)

    def _read_date(self, node: etree._Element, line: ExtractedText, look: ParagraphLook) -> None:
        self.account.note("counted_fields", self.table.name(node)[2:])

    HANDLERS: ClassVar[dict[str, Callable[..., None]]] = {
        "w:t": _read_text, "a:t": _read_text,
        "w:sym": _read_symbol, "w:ruby": _read_ruby,
        "m:oMath": _read_math, "m:oMathPara": _read_math, "m:r": _read_math,
        "w:del": _skip_deleted, "w:moveFrom": _skip_deleted,
        "w:ins": _read_inserted, "w:moveTo": _read_inserted, "aml:annotation": _read_annotation,
        "w:fldChar": _read_field_sign, "w:instrText": _read_instruction,
        "w:fldSimple": _read_simple,
        "w:footnoteReference": _read_note, "w:endnoteReference": _read_note,
        "w:footnote": _read_note, "w:endnote": _read_note,
        "w:dayShort": _read_date, "w:dayLong": _read_date, "w:monthShort": _read_date,
        "w:monthLong": _read_date, "w:yearShort": _read_date, "w:yearLong": _read_date,
    }  # fmt: skip


def read_words(node: etree._Element) -> str:
    """Return all words in elements that hold some, and strings of drawn letters."""
    found = node.iter("{*}t", "{*}v", "{*}textpath")
    return "".join(child.get("string") or child.text or "" for child in found)
