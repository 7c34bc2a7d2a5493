"""Captions, boxes and lone heads that stand within a sentence: they follow its paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.ingest.formats.pdf.lines import LineBlock, PrintedLine
from corpus_app.ingest.formats.pdf.paragraphs import Joiner

# Lines of a box; more are a text of their own.
LONGEST: Final = 30
Placed = tuple[PrintedLine, LineBlock]


def iter_lines(
    blocks: Sequence[LineBlock], joiner: Joiner
) -> Iterator[tuple[PrintedLine, LineBlock, bool]]:
    """Yield lines and their blocks in the order of reading, and whether each goes on with the last.

    What breaks a sentence in two comes after the paragraph that the sentence stands in.
    """
    lines = [(line, block) for block in blocks for line in block.lines]
    waiting: list[Placed] = []
    last: Placed | None = None
    index = 0
    while index < len(lines):
        line, block = lines[index]
        goes_on = last is not None and joiner.goes_on(last[0], line, block, last[1])
        if last is not None and not goes_on:
            end = _find_end(lines, index, last, joiner)
            waiting += lines[index:end]
            goes_on, index = end > index, end
            line, block = lines[index]
        if not goes_on:
            yield from _iter_aside(waiting, joiner)
            waiting = []
        yield line, block, goes_on
        last, index = (line, block), index + 1
    yield from _iter_aside(waiting, joiner)


def _iter_aside(
    lines: Sequence[Placed], joiner: Joiner
) -> Iterator[tuple[PrintedLine, LineBlock, bool]]:
    last: Placed | None = None
    for line, block in lines:
        goes_on = last is not None and joiner.goes_on(last[0], line, block, last[1])
        yield line, block, goes_on
        last = line, block


def _find_end(lines: Sequence[Placed], start: int, last: Placed, joiner: Joiner) -> int:
    """Return the number of the line that takes up the sentence of last again, start if none."""
    above, before = last
    for index in range(start, min(start + LONGEST, len(lines))):
        line, block = lines[index]
        if block.page > before.page + 1:
            break
        if index > start and joiner.resumes(above, line, block, before):
            upper, over = lines[index - 1]
            if not joiner.goes_on(upper, line, block, over):
                return index
        if not joiner.is_aside(line, block, before):
            break
    return start
