"""Texts of the sections that a result page shows, fetched with facts on their speeches.

A revision never changes, so the stretch fits the places in the arrays whatever has been stored
since. Where it does not (a section is gone), the revision's whole text stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final

from corpus_app.catalog.days import SpeechDay, choose_day
from corpus_app.catalog.limits import AccessLimit, read_groups
from corpus_app.catalog.models import Revision, Section
from corpus_app.text.excerpts import Mark
from corpus_app.text.folding import Folded, fold_with_offsets
from search.arrays.segment import Segment
from search.presentation.marks import Span

_FACTS: Final = (
    "speech_id",
    "number",
    "speech__title",
    "speech__delivered",
    "speech__published",
    "speech__updated",
    "speech__completeness",
    "speech__organisation__name",
    "speech__access",
    "speech__open_to",
)
# Databases limit the parameters of a query; a page needs one query.
_BATCH: Final = 500
# Texts in memory at a time.
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class SpeechFacts:
    """What a hit shows of its speech."""

    speech_id: int
    revision_number: int
    title: str
    day: SpeechDay
    completeness: str
    organisation: str
    limit: AccessLimit

    @classmethod
    def read(cls, row: Sequence[Any]) -> SpeechFacts:
        """Return the facts of a row of _FACTS."""
        speech_id, number, title, *days, completeness, organisation, access, open_to = row
        limit = AccessLimit(access, read_groups(open_to))
        day = choose_day(*days)
        return cls(speech_id, number, title, day, completeness, organisation or "", limit)


@dataclass(frozen=True)
class SourceExcerpt:
    """A text whose folded characters are those of the segment from place first on.

    offset is where the text begins in its revision's.
    """

    facts: SpeechFacts
    text: str
    offset: int
    first: int

    @cached_property
    def folded(self) -> Folded:
        """The text's characters, as many as the segment has of it."""
        return fold_with_offsets(self.text)

    def to_source(self, start: int, end: int) -> Span:
        """Return the span in text of the segment's characters start to end."""
        return self.folded.find_span(start - self.first, end - self.first)

    def move_marks(self, marks: Iterable[Mark]) -> list[Mark]:
        """Return the marks that lie in the text, by its own places."""
        low, high = self.first, self.first + len(self.folded)
        return [
            Mark(*self.to_source(mark.start, mark.end), mark.leaf)
            for mark in marks
            if low <= mark.start and mark.end <= high
        ]


# A node of a segment.
Place = tuple[Segment, int]


def read_excerpts(places: Iterable[Place]) -> dict[tuple[str, int], SourceExcerpt]:
    """Return the excerpts of nodes, by segment name and node; none for revisions that are gone.

    Two queries at most for a page, whatever the number of its hits.
    """
    found: dict[tuple[str, int], SourceExcerpt] = {}
    whole: list[Place] = []
    sections: dict[int, Place] = {}
    for segment, node in places:
        pk = int(segment.tables.columns["node_pk"][node])
        if pk:
            sections[pk] = segment, node
        else:
            whole.append((segment, node))
    rows = dict(_fetch_sections(sections))
    for pk, (segment, node) in sections.items():
        first, last = int(segment.node_start[node]), int(segment.node_end[node])
        excerpt = SourceExcerpt(*rows[pk], first) if pk in rows else None
        if excerpt is None or len(excerpt.folded) != last - first:
            whole.append((segment, node))
        else:
            found[segment.name, node] = excerpt
    return found | _read_whole(whole)


def _fetch_sections(pks: Iterable[int]) -> Iterator[tuple[int, tuple[SpeechFacts, str, int]]]:
    names = [f"revision__{name}" for name in _FACTS]
    for batch in _cut(pks):
        rows = Section.objects.filter(pk__in=batch).order_by()
        read = rows.values_list("pk", "revision__text", "start", "end", *names)
        for pk, text, start, end, *facts in read.iterator(chunk_size=_AT_ONCE):
            yield pk, (SpeechFacts.read(facts), text[start:end], start)


def _read_whole(places: Sequence[Place]) -> dict[tuple[str, int], SourceExcerpt]:
    """Return the whole texts around nodes."""
    if not places:
        return {}
    speeches = [int(segment.node_speech[node]) for segment, node in places]
    revisions = [
        int(segment.tables.columns["speech_revision"][speech])
        for (segment, _), speech in zip(places, speeches, strict=True)
    ]
    rows: dict[int, tuple[SpeechFacts, str, int]] = {}
    for batch in _cut(dict.fromkeys(revisions)):
        found = Revision.objects.filter(pk__in=batch).order_by()
        for pk, text, *facts in found.values_list("pk", "text", *_FACTS):
            rows[pk] = SpeechFacts.read(facts), text, 0
    return {
        (segment.name, node): SourceExcerpt(*rows[revision], int(segment.zone("text")[0][speech]))
        for (segment, node), speech, revision in zip(places, speeches, revisions, strict=True)
        if revision in rows
    }


def _cut(keys: Iterable[int]) -> Iterator[list[int]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
