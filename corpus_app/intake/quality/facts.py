"""What is known of a speech where its doubts are weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_app.catalog.fields import fit_fields, flatten_metadata, read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Draft


@dataclass(frozen=True)
class SharedText:
    """Another speech that shares text: reason code, how much of it in percent, and in which
    fields of the head (by name) the two contradict each other.
    """

    code: str
    speech_id: int
    title: str
    percent: int
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualityFacts:
    """A speech's values as they stand today, what its parse found, and whom it resembles."""

    today: dt.date
    title_inferred: bool = False
    # The title as the parse read it; "" where a person has set another.
    title_read: str = ""
    # Everything that is known of the speech by its head: as read, and as corrected since.
    values: Sequence[str] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    date_start: dt.date | None = None
    organisation: str = ""
    speaker: str = ""
    completeness: str = "complete"
    gaps: int = 0
    raw: str = ""
    text: str = ""
    removed: Sequence[Mapping[str, Any]] = ()
    announced: Sequence[Mapping[str, Any]] = ()
    notices: Sequence[Mapping[str, Any]] = ()
    suspects: Sequence[Mapping[str, Any]] = ()
    relatives: Sequence[SharedText] = ()
    lost: Sequence[Mapping[str, Any]] = ()


def collect_facts(
    speech: Speech, revision: Revision, relatives: Sequence[SharedText], today: dt.date
) -> QualityFacts:
    """Return the facts on a stored speech; three queries at most."""
    read = flatten_metadata(revision.metadata)
    as_read = fit_fields(read).values["title"] == speech.title
    return QualityFacts(
        today=today,
        title_inferred=speech.title_inferred,
        title_read=read["title"] if as_read else "",
        values=_list_values(read, read_fields(speech)),
        dates={name: getattr(speech, name) for name in ("delivered", "published", "updated")},
        date_start=speech.date_start,
        organisation=speech.organisation.name if speech.organisation else "",
        speaker=speech.speaker.name if speech.speaker else "",
        completeness=speech.completeness,
        gaps=revision.gaps.count(),
        raw=revision.raw,
        text=revision.text,
        removed=revision.removed,
        announced=revision.announced,
        notices=revision.notices,
        suspects=revision.suspects,
        relatives=relatives,
        lost=revision.losses,
    )


def collect_draft_facts(draft: Draft, today: dt.date) -> QualityFacts:
    """Return the facts on a parsed file that is stored nowhere yet; it has no relatives."""
    parsed = draft.to_json()
    read = flatten_metadata(parsed)
    return QualityFacts(
        today=today,
        title_inferred=draft.metadata.title_inferred or not read["title"],
        title_read=read["title"],
        values=_list_values(read),
        dates={name: read[name] for name in ("delivered", "published", "updated")},
        organisation=read["organisation"],
        speaker=read["speaker"],
        completeness=draft.completeness,
        gaps=len(draft.gaps),
        raw=draft.raw,
        text=draft.text,
        removed=parsed["removed"],
        announced=parsed["announced"],
        notices=parsed["notices"],
        suspects=parsed["suspects"],
    )


def _list_values(*known: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(value for values in known for value in values.values() if value))
