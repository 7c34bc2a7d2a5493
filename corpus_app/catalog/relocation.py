"""The present id or key of a speech or section that an old address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from corpus_app.catalog.models import Revision, Speech, SpeechAlias
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.outline.sections import OutlineSection, read_outline
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
    """A section, its words without white space, and its way from the root by kind and number."""

    section: OutlineSection
    words: str
    path: tuple[tuple[str, int | None], ...]

    def is_named_like(self, other: ComparedSection) -> bool:
        """Return whether both stand as deep and have the same heading, white space aside."""
        mine, theirs = self.section, other.section
        same = squeeze(mine.heading) == squeeze(theirs.heading) and mine.depth == theirs.depth
        return bool(mine.heading) and same


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
    before = {place.section.key: place for place in list_places(old)} if keys else {}
    wanted = [before[key] for key in keys & set(before)]
    if not wanted:
        return {}
    after, there = list_places(new), map_states(old, new)
    matches = ((place, match_place(place, after, there)) for place in wanted)
    return {place.section.key: match.section.key for place, match in matches if match is not None}


def list_places(revision: Revision) -> list[ComparedSection]:
    """Return the revision's sections in reading order, ready to be compared."""
    path: list[tuple[str, int | None]] = []
    places = []
    for one in read_outline(revision.sections.order_by("position")):
        path[one.depth :] = [(one.kind, one.ordinal)]
        words = squeeze(revision.text[one.start : one.end])
        places.append(ComparedSection(one, words, tuple(path)))
    return places


def match_place(
    old: ComparedSection, places: list[ComparedSection], there: TextMap
) -> ComparedSection | None:
    """Return the section with most of old's words, else its name or the likest text; None for none.

    there is the map from the text of the one to that of the others.
    """
    shares = {one.section.key: _share_words(old.section, one.section, there) for one in places}

    def rate(place: ComparedSection) -> tuple[float, bool, bool]:
        here, before = place.section, old.section
        return shares[here.key], here.depth == before.depth, here.key == before.key

    same = [place for place in places if place.words == old.words]
    if same:
        return max(same, key=rate)
    named = [place for place in places if old.is_named_like(place)]
    if len(named) == 1 and shares[named[0].section.key]:
        return named[0]
    best = max(places, key=rate, default=None)
    if best and shares[best.section.key] >= SHARED:
        return best
    if len(named) == 1:
        return named[0]
    scored = [(_rate_likeness(old, place), place) for place in places]
    score, like = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return like if score >= LIKE else _find_holder(old, places, there)


def _share_words(old: OutlineSection, new: OutlineSection, there: TextMap) -> float:
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
    start, end = old.section.start, old.section.end
    if there.count(start, end) < len(old.words) * SHARED:
        return None
    span = there.find_span(start, end)
    holder = Nesting(place.section for place in places).find_deepest(span.start, span.end)
    return next((place for place in places if place.section is holder), None)


def _rate_likeness(old: ComparedSection, new: ComparedSection) -> float:
    likeness = fuzz.ratio(old.words[:COMPARED_CHARS], new.words[:COMPARED_CHARS])
    # The same place in the outline decides between texts that are about equally alike,
    # and lets a rewritten section be found again.
    return likeness + (15.0 if old.path == new.path else 0.0)
