"""Heads into nodes: ranks become depth, each node reaching to the next head of its rank."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_app.ingest.draft import SectionKind
from corpus_app.ingest.outline.headings import find_heading, find_next_gap
from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.outline.lists import LIST_RANK
from corpus_app.ingest.outline.nodes import HeadParagraph, Node, OutlineMarker
from corpus_app.ingest.outline.structure import find_glued
from corpus_app.ingest.outline.unnumbered import is_closing_heading


def build_tree(
    layout: Layout,
    heads: Sequence[HeadParagraph],
    points: Sequence[OutlineMarker],
    gaps: Sequence[int],
) -> list[Node]:
    """Return the nodes of the outermost heads with their children below them."""
    roots: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for head, end in zip(heads, _find_ends(layout, heads), strict=True):
        while stack and stack[-1][0] >= head.rank:
            stack.pop()
        limit = find_next_gap(gaps, head.start, end)
        if head.marker is not None:
            limit = min(limit, find_glued(head.marker, points, end))
        node = _make_node(layout, head, end, limit, nested=bool(stack))
        (stack[-1][1].children if stack else roots).append(node)
        stack.append((head.rank, node))
    for root in roots:
        _settle_kinds(layout, root)
    return roots


def _find_ends(layout: Layout, heads: Sequence[HeadParagraph]) -> list[int]:
    """Return where each head's piece ends: at the next head that is not below it."""
    ends = [len(layout.text)] * len(heads)
    open_heads: list[int] = []
    for index, head in enumerate(heads):
        while open_heads and heads[open_heads[-1]].rank >= head.rank:
            ends[open_heads.pop()] = head.start
        open_heads.append(index)
    return ends


def _make_node(layout: Layout, head: HeadParagraph, end: int, limit: int, *, nested: bool) -> Node:
    """Return the node of one head, its heading cut at limit; nested: not an outermost one."""
    kind: SectionKind = "subsection" if nested else "section"
    if nested and head.rank == LIST_RANK:
        kind = "point"
    if head.marker is not None:
        heading, heading_end = find_heading(layout.text, head.marker, limit, "section")
        return Node(kind, head.start, end, head.marker.end, head.marker, heading, heading_end)
    paragraph = layout.paragraphs[head.paragraph]
    if not nested and is_closing_heading(layout.text, paragraph):
        kind = "closing"
    title = layout.text[paragraph.start : min(paragraph.end, limit)]
    return Node(kind, head.start, end, head.start, None, title, head.start + len(title))


def _settle_kinds(layout: Layout, node: Node) -> None:
    """Make points of numbered children that carry their text on the heading's line.

    （一） is a subsection; 1. is one where most of its kind stand on lines of their own.
    """
    numbered = [c for c in node.children if c.marker and c.marker.family in ("arabic", "paren")]
    alone = sum(layout.text[c.heading_end : c.heading_end + 1] == "\n" for c in numbered)
    if node.kind != "section" or alone * 2 < len(numbered):
        for child in numbered:
            child.kind = "point"
    for child in node.children:
        if child.kind == "subsection" and node.kind == "point":
            child.kind = "point"
        _settle_kinds(layout, child)
