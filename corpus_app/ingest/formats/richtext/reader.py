"""The words of rich text: a machine over its tokens, a state for each group."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Final

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.elements import FileAccount
from corpus_app.ingest.formats.richtext.destinations import RtfDestinations
from corpus_app.ingest.formats.richtext.state import PATTERN, RtfFont
from corpus_app.ingest.formats.richtext.tokens import RtfToken, decode_bytes, iter_tokens
from corpus_app.ingest.formats.symbols import read_symbols
from corpus_app.ingest.formats.visibility import HIDDEN

MOST_GROUPS: Final = 500
# Words that stand for a character.
CHARS: Final = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "enspace": "\u2002", "emspace": "\u2003",
    "qmspace": "\u2005", "softline": "\n", "lbr": "\n", "ptabldot": "\t", "nestcell": "\t",
    "pmartabql": "\t", "pindtabqr": "\t",
}  # fmt: skip
SIGNS: Final = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", ":": ":", "|": "|"}
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")
BREAKS: Final = {"par", "sect", "page", "column", "softpage", "softcol", "nestrow"}
DATES: Final = {"chdate", "chdpl", "chdpa", "chtime"}
DAMAGED: Final = "RTF 文件已损坏：控制字读不出来。"
TOO_DEEP: Final = "RTF 文件已损坏：内容嵌套过深，无法完整读取。"


class RtfReader(RtfDestinations):
    """Reads one file; its story is the body's when all tokens are taken."""

    def __init__(self, page: str, account: FileAccount) -> None:
        super().__init__(account)
        self._page = page
        self._bytes = bytearray()
        self._skipped = 0
        self._starred = self._opened = False

    def read(self, source: str) -> None:
        """Take all tokens of a source; raises "damaged" where groups nest too deep."""
        for token in iter_tokens(source):
            if token.kind in ("text", "byte"):
                self._take_bytes(token)
                continue
            if token.kind == "brace":
                self._flush()
                self._take_brace(token.text)
            elif token.kind == "sign":
                self._take_sign(token.text)
            else:
                self._take_word(token.text, token.number)
        self._flush()
        while len(self.states) > 1:
            self._close()

    def _take_bytes(self, token: RtfToken) -> None:
        text = token.text
        self._opened = False
        if self._skipped:
            skipped = min(self._skipped, len(text))
            self._skipped -= skipped
            text = text[skipped:]
        if text and self.state.target != "skip":
            self._bytes += text.encode("latin-1")

    def _take_brace(self, brace: str) -> None:
        self._skipped = 0
        if brace == "{":
            if len(self.states) > MOST_GROUPS:
                raise RejectedFile("damaged", TOO_DEEP)
            self.states.append(self.state.__copy__())
            self.enter_group()
            self._opened, self._starred = True, False
        elif len(self.states) > 1:
            self._close()

    def _close(self) -> None:
        closed = self.states.pop()
        self.leave_group(closed)

    def _take_sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
            return
        self._opened = False
        if self._skipped:
            self._skipped -= 1
        elif sign in "\r\n":
            self._take_word("par", None)
        elif sign in SIGNS:
            self._flush()
            self.write(SIGNS[sign])

    def _take_word(self, word: str, number: int | None) -> None:
        opened, starred = self._opened, self._starred
        self._opened = self._starred = False
        if word == "u":
            self._take_unicode(number or 0)
            return
        if self._skipped:
            self._skipped -= 1
            return
        self._flush()
        if opened and self.begin_destination(word, number, starred):
            return
        if self.state.target == "fonttbl":
            self.tables.add_font_word(word, number)
        elif self.state.target == "colortbl":
            self.tables.add_color_word(word, number)
        if word in CHARS:
            self.write(CHARS[word])
        elif word in BREAKS:
            self.end_paragraph()
        elif word in self.WORDS:
            self.WORDS[word](self, number)
        elif word in DATES:
            self.account.note("counted_fields", word)

    def _take_unicode(self, number: int) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._flush(half=True)
        code = number & 0xFFFF
        if self.state.target != "skip":
            self.pending += chr(code)
        self._skipped = self.state.fallback

    def _flush(self, *, half: bool = False) -> None:
        """Write the bytes and characters that wait; half of a character waits for the other.

        With half, characters wait where no bytes do.
        """
        if self._bytes:
            pages = (self.state.font.page or self._page, self._page)
            self.pending += decode_bytes(bytes(self._bytes), pages)
            self._bytes.clear()
        elif half:
            return
        if self.pending and not "\ud800" <= self.pending[-1] <= "\udbff":
            text = self.pending.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            self.pending = ""
            self.write(text)

    def write(self, text: str) -> None:
        """Write words to where the group's words go."""
        state = self.state
        if state.target != "text":
            self.collect(text)
            return
        if state.deleted:
            self.account.note("tracked_changes")
            return
        text = CONTROLS.sub("", text)
        text, unknown = read_symbols(text.replace("\xad", ""), state.font.name)
        if unknown:
            self.account.note("symbols", count=unknown)
        self.story.write(text, state.judge(self.tables, self.find_cell_ground()))

    def end_paragraph(self) -> None:
        """End the line that is open, unless its end is hidden or deleted."""
        state = self.state
        if state.target != "text":
            self.collect(" ")
        elif not (state.deleted or (state.judge(self.tables, 0) == HIDDEN and self._joins())):
            if state.listed and not self.labelled and self.story.line.has_words(seen=True):
                self.account.note("lost_numbers")
            self.labelled = False
            self.story.end_paragraph(state.in_table)

    def _joins(self) -> bool:
        return not self.state.in_table

    def _end_cell(self, number: int | None) -> None:
        if self.state.target == "text":
            self.story.end_cell()

    def _end_row(self, number: int | None) -> None:
        if self.state.target == "text":
            self.story.end_row()

    def _set_font(self, number: int | None) -> None:
        if self.state.target == "fonttbl":
            return
        self.state.font = self.tables.fonts.get(number or 0, RtfFont())

    def _begin_row(self, number: int | None) -> None:
        self.cell_grounds, self._cell_ground = [], 0

    def _end_definition(self, number: int | None) -> None:
        self.cell_grounds.append(self._cell_ground)
        self._cell_ground = 0

    def _set_pattern(self, number: int | None) -> None:
        self.state.ground = PATTERN if number else self.state.ground

    def _set_paragraph_pattern(self, number: int | None) -> None:
        self.state.paragraph_ground = PATTERN if number else self.state.paragraph_ground

    def _set_cell_pattern(self, number: int | None) -> None:
        self._cell_ground = PATTERN if number else self._cell_ground

    def _set_cell_ground(self, number: int | None) -> None:
        if self._cell_ground != PATTERN:
            self._cell_ground = number or 0

    _cell_ground = 0

    @staticmethod
    def _set(name: str, default: int, scale: float = 1) -> Callable[..., None]:
        def apply(reader: RtfReader, number: int | None) -> None:
            value = default if number is None else number
            setattr(reader.state, name, value * scale if scale != 1 else value)

        return apply

    @staticmethod
    def _switch(name: str) -> Callable[..., None]:
        def apply(reader: RtfReader, number: int | None) -> None:
            setattr(reader.state, name, number != 0)

        return apply

    def _set_list(self, number: int | None) -> None:
        self.state.listed = bool(number)

    def _note_revision(self, number: int | None) -> None:
        if number != 0:
            self.account.note("tracked_changes")

    def _move_frame(self, number: int | None) -> None:
        self.state.frame_x = -abs(number or 0)

    def _move_frame_up(self, number: int | None) -> None:
        self.state.frame_y = -abs(number or 0)

    def _reset_characters(self, number: int | None) -> None:
        self.state.reset_characters()
        self.state.font = self.tables.fonts.get(self.default_font, RtfFont())

    def _reset_paragraph(self, number: int | None) -> None:
        self.state.reset_paragraph()

    def _set_default_font(self, number: int | None) -> None:
        self.default_font = number or 0

    WORDS: ClassVar[dict[str, Callable[..., None]]] = {}


RtfReader.WORDS = {
    "v": RtfReader._switch("hidden"),
    "deleted": RtfReader._switch("deleted"),
    "revised": RtfReader._note_revision,
    "fs": RtfReader._set("points", 24, 0.5),
    "cf": RtfReader._set("color", 0),
    "cb": RtfReader._set("ground", 0),
    "chcbpat": RtfReader._set("ground", 0),
    "highlight": RtfReader._set("ground", 0),
    "cbpat": RtfReader._set("paragraph_ground", 0),
    "clcbpat": RtfReader._set_cell_ground,
    "ls": RtfReader._set_list,
    "chshdng": RtfReader._set_pattern,
    "shading": RtfReader._set_paragraph_pattern,
    "clshdng": RtfReader._set_cell_pattern,
    "uc": RtfReader._set("fallback", 1),
    "sl": RtfReader._set("exact_line", 0),
    "intbl": RtfReader._switch("in_table"),
    "phpg": RtfReader._switch("of_page"),
    "posx": RtfReader._set("frame_x", 0),
    "posy": RtfReader._set("frame_y", 0),
    "posnegx": RtfReader._move_frame,
    "posnegy": RtfReader._move_frame_up,
    "f": RtfReader._set_font,
    "deff": RtfReader._set_default_font,
    "plain": RtfReader._reset_characters,
    "pard": RtfReader._reset_paragraph,
    "cell": RtfReader._end_cell,
    "row": RtfReader._end_row,
    "trowd": RtfReader._begin_row,
    "cellx": RtfReader._end_definition,
    "ftnalt": lambda reader, number: reader.mark_endnote(),
    **{
        word: (lambda reader, number, word=word: reader.set_form(word, number))
        for word in ("fftype", "ffres", "ffdefres")
    },
    **{
        word: (lambda reader, number, word=word: reader.set_shape(word, number))
        for word in ("shpleft", "shpright", "shptop", "shpbottom")
    },
}
