"""From a cleaned text to the flat list of its sections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus_app.ingest.draft import Section
from corpus_app.ingest.outline.closing import find_closing, find_notes
from corpus_app.ingest.outline.headings import find_heading, find_next_gap, has_words
from corpus_app.ingest.outline.layout import INLINE_BREAK, Layout, read_layout
from corpus_app.ingest.outline.markers import drop_torn, find_points, find_structural
from corpus_app.ingest.outline.nodes import Node, OutlineMarker
from corpus_app.ingest.outline.series import find_point_nodes, gather_series
from corpus_app.ingest.outline.stated import place_levels
from corpus_app.ingest.outline.structure import find_heads
from corpus_app.ingest.outline.tree import build_tree
from corpus_app.text.folding import write_plainly

# Many times what the longest speech has; beyond it nothing is looked for.
MOST_PARAGRAPHS = 50_000
# A series is taken for the sections of a speech when it holds this share of the text.
SHARE: Final = 0.5


def split_sections(
    text: str, gap_offsets: Sequence[int] = (), stated: Mapping[int, int] | None = None
) -> list[Section]:
    """Return the outline of a cleaned text as a flat list in reading order.

    gap_offsets are the places in the text where the source hides something, stated the levels of
    headings that the file marks, by where they begin (see stated.find_stated). The roots cover
    the text without a break; ids are positions: "0" the opening, "1", "2" … the sections and
    the closing, "1.2" the second child of "1". A text without any outline is one opening.
    """
    if not text:
        return []
    if text.count("\n") > MOST_PARAGRAPHS:
        return [Section("0", None, "opening", None, None, None, 0, len(text))]
    source, text = text, write_plainly(text)
    layout = _lay_out(text)
    layout = replace(layout, levels=place_levels(layout, stated or {}))
    gaps = sorted({gap for gap in gap_offsets if 0 < gap < len(text)})
    notes = find_notes(text)
    points = [m for m in drop_torn(find_points(layout), gaps) if m.start < notes]
    roots = _build_roots(layout, points, gaps)
    sections = list(_flatten(roots))
    return sections if text == source else [_word_as_in(source, text, s) for s in sections]


def _word_as_in(source: str, text: str, section: Section) -> Section:
    """Return a section found in a text with marker and heading as the source writes them."""
    start, end = section.start, section.end
    marker, heading = (
        source[at : at + len(words)]
        if words and (at := text.find(words, start, end)) >= 0
        else words
        for words in (section.marker, section.heading)
    )
    return replace(section, marker=marker, heading=heading)


def _lay_out(text: str) -> Layout:
    """Return the layout, with headings sought in running text where no line begins with one."""
    layout = read_layout(text)
    if next(find_structural(layout), None) is not None:
        return layout
    ordinals = [m.group().strip("、（()）") for m in INLINE_BREAK.finditer(text)]
    counted = "一" in ordinals and "二" in ordinals[ordinals.index("一") :]
    return read_layout(text, inline=True) if counted else layout


def _build_roots(
    layout: Layout, points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[Node]:
    """Return the outermost nodes with everything below them."""
    notes = find_notes(layout.text)
    heads = [h for h in find_heads(layout, points, gaps) if h.start < notes]
    roots = build_tree(layout, heads, points, gaps)
    if not roots:
        roots = promote_points(layout, points, gaps)
    roots = _add_ends(layout, roots, points)
    roots = split_at_gaps(layout.text, roots, points, gaps)
    for root in roots:
        _add_points(layout, root, points, gaps)
    return roots


def _add_ends(layout: Layout, roots: list[Node], points: Sequence[OutlineMarker]) -> list[Node]:
    """Put the opening before the sections and cut the closing from the last of them."""
    text = layout.text
    if not roots and len(points) < 2:
        return [Node("opening", 0, len(text), 0)]
    if not roots:
        roots = [Node("opening", 0, len(text), 0)]
    elif has_words(text, 0, roots[0].start):
        roots.insert(0, Node("opening", 0, roots[0].start, 0))
    roots[0].start = 0
    last = roots[-1]
    if last.kind == "closing":
        return roots
    inner = _find_last_child(last)
    in_series = any(m.label == "首先" and m.start >= inner.start for m in points)
    begin = points[-1].end if last.kind == "opening" else max(inner.heading_end, inner.body)
    offset = find_closing(layout, begin, in_series=in_series)
    if offset is not None:
        _truncate(last, offset)
        roots.append(Node("closing", offset, len(text), offset, heading_end=offset))
    return roots


def _find_last_child(node: Node) -> Node:
    """Return the last structural node below a node, or the node itself."""
    while node.children:
        node = node.children[-1]
    return node


def _truncate(node: Node, end: int) -> None:
    """Let a node and its last descendants end at an offset."""
    node.end = min(node.end, end)
    for child in node.children[-1:]:
        _truncate(child, end)


def _add_points(
    layout: Layout, node: Node, points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> None:
    """Hang the points under the innermost node whose own text they stand in."""
    own_end = node.children[0].start if node.children else node.end
    for child in node.children:
        _add_points(layout, child, points, gaps)
    found = find_point_nodes(layout, points, node.heading_end or node.body, own_end, gaps)
    node.children = found + node.children


def _flatten(roots: list[Node]) -> Iterator[Section]:
    """Yield the nodes as sections, parents before children, with ids from their positions."""
    first = 0 if roots and roots[0].kind == "opening" else 1
    stack = [(root, str(n), None) for n, root in enumerate(roots, first)]
    queue: list[tuple[Node, str, str | None]] = [*reversed(stack)]
    while queue:
        node, name, parent = queue.pop()
        yield Section(
            id=name,
            parent=parent,
            kind=node.kind,
            marker=node.marker.label if node.marker else None,
            ordinal=node.ordinal,
            heading=node.heading,
            start=node.start,
            end=node.end,
        )
        children = [(c, f"{name}.{n}", name) for n, c in enumerate(node.children, 1)]
        queue.extend(reversed(children))


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
