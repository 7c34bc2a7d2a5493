"""The lines around a speech as a reader sees them, cut where one line holds several things."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.labelling.parting import part_line
from corpus_app.ingest.layout import INLINE_KINDS
from corpus_app.ingest.metadata.brackets import use_common_brackets
from corpus_app.ingest.plausibility.titles import is_document_broken

_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
# What a table or a list puts around a cell is shown, but none of its words.
_FRAME: Final = " \t\u00a0\u3000|｜•·●▪■◆★☆□⊙◎◇*#>%▎▌▍▏┃│◤◢☞➤►▶✦📄👤🏛🗓🔗📅📌📝🎤🏢"
_RULE: Final = re.compile(r"[\s\-—―─━=_*#|｜~～·•.]+")
# M a r k s set apart: nothing but single characters between blanks.
_SPACED: Final = re.compile(r"\S(?:[ \t\u00a0\u3000]+\S){3,40}")
# No sign that a reader sees, so no line: marks of the format, styles that hide.
UNSHOWN: Final = frozenset({"markup", "invisible", "hidden_text", "annotation", "watermark"})
_ENDING_MARK: Final = re.compile(r"(?<=[\u4e00-\u9fff：:。])([A-Za-z]{2,8})(?=\s|$)")
MARKED_REACH, MARK_TIMES = 4_000, 3
# Keys of a record or a front matter, which are read as statements.
STATED_BY: Final = ("front matter", "json")
HEAD_UNITS: Final = 90
TAIL_UNITS: Final = 40
# After so many paragraphs the speech is on its way: no line of the head stands below.
PARAGRAPHS: Final = 12
PARAGRAPH_CHARS: Final = 40
# Navigation that was already taken out is shown to no more than this many lines.
GONE_UNITS: Final = 160


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or one of the things in it: its words, and the stretches of raw they stand in.

    gone names the kind under which the cleaning took all of it; clipped says that it took some.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    gone: str = ""
    clipped: bool = False

    @property
    def start(self) -> int:
        """Where it begins in raw."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends in raw."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Page:
    """The units of a page that are looked at: those of the head, then those of the tail.

    The text between, where there is any, is the speech's.
    """

    units: tuple[Unit, ...]
    head: int

    @property
    def whole(self) -> bool:
        """Whether the units are all there are."""
        return self.head == len(self.units)


def cut_page(raw: str, removed: Sequence[Removed]) -> Page:
    """Return the units at both ends of raw; removed is sorted and disjoint."""
    cutter = _Cutter(raw, removed)
    places = [match.span() for match in _LINE.finditer(raw)]
    head: list[Unit] = []
    read = _take_head(cutter, places, head)
    head = _join_titles(head)
    tail: list[list[Unit]] = []
    shown = 0
    for place in reversed(places[read:]):
        units = cutter.cut(*place)
        tail.append(units)
        shown += sum(not unit.gone for unit in units)
        if shown >= TAIL_UNITS or len(tail) >= GONE_UNITS:
            break
    below = [unit for units in reversed(tail) for unit in units]
    whole = read + len(tail) >= len(places)
    return Page((*head, *below), len(head) + len(below) if whole else len(head))


def is_paragraph(text: str) -> bool:
    """Say whether a line is one of the speech's, by a full stop and its length."""
    return "。" in text and len(text) >= PARAGRAPH_CHARS


def _take_head(cutter: _Cutter, places: Sequence[tuple[int, int]], head: list[Unit]) -> int:
    """Add the units of the head; return how many lines they are of."""
    shown = paragraphs = 0
    for index, place in enumerate(places):
        units = cutter.cut(*place)
        head += units
        shown += sum(not unit.gone for unit in units)
        paragraphs += sum(is_paragraph(unit.text) for unit in units)
        full = shown >= HEAD_UNITS or len(head) >= GONE_UNITS + HEAD_UNITS
        if full or paragraphs >= PARAGRAPHS:
            return index + 1
    return len(places)


def _join_titles(units: Sequence[Unit]) -> list[Unit]:
    """Return the units, with those made one whose break cuts a title's last word (报, 告)."""
    joined: list[Unit] = []
    for unit in units:
        above = joined[-1] if joined else unit
        whole = not (above.gone or unit.gone) and above.end < unit.start
        if whole and is_document_broken(above.text, unit.text):
            clipped = above.clipped or unit.clipped
            joined[-1] = Unit(above.text + unit.text, above.spans + unit.spans, "", clipped)
        else:
            joined.append(unit)
    return joined


class _Cutter:
    """Cuts lines of one raw text into units."""

    def __init__(self, raw: str, removed: Sequence[Removed]) -> None:
        self.raw = raw
        self.removed = removed
        self.starts = [span.start for span in removed]

    def cut(self, start: int, end: int) -> list[Unit]:
        """Return the units of a line; none where it shows nothing."""
        spans, taken = self._find_free(start, end)
        kinds = {span.kind for span in taken}
        if not spans:
            return list(self._show_gone(start, end, taken))
        text = _Text(self.raw, spans, self._list_joints(spans))
        clipped = bool(kinds - UNSHOWN)
        words, mark = _blank_mark(use_common_brackets(text.words))
        units = [
            Unit(
                _polish(words[a:b]),
                text.find_spans(a, b + len(mark) * text.words.startswith(mark, b)),
                "",
                clipped,
            )
            for a, b in part_line(words)
        ]
        return [unit for unit in units if unit.text and not _RULE.fullmatch(unit.text)]

    def _show_gone(self, start: int, end: int, taken: Sequence[Removed]) -> Iterator[Unit]:
        shown = [span for span in taken if span.kind not in UNSHOWN]
        words = _polish(use_common_brackets(self.raw[start:end]))
        if shown and words and not shown[0].rule.endswith(STATED_BY):
            yield Unit(words, ((start, end),), shown[0].kind)

    def _find_free(self, start: int, end: int) -> tuple[list[tuple[int, int]], list[Removed]]:
        """Return what the removed spans leave of raw[start:end], and these spans."""
        spans: list[tuple[int, int]] = []
        taken: list[Removed] = []
        position = start
        index = max(bisect_left(self.starts, start) - 1, 0)
        while index < len(self.removed) and self.removed[index].start < end:
            span = self.removed[index]
            if span.end > position:
                self._add_span(position, max(min(span.start, end), position), spans)
                position = span.end
                taken.append(span)
            index += 1
        self._add_span(position, end, spans)
        return spans, taken

    def _add_span(self, start: int, end: int, spans: list[tuple[int, int]]) -> None:
        """Add raw[start:end] without outer blanks, unless nothing is left."""
        body = self.raw[start:end]
        bare = body.strip().strip(_INVISIBLE).strip()
        if bare:
            left = start + body.index(bare)
            spans.append((left, left + len(bare)))

    def _list_joints(self, spans: Sequence[tuple[int, int]]) -> list[str]:
        """Return what stands between the spans: a blank, or nothing inside a word."""
        joints = []
        for before, after in pairwise(spans):
            first = bisect_left(self.starts, before[1])
            between = self.removed[first : bisect_left(self.starts, after[0])]
            inside = bool(between) and all(span.kind in INLINE_KINDS for span in between)
            inside = inside and not any(c.isspace() for c in self.raw[before[1] : between[0].start])
            joints.append("" if inside else " ")
        return joints


class _Text:
    """The words of a line's free stretches in one, and the way back to raw."""

    def __init__(self, raw: str, spans: Sequence[tuple[int, int]], joints: Sequence[str]) -> None:
        self.spans = spans
        self.begins: list[int] = []
        parts: list[str] = []
        length = 0
        for index, (start, end) in enumerate(spans):
            joint = joints[index - 1] if index else ""
            self.begins.append(length + len(joint))
            parts.append(joint + raw[start:end])
            length += len(joint) + end - start
        self.words = "".join(parts)

    def find_spans(self, first: int, last: int) -> tuple[tuple[int, int], ...]:
        """Return the stretches of raw that words[first:last] stand in."""
        found = []
        for begin, (start, end) in zip(self.begins, self.spans, strict=True):
            low, high = max(first, begin), min(last, begin + end - start)
            if low < high:
                found.append((start + low - begin, start + high - begin))
        return tuple(found)


def _blank_mark(words: str) -> tuple[str, str]:
    """Return a line with blanks for Latin letters that end most of its words, and these.

    Sites put such a mark at the end of each line, and a scrape joins the lines.
    """
    ends = Counter(_ENDING_MARK.findall(words[:MARKED_REACH])) if "  " in words else None
    mark, count = ends.most_common(1)[0] if ends else ("", 0)
    if count < MARK_TIMES:
        return words, ""
    return re.sub(rf"{mark}(?=\s|$)", " " * len(mark), words), mark


def _polish(words: str) -> str:
    """Return the words without a table's lines around them, letters set apart joined."""
    bare = words.strip(_FRAME)
    if _SPACED.fullmatch(bare):
        return "".join(bare.split())
    return bare
