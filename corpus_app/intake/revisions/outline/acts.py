"""What can be done to an outline: each act takes heads and returns new ones, all pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import SectionKind
from corpus_app.ingest.outline.headings import find_heading
from corpus_app.ingest.outline.layout import Layout, read_layout
from corpus_app.ingest.outline.markers import find_points, find_structural
from corpus_app.ingest.outline.nodes import OutlineMarker
from corpus_app.intake.revisions.outline.heads import (
    KINDS,
    SIGNS,
    OutlineFault,
    OutlineHead,
    find_ends,
    find_heading_place,
    find_stop,
    name_head,
    settle_heads,
)
from corpus_app.text.chars import tidy

SENTENCE_ENDS: Final = "。！？；!?;"
CLOSERS: Final = "”’」）)"
SHOWN: Final = 36


@dataclass(frozen=True, slots=True)
class SplitOffer:
    """A place where a piece can be split, and the words that would begin the new one."""

    offset: int
    words: str
    opens: bool


def set_level(text: str, heads: Sequence[OutlineHead], index: int, depth: int) -> list[OutlineHead]:
    """Move a head with all below it to another depth; what stands above follows from it."""
    head = _pick(heads, index)
    if index == 0:
        raise OutlineFault(_("第一节不能改变层级。"))
    if not 0 <= depth <= heads[index - 1].depth + 1:
        name = name_head(text, head)
        raise OutlineFault(_("“%(name)s”前面没有可以归入的上级。") % {"name": name})
    step = depth - head.depth
    stop = find_stop(heads, index)
    moved = [_shift(one, step) for one in heads[index:stop]]
    return settle_heads(text, [*heads[:index], *moved, *heads[stop:]])


def indent(text: str, heads: Sequence[OutlineHead], index: int) -> list[OutlineHead]:
    """Put a piece below the one before it."""
    return set_level(text, heads, index, _pick(heads, index).depth + 1)


def outdent(text: str, heads: Sequence[OutlineHead], index: int) -> list[OutlineHead]:
    """Lift a piece one level; what follows it there becomes its own."""
    head = _pick(heads, index)
    if not head.depth:
        raise OutlineFault(_("“%(name)s”已是最高一级。") % {"name": name_head(text, head)})
    return set_level(text, heads, index, head.depth - 1)


def nest(text: str, heads: Sequence[OutlineHead], index: int, target: int) -> list[OutlineHead]:
    """Put a piece below another that stands before it, with nothing as high between them."""
    head, above = _pick(heads, index), _pick(heads, target)
    between = heads[target + 1 : index]
    if target >= index or any(one.depth <= above.depth for one in between):
        names = {"name": name_head(text, head), "above": name_head(text, above)}
        raise OutlineFault(
            _("“%(name)s”不能归入“%(above)s”：正文的先后次序不变，只能归入紧邻在前的一支。") % names
        )
    return set_level(text, heads, index, above.depth + 1)


def merge(text: str, heads: Sequence[OutlineHead], index: int) -> list[OutlineHead]:
    """Join a piece to its elder sibling, or to its parent where it is the first; words stay."""
    head = _pick(heads, index)
    if index == 0:
        raise OutlineFault(_("第一节前面没有可以并入的章节。"))
    stop = find_stop(heads, index)
    into = next(at for at in reversed(range(index)) if heads[at].depth <= head.depth)
    elder = heads[into].depth == head.depth
    below = [one if elder else _shift(one, -1) for one in heads[index + 1 : stop]]
    before = list(heads[:index])
    if elder:
        before[into] = replace(heads[into], end=None)
        # The joined words are the elder's own, not its last child's.
        before[into + 1 :] = [
            replace(one, end=min(one.end or head.start, head.start)) for one in before[into + 1 :]
        ]
    return settle_heads(text, [*before, *below, *heads[stop:]])


def split(text: str, heads: Sequence[OutlineHead], index: int, offset: int) -> list[OutlineHead]:
    """Begin a new piece of the same depth at a place in a piece's own words."""
    head = _pick(heads, index)
    while 0 <= offset < len(text) and text[offset].isspace():
        offset += 1
    if offset not in {place.offset for place in list_places(text, heads, index)}:
        raise OutlineFault(_("这里不能拆分：只能在该节自己的段落或句子开头拆分。"))
    kind: SectionKind = "section" if head.kind == "opening" else head.kind
    at = next((n for n in range(index + 1, len(heads)) if heads[n].start > offset), len(heads))
    at = min(at, find_stop(heads, index))
    new = read_head(text, offset, head.depth, kind, _find_limit(text, heads, at))
    first, new = replace(head, end=None), replace(new, end=head.end)
    return settle_heads(text, [*heads[:index], first, *heads[index + 1 : at], new, *heads[at:]])


def retitle(text: str, heads: Sequence[OutlineHead], index: int, words: str) -> list[OutlineHead]:
    """Let a piece's heading be other words at its beginning, or none; the text stays as it is."""
    head = _pick(heads, index)
    words = tidy(words)
    bare = words
    if head.marker and words.startswith(head.marker):
        bare = words[len(head.marker) :].lstrip(SIGNS + " \u3000")
    if bare == head.heading:
        return list(heads)
    changed = replace(head, heading=bare)
    end = find_ends(heads, len(text))[index]
    if bare and find_heading_place(text, changed, end) is None:
        # Who takes the marker's number into the heading wants no marker.
        changed = replace(changed, heading=words, marker="", ordinal=None)
    return settle_heads(text, [*heads[:index], changed, *heads[index + 1 :]])


def set_kind(text: str, heads: Sequence[OutlineHead], index: int, kind: str) -> list[OutlineHead]:
    """Call a piece another kind; raise OutlineFault where its place does not allow that."""
    head = _pick(heads, index)
    if kind not in KINDS:
        raise OutlineFault(_("没有这种章节类别。"))
    if kind == head.kind:
        return list(heads)
    changed = replace(head, kind=cast(SectionKind, kind))
    settled = settle_heads(text, [*heads[:index], changed, *heads[index + 1 :]])
    if settled[index].kind != kind:
        raise OutlineFault(
            _("“%(name)s”所在位置不能用这一类别：导语只在开头，部分和结语只在最高一级。")
            % {"name": name_head(text, head)}
        )
    return settled


def list_places(text: str, heads: Sequence[OutlineHead], index: int) -> list[SplitOffer]:
    """Return where a piece can be split: its own paragraphs' and sentences' beginnings."""
    head = _pick(heads, index)
    ends = find_ends(heads, len(text))
    children = [
        (heads[at].start, ends[at])
        for at in range(index + 1, find_stop(heads, index))
        if heads[at].depth == head.depth + 1
    ]
    places, at = [], head.start
    for start, end in [*children, (ends[index], ends[index])]:
        places += _list_starts(text, at, start)
        at = end
    return [place for place in places if place.offset > head.start]


def read_head(text: str, offset: int, depth: int, kind: SectionKind, limit: int) -> OutlineHead:
    """Return the head that begins at offset, its marker and heading read as the parser does."""
    mark = find_marker(text, offset)
    if mark is None:
        return OutlineHead(offset, depth, kind)
    form: Literal["section", "point"] = "point" if kind == "point" else "section"
    heading, _end = find_heading(text, mark, limit, form)
    return OutlineHead(offset, depth, kind, mark.label[:20], mark.ordinal, heading or "")


def find_marker(text: str, offset: int) -> OutlineMarker | None:
    """Return the numbering mark that begins at offset, or None."""
    # The paragraph and the sign before it are all that the marks' rules look at.
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[begin : end if end >= 0 else len(text)]
    layout: Layout = read_layout(line)
    marks = [mark for _index, mark in find_structural(layout)] + find_points(layout)
    found = next((mark for mark in marks if mark.start == offset - begin), None)
    if found is None:
        return None
    return replace(found, start=found.start + begin, end=found.end + begin)


def _list_starts(text: str, start: int, end: int) -> list[SplitOffer]:
    """Return the beginnings of paragraphs and sentences in text[start:end]."""
    places, fresh = [], start == 0 or text[start - 1] == "\n"
    begins = True
    for at in range(start, end):
        sign = text[at]
        if sign == "\n":
            begins = fresh = True
        elif begins and not sign.isspace() and sign not in CLOSERS and sign not in SENTENCE_ENDS:
            words = text[at : min(at + SHOWN, end)].split("\n")[0]
            places.append(SplitOffer(at, words, fresh))
            begins = fresh = False
        elif sign in SENTENCE_ENDS:
            begins = True
    return places


def _find_limit(text: str, heads: Sequence[OutlineHead], at: int) -> int:
    return heads[at].start if at < len(heads) else len(text)


def _pick(heads: Sequence[OutlineHead], index: int) -> OutlineHead:
    if not 0 <= index < len(heads):
        raise OutlineFault(_("没有这一节，请重新打开校核页再试。"))
    return heads[index]


def _shift(head: OutlineHead, step: int) -> OutlineHead:
    return replace(head, depth=head.depth + step)
