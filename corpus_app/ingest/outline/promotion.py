"""Speeches whose only divisions are 第一， 第二， or 一是 at the start of paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.outline.closing import find_closing
from corpus_app.ingest.outline.headings import find_heading, find_next_gap
from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.outline.nodes import Node, OutlineMarker
from corpus_app.ingest.outline.series import gather_series

# A series is taken for the sections of a speech when it holds this share of the text.
SHARE: Final = 0.5


def promote_points(
    layout: Layout, points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[Node]:
    """Return the outermost series of points as sections where it makes up the speech."""
    for series in gather_series(layout, points, gaps):
        marks = series.marks
        ordered = marks[0].family == "order"
        if series.orphan or not all(m.opens for m in marks) or (ordered and len(marks) < 3):
            continue
        end = find_closing(layout, marks[-1].end, in_series=ordered) or len(layout.text)
        if end - marks[0].start >= SHARE * len(layout.text):
            return _make_sections(layout, marks, gaps)
    return []


def _make_sections(
    layout: Layout, marks: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[Node]:
    """Return one section for each mark, reaching to the next one."""
    stops = [m.start for m in marks[1:]] + [len(layout.text)]
    nodes = []
    for mark, stop in zip(marks, stops, strict=True):
        heading, heading_end = find_heading(
            layout.text, mark, find_next_gap(gaps, mark.start, stop), "point"
        )
        nodes.append(Node("section", mark.start, stop, mark.end, mark, heading, heading_end))
    return nodes
