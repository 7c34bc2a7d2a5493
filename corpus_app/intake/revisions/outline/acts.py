"""What can be done to an outline: each act takes its sections and returns new ones, all pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from django.utils.translation import gettext as _

from corpus_app.catalog.section_names import name_section
from corpus_app.ingest.draft import SectionKind
from corpus_app.ingest.outline.headings import find_heading
from corpus_app.ingest.outline.layout import Layout, read_layout
from corpus_app.ingest.outline.markers import find_points, find_structural
from corpus_app.ingest.outline.nodes import OutlineMarker
from corpus_app.ingest.outline.sections import (
    OPEN,
    SIGNS,
    OutlineSection,
    find_ends,
    find_heading_place,
    find_stop,
)
from corpus_app.intake.revisions.outline.settling import (
    KINDS,
    OutlineFault,
    settle_outline,
)
from corpus_app.text.chars import tidy
from corpus_app.text.folding import write_plainly

SENTENCE_ENDS: Final = "。！？；!?;"
CLOSERS: Final = "”’」）)"
SHOWN: Final = 36


@dataclass(frozen=True, slots=True)
class SplitOffer:
    """A place where a piece can be split, and the words that would begin the new one."""

    offset: int
    words: str
    opens: bool


def set_level(
    text: str, sections: Sequence[OutlineSection], index: int, depth: int
) -> list[OutlineSection]:
    """Move a section with all below it to another depth; what stands above follows from it."""
    section = _pick(sections, index)
    if index == 0:
        raise OutlineFault(_("第一节不能改变层级。"))
    if not 0 <= depth <= sections[index - 1].depth + 1:
        name = name_section(section, text)
        raise OutlineFault(_("“%(name)s”前面没有可以归入的上级。") % {"name": name})
    step = depth - section.depth
    stop = find_stop(sections, index)
    moved = [_shift(one, step) for one in sections[index:stop]]
    return settle_outline(text, [*sections[:index], *moved, *sections[stop:]])


def indent(text: str, sections: Sequence[OutlineSection], index: int) -> list[OutlineSection]:
    """Put a piece below the one before it."""
    return set_level(text, sections, index, _pick(sections, index).depth + 1)


def outdent(text: str, sections: Sequence[OutlineSection], index: int) -> list[OutlineSection]:
    """Lift a piece one level; what follows it there becomes its own."""
    section = _pick(sections, index)
    if not section.depth:
        raise OutlineFault(_("“%(name)s”已是最高一级。") % {"name": name_section(section, text)})
    return set_level(text, sections, index, section.depth - 1)


def nest(
    text: str, sections: Sequence[OutlineSection], index: int, target: int
) -> list[OutlineSection]:
    """Put a piece below another that stands before it, with nothing as high between them."""
    section, above = _pick(sections, index), _pick(sections, target)
    between = sections[target + 1 : index]
    if target >= index or any(one.depth <= above.depth for one in between):
        names = {"name": name_section(section, text), "above": name_section(above, text)}
        raise OutlineFault(
            _("“%(name)s”不能归入“%(above)s”：正文的先后次序不变，只能归入紧邻在前的一支。") % names
        )
    return set_level(text, sections, index, above.depth + 1)


def merge(text: str, sections: Sequence[OutlineSection], index: int) -> list[OutlineSection]:
    """Join a piece to its elder sibling, or to its parent where it is the first; words stay."""
    section = _pick(sections, index)
    if index == 0:
        raise OutlineFault(_("第一节前面没有可以并入的章节。"))
    stop = find_stop(sections, index)
    into = next(at for at in reversed(range(index)) if sections[at].depth <= section.depth)
    elder = sections[into].depth == section.depth
    below = [one if elder else _shift(one, -1) for one in sections[index + 1 : stop]]
    before = list(sections[:index])
    if elder:
        before[into] = replace(sections[into], end=OPEN)
        # The joined words are the elder's own, not its last child's.
        before[into + 1 :] = [
            replace(one, end=min(one.end, section.start)) for one in before[into + 1 :]
        ]
    return settle_outline(text, [*before, *below, *sections[stop:]])


def split(
    text: str, sections: Sequence[OutlineSection], index: int, offset: int
) -> list[OutlineSection]:
    """Begin a new piece of the same depth at a place in a piece's own words."""
    section = _pick(sections, index)
    while 0 <= offset < len(text) and text[offset].isspace():
        offset += 1
    if offset not in {place.offset for place in list_places(text, sections, index)}:
        raise OutlineFault(_("这里不能拆分：只能在该节自己的段落或句子开头拆分。"))
    kind: SectionKind = "section" if section.kind == "opening" else section.kind
    at = next(
        (n for n in range(index + 1, len(sections)) if sections[n].start > offset), len(sections)
    )
    at = min(at, find_stop(sections, index))
    new = read_section(text, offset, section.depth, kind, _find_limit(text, sections, at))
    first, new = replace(section, end=OPEN), replace(new, end=section.end)
    return settle_outline(
        text, [*sections[:index], first, *sections[index + 1 : at], new, *sections[at:]]
    )


def retitle(
    text: str, sections: Sequence[OutlineSection], index: int, words: str
) -> list[OutlineSection]:
    """Let a piece's heading be other words at its beginning, or none; the text stays as it is."""
    section = _pick(sections, index)
    words = tidy(words)
    bare = words
    if section.marker and words.startswith(section.marker):
        bare = words[len(section.marker) :].lstrip(SIGNS + " \u3000")
    if bare == section.heading:
        return list(sections)
    changed = replace(section, heading=bare)
    end = find_ends(sections, len(text))[index]
    if bare and find_heading_place(text, changed, end) is None:
        # Who takes the marker's number into the heading wants no marker.
        changed = replace(changed, heading=words, marker="", ordinal=None)
    return settle_outline(text, [*sections[:index], changed, *sections[index + 1 :]])


def set_kind(
    text: str, sections: Sequence[OutlineSection], index: int, kind: str
) -> list[OutlineSection]:
    """Call a piece another kind; raise OutlineFault where its place does not allow that."""
    section = _pick(sections, index)
    if kind not in KINDS:
        raise OutlineFault(_("没有这种章节类别。"))
    if kind == section.kind:
        return list(sections)
    changed = replace(section, kind=cast(SectionKind, kind))
    settled = settle_outline(text, [*sections[:index], changed, *sections[index + 1 :]])
    if settled[index].kind != kind:
        raise OutlineFault(
            _("“%(name)s”所在位置不能用这一类别：导语只在开头，部分和结语只在最高一级。")
            % {"name": name_section(section, text)}
        )
    return settled


def list_places(text: str, sections: Sequence[OutlineSection], index: int) -> list[SplitOffer]:
    """Return where a piece can be split: its own paragraphs' and sentences' beginnings."""
    section = _pick(sections, index)
    ends = find_ends(sections, len(text))
    children = [
        (sections[at].start, ends[at])
        for at in range(index + 1, find_stop(sections, index))
        if sections[at].depth == section.depth + 1
    ]
    places, at = [], section.start
    for start, end in [*children, (ends[index], ends[index])]:
        places += _list_starts(text, at, start)
        at = end
    return [place for place in places if place.offset > section.start]


def read_section(
    text: str, offset: int, depth: int, kind: SectionKind, limit: int
) -> OutlineSection:
    """Return the section that begins at offset, its marker and heading read as the parser does."""
    mark = find_marker(text, offset)
    if mark is None:
        return OutlineSection(offset, depth, kind)
    form: Literal["section", "point"] = "point" if kind == "point" else "section"
    heading, _end = find_heading(text, mark, limit, form)
    return OutlineSection(offset, depth, kind, mark.label[:20], mark.ordinal, heading or "")


def find_marker(text: str, offset: int) -> OutlineMarker | None:
    """Return the numbering mark that begins at offset, or None."""
    # The paragraph and the sign before it are all that the marks' rules look at.
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[begin : end if end >= 0 else len(text)]
    layout: Layout = read_layout(write_plainly(line))
    marks = [mark for _index, mark in find_structural(layout)] + find_points(layout)
    found = next((mark for mark in marks if mark.start == offset - begin), None)
    if found is None:
        return None
    label = line[found.start : found.start + len(found.label)]
    return replace(found, label=label, start=found.start + begin, end=found.end + begin)


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


def _find_limit(text: str, sections: Sequence[OutlineSection], at: int) -> int:
    return sections[at].start if at < len(sections) else len(text)


def _pick(sections: Sequence[OutlineSection], index: int) -> OutlineSection:
    if not 0 <= index < len(sections):
        raise OutlineFault(_("没有这一节，请重新打开校核页再试。"))
    return sections[index]


def _shift(section: OutlineSection, step: int) -> OutlineSection:
    return replace(section, depth=section.depth + step)
