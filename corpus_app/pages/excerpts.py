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
    paths = load_paths([place.section for place in places if place.section], revisions)
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


def load_paths(sections: Iterable[Section], texts: Mapping[int, str]) -> dict[int, list[PathStep]]:
    """Return for each of the sections the steps down to it; texts are those of their revisions."""
    held = {section.pk: section for section in sections}
    wanted = set(held)
    above = {row.parent_id for row in held.values() if row.parent_id} - set(held)
    # A query for each level: of a long text few sections stand above those that are shown.
    while above:
        rows = list(Section.objects.filter(pk__in=above).defer("revision__text"))
        held |= {row.pk: row for row in rows}
        above = {row.parent_id for row in rows if row.parent_id} - set(held)
    return {pk: _list_steps(held[pk], held, texts) for pk in wanted}


def _list_steps(
    section: Section, held: Mapping[int, Section], texts: Mapping[int, str]
) -> list[PathStep]:
    step = PathStep(section.key, name_section(section, texts[section.revision_id]))
    above = _list_steps(held[section.parent_id], held, texts) if section.parent_id else []
    return [*above, step]


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
