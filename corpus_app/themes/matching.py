"""Weigh a text against the terms of all themes at once; pure, knows no database."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus_app.text.phrases import PhraseIndex

# What the different terms found must weigh together: one strong term (3), two that support (2),
# or three that hint (1).
THRESHOLD: Final = 3.0


@dataclass(frozen=True)
class Term:
    """An expression that counts for a theme (by its id), or, excluded, hides what it covers."""

    theme: int
    text: str
    weight: float = 1.0
    excluded: bool = False


@dataclass(frozen=True)
class Match:
    """How strongly a text speaks of a theme, and by which terms (text, count), strongest first."""

    score: float
    support: float
    evidence: list[tuple[str, int]]

    @property
    def convincing(self) -> bool:
        """Return whether the evidence is enough to tag the text."""
        return self.support >= THRESHOLD


class TermMatcher:
    """The terms of all themes, compiled once, looked for in one pass over a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._terms[term.text].append(term)
        self._index = PhraseIndex(self._terms)

    def match_text(self, text: str) -> dict[int, Match]:
        """Return the match for each theme of which a term stands in the text."""
        places: defaultdict[int, list[tuple[int, Term]]] = defaultdict(list)
        for start, phrase in self._index.find_all(text):
            for term in self._terms[phrase]:
                places[term.theme].append((start, term))
        matches = {theme: weigh_terms(count_terms(found)) for theme, found in places.items()}
        return {theme: match for theme, match in matches.items() if match.evidence}


def count_terms(places: list[tuple[int, Term]]) -> dict[Term, int]:
    """Return how often each term stands free: not inside a longer or an excluded one.

    >>> long, short = Term(1, "全过程人民民主"), Term(1, "人民民主")
    >>> count_terms([(0, long), (3, short)])[long]
    1
    """
    counts: defaultdict[Term, int] = defaultdict(int)
    covered = 0
    # In order of start, the longer first: what begins before the last end lies inside it.
    for start, term in sorted(places, key=lambda place: (place[0], -len(place[1].text))):
        if start < covered:
            continue
        covered = start + len(term.text)
        if not term.excluded:
            counts[term] += 1
    return counts


def weigh_terms(counts: dict[Term, int]) -> Match:
    """Return the match of one theme; a term's repetitions count ever less."""
    weighed = {term: term.weight * (1 + math.log(count)) for term, count in counts.items()}
    order = sorted(weighed, key=lambda term: (-weighed[term], term.text))
    return Match(
        score=round(sum(weighed.values()), 4),
        support=sum(term.weight for term in counts),
        evidence=[(term.text, counts[term]) for term in order],
    )
