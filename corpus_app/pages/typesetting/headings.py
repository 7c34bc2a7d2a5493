"""Where a section's marker and heading stand in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from corpus_app.ingest.outline.sections import (
    SIGNS,
    OutlineSection,
    find_heading_place,
    match_words,
)
from corpus_app.pages.typesetting.layers import LayerSpan
from corpus_app.pages.typesetting.tree import HEADED_KINDS, Lead

# A longer "heading" of a point is its whole first sentence: only the marker is set bold.
LONGEST_LEAD: Final = 48


def find_heading_end(text: str, node: OutlineSection) -> int | None:
    """Return where marker and heading of the node end in text, or None where they differ."""
    if not node.heading:
        return match_words(text, node.start, node.end, node.marker) if node.marker else None
    place = find_heading_place(text, node, node.end)
    return place and place[1]


def find_headline_end(text: str, node: OutlineSection) -> int | None:
    """Return the end of a section's heading with the sign that closes it, or None.

    The words after （一）规范阵地。 may run on in its line: their paragraph begins with no sign.
    """
    end = find_heading_end(text, node) if node.kind in HEADED_KINDS else None
    return None if end is None else _skip_signs(text, end, node.end)


def make_leads(text: str, nodes: Iterable[OutlineSection]) -> list[LayerSpan]:
    """Return a span of layer "lead" for the opening of each point, none overlapping."""
    leads: list[LayerSpan] = []
    # A point of nothing but blanks has no place for an anchor, nor may it take another's.
    shown = [node for node in nodes if text[node.start : node.end].strip()]
    for node in sorted(shown, key=lambda one: (one.start, -one.end)):
        lead = _make_lead(text, node)
        if leads and lead.start == leads[-1].start:
            leads[-1] = _join_leads(leads[-1], lead)
            continue
        if leads and lead.start < leads[-1].end:
            last = leads[-1]
            leads[-1] = LayerSpan("lead", last.start, lead.start, last.value)
        leads.append(lead)
    return leads


def _make_lead(text: str, node: OutlineSection) -> LayerSpan:
    blank = len(text[node.start : node.end]) - len(text[node.start : node.end].lstrip())
    start = node.start + blank if node.start + blank < node.end else node.start
    marker_end = match_words(text, start, node.end, node.marker) if node.marker else None
    whole = find_heading_end(text, node)
    end = whole if whole and whole - start <= LONGEST_LEAD else marker_end
    line_end = text.find("\n", start, node.end)
    if end is not None and line_end >= 0:
        end = min(end, line_end)
    if end is None or end <= start:
        # The anchor needs a place even where there is nothing to set bold.
        return LayerSpan("lead", start, min(start + 1, node.end), Lead((node.key,), bold=False))
    return LayerSpan("lead", start, end, Lead((node.key,), bold=True))


def _join_leads(one: LayerSpan, other: LayerSpan) -> LayerSpan:
    lead = Lead((*one.value.keys, *other.value.keys), one.value.bold or other.value.bold)
    return LayerSpan("lead", one.start, max(one.end, other.end), lead)


def _skip_signs(text: str, start: int, end: int) -> int:
    while start < end and text[start] != "\n" and (text[start].isspace() or text[start] in SIGNS):
        start += 1
    return start
