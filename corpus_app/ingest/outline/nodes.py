"""The working pieces of the outline: markers found in the text and nodes built from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus_app.ingest.draft import SectionKind

Family = Literal[
    "part",
    "chinese",
    "bracket",
    "arabic",
    "decimal",
    "fine",
    "paren",
    "circled",
    "nth",
    "item",
    "order",
    "plain",
]


@dataclass(frozen=True, slots=True)
class OutlineMarker:
    """A numbering mark text[start:end] (end after the blanks behind it).

    opens tells whether it begins a paragraph; suffix is the word behind the numeral (是, 要).
    """

    family: Family
    label: str
    ordinal: int | None
    start: int
    end: int
    opens: bool
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class HeadParagraph:
    """A paragraph that begins a piece of the outline; rank 0 is outermost.

    short: it bears a heading; alone: the heading has the line to itself.
    """

    paragraph: int
    start: int
    rank: int
    marker: OutlineMarker | None
    short: bool
    alone: bool

    @property
    def ordinal(self) -> int:
        """Its number, 0 without one."""
        return (self.marker.ordinal or 0) if self.marker else 0


@dataclass(slots=True)
class Node:
    """A piece of the outline being built, text[start:end]; words of its own begin at body.

    It is changed until all borders are known, and holds what only that needs (the marker found,
    where its heading ends, its children); what it becomes is a Section. lost marks one whose
    heading went missing in a gap.
    """

    kind: SectionKind
    start: int
    end: int
    body: int
    marker: OutlineMarker | None = None
    heading: str | None = None
    heading_end: int = 0
    lost: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def ordinal(self) -> int | None:
        """The number its marker bears, None without one."""
        return self.marker.ordinal if self.marker else None
