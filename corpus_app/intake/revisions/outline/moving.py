"""An outline that people made, moved to another state of its text: kept, or said to be lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus_app.intake.revisions.outline.heads import (
    OutlineFault,
    OutlineHead,
    find_ends,
    find_heading_place,
    match_words,
    settle_heads,
)
from corpus_app.text.chars import squeeze, tidy
from corpus_app.text.text_map import TextMap


@dataclass(frozen=True)
class MovedOutline:
    """The heads at their offsets in the new text, and the old ones that could not be kept.

    gone lost all their words; bare lost the heading or marker that they began with.
    """

    heads: list[OutlineHead] = field(default_factory=list)
    gone: list[OutlineHead] = field(default_factory=list)
    bare: list[OutlineHead] = field(default_factory=list)


def move_heads(
    old_text: str, new_text: str, heads: Sequence[OutlineHead], there: TextMap
) -> MovedOutline:
    """Return the outline of old_text on new_text; there is the map from one to the other.

    A piece begins with the first of its characters that is left; its marker and heading are
    what is left of them. A piece of which nothing is left is gone.
    """
    moved = MovedOutline()
    carried: list[tuple[OutlineHead, OutlineHead]] = []
    for head, end in zip(heads, find_ends(heads, len(old_text)), strict=True):
        span = there.find_span(head.start, end)
        if span.start == span.end:
            moved.gone.append(head)
            continue
        words = _carry_words(old_text, new_text, head, end, there)
        stop = None if head.end is None else there.find_span(head.start, head.end).end
        carried.append((head, replace(words, start=span.start, end=stop)))
    _settle(new_text, carried, moved)
    return moved


def _carry_words(
    old_text: str, new_text: str, head: OutlineHead, end: int, there: TextMap
) -> OutlineHead:
    """Return the head with what is left of its marker and its heading."""
    behind = match_words(old_text, head.start, end, head.marker)
    place = find_heading_place(old_text, head, end) if head.heading else None
    heading = head.heading
    if place is not None:
        left = new_text[slice(*there.find_span(*place))]
        if squeeze(left) != squeeze(heading):
            heading = tidy(left)
    if head.marker and behind is not None:
        left = new_text[slice(*there.find_span(head.start, behind))]
        if squeeze(left) != squeeze(head.marker):
            head = replace(head, marker="", ordinal=None)
    return replace(head, heading=heading)


def _settle(text: str, carried: list[tuple[OutlineHead, OutlineHead]], moved: MovedOutline) -> None:
    """Put the carried heads (old, new) into moved as far as they make an outline of the text."""
    heads = _cover_start(text, [new for _old, new in carried])
    try:
        moved.heads[:] = settle_heads(text, heads)
        moved.bare[:] = [old for old, new in carried if _is_bare(old, new)]
        return
    except OutlineFault:
        pass
    moved.heads[:] = heads[: len(heads) - len(carried)]
    for old, new in carried:
        _append_head(text, moved, old, new)


def _is_bare(old: OutlineHead, new: OutlineHead) -> bool:
    return bool(old.heading and not new.heading) or bool(old.marker and not new.marker)


def _cover_start(text: str, heads: list[OutlineHead]) -> list[OutlineHead]:
    """Return the heads with one at the very beginning: words may have come in before the first."""
    if not heads or not text[: heads[0].start].strip():
        return heads
    first = heads[0]
    if first.marker or first.heading:
        return [OutlineHead(0, 0, "opening"), *heads]
    return [replace(first, start=0), *heads[1:]]


def _append_head(text: str, moved: MovedOutline, old: OutlineHead, head: OutlineHead) -> None:
    """Append the head, as deep and with as much of its heading as fits."""
    heads = moved.heads
    head = replace(head, depth=min(head.depth, heads[-1].depth + 1 if heads else 0))
    if not heads and not text[: head.start].strip():
        head = replace(head, start=0)
    bare = replace(head, heading="")
    for attempt in (head, bare, replace(bare, marker="", ordinal=None)):
        try:
            moved.heads[:] = settle_heads(text, [*heads, attempt])
        except OutlineFault:
            continue
        if _is_bare(old, attempt):
            moved.bare.append(old)
        return
    moved.gone.append(old)
