"""Short excerpts of a section around what is of interest in it, and the way that leads there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.catalog.section_names import name_section
from search import MarkedText, PathStep

EXCERPT_CHARS: Final = 120
LEAD_CHARS: Final = 36
_ENDS: Final = "。；！？\n"


@dataclass(frozen=True)
class MarkedSection:
    """A section with the spans in its revision's text that are to be marked."""

    section: Section | None
    revision: Revision
    marks: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class ShownPassage:
    """A passage as lists show it."""

    speech: Speech
    key: str
    path: list[PathStep]
    pieces: list[MarkedText]
    has_gap: bool


def show_passages(places: Sequence[MarkedSection]) -> list[ShownPassage]:
    """Return the passages with path, excerpt and gap warning, in two queries for all."""
    revisions = {place.revision.pk: place.revision.text for place in places}
    paths = load_paths(revisions)
    gaps = load_gaps(revisions)
    return [
        ShownPassage(
            speech=place.revision.speech,
            key=place.section.key if place.section else "",
            path=paths.get(place.section.pk, []) if place.section else [],
            pieces=cut_excerpt(place),
            has_gap=_holds_gap(place, gaps[place.revision.pk]),
        )
        for place in places
    ]


def load_paths(texts: Mapping[int, str]) -> dict[int, list[PathStep]]:
    """Return for each section of the revisions, given with their texts, the steps down to it."""
    rows = Section.objects.filter(revision__in=texts).order_by("revision", "position")
    paths: dict[int, list[PathStep]] = {}
    for row in rows.defer("revision__text"):
        above = paths.get(row.parent_id or 0, [])
        paths[row.pk] = [*above, PathStep(row.key, name_section(row, texts[row.revision_id]))]
    return paths


def load_gaps(revision_ids: Iterable[int]) -> defaultdict[int, list[int]]:
    """Return the gaps' offsets by revision."""
    gaps: defaultdict[int, list[int]] = defaultdict(list)
    for revision, offset in Gap.objects.filter(revision__in=revision_ids).values_list(
        "revision", "offset"
    ):
        gaps[revision].append(offset)
    return gaps


def cut_excerpt(place: MarkedSection, length: int = EXCERPT_CHARS) -> list[MarkedText]:
    """Return about length characters around the first mark, as pieces marked or not."""
    text = place.revision.text
    low, high = _find_bounds(place, len(text))
    first = next((start for start, end in place.marks if low <= start and end <= high), low)
    start = _find_start(text, low, first)
    end = min(high, start + length)
    pieces = [MarkedText("…")] if start > low else []
    position = start
    for mark_start, mark_end in place.marks:
        if mark_start < position or mark_end > end:
            continue
        pieces.append(MarkedText(_flatten(text[position:mark_start])))
        pieces.append(MarkedText(_flatten(text[mark_start:mark_end]), marked=True))
        position = mark_end
    pieces.append(MarkedText(_flatten(text[position:end])))
    if end < high:
        pieces.append(MarkedText("…"))
    return [piece for piece in pieces if piece.text]


def _find_bounds(place: MarkedSection, length: int) -> tuple[int, int]:
    if place.section is None:
        return 0, length
    return place.section.start, place.section.end


def _find_start(text: str, low: int, mark: int) -> int:
    """Return the start of the mark's sentence where it is near, else a few words before it."""
    earliest = max(low, mark - LEAD_CHARS)
    for at in range(mark - 1, earliest - 1, -1):
        if text[at] in _ENDS:
            return at + 1
    return earliest


def _holds_gap(place: MarkedSection, offsets: Sequence[int]) -> bool:
    if place.section is None:
        return False
    return any(place.section.start <= at <= place.section.end for at in offsets)


def _flatten(text: str) -> str:
    return text.replace("\n", "\u3000")
