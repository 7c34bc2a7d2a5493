"""Where a speech or section of an old address stands today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from corpus_app.catalog.models import Revision, Section, Speech, SpeechAlias
from corpus_app.catalog.text_maps import map_states
from corpus_app.text.chars import squeeze
from corpus_app.text.nesting import Nesting
from corpus_app.text.text_map import TextMap

# Below this share of common characters two sections are taken for different ones.
LIKE: Final = 60.0
# A section with this share of another's words is that one, whatever became of the rest.
SHARED: Final = 0.5
# Enough of a rewritten section to recognise it; keeps the comparison cheap on hostile texts.
COMPARED_CHARS: Final = 2000


@dataclass(frozen=True)
class ComparedSection:
    """A section as it is compared: its words without white space, and its way from the root."""

    key: str
    depth: int
    heading: str
    start: int
    end: int
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
    """Return for each of the old revision's keys the new revision's key, lost ones left out.

    A section that is gone leads to the one above it: better than the top of the page.
    """
    found = follow_sections(old, new, keys)
    for key in keys - set(found):
        above = key.rpartition(".")[0]
        match = follow_sections(old, new, {above}) if above else {}
        if match:
            found[key] = match[above]
    return found


def follow_sections(old: Revision, new: Revision, keys: set[str]) -> dict[str, str]:
    """Return for each of the old revision's keys that of the new section with its words.

    A section that is part of another now leads to that one. Those whose words are gone, and that
    nothing else tells, are left out.
    """
    before = {place.key: place for place in list_places(old)} if keys else {}
    wanted = [before[key] for key in keys & set(before)]
    if not wanted:
        return {}
    after, there = list_places(new), map_states(old, new)
    matches = ((place, match_place(place, after, there)) for place in wanted)
    return {place.key: match.key for place, match in matches if match is not None}


def list_places(revision: Revision) -> list[ComparedSection]:
    """Return the revision's sections in reading order, ready to be compared."""
    paths: dict[int, tuple[tuple[str, int | None], ...]] = {}
    places = []
    for section in revision.sections.order_by("position"):
        above = paths.get(section.parent_id or 0, ())
        paths[section.pk] = (*above, (section.kind, section.ordinal))
        places.append(_build_place(revision, section, paths[section.pk]))
    return places


def match_place(
    old: ComparedSection, places: list[ComparedSection], there: TextMap
) -> ComparedSection | None:
    """Return the place that has most of the words, or is named or most alike; None for none.

    there is the map from the text of the one to that of the others.
    """
    shares = {place.key: _share_words(old, place, there) for place in places}

    def rate(place: ComparedSection) -> tuple[float, bool, bool]:
        return shares[place.key], place.depth == old.depth, place.key == old.key

    same = [place for place in places if place.words == old.words]
    if same:
        return max(same, key=rate)
    named = [p for p in places if old.heading and (p.heading, p.depth) == (old.heading, old.depth)]
    if len(named) == 1 and shares[named[0].key]:
        return named[0]
    best = max(places, key=rate, default=None)
    if best and shares[best.key] >= SHARED:
        return best
    if len(named) == 1:
        return named[0]
    scored = [(_rate_likeness(old, place), place) for place in places]
    score, like = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return like if score >= LIKE else _find_holder(old, places, there)


def _share_words(old: ComparedSection, new: ComparedSection, there: TextMap) -> float:
    """Return how many of the characters that both texts have in either place are in both places."""
    span = there.find_span(old.start, old.end)
    back = there.inverse
    both = back.count(max(span.start, new.start), min(span.end, new.end))
    either = there.count(old.start, old.end) + back.count(new.start, new.end) - both
    return both / either if either else 0.0


def _find_holder(
    old: ComparedSection, places: list[ComparedSection], there: TextMap
) -> ComparedSection | None:
    """Return the deepest place around what is left of the old one's words, if that is most."""
    if there.count(old.start, old.end) < len(old.words) * SHARED:
        return None
    span = there.find_span(old.start, old.end)
    return Nesting(places).find_deepest(span.start, span.end)


def _rate_likeness(old: ComparedSection, new: ComparedSection) -> float:
    likeness = fuzz.ratio(old.words[:COMPARED_CHARS], new.words[:COMPARED_CHARS])
    # The same place in the outline decides between texts that are about equally alike,
    # and lets a rewritten section be found again.
    return likeness + (15.0 if old.path == new.path else 0.0)


def _build_place(
    revision: Revision, section: Section, path: tuple[tuple[str, int | None], ...]
) -> ComparedSection:
    words = squeeze(revision.text[section.start : section.end])
    heading = squeeze(section.heading)
    return ComparedSection(
        section.key, section.depth, heading, section.start, section.end, path, words
    )
