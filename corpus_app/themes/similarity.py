"""Sections like one on which an editor decided a theme: where the same word may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    decided = _read_decided(theme)
    found = [
        (likeness, by_heading, pk)
        for pk, key, heading, speech in _list_candidates(section, theme, decision)
        for likeness, by_heading in _compare(section.heading, heading, mine, tags.get(pk))
        if not _is_decided(speech, key, decided)
    ]
    best = sorted(found, key=lambda one: (-one[0], one[2]))[:MOST]
    # The sections themselves are read for those that are shown.
    rows = Section.objects.select_related("revision__speech").defer(
        "revision__text", "revision__raw", "revision__removed"
    )
    sections = rows.in_bulk([pk for _likeness, _by_heading, pk in best])
    return [
        SimilarSection(
            sections[pk],
            likeness,
            by_heading,
            sorted(mine & _read_terms(tags.get(pk))),
            tags[pk].bearing if pk in tags else "",
        )
        for likeness, by_heading, pk in best
    ]


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


def _list_candidates(
    section: Section, theme: Theme, decision: str
) -> Iterable[tuple[int, str, str, int]]:
    """Return id, key, heading and speech of the sections that the decision would change."""
    current = Section.objects.filter(revision__in=_list_current()).exclude(pk=section.pk)
    about = SectionTheme.objects.about().filter(theme=theme).values("section")
    excluding = decision == ThemePin.Decision.EXCLUDE
    rows = current.filter(pk__in=about) if excluding else current.exclude(pk__in=about)
    return rows.order_by().values_list("pk", "key", "heading", "revision__speech")


def _compare(
    heading: str, other: str, mine: set[str], tag: SectionTheme | None
) -> Iterator[tuple[float, bool]]:
    """Yield how alike two sections are, and whether by their headings; nothing for unlike ones."""
    headings = measure_headings(heading, other)
    terms = _read_terms(tag)
    shared = mine & terms
    evidence = len(shared) / len(mine | terms) if shared else 0.0
    if headings >= HEADINGS or evidence >= EVIDENCE:
        yield max(headings, evidence), headings >= HEADINGS


def _read_terms(tag: SectionTheme | None) -> set[str]:
    return {str(term) for term, _count in tag.evidence} if tag else set()


def _list_pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _read_decided(theme: Theme) -> set[tuple[int, str]]:
    return set(ThemePin.objects.filter(theme=theme).values_list("speech", "section_key"))


def _is_decided(speech: int, key: str, decided: set[tuple[int, str]]) -> bool:
    above = [key[:at] for at, char in enumerate(key) if char == "."]
    return any((speech, place) in decided for place in ("", key, *above))
