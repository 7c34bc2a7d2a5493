"""Set a text with its outline and gaps as a tree of divisions, paragraphs and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.typesetting.headings import find_headline_end, make_leads
from corpus_app.pages.typesetting.layers import LayerSpan, SpanIndex, nest_spans
from corpus_app.pages.typesetting.tree import (
    DIVISION_KINDS,
    Block,
    Division,
    GapBlock,
    GapMark,
    Role,
    TypesetParagraph,
)

LONGEST_SALUTATION: Final = 40
TOP_LEVEL: Final = 2
LOWEST_LEVEL: Final = 5


def set_text(
    text: str,
    nodes: Sequence[OutlineSection],
    gaps: Sequence[GapMark] = (),
    spans: Sequence[LayerSpan] = (),
) -> list[Block]:
    """Return the blocks of the text; every character stands in them once, line ends aside."""
    return _Setter(text, nodes, gaps, spans).set_whole()


class _Setter:
    def __init__(
        self,
        text: str,
        nodes: Sequence[OutlineSection],
        gaps: Sequence[GapMark],
        spans: Sequence[LayerSpan],
    ) -> None:
        self.text = text
        self.gaps = sorted(gaps, key=lambda gap: gap.offset)
        self.drawn = 0
        self.divisions = _group_divisions(nodes)
        points = [node for node in nodes if node.kind not in DIVISION_KINDS]
        self.spans = SpanIndex([*spans, *make_leads(text, points)])
        self.salutation = _find_salutation(text)

    def set_whole(self) -> list[Block]:
        blocks = self._set_range(None, 0, len(self.text), TOP_LEVEL)
        return blocks + self._draw_gaps(len(self.text))

    def _set_range(self, key: str | None, start: int, end: int, level: int) -> list[Block]:
        blocks: list[Block] = []
        position = start
        for node in self.divisions[key]:
            first = min(max(node.start, position), end)
            last = min(max(node.end, first), end)
            blocks += self._set_flow(position, first)
            blocks += self._draw_gaps(first)
            blocks.append(self._set_division(node, first, last, level))
            position = last
        return blocks + self._set_flow(position, end)

    def _set_division(self, node: OutlineSection, start: int, end: int, level: int) -> Division:
        headline = find_headline_end(self.text, node)
        body = min(headline, end) if headline is not None and node.start == start else start
        division = Division(node, level, nest_spans(self.text, start, body, self.spans))
        below = min(level + 1, LOWEST_LEVEL)
        division.blocks.extend(self._set_range(node.key, body, end, below))
        return division

    def _set_flow(self, start: int, end: int) -> list[Block]:
        blocks: list[Block] = []
        for first, last in _split_lines(self.text, start, end):
            blocks += self._draw_gaps(first)
            role: Role = "salutation" if (first, last) == self.salutation else "body"
            while (cut := self._next_gap_offset()) is not None and cut < last:
                blocks += self._set_paragraph(first, cut, role)
                blocks += self._draw_gaps(cut)
                first, role = cut, "continued"
            blocks += self._set_paragraph(first, last, role)
        return blocks

    def _set_paragraph(self, start: int, end: int, role: Role) -> list[Block]:
        if not self.text[start:end].strip():
            return []
        return [TypesetParagraph(nest_spans(self.text, start, end, self.spans), role)]

    def _next_gap_offset(self) -> int | None:
        return self.gaps[self.drawn].offset if self.drawn < len(self.gaps) else None

    def _draw_gaps(self, upto: int) -> list[Block]:
        blocks: list[Block] = []
        while (offset := self._next_gap_offset()) is not None and offset <= upto:
            blocks.append(GapBlock(self.drawn + 1, self.gaps[self.drawn]))
            self.drawn += 1
        return blocks


def _group_divisions(nodes: Sequence[OutlineSection]) -> dict[str | None, list[OutlineSection]]:
    """Return the divisions under the key of the nearest division above each."""
    above: dict[str | None, str | None] = {None: None}
    groups: dict[str | None, list[OutlineSection]] = defaultdict(list)
    for node in nodes:
        holder = above.get(node.parent)
        above[node.key] = node.key if node.kind in DIVISION_KINDS else holder
        if node.kind in DIVISION_KINDS:
            groups[holder].append(node)
    return groups


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _find_salutation(text: str) -> tuple[int, int] | None:
    """Return the first line where it addresses the hearers (同志们：), set without indent."""
    end = text.find("\n")
    line = text[: max(end, 0)].strip()
    if 0 < len(line) <= LONGEST_SALUTATION and line[-1] in "：:":
        return 0, end
    return None
