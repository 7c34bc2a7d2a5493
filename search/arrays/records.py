"""What the arrays are built from: one plain record per speech."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A node of the outline; parent is its place in the record's list, -1 below the speech."""

    pk: int
    key: str
    label: str
    parent: int
    start: int
    end: int
    has_gap: bool


@dataclass(frozen=True, slots=True)
class SpeechRecord:
    """A published speech as it is searched; offsets point into text, sections in reading order.

    tags are (theme id, place in sections), mentions (slogan id, start, end).
    """

    id: int
    revision_id: int
    title: str
    subtitle: str
    text: str
    speaker: str = ""
    organisation: str = ""
    source: str = ""
    place: str = ""
    level: str = ""
    genre: str = ""
    completeness: str = "complete"
    date_first: datetime.date | None = None
    date_last: datetime.date | None = None
    sections: tuple[SectionRecord, ...] = ()
    tags: tuple[tuple[int, int], ...] = ()
    mentions: tuple[tuple[int, int, int], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return a digest of all that is searched, so that a stale entry can be told."""
        return hashlib.blake2b(repr(self).encode(), digest_size=12).hexdigest()
