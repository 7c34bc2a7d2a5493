"""Headings without a number: short lines standing alone between paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from corpus_app.ingest.outline.closing import salutes
from corpus_app.ingest.outline.layout import Layout, Paragraph
from corpus_app.ingest.outline.nodes import HeadParagraph, OutlineMarker
from corpus_app.ingest.rule_files import read_rules

TOP: Final = 1
INNER: Final = 3
_ENDS: Final = "。！？!?；;：:，,、…—"
_FULL_STOPS: Final = "。！？!?：:；;”…）)"


def find_lines(layout: Layout, heads: Sequence[HeadParagraph]) -> list[int]:
    """Return the paragraphs that are headings without a number, where others bear them out."""
    rules = read_rules("outline")["unnumbered"]
    starters = tuple(rules["starters"])
    taken = {head.paragraph for head in heads}
    taken |= {
        h.paragraph + 1 for h in heads if h.marker and _is_bare(layout, h.marker, h.paragraph)
    }
    candidates = range(_find_body(layout) + 1, len(layout.paragraphs) - 1)
    shaped = {i for i in candidates if i not in taken and _has_shape(layout, i)}
    shaped -= _find_repeated(layout, shaped)
    lines = [i for i in sorted(shaped) if _stands_alone(layout, i, taken, shaped)]
    if len(lines) >= rules["alike"]:
        return lines
    return [i for i in lines if layout.text.startswith(starters, layout.starts[i])]


def _is_bare(layout: Layout, marker: OutlineMarker, paragraph: int) -> bool:
    """Say whether a number has its line to itself, its heading being the next line."""
    return marker.end >= layout.paragraphs[paragraph].end


def add_lines(
    layout: Layout, lines: list[int], heads: Sequence[HeadParagraph]
) -> list[HeadParagraph]:
    """Return the numbered heads with the heading lines among them, in reading order."""
    return sorted([*heads, *_rank_lines(layout, lines, heads)], key=lambda h: h.start)


def _rank_lines(
    layout: Layout, lines: list[int], heads: Sequence[HeadParagraph]
) -> list[HeadParagraph]:
    """Give each heading line its place above or below the numbered heads.

    Before 一、, or where there is no 一、 and the lines come before （一）, they stand at the
    top; beside plain short ones, lines with a comma stand one step lower.
    """
    first_top = next((h.start for h in heads if h.rank <= TOP), None)
    first_any = next((h.start for h in heads), len(layout.text))
    limit = first_top if first_top is not None else len(layout.text)
    if first_top is None and lines and layout.starts[lines[0]] > first_any:
        limit = -1
    top = TOP - 1 if _divides_numbers(layout, lines, heads) else TOP
    found = []
    plain = [i for i in lines if not _has_comma(layout, i)]
    for index in lines:
        start = layout.starts[index]
        lower = bool(plain) and index not in plain
        rank = INNER if (start > limit and top == TOP) or lower else top
        if is_closing_heading(layout.text, layout.paragraphs[index]):
            rank = top
        found.append(HeadParagraph(index, start, rank, None, True, True))
    return found


def _divides_numbers(layout: Layout, lines: list[int], heads: Sequence[HeadParagraph]) -> bool:
    """Say whether heading lines stand above 一、: before it, and again before it starts anew."""
    ones = [h.start for h in heads if h.rank == TOP and h.ordinal == 1]
    starts = [layout.starts[i] for i in lines if not _has_comma(layout, i)]
    if len(ones) < 2 or not starts or starts[0] > ones[0]:
        return False
    pairs = pairwise(ones)
    return any(before < start < after for before, after in pairs for start in starts[:200])


def _has_comma(layout: Layout, index: int) -> bool:
    """Say whether a line holds a comma, the mark of a heading that is a sentence."""
    paragraph = layout.paragraphs[index]
    return any(layout.text.find(c, paragraph.start, paragraph.end) >= 0 for c in "，,")


def is_closing_heading(text: str, paragraph: Paragraph) -> bool:
    """Say whether a line is 结束语 or one of its like."""
    return text[paragraph.start : paragraph.end] in read_rules("outline")["closing"]["headings"]


def _find_repeated(layout: Layout, shaped: set[int]) -> set[int]:
    """Return the lines that stand more than once, as running heads of a printed page do."""
    seen: dict[str, list[int]] = {}
    for index in shaped:
        line = layout.paragraphs[index]
        seen.setdefault(layout.text[line.start : line.end], []).append(index)
    return {index for group in seen.values() if len(group) > 1 for index in group}


def _find_body(layout: Layout) -> int:
    """Return the first paragraph of the body, behind title lines that were left standing."""
    shortest = read_rules("outline")["unnumbered"]["neighbour_chars"]
    for index, line in enumerate(layout.paragraphs):
        full = line.end - line.start >= shortest and layout.text[line.end - 1] in _FULL_STOPS
        if full or salutes(layout.text, line.start):
            return index
    return 0


def _has_shape(layout: Layout, index: int) -> bool:
    """Say whether a line looks like a heading: short, in Chinese, without end punctuation.

    A row of a table is none.
    """
    rules = read_rules("outline")["unnumbered"]
    text, line = layout.text, layout.paragraphs[index]
    if not 2 <= line.end - line.start <= rules["line_chars"] or text[line.end - 1] in _ENDS:
        return False
    if text.startswith(tuple(rules["not_headings"]), line.start) or layout.is_quoted(line.start):
        return False
    if not _is_han(text[line.start]) and text[line.start] not in "“《":
        return False
    return not {"。", "\t"} & set(text[line.start : line.end])


def _stands_alone(layout: Layout, index: int, taken: set[int], shaped: set[int]) -> bool:
    """Say whether a line of that shape stands between a finished paragraph and a real one.

    One more such line may stand before or behind it, a heading of the next level.
    """
    text, shortest = layout.text, read_rules("outline")["unnumbered"]["neighbour_chars"]
    before, after = layout.paragraphs[index - 1], layout.paragraphs[index + 1]
    finished = text[before.end - 1] in _FULL_STOPS or index - 1 in taken
    if is_closing_heading(text, layout.paragraphs[index]):
        return finished
    if index - 1 in shaped and index + 1 not in shaped:
        before = layout.paragraphs[max(index - 2, 0)]
        finished = text[before.end - 1] in _FULL_STOPS
    leads = after.end - after.start >= shortest or salutes(text, after.start)
    inner = index + 1 in shaped and index + 2 not in shaped and index - 1 not in shaped
    return finished and (leads or inner or index + 1 in taken)


def _is_han(character: str) -> bool:
    """Say whether a character is a Chinese one."""
    return "\u4e00" <= character <= "\u9fff"
