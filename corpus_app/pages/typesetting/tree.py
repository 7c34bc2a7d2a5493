"""What goes into typesetting and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.typesetting.layers import Inline

# These are set as divisions of their own; points run in with the paragraph they open.
DIVISION_KINDS: Final = frozenset({"opening", "section", "subsection", "closing"})
HEADED_KINDS: Final = frozenset({"section", "subsection"})

Role = Literal["body", "salutation", "continued"]


@dataclass(frozen=True)
class GapMark:
    """A place where the source hides words; hidden_chars is None where it does not say."""

    kind: str
    offset: int
    hidden_chars: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Lead:
    """The run-in opening of a point: its keys (several where points begin together)."""

    keys: tuple[str, ...]
    bold: bool


@dataclass(frozen=True)
class TypesetParagraph:
    """One paragraph of the source, or a part of one that a gap or heading cuts."""

    inlines: list[Inline]
    role: Role = "body"


@dataclass(frozen=True)
class GapBlock:
    """A gap, numbered from 1 in reading order."""

    number: int
    gap: GapMark


@dataclass(frozen=True)
class Division:
    """A part of the text under its heading; level 2 is the highest below the title."""

    node: OutlineSection
    level: int
    heading: list[Inline]
    blocks: list[Block] = field(default_factory=list)


Block = TypesetParagraph | GapBlock | Division
