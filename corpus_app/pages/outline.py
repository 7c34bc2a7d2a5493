"""A speech's outline as the list at its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from corpus_app.catalog.models import Gap
from corpus_app.ingest.outline.sections import OutlineSection


@dataclass(frozen=True)
class GapLine:
    """A gap as a line among the sections."""

    key: str
    name: str
    kind: str = "gap"


# Each line of an outline with the lines below it.
OutlineTree = list[tuple[OutlineSection | GapLine, "OutlineTree"]]


def build_outline(sections: Sequence[OutlineSection], gaps: Sequence[Gap]) -> OutlineTree:
    """Return the outline's roots; named sections, and gaps, stand in reading order."""
    roots: OutlineTree = []
    below: dict[str | None, OutlineTree] = {None: roots}
    waiting = [(gap.offset, _make_gap_line(number, gap)) for number, gap in enumerate(gaps, 1)]
    for section in sections:
        siblings = below[section.parent]
        while waiting and waiting[0][0] <= section.start:
            siblings.append((waiting.pop(0)[1], []))
        below[section.key] = []
        siblings.append((section, below[section.key]))
    return [*roots, *((line, []) for _offset, line in waiting)] if roots else []


def _make_gap_line(number: int, gap: Gap) -> GapLine:
    if gap.hidden_chars is None:
        return GapLine(f"gap-{number}", _("缺失"))
    name = ngettext("缺 %(count)d 字", "缺 %(count)d 字", gap.hidden_chars)
    return GapLine(f"gap-{number}", name % {"count": gap.hidden_chars})
