"""What changed between the outlines of two revisions."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from corpus_app.catalog.models import Revision, Section
from corpus_app.catalog.section_names import name_outline

# Far more than any speech has; comparing takes quadratic time.
MOST_SECTIONS: Final = 2_000
Entry = tuple[int, str, str]


@dataclass(frozen=True)
class OutlineChange:
    """A section that came or went, as a line of the outline; level 1 is the highest."""

    kind: Literal["added", "deleted"]
    level: int
    name: str


def compare_outlines(old: Revision, new: Revision) -> list[OutlineChange]:
    """Return the lines of the outline that went and came, in reading order.

    A section whose level, kind or heading changed is one that went and one that came.
    """
    before, after = _list_entries(old), _list_entries(new)
    changes: list[OutlineChange] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            changes += [OutlineChange("deleted", *_tell(entry)) for entry in before[start:end]]
            changes += [OutlineChange("added", *_tell(entry)) for entry in after[new_start:new_end]]
    return changes


def _list_entries(revision: Revision) -> list[Entry]:
    rows = revision.sections.order_by("position")[:MOST_SECTIONS]
    return [(one.depth, one.kind, one.name) for one in name_outline(rows, revision.text)]


def _tell(entry: Entry) -> tuple[int, str]:
    depth, kind, name = entry
    return depth + 1, f"{name}（{Section.Kind(kind).label}）"
