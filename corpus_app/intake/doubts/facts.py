"""What is known of a speech where its doubts are weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_app.catalog.models import Revision, Speech


@dataclass(frozen=True)
class Relative:
    """Another speech that shares text: reason code, and how much of it in percent."""

    code: str
    speech_id: int
    title: str
    percent: int


@dataclass(frozen=True)
class DoubtFacts:
    """A speech's values as they stand today, what its parse found, and whom it resembles."""

    today: dt.date
    title_inferred: bool = False
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
    relatives: Sequence[Relative] = ()


def collect_facts(
    speech: Speech, revision: Revision, relatives: Sequence[Relative], today: dt.date
) -> DoubtFacts:
    """Return the facts on a stored speech; three queries at most."""
    return DoubtFacts(
        today=today,
        title_inferred=speech.title_inferred,
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
    )
