"""Where a speech or section of an old address stands today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from corpus_app.catalog.models import Revision, Section, Speech, SpeechAlias

# Below this share of common characters two sections are taken for different ones.
LIKE: Final = 60.0
# Enough of a section to recognise it; keeps the comparison cheap on hostile texts.
COMPARED_CHARS: Final = 2000


@dataclass(frozen=True)
class Place:
    """A section as it is compared: its words without white space, and its way from the root."""

    key: str
    depth: int
    heading: str
    path: tuple[tuple[str, int | None], ...]
    words: str


def resolve_alias(old_id: int) -> int | None:
    """Return the id of the speech into which the one with old_id was merged, or None."""
    return SpeechAlias.objects.filter(old_id=old_id).values_list("speech_id", flat=True).first()


def find_section(speech: Speech, key: str, number: int | None = None) -> str | None:
    """Return the current key of the section that had key in revision number, or None.

    Without a number, or with one that never was, the key is looked up in the current revision.
    """
    current = speech.current
    if current is None:
        return None
    old = None
    if number is not None and number != current.number:
        old = speech.revisions.filter(number=number).first()
    if old is None or old.text == current.text:
        return key if current.sections.filter(key=key).exists() else None
    return map_keys(old, current, {key}).get(key)


def map_keys(old: Revision, new: Revision, keys: set[str]) -> dict[str, str]:
    """Return for each of the old revision's keys the new revision's key, lost ones left out."""
    before = {place.key: place for place in list_places(old)}
    after = list_places(new)
    found: dict[str, str] = {}
    for key in keys & set(before):
        match = match_place(before[key], after)
        if match is None and "." in key:
            # Better the section above than the top of the page.
            above = key.rpartition(".")[0]
            match = match_place(before[above], after) if above in before else None
        if match is not None:
            found[key] = match.key
    return found


def list_places(revision: Revision) -> list[Place]:
    """Return the revision's sections in reading order, ready to be compared."""
    paths: dict[int, tuple[tuple[str, int | None], ...]] = {}
    places = []
    for section in revision.sections.order_by("position"):
        above = paths.get(section.parent_id or 0, ())
        paths[section.pk] = (*above, (section.kind, section.ordinal))
        places.append(_build_place(revision, section, paths[section.pk]))
    return places


def match_place(old: Place, places: list[Place]) -> Place | None:
    """Return the place with the same words, else heading and level, else the most alike."""
    same = [place for place in places if place.words == old.words]
    if same:
        return min(same, key=lambda place: (place.depth != old.depth, place.key != old.key))
    if old.heading:
        named = [p for p in places if p.heading == old.heading and p.depth == old.depth]
        if len(named) == 1:
            return named[0]
    scored = [(_rate_likeness(old, place), place) for place in places]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= LIKE else None


def _rate_likeness(old: Place, new: Place) -> float:
    likeness = fuzz.ratio(old.words[:COMPARED_CHARS], new.words[:COMPARED_CHARS])
    # The same place in the outline decides between texts that are about equally alike,
    # and lets a rewritten section be found again.
    return likeness + (15.0 if old.path == new.path else 0.0)


def _build_place(
    revision: Revision, section: Section, path: tuple[tuple[str, int | None], ...]
) -> Place:
    words = "".join(revision.text[section.start : section.end].split())
    heading = "".join(section.heading.split())
    return Place(section.key, section.depth, heading, path, words)
