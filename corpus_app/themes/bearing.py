"""What a section is about and what it only mentions, told from where a theme's terms stand.

Pure, knows no database. docs/themes.md says the rule in words and how it was measured.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus_app.themes.matching import TermMatcher, count_evidence
from corpus_app.themes.prominence import FULL, OwnWords, Prominence, measure_section, measure_words

# A parent's heading or a title names a theme by terms that weigh so much together.
NAMED: Final = 3.0
HEADING: Final = 2.0
SUPPORT: Final = 3.0
CLAUSES: Final = 2.5
SENTENCES: Final = 2
MANY: Final = 4.0
BORNE_OUT: Final = 0.05
# In a long passage many clauses may name what little of it treats.
DWELT: Final = 0.12
NOTABLE: Final = 0.3
# How strong a theme must stand beside the strongest one of the passage.
BESIDE: Final = 0.5
# The theme of a speech: its part of all that the terms weigh, how many passages have one of its
# terms, how far it is before the next, what one passage and the title may add.
MAIN_SHARE: Final = 0.25
MAIN_SPREAD: Final = 0.5
MAIN_LEAD: Final = 1.5
MAIN_CAP: Final = 6.0
MAIN_TITLE: Final = 0.3
SHORTEST: Final = 20


class AboutReason(StrEnum):
    """Why a section is about a theme."""

    HEADING = "heading"
    TOPIC = "topic"
    SUSTAINED = "sustained"
    PARENT = "parent"
    TITLE = "title"
    SPEECH = "speech"


@dataclass(frozen=True)
class Verdict:
    """What a theme is to a passage.

    reason is None where the passage is not about it; named_at is the key of the section above
    whose heading named it. support is what its different terms weigh together.
    """

    score: float
    support: float
    evidence: list[tuple[str, int]]
    reason: AboutReason | None = None
    named_at: str = ""

    @property
    def mentions(self) -> bool:
        """Return whether the terms say enough for the theme to be mentioned."""
        return self.support >= SUPPORT


NOTHING: Final = Verdict(0.0, 0.0, [])


def judge_sections(
    title: str, passages: Sequence[OwnWords], matcher: TermMatcher
) -> dict[str, dict[int, Verdict]]:
    """Return by key and theme what the themes are to the passages of a speech, parents first."""
    weights = {passage.key: measure_section(passage, matcher) for passage in passages}
    in_title = measure_words(title, matcher)
    titled = {theme for theme, weight in in_title.items() if weight >= NAMED}
    main = _find_main(in_title, passages, weights)
    named: dict[str, tuple[str, set[int]]] = {"": ("", set())}
    judged: dict[str, dict[int, Verdict]] = {}
    for passage in passages:
        found = weights[passage.key]
        above, context = named[passage.parent]
        reasons = _find_reasons(found, titled, context)
        if main is not None and _bears_main(passage, main, found, reasons):
            reasons.setdefault(main, AboutReason.SPEECH)
        judged[passage.key] = {
            theme: _make_verdict(found.get(theme), reasons.get(theme), above)
            for theme in found.keys() | reasons.keys()
        }
        own = {theme for theme, one in found.items() if one.heading >= NAMED}
        named[passage.key] = (passage.key, own) if own else (above, context)
    return judged


def _find_main(
    in_title: Mapping[int, float],
    passages: Sequence[OwnWords],
    weights: Mapping[str, Mapping[int, Prominence]],
) -> int | None:
    """Return the theme of the whole speech, where one stands out and title or opening names it."""
    totals: defaultdict[int, float] = defaultdict(float)
    spread = Counter(theme for found in weights.values() for theme in found)
    for found in weights.values():
        for theme, one in found.items():
            totals[theme] += min(one.mass, MAIN_CAP) + 2 * one.heading
    for theme, weight in in_title.items():
        totals[theme] += MAIN_TITLE * weight * len(passages)
    order = sorted(totals, key=lambda theme: (-totals[theme], theme))
    main, most = order[0] if order else 0, totals[order[0]] if order else 0.0
    second = totals[order[1]] if len(order) > 1 else 0.0
    outstanding = most >= MAIN_SHARE * sum(totals.values()) and most >= MAIN_LEAD * second
    if not most or not outstanding or spread[main] < MAIN_SPREAD * len(passages):
        return None
    opening = weights[passages[0].key].get(main) if passages[0].frames else None
    named = in_title.get(main, 0.0) >= 1 or (opening is not None and opening.support >= SUPPORT)
    return main if named else None


def _bears_main(
    passage: OwnWords,
    main: int,
    found: Mapping[int, Prominence],
    reasons: Mapping[int, AboutReason],
) -> bool:
    """Return whether the passage is about the theme of its speech: or about nothing else."""
    if len(passage.own) < SHORTEST:
        return False
    one = found.get(main)
    strongest = max((other.strength for other in found.values()), default=0.0)
    hinted = one is not None and one.full >= FULL and one.strength >= BESIDE * strongest
    return hinted or not (reasons or passage.frames)


def _find_reasons(
    weights: Mapping[int, Prominence], titled: set[int], context: set[int]
) -> dict[int, AboutReason]:
    """Return why the passage is about its themes: by its own words, else by what stands above."""
    strongest = max((one.strength for one in weights.values()), default=0.0) or 1.0
    reasons = {
        theme: reason
        for theme, one in weights.items()
        if (reason := _find_reason(one, one.strength / strongest, _is_alone(theme, weights)))
    }
    others = [one.support for theme, one in weights.items() if theme not in context]
    own = bool(reasons) or max(others, default=0.0) >= FULL
    for theme in context & weights.keys() - reasons.keys():
        one = weights[theme]
        told = not own or one.heading >= 1 or one.support >= SUPPORT
        if told and _is_beside(one, strongest):
            reasons[theme] = AboutReason.PARENT
    if not context:
        for theme in titled & weights.keys() - reasons.keys():
            if _is_beside(weights[theme], strongest):
                reasons[theme] = AboutReason.TITLE
    return reasons


def _is_beside(one: Prominence, strongest: float) -> bool:
    """Return whether the passage's own words say as much of a theme that stands above it."""
    return one.support >= 1 and one.strength >= BESIDE * strongest


def _find_reason(one: Prominence, beside: float, alone: bool) -> AboutReason | None:
    """Return why the passage is about the theme by its own words, if it is."""
    named = one.heading >= NAMED or (one.heading >= HEADING and beside >= BESIDE)
    # A hint in the heading alone counts nothing where the words below it say no more.
    hinted = one.heading >= 1 and alone and beside >= 1 and one.share >= BORNE_OUT
    if named or hinted:
        return AboutReason.HEADING
    if _leads(one, beside):
        return AboutReason.TOPIC
    return AboutReason.SUSTAINED if _is_sustained(one, beside) else None


def _leads(one: Prominence, beside: float) -> bool:
    """Return whether the passage opens with the theme, or speaks of little else."""
    if one.support < SUPPORT:
        return False
    return (
        (one.topic >= 4 and one.share >= 0.25 and beside >= 0.5)
        or (one.topic >= 3 and one.share >= 0.3 and beside >= 0.9)
        or (one.topic >= 3 and one.support >= 4 and one.share >= 0.2 and beside >= 0.8)
        or (one.support >= 6 and one.share >= 0.12 and beside >= 0.9)
    )


def _is_sustained(one: Prominence, beside: float) -> bool:
    """Return whether the passage comes back to the theme in clause after clause."""
    if one.clauses < CLAUSES or one.share < DWELT or beside < NOTABLE:
        return False
    return (
        (one.support >= 5 and one.sentences >= SENTENCES)
        or (one.support >= 6 and beside >= 0.4)
        or one.support >= 8
        or (one.clauses >= MANY and beside >= 0.9)
    )


def _is_alone(theme: int, weights: Mapping[int, Prominence]) -> bool:
    """Return whether no other theme is named as much by the heading."""
    mine = weights[theme].heading
    return all(one.heading < mine for other, one in weights.items() if other != theme)


def _make_verdict(one: Prominence | None, reason: AboutReason | None, above: str) -> Verdict:
    named_at = above if reason == AboutReason.PARENT else ""
    if one is None:
        return Verdict(0.0, 0.0, [], reason, named_at)
    evidence = count_evidence(one.places)
    weights = {place.text: place.weight for place in one.places}
    score = sum(weights[text] * (1 + math.log(count)) for text, count in evidence) + one.heading
    support = sum(weights.values())
    return Verdict(round(score, 4), support, evidence, reason, named_at)
