"""Printed lines to paragraphs: which lines go on, by the edges of the column that they stand in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus_app.ingest.formats.pdf.lines import EVERYWHERE, LineBlock, PrintedLine
from corpus_app.ingest.formats.pdf.margins import (
    FEW_LINES,
    NEVER_FIRST,
    TERMINAL,
    Margins,
    borrow_margins,
    count_body,
    find_margins,
    iter_body,
    widen_margins,
)

MARKER: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条]|[●•■◆○·–—-]\s"
)
SPEAKER: Final = re.compile(r"[^\s，。；]{1,10}[:：]")
# What is not parted at a line's end: an opening bracket and what follows, a word, a number; some
# programs part neither a stop from the quotation mark or the word after it.
START: Final = re.compile(
    rf"[“‘「『（《【(]*(?:[A-Za-z0-9.,%-]+|.)(?:[{re.escape(NEVER_FIRST)}]+(?:[“‘].|[A-Za-z0-9]+)?)?|$",
    re.DOTALL,
)
SLACK: Final = 0.75
# A line in type so much larger than the text's is a headline's.
HEADLINE: Final = 1.25


def find_body_size(blocks: Sequence[LineBlock]) -> float:
    """Return the size of type that most characters have, in points."""
    weights = Counter[float]()
    for line in (line for block in blocks for line in block.lines):
        weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


class Joiner:
    """Says of each line whether it goes on with the paragraph of the line before it."""

    def __init__(self, blocks: Sequence[LineBlock]) -> None:
        self.size = find_body_size(blocks)
        steps = _count_steps(blocks, self.size)
        self.leading = float(steps.most_common(1)[0][0]) if steps else 0.0
        self.parted = float(max((step for step, count in steps.items() if count > 1), default=0))
        own = widen_margins(blocks, [find_margins(block, self.size) for block in blocks], self.size)
        counts = [count_body(block, self.size) for block in blocks]
        settled = [m for m, count in zip(own, counts, strict=True) if m and count >= FEW_LINES]
        self._margins = {
            id(block): borrow_margins(block, margins, count, settled, self.size)
            for block, margins, count in zip(blocks, own, counts, strict=True)
        }
        # A headline has the width of the page's text, be that in columns below it.
        self._edges: dict[int, float] = defaultdict(float)
        for line, page in ((line, block.page) for block in blocks for line in block.lines):
            self._edges[page] = max(self._edges[page], line.right)
        self.indent = _find_indent(blocks, self._margins, self.size)
        self.indented = self.indent > 0.5 * self.size

    def goes_on(
        self, above: PrintedLine, below: PrintedLine, block: LineBlock, before: LineBlock
    ) -> bool:
        """Say whether the lower line, in block, continues the paragraph of the upper, in before."""
        if above.whole or below.whole or abs(above.size - below.size) > 0.25 * self.size + 0.6:
            return False
        # A headline fills its lines by its own size of type.
        em = above.size if above.size > HEADLINE * self.size else self.size
        upper, lower = self._find_edges(above, before), self._find_edges(below, block)
        if em > self.size and not before.column:
            upper = Margins(upper.left, max(upper.right, self._edges[before.page]))
        ended = above.text.endswith(TERMINAL)
        # Letters set apart make a line that is wider than its characters.
        pitch = max(1.0, (above.right - above.left) / (_measure(above.text) * em))
        if upper.right - above.right > (_measure(_find_start(below.text)) + SLACK) * pitch * em:
            return False
        indent = below.left - lower.left
        flush = self.indented and indent < 0.5 * em
        if MARKER.match(below.text) and ended and not flush:
            return False
        if block is not before:
            parted = self._is_apart(block.lines[:2]) or self._is_apart(before.lines[-2:])
            if (
                parted
                or block.box
                or before.box
                or abs(above.size - below.size) > 0.12 * self.size + 0.3
            ):
                return False
            alike = abs(upper.right - upper.left - lower.right + lower.left) < 2 * em
            near = 0 < below.base - above.base <= 1.35 * self.leading + 1
            alike |= near and block.page == before.page
            return indent < 1.2 * em and (not ended or (flush and alike))
        if indent > 1.2 * em and not self._hangs(above, below, indent):
            return False
        step = below.base - above.base
        leading = self.leading * em / self.size
        return 0 <= step <= 1.35 * leading + 1 if leading else True

    def resumes(
        self, above: PrintedLine, below: PrintedLine, block: LineBlock, before: LineBlock
    ) -> bool:
        """Say whether the lower line takes up the sentence that breaks off in the upper.

        What stands between them is not looked at, nor how far apart they are.
        """
        lines, size = (above, below), self.size
        if (
            block.box
            or before.box
            or any(line.whole or abs(line.size - size) > 0.06 * size + 0.3 for line in lines)
        ):
            return False
        upper, lower = self._find_edges(above, before), self._find_edges(below, block)
        room = (_measure(_find_start(below.text)) + SLACK) * size
        # Where paragraphs begin further in, a line at the edge begins none.
        opened = self.indented or not above.text.endswith(TERMINAL)
        full = upper.right - above.right <= room
        return opened and full and abs(below.left - lower.left) < 0.5 * size

    def _find_edges(self, line: PrintedLine, block: LineBlock) -> Margins:
        """Return the edges between which a line stands: its block's, or what a picture leaves."""
        edges, (left, right) = self._margins[id(block)], line.room
        return Margins(edges.left if left == EVERYWHERE[0] else left, min(edges.right, right))

    def is_aside(self, line: PrintedLine, block: LineBlock, text: LineBlock) -> bool:
        """Say whether a line is not set as those of the text block are: in type, edges or place."""
        size, edges, own = self.size, self._margins[id(text)], self._margins[id(block)]
        if block.box or line.whole or abs(line.size - size) > 0.06 * size + 0.3:
            return True
        beside = block.column and own.right - own.left < 0.8 * (edges.right - edges.left)
        indent = line.left - own.left
        begins = min(abs(indent), abs(indent - self.indent)) < 0.5 * size
        lone = len(block.lines) == 1 or self._is_apart(block.lines[:2])
        return beside or not begins or (line is block.lines[0] and lone)

    def _is_apart(self, lines: Sequence[PrintedLine]) -> bool:
        """Say whether more than the space between lines, and between paragraphs, parts two."""
        step = lines[-1].base - lines[0].base
        return bool(self.leading) and step > max(1.6 * self.leading, self.parted) + 1

    def _hangs(self, above: PrintedLine, below: PrintedLine, indent: float) -> bool:
        """Say whether a line stands in from the edge to go on with an item or a quotation."""
        em = self.size
        if below.left > above.left + 0.5 * em:
            ended = above.text.endswith(TERMINAL)
            return not ended and bool(MARKER.match(above.text) or SPEAKER.match(above.text))
        return abs(below.left - above.left) < 0.5 * em and abs(indent - self.indent) > 0.6 * em


def _find_start(text: str) -> str:
    """Return what must stand together at the start of a line.

    A line before it that has room for more than this did not end for want of room.
    """
    start = START.match(text)
    return start[0] if start else text[:1]


def _measure(text: str) -> float:
    """Return how wide the text is, in sizes of type."""
    return max(0.5, sum(0.5 if char < "\u0250" else 1.0 for char in text))


def _count_steps(blocks: Sequence[LineBlock], size: float) -> Counter[int]:
    """Return how often lines stand so many points apart."""
    steps = Counter[int]()
    for block in blocks:
        for above, below in pairwise(iter_body(block, size)):
            step = below.base - above.base
            if 0.9 * below.size < step < 5 * below.size:
                steps[round(step)] += 1
    return steps


def _find_indent(blocks: Sequence[LineBlock], margins: dict[int, Margins], size: float) -> float:
    """Return the indent with which most paragraphs begin: those after a line that ends short."""
    indents = Counter[int]()
    for block in blocks:
        edges = margins[id(block)]
        for above, below in pairwise(iter_body(block, size)):
            if edges.right - above.right > 3 * size and above.text.endswith(TERMINAL):
                indents[round(2 * (below.left - edges.left) / size)] += 1
    return indents.most_common(1)[0][0] * size / 2 if indents else 2 * size
