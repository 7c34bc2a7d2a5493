"""How the terms of themes lie in a section: in its heading, its first sentence, its clauses.

Pure, knows no database.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.rule_files import read_rules
from corpus_app.themes.matching import Occurrence, TermMatcher

# Item of an enumeration: one of several things named in passing.
LISTED: Final = 0.34
LISTED_IN_HEADING: Final = 0.5
# A clause or sentence bears a theme wholly where its terms weigh so much.
FULL: Final = 2.0

_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_CLAUSE: Final = re.compile(r"[^，,；;。！？!?\n]+[，,；;。！？!?\n]*")

Span = tuple[int, int]


@dataclass(frozen=True)
class OwnWords:
    """A section as it is judged: its own words without its children's, and what stands above.

    own begins with marker and heading, where there are such. frames says that it opens or closes
    the speech.
    """

    key: str
    parent: str
    marker: str
    heading: str
    own: str
    frames: bool = False


@dataclass
class Prominence:
    """How a theme's terms lie in a passage: by weight in heading, topic sentence and clauses."""

    places: list[Occurrence]
    heading: float = 0.0
    topic: float = 0.0
    support: float = 0.0
    share: float = 0.0
    clauses: float = 0.0
    sentences: int = 0

    @property
    def mass(self) -> float:
        """Return what all places weigh together, items of enumerations less."""
        return sum(place.weight * (LISTED if place.listed else 1) for place in self.places)

    @property
    def full(self) -> float:
        """Return what all places weigh together."""
        return sum(place.weight for place in self.places)

    @property
    def strength(self) -> float:
        """Return one number to compare the themes of a passage by."""
        return 2 * self.heading + self.topic + 1.5 * self.clauses


class Clauses:
    """A passage's own words cut into sentences, and what follows the heading into clauses."""

    def __init__(self, passage: OwnWords) -> None:
        own = passage.own
        start = own.find(passage.heading) if passage.heading else -1
        self.heading: Span = (start, start + len(passage.heading)) if start >= 0 else (0, 0)
        self.sentences = [match.span() for match in _SENTENCE.finditer(own)]
        cut = [match.span() for match in _CLAUSE.finditer(own)]
        behind = self.heading[1] + 1 if start >= 0 else 0
        self.clauses = [span for span in cut if span[1] > behind] or cut
        self.size = sum(end - start for start, end in self.clauses) or 1
        self.topic = next((at for at, span in enumerate(self.sentences) if span[1] > behind), 0)
        self._clause_starts = [start for start, _end in self.clauses]
        self._sentence_starts = [start for start, _end in self.sentences]
        # The call that closes most speeches names what every speech names.
        call = re.compile(read_rules("outline")["closing"]["call"])
        self.formulas = [s for s in self.sentences if call.search(own, *s)]

    def find_sentence(self, at: int) -> int:
        """Return which sentence holds the character at, -1 for none."""
        return bisect_right(self._sentence_starts, at) - 1

    def find_clause(self, at: int) -> int:
        """Return which clause holds the character at, -1 for none."""
        return bisect_right(self._clause_starts, at) - 1

    def is_formula(self, at: int) -> bool:
        """Return whether the character at stands in the closing call."""
        return any(start <= at < end for start, end in self.formulas)


def measure_section(passage: OwnWords, matcher: TermMatcher) -> dict[int, Prominence]:
    """Return how each theme of which a term stands in the passage lies in it."""
    found = matcher.find_terms(passage.own, len(passage.marker))
    if not found:
        return {}
    layout = Clauses(passage)
    return {theme: _weigh(places, layout) for theme, places in found.items()}


def _weigh(places: list[Occurrence], layout: Clauses) -> Prominence:
    weight = Prominence(places)
    support: dict[str, float] = {}
    clauses: defaultdict[int, float] = defaultdict(float)
    sentences: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for place in places:
        if layout.heading[0] <= place.start < layout.heading[1]:
            weight.heading += place.weight * (LISTED_IN_HEADING if place.listed else 1)
        if layout.is_formula(place.start):
            continue
        if not place.listed:
            sentences[layout.find_sentence(place.start)][place.text] = place.weight
        value = place.weight * (LISTED if place.listed else 1)
        support[place.text] = max(support.get(place.text, 0.0), value)
        clause = layout.find_clause(place.start)
        if clause >= 0:
            clauses[clause] += value
    full = {at: min(value / FULL, 1.0) for at, value in clauses.items()}
    sizes = {at: layout.clauses[at][1] - layout.clauses[at][0] for at in full}
    weight.support = sum(support.values())
    weight.clauses = sum(full.values())
    weight.share = sum(sizes[at] * part for at, part in full.items()) / layout.size
    weight.sentences = sum(sum(one.values()) >= FULL for one in sentences.values())
    weight.topic = sum(sentences.get(layout.topic, {}).values())
    return weight


def measure_words(text: str, matcher: TermMatcher) -> dict[int, float]:
    """Return what the terms in a title weigh, by theme."""
    return {
        theme: sum(one.weight * (LISTED_IN_HEADING if one.listed else 1) for one in places)
        for theme, places in matcher.find_terms(text).items()
    }
