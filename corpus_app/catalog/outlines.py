"""Store what a parse found as a revision with its section tree and gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.auth.models import User

from corpus_app.catalog.disclosure import disclose_current
from corpus_app.catalog.models import Gap, Revision, Section, Speech, Upload
from corpus_app.ingest import draft as parsed

METADATA_KEYS = (
    "title",
    "subtitle",
    "title_inferred",
    "speaker",
    "speaker_role",
    "organisation",
    "occasion",
    "place",
    "level",
    "genre",
    "dates",
    "source",
    "completeness",
    "encoding",
    "format",
    "evidence",
)


@dataclass(frozen=True)
class Descent:
    """How a revision came about other than from a parse alone, and what people decided on it.

    With based_on, the metadata that was parsed stays that revision's; decisions and origins
    are as in Revision.
    """

    origin: str = Revision.Origin.PARSED
    based_on: Revision | None = None
    decisions: dict[str, Any] = field(default_factory=dict)
    origins: list[dict[str, Any]] = field(default_factory=list)


PARSED = Descent()


def add_revision(
    speech: Speech,
    draft: parsed.Draft,
    upload: Upload,
    *,
    notices: list[dict[str, Any]],
    user: User | None = None,
    reason: str = "",
    descent: Descent = PARSED,
) -> Revision:
    """Append the draft as the speech's next revision and make it the current one."""
    whole = draft.to_json()
    last = speech.revisions.order_by("-number").values_list("number", flat=True).first()
    revision = Revision.objects.create(
        speech=speech,
        number=(last or 0) + 1,
        upload=upload,
        raw=draft.raw,
        text=draft.text,
        metadata=_choose_metadata(whole, descent.based_on),
        removed=whole["removed"],
        announced=whole["announced"],
        suspects=whole["suspects"],
        notices=whole["notices"] + notices,
        origin=descent.origin,
        based_on=descent.based_on,
        decisions=descent.decisions,
        origins=descent.origins,
        reason=reason[:200],
        created_by=user,
    )
    store_sections(revision, draft.sections)
    store_gaps(revision, draft.gaps)
    speech.current = revision
    speech.completeness = draft.completeness
    speech.save()
    disclose_current(speech)
    return revision


def _choose_metadata(whole: dict[str, Any], based_on: Revision | None) -> dict[str, Any]:
    if based_on is None:
        return {key: whole[key] for key in METADATA_KEYS}
    return based_on.metadata | {"completeness": whole["completeness"]}


def store_sections(revision: Revision, sections: list[parsed.Section]) -> None:
    """Store the outline, one insert per level, for a child needs its parent's row."""
    depths = measure_depths(sections)
    levels: dict[int, list[tuple[int, parsed.Section]]] = defaultdict(list)
    for position, section in enumerate(sections):
        levels[depths[section.id]].append((position, section))
    rows: dict[str, Section] = {}
    for depth in sorted(levels):
        made = Section.objects.bulk_create(
            build_section(revision, section, position, depth, rows.get(section.parent or ""))
            for position, section in levels[depth]
        )
        rows |= {row.key: row for row in made}


def build_section(
    revision: Revision, section: parsed.Section, position: int, depth: int, parent: Section | None
) -> Section:
    """Return the unsaved row for a parsed section; an overlong marker keeps its start."""
    return Section(
        revision=revision,
        key=section.id,
        parent=parent,
        position=position,
        depth=depth,
        kind=section.kind,
        marker=(section.marker or "")[:20],
        ordinal=section.ordinal,
        heading=section.heading or "",
        start=section.start,
        end=section.end,
    )


def measure_depths(sections: list[parsed.Section]) -> dict[str, int]:
    """Return each section's depth, roots 0; a parent stands before its children."""
    depths: dict[str, int] = {}
    for section in sections:
        depths[section.id] = depths[section.parent] + 1 if section.parent else 0
    return depths


def store_gaps(revision: Revision, gaps: list[parsed.Gap]) -> None:
    """Store the gaps; an overlong note keeps its start (the whole is in the removed span)."""
    rows = (asdict(gap) | {"note": gap.note[:300]} for gap in gaps)
    Gap.objects.bulk_create(Gap(revision=revision, **row) for row in rows)
