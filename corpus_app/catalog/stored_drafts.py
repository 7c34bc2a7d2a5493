"""A stored revision as the draft that it was made from."""

from __future__ import annotations

from typing import Any

from corpus_app.catalog.models import Revision
from corpus_app.ingest import draft as parsed


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
    rows = revision.sections.order_by("position").select_related("parent")
    return [
        parsed.Section(
            id=row.key,
            parent=row.parent.key if row.parent else None,
            kind=row.kind,  # type: ignore[arg-type]
            marker=row.marker or None,
            ordinal=row.ordinal,
            heading=row.heading or None,
            start=row.start,
            end=row.end,
        )
        for row in rows
    ]


def read_gaps(revision: Revision) -> list[parsed.Gap]:
    """Return the stored gaps as the parser gives them."""
    rows = revision.gaps.order_by("offset", "pk")
    return [parsed.Gap(row.kind, row.offset, row.hidden_chars, row.note) for row in rows]  # type: ignore[arg-type]


def _read_notice(entry: dict[str, Any]) -> parsed.Notice:
    return parsed.Notice(entry["code"], entry["message"], entry.get("start"), entry.get("end"))
