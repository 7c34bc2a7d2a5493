"""A section as all but database and contract know it, how sections nest, how each begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from corpus_app.ingest.draft import Section, SectionKind

# The end of a section that is to reach as far as it can.
OPEN: Final = 1 << 62
# May stand between a marker and its heading, or close a heading's line.
SIGNS: Final = "、．.，,：:；;。"
LEVELS: Final[dict[str, int]] = {"section": 1, "subsection": 2, "point": 3}


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section: text[start:end] covers marker, heading, own words and the sections below it.

    depth 0 is a root; marker and heading are blank where there is none. While an outline is
    edited, end may be OPEN, or lie behind the next section that is not below this one: it
    reaches to the nearer of the two. key says its place among its siblings ("1.2"), name is what
    it is called; both follow from the rest.
    """

    start: int
    depth: int
    kind: SectionKind
    marker: str = ""
    ordinal: int | None = None
    heading: str = ""
    end: int = OPEN
    key: str = field(default="", compare=False)
    name: str = field(default="", compare=False)

    @property
    def parent(self) -> str | None:
        """The key of the section above it, None for a root."""
        return self.key.rpartition(".")[0] or None

    @property
    def level(self) -> int:
        """What it is by its kind, however deep it stands: 1 for 一、, 2 for （一）, 3 for 一是."""
        return LEVELS.get(self.kind, 1)

    @property
    def chars(self) -> int:
        """How many characters it covers."""
        return self.end - self.start

    @property
    def unnamed(self) -> bool:
        """Whether its heading is lost in a gap."""
        return self.kind in ("section", "subsection") and not (self.marker or self.heading)


def read_outline(rows: Iterable[Any]) -> list[OutlineSection]:
    """Return stored or parsed sections, given in reading order.

    Both have kind, marker, ordinal, heading, start and end; a key and a depth, or an id.
    """
    return [
        OutlineSection(
            row.start,
            row.id.count(".") if isinstance(row, Section) else row.depth,
            row.kind,
            row.marker or "",
            row.ordinal,
            row.heading or "",
            row.end,
            row.id if isinstance(row, Section) else row.key,
        )
        for row in rows
    ]


def write_outline(sections: Sequence[OutlineSection], length: int) -> list[Section]:
    """Return the sections as a parse gives them; length is the text's."""
    return [
        Section(
            id=section.key,
            parent=section.parent,
            kind=section.kind,
            marker=section.marker or None,
            ordinal=section.ordinal,
            heading=section.heading or None,
            start=section.start,
            end=end,
        )
        for section, end in zip(set_keys(sections), find_ends(sections, length), strict=True)
    ]


def open_outline(rows: Iterable[Any], length: int) -> list[OutlineSection]:
    """Return stored or parsed sections ready to be edited: those that reach all the way are OPEN.

    rows are given in reading order; length is the text's.
    """
    sections = read_outline(rows)
    return [
        replace(section, end=OPEN if section.end == reach else section.end)
        for section, reach in zip(sections, find_reaches(sections, length), strict=True)
    ]


def set_keys(sections: Sequence[OutlineSection]) -> list[OutlineSection]:
    """Return the sections with their keys: "0" the opening, "1" a root, "1.2" its second child."""
    counts: list[int] = []
    named = []
    for index, section in enumerate(sections):
        del counts[section.depth + 1 :]
        if len(counts) == section.depth:
            counts.append(0 if index == 0 and section.kind == "opening" else 1)
        else:
            counts[section.depth] += 1
        named.append(replace(section, key=".".join(map(str, counts))))
    return named


def find_reaches(sections: Sequence[OutlineSection], length: int) -> list[int]:
    """Return for each section where the next one that is not below it begins."""
    reaches = [length] * len(sections)
    waiting: list[int] = []
    for index, section in enumerate(sections):
        while waiting and sections[waiting[-1]].depth >= section.depth:
            reaches[waiting.pop()] = section.start
        waiting.append(index)
    return reaches


def find_ends(sections: Sequence[OutlineSection], length: int) -> list[int]:
    """Return where each section ends: never before its last child, roots without a break."""
    ends = find_reaches(sections, length)
    for index in reversed(range(len(sections))):
        section = sections[index]
        if section.depth and section.end < ends[index]:
            inner = [ends[at] for at in range(index + 1, find_stop(sections, index))]
            ends[index] = min(ends[index], max([section.end, *inner]))
    return ends


def find_stop(sections: Sequence[OutlineSection], index: int) -> int:
    """Return the index behind the last section below the one at index."""
    stop = index + 1
    while stop < len(sections) and sections[stop].depth > sections[index].depth:
        stop += 1
    return stop


def find_heading_place(text: str, section: OutlineSection, end: int) -> tuple[int, int] | None:
    """Return where the heading stands in text, behind the marker and its signs, or None."""
    behind = match_words(text, section.start, end, section.marker)
    if behind is None:
        return None
    at = behind
    while at < end and (text[at].isspace() or text[at] in SIGNS):
        at += 1
    stop = match_words(text, at, end, section.heading)
    return None if stop is None else (at, stop)


def match_words(text: str, start: int, end: int, words: str) -> int | None:
    """Return where words, white space aside, end when they stand at start; None else."""
    at = start
    for sign in words:
        if sign.isspace():
            continue
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != sign:
            return None
        at += 1
    return at
