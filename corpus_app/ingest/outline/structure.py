"""The numbered headings of a text as a tree: 一、 over （一） over 1. over （1）."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus_app.ingest.outline.headings import find_heading
from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.outline.lists import LIST_RANK, demote_lists
from corpus_app.ingest.outline.markers import drop_torn, find_structural
from corpus_app.ingest.outline.nodes import Family, HeadParagraph, OutlineMarker
from corpus_app.ingest.outline.stated import rank_stated
from corpus_app.ingest.outline.unnumbered import add_lines, find_lines
from corpus_app.text.chars import squeeze

RANKS: Final[dict[Family, int]] = {
    "part": 0,
    "chinese": 1,
    "bracket": 2,
    "arabic": 4,
    "decimal": 5,
    "fine": 6,
    "paren": 7,
}
_SKIP: Final = 4


def find_heads(
    layout: Layout, points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[HeadParagraph]:
    """Return the heads of a text, numbered or not, in reading order, implausible ones left out."""
    numbered = _read_heads(layout, points, gaps)
    heads = _drop_contents(layout, numbered)
    heads = _raise_brackets(heads)
    top = min((h.rank for h in heads if h.rank in (1, 2)), default=1)
    for rank in (0, top):
        heads = _check_rank(heads, rank, gaps)
    lines = find_lines(layout, heads)
    heads = demote_lists(heads, len(lines))
    for rank in sorted({h.rank for h in heads if top < h.rank < LIST_RANK}):
        heads = _check_rank(heads, rank, gaps)
    if layout.levels:
        return rank_stated(layout, heads, numbered)
    return add_lines(layout, find_lines(layout, heads), heads)


def _read_heads(
    layout: Layout, points: Sequence[OutlineMarker], gaps: Sequence[int]
) -> list[HeadParagraph]:
    """Return a head for each paragraph that begins with a heading mark."""
    heads = []
    for index, marker in find_structural(layout):
        if not drop_torn([marker], gaps):
            continue
        paragraph = layout.paragraphs[index]
        bare = marker.end >= paragraph.end
        limit = len(layout.text) if bare else find_glued(marker, points, paragraph.end)
        heading, end = find_heading(layout.text, marker, limit, "section")
        if bare and heading is None and marker.family == "arabic":
            continue  # a figure in a line of its own, as in a table
        rank = RANKS[marker.family]
        alone = bare or (end == paragraph.end and layout.text[end - 1] not in "。；;！？")
        short = bare or heading is not None
        heads.append(HeadParagraph(index, paragraph.start, rank, marker, short, alone))
    return heads


def find_glued(marker: OutlineMarker, points: Sequence[OutlineMarker], end: int) -> int:
    """Return where a 一是 stuck to the heading begins, or the paragraph's end."""
    index = bisect_left(points, marker.end, key=lambda m: m.start)
    if index < len(points) and points[index].start < end and points[index].suffix.endswith("?"):
        return points[index].start
    return end


def _drop_contents(layout: Layout, heads: list[HeadParagraph]) -> list[HeadParagraph]:
    """Leave out a table of contents: heads without text between them that come again later."""
    words = [_read_words(layout, head) for head in heads]
    last_seen = {word: index for index, word in enumerate(words)}
    kept: list[HeadParagraph] = []
    index = 0
    while index < len(heads):
        stop = index + 1
        seen = {words[index]}
        while stop < len(heads) and heads[stop].paragraph == heads[stop - 1].paragraph + 1:
            if words[stop] in seen:
                break  # the first heading itself, right behind the contents
            seen.add(words[stop])
            stop += 1
        again = sum(last_seen[word] >= stop for word in words[index:stop])
        if stop - index < 3 or again * 2 < stop - index:
            kept.extend(heads[index:stop])
        index = stop
    return kept


def _read_words(layout: Layout, head: HeadParagraph) -> str:
    """Return a head's line without blanks, dots and page numbers, at most 40 characters."""
    start = head.start
    line = layout.text[start : min(layout.paragraphs[head.paragraph].end, start + 120)]
    return squeeze(line).rstrip("0123456789.…·-()（）")[:40]


def _raise_brackets(heads: list[HeadParagraph]) -> list[HeadParagraph]:
    """Put （一） above 一、 where 一、 comes first and then starts anew inside each （一）."""
    first = next((h.rank for h in heads if h.rank in (1, 2)), 1)
    starts = sum(h.rank == 1 and h.ordinal == 1 for h in heads)
    if first == 1 or starts < 2:
        return heads
    swap = {1: 2, 2: 1}
    return [replace(h, rank=swap.get(h.rank, h.rank)) for h in heads]


def _check_rank(heads: list[HeadParagraph], rank: int, gaps: Sequence[int]) -> list[HeadParagraph]:
    """Keep the heads of one rank that count on within the piece above them."""
    group: list[HeadParagraph] = []
    dropped: set[int] = set()
    for head in heads:
        if head.rank < rank:
            dropped |= _find_strays(group, gaps)
            group = []
        elif head.rank == rank:
            group.append(head)
    dropped |= _find_strays(group, gaps)
    return [head for head in heads if head.start not in dropped]


def _find_strays(group: list[HeadParagraph], gaps: Sequence[int]) -> set[int]:
    """Return the starts of those heads of one group that do not count on."""
    strays: set[int] = set()
    last: HeadParagraph | None = None
    for index, head in enumerate(group):
        following = group[index + 1] if index + 1 < len(group) else None
        if _counts_on(last, head, gaps) or _begins_series(head, following):
            last = head
        else:
            strays.add(head.start)
    return strays


def _counts_on(last: HeadParagraph | None, head: HeadParagraph, gaps: Sequence[int]) -> bool:
    """Say whether a head's number follows the last one's, a few skipped at most."""
    before = last.start if last else -1
    if bisect_right(gaps, before) < bisect_right(gaps, head.start):
        return True
    if last is None:
        return False
    step = head.ordinal - last.ordinal
    return 0 < step <= _SKIP or (step == 0 and head.short)


def _begins_series(head: HeadParagraph, following: HeadParagraph | None) -> bool:
    """Say whether a head may be the first of a series: number one and followed, or plainly one.

    A lone 一、 on a short line is a heading; a lone 1. or （一） is not enough.
    """
    number = head.ordinal
    if head.rank <= 1 and head.short:
        return True
    if following is None or number > 2:
        return False
    return 0 < following.ordinal - number <= _SKIP
