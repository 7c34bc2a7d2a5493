"""Excerpts of sections around marked spans, with the headings above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.catalog.section_names import name_section
from corpus_app.text.excerpts import Mark, MarkedText, choose_mark, cut_excerpt
from search import PathStep


@dataclass(frozen=True)
class MarkedSection:
    """A section with the spans in its revision's text that are to be marked."""

    section: Section | None
    revision: Revision
    marks: Iterable[tuple[int, int]]


@dataclass(frozen=True)
class ShownPassage:
    """A passage as lists show it; hl ("12-34") names the best of its marks, "" for none."""

    speech: Speech
    key: str
    path: list[PathStep]
    pieces: list[MarkedText]
    has_gap: bool
    hl: str


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
            pieces=cut_excerpt(place.revision.text, _bound(place), _list_marks(place)),
            has_gap=_holds_gap(place, gaps[place.revision.pk]),
            hl=_name_best(place),
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
    rows = Gap.objects.filter(revision__in=set(revision_ids)).values_list("revision", "offset")
    for revision, offset in rows:
        gaps[revision].append(offset)
    return gaps


def _bound(place: MarkedSection) -> tuple[int, int]:
    section = place.section
    return (section.start, section.end) if section else (0, len(place.revision.text))


def _list_marks(place: MarkedSection) -> list[Mark]:
    return [Mark(*span) for span in sorted(place.marks)]


def _name_best(place: MarkedSection) -> str:
    best = choose_mark(_bound(place), _list_marks(place))
    return f"{best.start}-{best.end}" if best else ""


def _holds_gap(place: MarkedSection, offsets: Sequence[int]) -> bool:
    if place.section is None:
        return False
    return any(place.section.start <= at <= place.section.end for at in offsets)
