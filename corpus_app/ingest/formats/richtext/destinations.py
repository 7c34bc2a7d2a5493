"""Groups of rich text whose words are no running text: notes, boxes, fields, numbers, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Final

from lxml import etree

from corpus_app.ingest.formats.elements import FileAccount, tell_margin
from corpus_app.ingest.formats.equations import VALUE, write_equation
from corpus_app.ingest.formats.fields import read_instruction
from corpus_app.ingest.formats.richtext.fields import RtfField
from corpus_app.ingest.formats.richtext.shapes import RtfShape
from corpus_app.ingest.formats.richtext.state import RtfState, RtfTables
from corpus_app.ingest.formats.richtext.story import RtfStory
from corpus_app.ingest.formats.visibility import RUBY
from corpus_app.ingest.rule_files import read_rules

RULES: Final = read_rules("office_elements")["rtf"]
THROUGH, SILENT = frozenset(RULES["through"]), frozenset(RULES["silent"])
MARGINS: Final = {
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
}
# What opens a story of its own.
STORIES: Final = {"footnote", "annotation", "shptxt", "dptxbxtext", *MARGINS}
# What is gathered as a string until its group ends.
STRINGS: Final = {
    "fonttbl", "colortbl", "fldinst", "listtext", "pntext", "objclass", "sn", "sv", "ffl",
    "ffdeftext",
}  # fmt: skip
MATH_VALUES: Final = {"chr", "begChr", "sepChr", "endChr", "show"}
HEX: Final = re.compile(r"[0-9a-fA-F\s]*")


class RtfDestinations:
    """Keeps the stack of groups, and what the words of special ones become."""

    def __init__(self, account: FileAccount) -> None:
        self.account = account
        self.tables = RtfTables()
        self.default_font = 0
        self.states: list[RtfState] = [RtfState()]
        self.story = RtfStory()
        self.notes: dict[str, list[RtfStory]] = {"注": [], "尾注": []}
        self.cell_grounds: list[int] = []
        self.pending = ""
        # Whether the paragraph that is open has its number, or shows a sign in place of one.
        self.labelled = False
        # For each group that is open: what it was opened for, and what was gathered in it.
        self._names: list[str] = [""]
        self._strings: list[list[str]] = [[]]
        self._stories: list[RtfStory] = []
        self._fields: list[RtfField] = []
        self._shapes: list[RtfShape] = []
        self._math: list[etree._Element] = []
        self._endnote = False

    @property
    def state(self) -> RtfState:
        """The state of the group that is open."""
        return self.states[-1]

    def find_cell_ground(self) -> int:
        """Return the number of the colour behind the cell that is open."""
        index = len(self.story.cells)
        inside = self.state.in_table and index < len(self.cell_grounds)
        return self.cell_grounds[index] if inside else 0

    def collect(self, text: str) -> None:
        """Take words of a group whose words are no running text."""
        target = self.state.target
        if target == "math":
            words = "".join(char for char in text if char.isprintable())
            self._math[-1].text = (self._math[-1].text or "") + words
        elif target == "colortbl":
            self.tables.end_colors(text)
        elif target != "skip":
            self._strings[-1].append(text)

    def enter_group(self) -> None:
        """Take the beginning of a group."""
        self._names.append("")
        self._strings.append([])

    def begin_destination(self, word: str, number: int | None, starred: bool) -> bool:
        """Take the first word of a group; return whether it was a destination."""
        if self.state.target == "skip":
            return True
        if self._math and word.startswith("m") and len(word) > 1:
            self._begin_math(word)
            return True
        if word in STORIES:
            self._begin_story(word)
        elif word in STRINGS:
            self._begin_string(word)
        elif word in self.BEGINNINGS:
            self.BEGINNINGS[word](self, number)
        elif word in SILENT:
            self.state.target = "skip"
        elif word not in THROUGH:
            if not starred:
                return False
            # It may be ignored by who does not know it: its words are told of.
            self.state.target = "unknown"
        self._names[-1] = word
        return True

    def leave_group(self, closed: RtfState) -> None:
        """Take the end of a group."""
        name, text = self._names.pop(), "".join(self._strings.pop())
        if name in STORIES:
            self._end_story(name, closed)
        elif name in self.ENDINGS:
            self.ENDINGS[name](self, text)
        elif name.startswith("m") and self._math and closed.target == "math":
            self._end_math(name)
        elif closed.target == "unknown" and name:
            if not HEX.fullmatch(text):
                self.account.note("unknown", f"{name} {text}")
        elif closed.target == self.state.target and text:
            self._strings[-1].append(text)
        if closed.target == "fonttbl":
            self.tables.end_font(text)

    def _begin_story(self, word: str) -> None:
        self._stories.append(self.story)
        self.story = RtfStory()
        self.state.target = "text"
        self.state.reset_paragraph()
        self._endnote = False
        if word == "shptxt" and self._shapes:
            self.state.unseen = self.state.unseen or self._shapes[-1].judge()

    def _end_story(self, name: str, closed: RtfState) -> None:
        story, self.story = self.story, self._stories.pop()
        lines = story.finish()
        if name == "footnote":
            self.notes["尾注" if self._endnote else "注"].append(story)
        elif name in ("shptxt", "dptxbxtext"):
            self.story.keep_box(lines)
        else:
            words = " ".join(line.finish()[0] for line in lines)
            if name in MARGINS:
                tell_margin(self.account, words)
            elif words.strip():
                self.account.note("comments", words)

    def mark_endnote(self) -> None:
        """Take the word that makes a note one at the document's end."""
        self._endnote = True

    def _begin_string(self, word: str) -> None:
        self.state.target = word

    def _begin_picture(self, number: int | None) -> None:
        if self.state.unseen is None and not self.state.hidden and "object" not in self._names:
            self.story.keep_picture(self.account, page=bool(number))
        self.state.target = "skip"

    def _begin_field(self, number: int | None) -> None:
        self._fields.append(RtfField())

    def _begin_result(self, number: int | None) -> None:
        if self._fields:
            self._fields[-1].start = self.story.line.length, len(self.story.lines)

    def _end_instruction(self, text: str) -> None:
        if self._fields:
            self._fields[-1].instruction += text

    def _end_result(self, text: str) -> None:
        if self._fields:
            begun = self._fields[-1].start
            self._fields[-1].shown = begun != (self.story.line.length, len(self.story.lines))

    def _end_field(self, text: str) -> None:
        field = self._fields.pop() if self._fields else None
        if field is None or self.state.target != "text":
            return
        shown = field.show_form()
        if shown:
            self.write(shown)
        elif not field.shown:
            drawn = read_instruction(field.instruction)
            if drawn.counted:
                self.account.note("counted_fields", field.instruction)
            self.write(drawn.text)
            if drawn.annotation:
                self.story.write(drawn.annotation, self.state.unseen or RUBY)

    def write(self, text: str) -> None:
        """Write words to where the group's words go."""
        raise NotImplementedError

    def _begin_form(self, number: int | None) -> None:
        self.state.target = "form"

    def set_form(self, word: str, number: int | None) -> None:
        """Take a setting of a form's field."""
        if self._fields:
            self._fields[-1].settings[word] = number or 0

    def _end_choice(self, text: str) -> None:
        if self._fields:
            self._fields[-1].choices.append(text.strip())

    def _end_label(self, text: str) -> None:
        """The number that a program made stands before its paragraph, a tab after it."""
        self.labelled = True
        label = text.lstrip().rstrip("\t\r\n")
        state = self.state
        if state.target == "text" and any(map(str.isalnum, label)) and not state.deleted:
            self.account.note("numbering")
            self.write(label)

    def _end_class(self, text: str) -> None:
        self.account.note("embedded", text)

    def _begin_shape(self, number: int | None) -> None:
        self._shapes.append(RtfShape())

    def set_shape(self, word: str, number: int | None) -> None:
        """Take where a shape stands."""
        if self._shapes:
            self._shapes[-1].sides[word] = number or 0

    def _end_property_name(self, text: str) -> None:
        if self._shapes:
            self._shapes[-1].name = text.strip()

    def _end_property_value(self, text: str) -> None:
        shape = self._shapes[-1] if self._shapes else RtfShape()
        shape.properties[shape.name] = text.strip()
        if shape.name == "gtextUNICODE" and text.strip():
            story = RtfStory()
            story.write(text.strip(), self.state.unseen or shape.judge())
            self.story.keep_box(story.finish())

    def _end_shape(self, text: str) -> None:
        self._shapes.pop()

    def _begin_alternative(self, number: int | None) -> None:
        """Of text in two encodings the later one counts, which stands in a group of its own."""
        self.state.target = "alternative"

    def _begin_unicode(self, number: int | None) -> None:
        self.state.target = self.states[-3].target if len(self.states) > 2 else "text"

    def _begin_math(self, word: str) -> None:
        name = word[1:]
        self._names[-1] = word
        self.state.target = "math"
        self._math.append(etree.SubElement(self._math[-1], name))

    def _begin_equation(self, number: int | None) -> None:
        self.state.target = "math"
        self._math.append(etree.Element("oMath"))

    def _end_math(self, name: str) -> None:
        node = self._math.pop()
        if etree.QName(node).localname in MATH_VALUES:
            node.set(VALUE, node.text or "")
            node.text = None

    def _end_equation(self, text: str) -> None:
        node = self._math.pop()
        self.write(write_equation(node))

    BEGINNINGS: ClassVar[dict[str, Callable[..., None]]] = {
        "pict": _begin_picture,
        "field": _begin_field,
        "fldrslt": _begin_result,
        "formfield": _begin_form,
        "shp": _begin_shape,
        "upr": _begin_alternative,
        "ud": _begin_unicode,
        "moMath": _begin_equation,
    }
    ENDINGS: ClassVar[dict[str, Callable[..., None]]] = {
        "field": _end_field,
        "fldinst": _end_instruction,
        "fldrslt": _end_result,
        "ffl": _end_choice,
        "listtext": _end_label,
        "pntext": _end_label,
        "objclass": _end_class,
        "shp": _end_shape,
        "sn": _end_property_name,
        "sv": _end_property_value,
        "moMath": _end_equation,
    }
