"""Where a text's paragraphs begin and end, and which parts stand inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from corpus_app.text.spans import trim_span

LONG_LINE: Final = 300
# In one-line files paragraphs are parted by blanks after the end of a sentence.
SOFT_BREAK: Final = re.compile(r"(?<=[。！？!?；;”])[ \u3000]+(?=\S)")
_HEAD: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
# Headings in running text: 。一、 in a file that lost its line breaks altogether.
INLINE_BREAK: Final = re.compile(rf"(?<=[。！？]){_HEAD.pattern.replace('|', '|(?<=[。！？])')}")
_PAIRS: Final = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》"}
_CLOSERS: Final = {closer: opener for opener, closer in _PAIRS.items()}
_MARKS: Final = re.compile("[" + "".join(_PAIRS) + "".join(_CLOSERS) + "]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch text[start:end] between breaks, blanks at both ends left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with its paragraphs and its quoted spans, both sorted.

    levels are those of the headings that the file itself marks, by paragraph (see stated.py).
    """

    text: str
    paragraphs: list[Paragraph]
    starts: list[int]
    quote_starts: list[int]
    quote_ends: list[int]
    levels: Mapping[int, int] = field(default_factory=dict)

    def is_quoted(self, offset: int) -> bool:
        """Say whether the character at offset stands between quotation marks."""
        found = bisect_right(self.quote_starts, offset) - 1
        return found >= 0 and offset < self.quote_ends[found]

    def find_paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that holds offset, or of the one before it."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def find_next_start(self, offset: int, limit: int) -> int:
        """Return where the paragraph after the one at offset starts, at most limit."""
        following = bisect_right(self.starts, offset)
        return min(self.starts[following], limit) if following < len(self.starts) else limit


def read_layout(text: str, *, inline: bool = False) -> Layout:
    """Return the layout of a text; inline: 。一、 in running text begins a paragraph, too."""
    paragraphs: list[Paragraph] = []
    quotes: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        begin = line.start()
        for head in INLINE_BREAK.finditer(text, begin, line.end()) if inline else ():
            _split_line(text, begin, head.start(), paragraphs)
            begin = head.start()
        _split_line(text, begin, line.end(), paragraphs)
        _collect_quotes(text, line.start(), line.end(), quotes)
    starts = [p.start for p in paragraphs]
    return Layout(text, paragraphs, starts, [s for s, _ in quotes], [e for _, e in quotes])


def _split_line(text: str, start: int, end: int, found: list[Paragraph]) -> None:
    """Add the paragraphs of one line: one, or several where a long line has soft breaks."""
    begin = start
    if end - start > LONG_LINE:
        for blank in SOFT_BREAK.finditer(text, start, end):
            if text[blank.start() - 1] == "”" and not _ends_a_unit(text, begin, blank.start()):
                continue
            _add_paragraph(text, begin, blank.start(), found)
            begin = blank.end()
    _add_paragraph(text, begin, end, found)


def _ends_a_unit(text: str, begin: int, end: int) -> bool:
    """Say whether a closing quotation mark ends a sentence or a heading, not just a term."""
    return text[end - 2 : end - 1] in "。！？!?" or _HEAD.match(text, begin) is not None


def _add_paragraph(text: str, start: int, end: int, found: list[Paragraph]) -> None:
    """Add text[start:end] without its outer blanks, unless it is blank."""
    start, end = trim_span(text, start, end)
    if start < end:
        found.append(Paragraph(start, end))


def _collect_quotes(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    """Add a line's outermost quoted spans; a mark that is never closed quotes nothing."""
    if _MARKS.search(text, start, end) is None:
        return
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        if mark in _PAIRS:
            stack.append((mark, match.start()))
        elif stack and stack[-1][0] == _CLOSERS[mark]:
            spans.append((stack.pop()[1], match.end()))
    reach = start
    for span in sorted(spans):
        if span[0] >= reach:
            found.append(span)
            reach = span[1]
