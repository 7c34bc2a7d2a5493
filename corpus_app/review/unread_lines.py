"""The lines above and below a speech that the parse did not understand, where they stand in raw."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.plausibility.heads import find_unread_head, find_unread_tail
from corpus_app.intake.quality.facts import list_known_values
from corpus_app.text.chars import Compact, squeeze
from corpus_app.text.spans import Span


def find_unread_lines(speech: Speech, revision: Revision) -> list[Span]:
    """Return the spans of raw that hold the lines, in their order: those that its flags count."""
    values = list_known_values(revision, read_fields(speech))
    lines = find_unread_head(revision.text, revision.removed, values)
    lines += find_unread_tail(revision.removed, values)
    return sorted(_locate(lines, revision.raw))


def _locate(lines: list[str], raw: str) -> Iterator[Span]:
    """Yield where each line stands: of equal ones each at a place of its own."""
    chars, taken = Compact(raw), set[int]()
    for line in lines:
        words = squeeze(line)
        place = next((at for at in chars.find_all(words) if at not in taken), None)
        if words and place is not None:
            taken.add(place)
            yield chars.find_span(place, place + len(words))
