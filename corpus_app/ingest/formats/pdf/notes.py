"""Footnotes: small lines at a page's foot whose mark stands, mostly raised, in the text above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.formats.pdf.lines import LineBlock, PrintedLine
from corpus_app.ingest.formats.pdf.wording import join_words
from corpus_app.text.chars import narrow

SMALLER: Final = 0.93
CIRCLED: Final = {chr(0x2460 + n): str(n + 1) for n in range(20)}
MARK: Final = re.compile(
    r"\s*(?:注\s*)?(?P<mark>[①-⑳]|[\[［〔(（【]\s*(?:\d{1,3}|[①-⑳])\s*[\]］〕)）】]|\d{1,3}|[*＊※†‡]{1,3})"
    r"(?P<end>\s*[.．、:：]?\s*)(?=\S)"
)
BRACKETS: Final = "[]［］〔〕()（）【】 \u3000"
UNRAISED: Final = re.compile(r"[①-⑳]|[\[［〔]\d{1,3}[\]］〕]|[*＊※†‡]{1,3}")
TERMINAL: Final = tuple("。！？；.!?;”’」』)）")
# By mark: the lines and the places in them where it stands raised.
Marks = dict[str, list[tuple[PrintedLine, int, int]]]


@dataclass(slots=True)
class Notes:
    """Footnotes in their order, and by line (its identity) the places of marks that name them."""

    texts: list[str] = field(default_factory=list)
    marks: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def take_notes(blocks: Sequence[LineBlock], size: float) -> Notes:
    """Take the footnotes out of the blocks of all pages; size is that of the text's type."""
    notes = Notes()
    pending: Marks = {}
    for page in sorted({block.page for block in blocks}):
        own = [block for block in blocks if block.page == page]
        fresh = _find_marks(own, size)
        known = {**pending, **fresh}
        for block in own:
            start = _find_start(block, size, known, unfinished=_is_open(notes))
            _take_lines(notes, block.lines[start:], known)
            del block.lines[start:]
        pending = {mark: places for mark, places in known.items() if places}
        if page > 1:
            pending = {mark: places for mark, places in fresh.items() if places}
    return notes


def _find_marks(blocks: Sequence[LineBlock], size: float) -> Marks:
    """Return by mark the places in the text's lines that name a note."""
    found: Marks = {}
    for line in (line for block in blocks for line in block.lines):
        if line.size < SMALLER * size:
            continue
        for start, end in line.raised:
            found.setdefault(name_mark(line.text[start:end]), []).append((line, start, end))
        for match in UNRAISED.finditer(line.text, 1):
            # Not raised, it stays in the text: found is only that the text names a note.
            found.setdefault(name_mark(match[0]), [])
    return found


def name_mark(mark: str) -> str:
    """Return what marks of one note have in common: "1" for ①, [1] and （１）."""
    bare = narrow(mark).strip(BRACKETS)
    return CIRCLED.get(bare, bare)


def _find_start(
    block: LineBlock,
    size: float,
    known: Marks,
    *,
    unfinished: bool,
) -> int:
    """Return the number of the first line that belongs to notes, or how many lines there are."""
    lines = block.lines
    start = len(lines)
    while start and not lines[start - 1].whole and lines[start - 1].size < SMALLER * size:
        start -= 1
    for index in range(start, len(block.lines)):
        match = MARK.match(block.lines[index].text)
        if match and name_mark(match["mark"]) in known:
            return start if unfinished else index
    return len(block.lines)


def _is_open(notes: Notes) -> bool:
    return bool(notes.texts) and not notes.texts[-1].endswith(TERMINAL)


def _take_lines(
    notes: Notes,
    lines: Sequence[PrintedLine],
    known: Marks,
) -> None:
    for line in lines:
        match = MARK.match(line.text)
        mark = name_mark(match["mark"]) if match else ""
        if match and mark in known:
            for marked, start, end in known.pop(mark):
                notes.marks.setdefault(id(marked), []).append((start, end))
            notes.texts.append(line.text[match.end() :])
        elif notes.texts:
            notes.texts[-1] = join_words(notes.texts[-1], line.text)
