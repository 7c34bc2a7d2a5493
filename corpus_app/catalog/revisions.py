"""A draft stored as a revision of a speech, and a revision read as the draft it was made of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from corpus_app.catalog.models import Gap, Revision, Section, Speech, Upload
from corpus_app.catalog.querysets import EDIT_PERMISSION
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
    "text_evidence",
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
    _store_gaps(revision, draft.gaps)
    speech.current = revision
    speech.completeness = draft.completeness
    speech.save()
    disclose_current(speech)
    return revision


@transaction.atomic(savepoint=False)
def append_revision(
    speech: Speech, draft: parsed.Draft, descent: Descent, reason: str, *, user: User | None = None
) -> Revision:
    """Return the speech's new current revision made of an older one (descent.based_on).

    Upload and metadata stay that revision's, whatever the draft says of them.
    """
    if descent.based_on is None:
        raise ValueError("a revision that is not parsed is based on another one")
    upload = descent.based_on.upload
    return add_revision(
        speech, draft, upload, notices=[], user=user, reason=reason, descent=descent
    )


def _choose_metadata(whole: dict[str, Any], based_on: Revision | None) -> dict[str, Any]:
    if based_on is None:
        return {key: whole[key] for key in METADATA_KEYS}
    return based_on.metadata | {"completeness": whole["completeness"]}


def store_sections(revision: Revision, sections: list[parsed.Section]) -> None:
    """Store the outline, one insert per level, for a child needs its parent's row."""
    levels: dict[int, list[tuple[int, parsed.Section]]] = defaultdict(list)
    for position, section in enumerate(sections):
        levels[section.id.count(".")].append((position, section))
    rows: dict[str, Section] = {}
    for depth in sorted(levels):
        made = Section.objects.bulk_create(
            _build_section(revision, section, position, depth, rows.get(section.parent or ""))
            for position, section in levels[depth]
        )
        rows |= {row.key: row for row in made}


def _build_section(
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


def _store_gaps(revision: Revision, gaps: list[parsed.Gap]) -> None:
    """Store the gaps; an overlong note keeps its start (the whole is in the removed span)."""
    rows = (asdict(gap) | {"note": gap.note[:300]} for gap in gaps)
    Gap.objects.bulk_create(Gap(revision=revision, **row) for row in rows)


def read_draft(revision: Revision) -> parsed.Draft:
    """Return the revision's text, outline, gaps and findings as a draft.

    Metadata and slogans are left blank: they stand in the revision's JSON and in mentions.
    """
    return parsed.Draft(
        file=revision.upload.name,
        sha256=revision.upload.sha256,
        encoding=revision.upload.encoding,
        format=revision.upload.format,
        raw=revision.raw,
        metadata=parsed.Metadata(),
        text=revision.text,
        removed=[parsed.Removed(**span) for span in revision.removed],
        completeness=revision.metadata.get("completeness", "complete"),
        gaps=read_gaps(revision),
        announced=[parsed.Announcement(**entry) for entry in revision.announced],
        sections=read_sections(revision),
        slogans=[],
        suspects=[parsed.Suspect(**entry) for entry in revision.suspects],
        notices=[_read_notice(entry) for entry in revision.notices],
    )


def read_sections(revision: Revision) -> list[parsed.Section]:
    """Return the stored outline as the parser gives it."""
    return [
        parsed.Section(
            id=row.key,
            parent=row.key.rpartition(".")[0] or None,
            kind=row.kind,  # type: ignore[arg-type]
            marker=row.marker or None,
            ordinal=row.ordinal,
            heading=row.heading or None,
            start=row.start,
            end=row.end,
        )
        for row in revision.sections.order_by("position")
    ]


def read_gaps(revision: Revision) -> list[parsed.Gap]:
    """Return the stored gaps as the parser gives them."""
    rows = revision.gaps.order_by("offset", "pk")
    return [parsed.Gap(row.kind, row.offset, row.hidden_chars, row.note) for row in rows]  # type: ignore[arg-type]


def _read_notice(entry: dict[str, Any]) -> parsed.Notice:
    return parsed.Notice(entry["code"], entry["message"], entry.get("start"), entry.get("end"))


def disclose_current(speech: Speech) -> None:
    """Note that readers see the speech's current revision from now on, if it is published.

    Call it wherever a speech is published or gets another current revision: what editors worked
    on before, and the revisions of a draft that was merged, stay theirs.
    """
    if speech.status == Speech.Status.PUBLISHED and speech.current_id is not None:
        unseen = Revision.objects.filter(pk=speech.current_id, public_since=None)
        unseen.update(public_since=timezone.now())


def list_visible_revisions(
    speech: Speech, user: AbstractBaseUser | AnonymousUser
) -> QuerySet[Revision]:
    """Return the speech's revisions that the user may see, newest first; editors see all."""
    revisions = Revision.objects.filter(speech=speech)
    if user.has_perm(EDIT_PERMISSION):  # type: ignore[union-attr]
        return revisions
    return revisions.filter(Q(pk=speech.current_id) | Q(public_since__isnull=False))
