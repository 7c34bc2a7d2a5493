"""Printed lines to paragraphs: which lines go on, and which belong to the page, not the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus_app.ingest.draft import Removed
from corpus_app.text.chars import squeeze

PAGE_NUMBER = re.compile(
    r"[-—–─·•\s]{0,6}(?:第\s*)?\d{1,4}(?:\s*页)?[-—–─·•\s]{0,6}"
    r"|(?:第\s*)?\d{1,4}\s*(?:页)?\s*[/，,、]?\s*共?\s*\d{1,4}\s*页?"
)
# What browsers print above and below a page: date and title, address and page number.
BROWSER_LINE = re.compile(
    r"(?:https?|file)://\S{1,500}(?:\s+\d{1,4}\s?/\s?\d{1,4})?"
    r"|(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4},?)\s*(?:上午|下午)?\s*\d{1,2}:\d{2}"
    r"(?:\s?[AP]M)?(?:\s.{0,200})?"
)
DIGITS = re.compile(r"\d+")
MARKER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条]"
)
TERMINAL = tuple("。！？；：…!?;:”’）)")
EDGE, EDGE_LINES = 0.14, 2
LATIN = re.compile(r"[A-Za-z0-9,.;:]")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line: text, edges in points, top and bottom as shares of the page, size of type."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page_height: float


def lay_out(pages: Sequence[Sequence[PrintedLine]]) -> tuple[str, list[Removed]]:
    """Return the text in paragraphs, one a line, with page numbers and running heads marked.

    A line of the page that stands inside a paragraph follows after it, so that it does not
    cut a sentence in two.
    """
    furniture = _find_furniture(pages)
    writer = _Writer()
    last: PrintedLine | None = None
    margins = _Margins([line for page in pages for line in page if id(line) not in furniture])
    for page in pages:
        fresh = True
        for line in page:
            if id(line) in furniture:
                writer.set_aside(line.text)
                continue
            goes_on = last is not None and _goes_on(last, line, margins, fresh)
            writer.write(line.text, goes_on)
            last, fresh = line, False
    return writer.finish()


class _Writer:
    def __init__(self) -> None:
        self.raw = ""
        self.marks: list[Removed] = []
        self._open = ""
        self._aside: list[str] = []

    def write(self, text: str, goes_on: bool) -> None:
        if goes_on:
            latin = LATIN.match(self._open[-1:]) and LATIN.match(text[:1])
            self._open += (" " if latin else "") + text
            return
        self._close()
        self._open = text

    def set_aside(self, text: str) -> None:
        self._aside.append(text)

    def finish(self) -> tuple[str, list[Removed]]:
        self._close()
        return self.raw, self.marks

    def _close(self) -> None:
        parts = [self.raw, self._open + "\n" if self._open else ""]
        start = sum(map(len, parts))
        for text in self._aside:
            self.marks.append(Removed("pager", text, start, start + len(text), "pdf:page"))
            parts.append(text + "\n")
            start += len(text) + 1
        self.raw, self._open, self._aside = "".join(parts), "", []


class _Margins:
    """Where the running text's lines begin and end, and how far apart they stand."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        weights = Counter[int]()
        for line in lines:
            weights[round(line.size)] += len(line.text)
        self.size = float(weights.most_common(1)[0][0]) if weights else 10.0
        body = [line for line in lines if abs(line.size - self.size) <= 0.2 * self.size + 0.6]
        # A text of short lines alone shows no right margin, and none of its lines goes on.
        long = [line for line in body if len(line.text) >= 12]
        self.right = max((line.right for line in long), default=float("inf"))
        lefts = Counter(round(line.left) for line in long)
        self.left = float(min((x for x, n in lefts.items() if n >= 2), default=0))
        self.leading = _find_leading(body)


def _find_leading(lines: Sequence[PrintedLine]) -> float:
    """The distance from line to line that occurs most, in points."""
    steps = Counter[int]()
    for above, below in pairwise(lines):
        step = (below.bottom - above.bottom) * below.page_height
        if 0 < step < 5 * below.size:
            steps[round(step)] += 1
    return float(steps.most_common(1)[0][0]) if steps else 0.0


def _goes_on(above: PrintedLine, below: PrintedLine, margins: _Margins, across_pages: bool) -> bool:
    """Return whether the lower line continues the paragraph of the upper one."""
    em = margins.size
    if abs(above.size - below.size) > 0.25 * em + 0.6:
        return False
    # Signs that may not begin a line (》，) take their neighbours along to the next one.
    slack = 2.2 if above.text.endswith(TERMINAL) else 3.7
    if margins.right - above.right > slack * em or below.left - margins.left > 1.2 * em:
        return False
    if MARKER.match(below.text) and above.text.endswith(TERMINAL):
        return False
    if across_pages:
        return not above.text.endswith(TERMINAL) or below.left - margins.left < 0.5 * em
    step = (below.bottom - above.bottom) * below.page_height
    return 0 <= step <= 1.35 * margins.leading + 1 if margins.leading else True


def _find_furniture(pages: Sequence[Sequence[PrintedLine]]) -> set[int]:
    """Return the identities of the lines that belong to the pages."""
    edges = [list(_iter_edge_lines(page)) for page in pages]
    counts = Counter(text for page in edges for text in {_flatten(line.text) for line in page})
    found = set()
    for page in edges:
        for line in page:
            repeated = counts[_flatten(line.text)] >= max(2, (len(pages) + 2) // 3)
            numbered = PAGE_NUMBER.fullmatch(line.text) or BROWSER_LINE.fullmatch(line.text)
            if numbered or (repeated and len(line.text) < 60 and len(pages) > 2):
                found.add(id(line))
    return found


def _iter_edge_lines(page: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    ordered = sorted(page, key=lambda line: line.top)
    for place, line in enumerate(ordered):
        first = place < EDGE_LINES and line.bottom < EDGE
        last = place >= len(ordered) - EDGE_LINES and line.top > 1 - EDGE
        if first or last:
            yield line


def _flatten(text: str) -> str:
    return DIGITS.sub("#", squeeze(text))
