"""Sections like one on which an editor decided a theme: where the same word may hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus_app.catalog.models import Section, Speech
from corpus_app.themes.models import SectionTheme, Theme, ThemePin

MOST: Final = 50
# Dice's measure of the headings' pairs of characters; Jaccard's of the terms that were found.
HEADINGS: Final = 0.5
EVIDENCE: Final = 0.5
# Headings of fewer characters (概况) are alike by chance.
SHORTEST: Final = 4


@dataclass(frozen=True)
class SimilarSection:
    """A section like another: how much, by what, and what the theme is to it today."""

    section: Section
    likeness: float
    # Whether the headings are alike; the terms are, where not.
    by_heading: bool
    terms: list[str]
    bearing: str


def find_similar(section: Section, theme: Theme, decision: str) -> list[SimilarSection]:
    """Return the sections of current texts that the decision would change, the most like first.

    For an exclusion those that are about the theme, for a pin those that are not; nobody has
    decided on them, on a section above, or on their speech.
    """
    tags = {
        tag.section_id: tag
        for tag in SectionTheme.objects.filter(theme=theme, section__revision__in=_list_current())
    }
    mine = _read_terms(tags.get(section.pk))
    found = [
        similar
        for other in _list_candidates(section, theme, decision)
        if (similar := _compare(section, mine, other, tags.get(other.pk))) is not None
    ]
    decided = _read_decided(theme)
    free = [one for one in found if not _is_decided(one.section, decided)]
    return sorted(free, key=lambda one: (-one.likeness, one.section.pk))[:MOST]


def measure_headings(one: str, other: str) -> float:
    """Return how alike two headings are, from 0 to 1.

    >>> measure_headings("要遵守培训纪律", "遵守培训纪律") > 0.9
    True
    """
    first, second = _list_pairs(one), _list_pairs(other)
    if min(len(one), len(other)) < SHORTEST or not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _list_current() -> Iterable[int]:
    return Speech.objects.exclude(current=None).values_list("current", flat=True)


def _list_candidates(section: Section, theme: Theme, decision: str) -> Iterable[Section]:
    current = Section.objects.filter(revision__in=_list_current()).exclude(pk=section.pk)
    about = SectionTheme.objects.about().filter(theme=theme).values("section")
    excluding = decision == ThemePin.Decision.EXCLUDE
    rows = current.filter(pk__in=about) if excluding else current.exclude(pk__in=about)
    return rows.select_related("revision__speech").defer(
        "revision__text", "revision__raw", "revision__removed"
    )


def _compare(
    section: Section, mine: set[str], other: Section, tag: SectionTheme | None
) -> SimilarSection | None:
    headings = measure_headings(section.heading, other.heading)
    terms = _read_terms(tag)
    shared = mine & terms
    evidence = len(shared) / len(mine | terms) if shared else 0.0
    if headings < HEADINGS and evidence < EVIDENCE:
        return None
    bearing = tag.bearing if tag else ""
    by_heading = headings >= HEADINGS
    return SimilarSection(other, max(headings, evidence), by_heading, sorted(shared), bearing)


def _read_terms(tag: SectionTheme | None) -> set[str]:
    return {str(term) for term, _count in tag.evidence} if tag else set()


def _list_pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _read_decided(theme: Theme) -> set[tuple[int, str]]:
    return set(ThemePin.objects.filter(theme=theme).values_list("speech", "section_key"))


def _is_decided(section: Section, decided: set[tuple[int, str]]) -> bool:
    speech, key = section.revision.speech_id, section.key
    above = [key[:at] for at, char in enumerate(key) if char == "."]
    return any((speech, place) in decided for place in ("", key, *above))
