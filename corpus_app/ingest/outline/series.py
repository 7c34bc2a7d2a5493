"""Points: marks such as 一是 … 二是 … 三是 gathered into series inside one region."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from corpus_app.ingest.outline.headings import find_heading, find_next_gap
from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.outline.nodes import Node, OutlineMarker
from corpus_app.ingest.rule_files import read_rules

_SENTENCE_END: Final = re.compile(r"[。！？!?][”’」）)]*|\n")
_DEPTH: Final = 3


@dataclass(slots=True)
class NumberSeries:
    """Marks that count on, one after the other; orphan where its first marks lie in a gap."""

    marks: list[OutlineMarker]
    parent: tuple[NumberSeries, int] | None
    orphan: bool = False
    nested: dict[int, list[NumberSeries]] = field(default_factory=dict)

    @property
    def last(self) -> OutlineMarker:
        """The mark it has come to."""
        return self.marks[-1]


def find_point_nodes(
    layout: Layout, marks: Sequence[OutlineMarker], start: int, end: int, gaps: Sequence[int]
) -> list[Node]:
    """Return the points between start and end as a list of trees, in reading order."""
    low = bisect_left(marks, start, key=lambda m: m.start)
    high = bisect_left(marks, end, key=lambda m: m.start)
    if low == high:
        return []
    series = gather_series(layout, marks[low:high], gaps)
    return _build_nodes(layout, series, end, gaps)


def gather_series(
    layout: Layout, marks: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[NumberSeries]:
    """Return the outermost series among the marks of one region, the implausible left out."""
    roots: list[NumberSeries] = []
    stack: list[NumberSeries] = []
    for mark in marks:
        found = _find_open(stack, mark)
        if found is not None:
            del stack[stack.index(found) + 1 :]
            found.marks.append(mark)
        elif mark.ordinal == 1:
            _start_series(layout, roots, stack, mark)
        elif _follows_gap(stack, roots, mark, gaps):
            stack[:] = [NumberSeries([mark], None, orphan=True)]
            roots.append(stack[0])
    return _drop_implausible(layout, roots)


def _find_open(stack: list[NumberSeries], mark: OutlineMarker) -> NumberSeries | None:
    """Return the open series that a mark continues: first one of the same wording."""
    fitting = [s for s in reversed(stack) if _continues(s, mark)]
    for series in fitting:
        if series.last.suffix.rstrip("?") == mark.suffix:
            return series
    return fitting[0] if fitting else None


def _continues(series: NumberSeries, mark: OutlineMarker) -> bool:
    """Say whether a mark is the next of a series (one number may be skipped by a slip)."""
    last = series.last
    if last.family != mark.family or last.ordinal is None or mark.ordinal is None:
        return False
    step = mark.ordinal - last.ordinal
    if step == 2:
        return mark.opens and last.opens and last.suffix == mark.suffix
    return step == 1 or (
        mark.family == "order" and mark.label == "最后" and len(series.marks) >= 2 and step > 0
    )


def _start_series(
    layout: Layout, roots: list[NumberSeries], stack: list[NumberSeries], mark: OutlineMarker
) -> None:
    """Open a new series at a mark numbered one: nested in the open one, or beside it."""
    if mark.suffix.endswith("?") and _in_item(layout, stack, mark):
        return
    del stack[_DEPTH - 1 :]
    parent = (stack[-1], len(stack[-1].marks) - 1) if stack else None
    series = NumberSeries([mark], parent)
    if parent is None:
        roots.append(series)
    else:
        parent[0].nested.setdefault(parent[1], []).append(series)
    stack.append(series)


def _in_item(layout: Layout, stack: list[NumberSeries], mark: OutlineMarker) -> bool:
    """Say whether a glued 一是 stands inside an item, where it is running text."""
    return bool(stack) or layout.find_paragraph(mark.start) < 0


def _follows_gap(
    stack: list[NumberSeries], roots: list[NumberSeries], mark: OutlineMarker, gaps: Sequence[int]
) -> bool:
    """Say whether a mark without its predecessors is the first one behind a gap."""
    if mark.family == "order":
        return False
    last = stack[-1].last.start if stack else (roots[-1].last.start if roots else -1)
    return bisect_right(gaps, last) < bisect_right(gaps, mark.start)


def _drop_implausible(layout: Layout, series: list[NumberSeries]) -> list[NumberSeries]:
    """Keep series of two or more real items; lift nested ones whose parent was dropped."""
    kept: list[NumberSeries] = []
    for one in series:
        for index, inner in one.nested.items():
            one.nested[index] = _drop_implausible(layout, inner)
        if _is_plausible(layout, one):
            kept.extend(_lift_followers(layout, one))
        else:
            kept.extend(inner for group in one.nested.values() for inner in group)
    return sorted(kept, key=lambda s: s.marks[0].start)


def _is_plausible(layout: Layout, series: NumberSeries) -> bool:
    """Say whether marks make a series: two of them, and more than a rhyme with commas."""
    marks = series.marks
    if len(marks) < 2:
        return series.orphan
    if any(_read_break(layout, m) not in "，,、" for m in marks[1:]):
        return True
    length = marks[-1].start - marks[0].start
    shortest: int = read_rules("outline")["points"]["comma_item_chars"]
    return length / (len(marks) - 1) >= shortest


def _lift_followers(layout: Layout, series: NumberSeries) -> list[NumberSeries]:
    """Put series that began behind the last mark beside it, unless that mark's line holds them.

    三是加强建设。要做到一要…二要…: nested where the points begin lines and these do not.
    """
    last = len(series.marks) - 1
    followers = series.nested.get(last, [])
    if series.last.opens and followers and not followers[0].marks[0].opens:
        line = layout.find_paragraph(series.last.start)
        inside = [s for s in followers if layout.find_paragraph(s.marks[0].start) == line]
        beside = [s for s in followers if s not in inside]
    else:
        inside, beside = [], followers
    series.nested[last] = inside
    return [series, *beside]


def _read_break(layout: Layout, mark: OutlineMarker) -> str:
    """Return the character before a mark, blanks skipped; a line break counts as 。"""
    offset = mark.start - 1
    while offset >= 0 and layout.text[offset] in " \u3000":
        offset -= 1
    before = layout.text[offset] if offset >= 0 else "\n"
    return "。" if before == "\n" or mark.opens else before


def _build_nodes(
    layout: Layout, series: list[NumberSeries], end: int, gaps: Sequence[int]
) -> list[Node]:
    """Turn sibling series into nodes, each reaching to the next mark, the last to its close."""
    nodes: list[Node] = []
    series = [s for s in series if s.marks[0].start < end]
    for index, one in enumerate(series):
        one.marks = [m for m in one.marks if m.start < end]
        following = series[index + 1].marks[0].start if index + 1 < len(series) else end
        close = _find_close(layout, one, following, gaps)
        stops = [m.start for m in one.marks[1:]] + [close]
        for place, (mark, stop) in enumerate(zip(_number(one), stops, strict=True)):
            heading, heading_end = find_heading(
                layout.text, mark, find_next_gap(gaps, mark.start, stop), "point"
            )
            node = Node("point", mark.start, stop, mark.end, mark, heading, heading_end)
            node.children = _build_nodes(layout, one.nested.get(place, []), stop, gaps)
            nodes.append(node)
    return nodes


def _number(series: NumberSeries) -> list[OutlineMarker]:
    """Return the marks of a series; 首先 … 最后 get their place in it for a number."""
    if series.marks[0].family != "order":
        return series.marks
    return [replace(mark, ordinal=place) for place, mark in enumerate(series.marks, 1)]


def _find_close(layout: Layout, series: NumberSeries, limit: int, gaps: Sequence[int]) -> int:
    """Return where the last item ends: its sentence, its paragraph or the whole region."""
    last = series.last
    limit = find_next_gap(gaps, last.start, limit)
    paragraph_end = layout.find_next_start(last.start, limit)
    breaks = [_read_break(layout, m) for m in series.marks[1:]]
    if breaks and all(b in "；;，,、" for b in breaks):
        match = _SENTENCE_END.search(layout.text, last.end, paragraph_end)
        return match.end() if match else paragraph_end
    lines = [layout.find_paragraph(m.start) for m in series.marks]
    steps = {after - before for before, after in pairwise(lines)}
    return paragraph_end if steps <= {0, 1} else limit
