"""The text of a page as a browser lays it out: one line per block, blanks collapsed."""

from __future__ import annotations

import re

from corpus_app.ingest.formats.webpage.hiding import Hiding

BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_SPACES = re.compile(r"[ \t\f\v]+")
_VERBATIM = ("pre", "pre-wrap", "break-spaces")
_MIRRORED = str.maketrans(
    "()<>[]{}（）《》〈〉“”‘’「」『』【】", ")(><][}{）（》《〉〈”“’‘」「』『】【"
)

Run = tuple[int, int, tuple[Hiding, ...]]


class PageWriter:
    """Collects text piece by piece, with the spans that are hidden and by what."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tail = "\n"
        self.runs: list[Run] = []
        # Links and boxes of text that are open, and the characters in links so far.
        self.links = self.articles = self.linked = 0
        self._marker = ""
        self._hidings: tuple[Hiding, ...] = ()

    def write(self, text: str, hidings: tuple[Hiding, ...] = (), space: str = "normal") -> None:
        """Add text, its white space laid out as the style has it."""
        if space in _VERBATIM:
            text = text.replace("\r\n", "\n")
        elif space == "pre-line":
            text = _SPACES.sub(" ", text.replace("\r\n", "\n")).replace(" \n", "\n")
        else:
            text = BLANKS.sub(" ", text)
            if self.tail in "\n\t " and text.startswith(" "):
                text = text[1:]
        if self._marker and text.strip():
            marker, self._marker = self._marker, ""
            self._append(marker, self._hidings)
            text = text.lstrip(" ") if marker[-1:] == " " else text
        self._append(text, hidings)

    def mark_item(self, marker: str, hidings: tuple[Hiding, ...]) -> None:
        """Keep the number of a list's item for the first words that stand in it."""
        if marker:
            self._marker += marker
            self._hidings = hidings

    def drop_marker(self) -> None:
        """Forget the number of an item that is empty."""
        self._marker = ""

    def break_line(self) -> None:
        """End the line, if anything stands on it."""
        self._break("\n")

    def break_word(self) -> None:
        """End the word."""
        if self.tail not in "\n\t ":
            self._append(" ")

    def break_cell(self) -> None:
        """End the cell of a table's row."""
        if self.tail != "\n":
            self._break("\t")

    def _break(self, sign: str) -> None:
        """Put a sign behind the words, in place of a blank that would end them."""
        if self.tail == " " and self.parts[-1] == " ":
            self.parts[-1] = self.tail = sign
        elif self.tail != sign:
            self._append(sign)

    def reverse(self, start: int, part: int) -> None:
        """Turn round what was written from an offset, the beginning of a part, on."""
        lines = "".join(self.parts[part:]).split("\n")
        turned = "\n".join(line[::-1].translate(_MIRRORED) for line in lines)
        self.parts[part:] = [turned]
        if len(lines) == 1:
            end = self.length
            turn = [(start + end - b, start + end - a, h) for a, b, h in self.runs if a >= start]
            self.runs = [run for run in self.runs if run[0] < start] + turn[::-1]
        self.tail = turned[-1:] or self.tail

    def join(self) -> str:
        """Return the whole text."""
        return "".join(self.parts)

    def _append(self, text: str, hidings: tuple[Hiding, ...] = ()) -> None:
        if not text:
            return
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        self.linked += len(text) if self.links else 0
        self.tail = text[-1]
        if hidings:
            if self.runs and self.runs[-1][1:] == (start, hidings):
                start = self.runs.pop()[0]
            self.runs.append((start, self.length, hidings))
