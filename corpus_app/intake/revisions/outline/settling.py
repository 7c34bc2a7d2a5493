"""An outline as an editor works on it: what makes it valid, and its way through a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.section_names import name_section
from corpus_app.ingest.draft import SectionKind
from corpus_app.ingest.outline.headings import has_words
from corpus_app.ingest.outline.sections import (
    OPEN,
    OutlineSection,
    find_ends,
    find_heading_place,
    match_words,
    set_keys,
)

KINDS: Final = ("opening", "section", "subsection", "point", "closing")
DEEPEST: Final = 8
# Many times what the longest speech has.
MOST_SECTIONS: Final = 5_000
LONGEST_MARKER: Final = 20
DUMPED: Final = ("start", "depth", "kind", "marker", "ordinal", "heading")


class OutlineFault(ValueError):  # noqa: N818  (what is wrong with an outline, in Chinese)
    """An outline that cannot be; the message is for the editor."""


def settle_outline(text: str, sections: Sequence[OutlineSection]) -> list[OutlineSection]:
    """Return sections that make a valid outline of the text: kinds follow from the place.

    Raises OutlineFault where order, depth, place, marker or heading cannot be.
    """
    if not sections or len(sections) > MOST_SECTIONS:
        raise OutlineFault(_("提纲至少要有一节，至多 %(most)d 节。") % {"most": MOST_SECTIONS})
    if sections[0].depth or text[: sections[0].start].strip():
        raise OutlineFault(_("第一节必须从正文开头起，且不能是下级。"))
    settled = [replace(sections[0], start=0)]
    above: list[SectionKind] = []
    for index, section in enumerate(sections):
        current = settled[0] if index == 0 else section
        if index:
            _check_order(text, settled[-1], section)
        del above[section.depth :]
        kind = _settle_kind(current, index, above)
        above.append(kind)
        current = replace(current, kind=kind)
        settled[index:] = [current]
    _check_words(text, settled)
    return set_keys(settled)


def _check_order(text: str, before: OutlineSection, section: OutlineSection) -> None:
    if not 0 <= section.depth <= min(before.depth + 1, DEEPEST):
        raise OutlineFault(
            _("“%(name)s”没有可以归入的上级。") % {"name": name_section(section, text)}
        )
    same = section.start == before.start and section.depth > before.depth
    if not (before.start < section.start < len(text) or same):
        raise OutlineFault(
            _("“%(name)s”与前一节从同一处开始，两节之间没有正文。")
            % {"name": name_section(section, text)}
        )


def _settle_kind(section: OutlineSection, index: int, above: Sequence[SectionKind]) -> SectionKind:
    """Openings come first, openings and closings are roots; below a point there are points."""
    if section.depth:
        return "point" if section.kind == "point" or above[-1] == "point" else "subsection"
    if section.kind == "opening" and index == 0:
        return "opening"
    return "closing" if section.kind == "closing" else "section"


def _check_words(text: str, sections: Sequence[OutlineSection]) -> None:
    """Refuse a marker or heading that does not stand at its piece's beginning."""
    ends = find_ends(sections, len(text))
    for section, end in zip(sections, ends, strict=True):
        behind = match_words(text, section.start, end, section.marker)
        if (
            len(section.marker) > LONGEST_MARKER
            or behind is None
            or not has_words(text, section.start, end)
        ):
            raise OutlineFault(_("“%(mark)s”不在该节开头。") % {"mark": section.marker})
        if section.heading and find_heading_place(text, section, end) is None:
            raise OutlineFault(
                _("标题“%(heading)s”不是该节开头的文字；标题只能取自原文。")
                % {"heading": section.heading}
            )


def dump_outline(sections: Iterable[OutlineSection]) -> list[dict[str, Any]]:
    """Return the sections as plain data, for a form or for JSON; an OPEN end is null."""
    return [
        {name: getattr(section, name) for name in DUMPED}
        | {"end": None if section.end == OPEN else section.end}
        for section in sections
    ]


def load_outline(data: object) -> list[OutlineSection]:
    """Return the sections that a form sent back as plain data; raise OutlineFault for other."""
    try:
        if isinstance(data, list) and len(data) <= MOST_SECTIONS:
            return set_keys([_load_section(entry) for entry in data])
    except (KeyError, TypeError, ValueError):
        pass
    raise OutlineFault(_("提交的提纲数据不完整，请重新打开校核页再试。"))


def _load_section(entry: dict[str, Any]) -> OutlineSection:
    if entry["kind"] not in KINDS:
        raise ValueError(entry["kind"])
    numbers = {
        name: None if entry.get(name) is None else int(entry[name]) for name in ("ordinal", "end")
    }
    if any(number is not None and number < 0 for number in numbers.values()):
        raise ValueError(numbers)
    return OutlineSection(
        int(entry["start"]),
        int(entry["depth"]),
        entry["kind"],
        str(entry.get("marker") or ""),
        numbers["ordinal"],
        str(entry.get("heading") or ""),
        OPEN if numbers["end"] is None else numbers["end"],
    )
