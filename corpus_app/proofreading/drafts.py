"""A draft to be checked: all words of a file or of what was pasted, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_app.ingest.body import assemble
from corpus_app.ingest.completeness import check_announcements
from corpus_app.ingest.draft import Announcement, Draft, Metadata, Section
from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.recomposing import WRAPPED_FORMATS
from corpus_app.ingest.sandbox.parsing import parse_file

# Drafts of more characters are refused: no speech is so long.
MOST_CHARS = 1_000_000
# The name under which pasted words are read.
PASTED = "draft.txt"


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a draft says of itself: place (望岫县), level, day ("2026-05-12"), title; or ""."""

    place: str = ""
    level: str = ""
    day: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """Somebody's draft: its whole text, head and all, with the outline found in it.

    Nothing is taken out as the reader of scraped pages does: a clerk's words are all their own.
    """

    text: str
    sections: tuple[Section, ...]
    announced: tuple[Announcement, ...]
    facts: DraftFacts


def read_draft(data: bytes, name: str, *, day: str = "", place: str = "") -> OwnDraft:
    """Return the draft that a file of any readable format holds; tracked changes count as accepted.

    day and place are what the reader was told, else they are read from the head. Raises
    RejectedFile as parse_speech does.
    """
    parsed = parse_file(data, name)
    text = assemble(parsed.raw, (), parsed.format in WRAPPED_FORMATS).text
    return lay_out(text, _read_facts(parsed, day, place))


def lay_out(text: str, facts: DraftFacts | None = None) -> OwnDraft:
    """Return a draft of this text."""
    sections = split_sections(text)
    return OwnDraft(
        text, tuple(sections), tuple(check_announcements(text, sections)), facts or DraftFacts()
    )


def _read_facts(parsed: Draft, day: str, place: str) -> DraftFacts:
    found: Metadata = parsed.metadata
    return DraftFacts(
        place=place or found.place or "",
        level=found.level or "",
        day=day or found.day,
        title=found.title or "",
    )
