"""A speech's outline as the list at its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _, ngettext

from corpus_app.catalog.models import Gap, Section
from corpus_app.catalog.section_names import name_section


@dataclass
class OutlineEntry:
    """A line of the outline with the lines below it; a gap is a line of kind "gap"."""

    key: str
    kind: str
    label: str
    children: list[OutlineEntry] = field(default_factory=list)


def build_outline(
    sections: Sequence[Section], gaps: Sequence[Gap], text: str
) -> list[OutlineEntry]:
    """Return the outline's roots; sections and gaps stand in reading order."""
    roots: list[OutlineEntry] = []
    known: dict[int, OutlineEntry] = {}
    waiting = [(gap.offset, _make_gap_entry(number, gap)) for number, gap in enumerate(gaps, 1)]
    for section in sections:
        above = known.get(section.parent_id or 0)
        siblings = above.children if above else roots
        while waiting and waiting[0][0] <= section.start:
            siblings.append(waiting.pop(0)[1])
        known[section.pk] = OutlineEntry(section.key, section.kind, name_section(section, text))
        siblings.append(known[section.pk])
    return [*roots, *(entry for _offset, entry in waiting)] if roots else []


def _make_gap_entry(number: int, gap: Gap) -> OutlineEntry:
    if gap.hidden_chars is None:
        return OutlineEntry(f"gap-{number}", "gap", _("缺失"))
    label = ngettext("缺 %(count)d 字", "缺 %(count)d 字", gap.hidden_chars)
    label %= {"count": gap.hidden_chars}
    return OutlineEntry(f"gap-{number}", "gap", label)
