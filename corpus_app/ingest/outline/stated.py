"""Headings that a file marks as such (## in Markdown): their level is stated, not guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.layout import HEADING_RULE
from corpus_app.ingest.outline.layout import Layout
from corpus_app.ingest.outline.nodes import HeadParagraph
from corpus_app.text.text_map import TextMap

# A stated level stands above all that is only guessed, whose ranks begin at 0.
_ABOVE: Final = -100
LONGEST: Final = 100


def find_stated(raw: str, removed: Sequence[Removed], places: TextMap) -> dict[int, int]:
    """Return the level (1 to 6) of each marked heading by the offset in the text where it begins.

    The signs themselves are among the removed spans; those that close a heading's line do not
    count.
    """
    found = {}
    for span in removed:
        if (
            span.rule == HEADING_RULE
            and not raw[raw.rfind("\n", 0, span.start) + 1 : span.start].strip()
        ):
            stop = raw.find("\n", span.end)
            start, end = places.find_span(span.end, stop if stop >= 0 else len(raw))
            if start < end:
                found[start] = span.text.count("#")
    return found


def place_levels(layout: Layout, stated: Mapping[int, int]) -> dict[int, int]:
    """Return the stated levels by paragraph; one that only names the whole text is left out."""
    indices = {start: n for n, start in enumerate(layout.starts) if _may_head(layout, n)}
    levels = {indices[start]: level for start, level in stated.items() if start in indices}
    first = levels.get(0)
    if (
        first is not None
        and list(levels.values()).count(first) == 1
        and first == min(levels.values())
    ):
        del levels[0]
    return levels


def _may_head(layout: Layout, index: int) -> bool:
    """Say whether a paragraph is no longer than a heading: signs stand before others, too."""
    paragraph = layout.paragraphs[index]
    if paragraph.end - paragraph.start > LONGEST:
        return False
    return layout.text.find("。", paragraph.start, paragraph.end - 1) < 0


def rank_stated(
    layout: Layout, heads: Sequence[HeadParagraph], numbered: Sequence[HeadParagraph]
) -> list[HeadParagraph]:
    """Return the heads with those that the file states, by their levels.

    heads are the numbered ones that were borne out, numbered all there are: a stated heading needs
    no others to bear it out. What is only guessed stands below what is stated.
    """
    known = {head.paragraph: head for head in numbered}
    kept = [head for head in heads if head.paragraph not in layout.levels]
    for index, level in layout.levels.items():
        start = layout.starts[index]
        head = known.get(index) or HeadParagraph(index, start, 0, None, True, True)
        kept.append(replace(head, rank=_ABOVE + level))
    return sorted(kept, key=lambda head: head.start)
