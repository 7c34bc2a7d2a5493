"""Text behind a gap that cannot belong to the section before it gets a section of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from corpus_app.ingest.outline.headings import has_words
from corpus_app.ingest.outline.nodes import Node, OutlineMarker


def split_at_gaps(
    text: str, nodes: list[Node], points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[Node]:
    """Return sibling nodes with an unnamed one behind each gap that swallowed a heading."""
    found: list[Node] = []
    for index, node in enumerate(nodes):
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        found.extend(_split_node(text, node, following, points, gaps))
    for node in found:
        node.children = split_at_gaps(text, node.children, points, gaps)
    return found


def _split_node(
    text: str,
    node: Node,
    following: Node | None,
    points: Sequence[OutlineMarker],
    gaps: Sequence[int],
) -> list[Node]:
    """Return a node alone, or cut in two at the first gap whose text belongs elsewhere."""
    # No cut parts a node from its own marker.
    mark_end = node.marker.start + len(node.marker.label) if node.marker else 0
    first = max(node.start + 1, mark_end)
    low, high = bisect_left(gaps, first), bisect_left(gaps, node.end)
    for gap in gaps[low:high]:
        if not has_words(text, gap, node.end):
            break
        if node.kind != "closing" and _is_foreign(node, following, points, gap):
            return _cut(node, gap)
    return [node]


def _cut(node: Node, gap: int) -> list[Node]:
    """Cut a node in two at a gap; what stands behind it hangs under an unnamed node."""
    kind = "section" if node.kind == "opening" else node.kind
    lost = Node(kind, gap, node.end, gap, heading_end=gap, lost=True)
    lost.children = _shorten(node, gap)
    return [node, lost]


def _shorten(node: Node, end: int) -> list[Node]:
    """Let a node end at an offset; return the nodes below it that begin there or later."""
    node.end = min(node.end, end)
    kept = [c for c in node.children if c.start < end]
    beyond = node.children[len(kept) :]
    node.children = kept
    return [inner for child in kept[-1:] for inner in _shorten(child, end)] + beyond


def _is_foreign(
    node: Node, following: Node | None, points: Sequence[OutlineMarker], gap: int
) -> bool:
    """Say whether the text behind a gap belongs to another section than the text before it.

    It does where the next heading shows that numbers are missing (一, gap, 四); and, with no
    heading to come, where its points start anew or cannot follow the points before the gap.
    """
    if following is not None and following.ordinal is not None and not node.lost:
        return following.ordinal > (node.ordinal or 0) + 1
    low = bisect_left(points, node.body, key=lambda m: m.start)
    middle = bisect_left(points, gap, key=lambda m: m.start)
    high = bisect_left(points, node.end, key=lambda m: m.start)
    if low == middle or middle == high or node.kind == "opening":
        return False
    before, after = points[middle - 1], points[middle]
    if after.ordinal == 1 or after.family != before.family:
        return True
    step = (after.ordinal or 0) - (before.ordinal or 0)
    if after.suffix == before.suffix:
        return step <= 0
    # 一是 二是, gap, 三要 四要: another wording on each side, kept to throughout.
    uniform = len({m.suffix for m in points[low:middle]}) == 1
    uniform = uniform and high - middle > 1 and len({m.suffix for m in points[middle:high]}) == 1
    return step != 1 or uniform
