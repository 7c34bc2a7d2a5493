"""Where the terms of all themes stand in a text; pure, knows no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.noise.breaks import LIKELY, load_chances
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.phrases import PhraseIndex

# A term that says no more counts only where it is no part of another theme's longer term.
HINT: Final = 2.0
# Terms of two characters are met across the border of two words: 政体 in 行政体制.
SHORT: Final = 2
SEPARATOR: Final = "、"


@dataclass(frozen=True)
class Term:
    """An expression that counts for a theme (by its id), or, excluded, hides what it covers."""

    theme: int
    text: str
    weight: float = 1.0
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a text from start to end; listed where it is one item of an enumeration."""

    start: int
    end: int
    text: str
    weight: float
    listed: bool


class TermMatcher:
    """The terms of all themes, compiled once, looked for in one pass over a text.

    A term weighs at least what any term of its theme inside it weighs: 优化营商环境 as much as
    营商环境.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: defaultdict[str, list[Term]] = defaultdict(list)
        for term in _raise_weights(list(terms)):
            self._terms[fold_keeping_space(term.text)].append(term)
        self._index = PhraseIndex(self._terms)

    def find_terms(self, text: str, marked: int = 0) -> dict[int, list[Occurrence]]:
        """Return by theme where its terms stand free in the text, in order.

        Free is what lies inside no longer or excluded term of the theme. marked is the length of
        the marker (一、) that the text begins with: its sign makes no enumeration.
        """
        text = fold_keeping_space(text)
        found: defaultdict[int, list[tuple[int, Term]]] = defaultdict(list)
        for start, phrase in self._index.find_all(text):
            for term in self._terms[phrase]:
                found[term.theme].append((start, term))
        free = {theme: list_free(places) for theme, places in found.items()}
        longest = _map_longest(free)
        kept = {
            theme: [
                Occurrence(
                    start,
                    start + len(term.text),
                    term.text,
                    term.weight,
                    is_listed(text, start, term.text, marked),
                )
                for start, term in places
                if self._counts(text, start, term, longest)
            ]
            for theme, places in free.items()
        }
        return {theme: places for theme, places in kept.items() if places}

    @staticmethod
    def _counts(text: str, start: int, term: Term, longest: Mapping[int, tuple[int, int]]) -> bool:
        """Return whether the term at start stands for itself: no part of a longer term or word."""
        if term.weight <= HINT and _is_inside(longest, start, term.text):
            return False
        return len(term.text) > SHORT or not is_across(text, start)


def list_free(places: list[tuple[int, Term]]) -> list[tuple[int, Term]]:
    """Return the places of terms that stand free: not inside a longer or an excluded one.

    >>> long, short = Term(1, "全过程人民民主"), Term(1, "人民民主")
    >>> [term.text for _at, term in list_free([(0, long), (3, short)])]
    ['全过程人民民主']
    """
    free: list[tuple[int, Term]] = []
    covered = 0
    # In order of start, the longer first: what begins before the last end lies inside it.
    for start, term in sorted(places, key=lambda place: (place[0], -len(place[1].text))):
        if start < covered:
            continue
        covered = start + len(term.text)
        if not term.excluded:
            free.append((start, term))
    return free


def is_listed(text: str, start: int, term: str, marked: int = 0) -> bool:
    """Return whether the term at start is one item of an enumeration.

    >>> is_listed("围绕产业建设、乡村振兴、生态保护等", 7, "乡村振兴")
    True
    >>> is_listed("一、乡村振兴", 2, "乡村振兴", marked=1)
    False
    """
    if SEPARATOR in term:
        return False
    end = start + len(term)
    return text[end : end + 1] == SEPARATOR or (start > marked + 1 and text[start - 1] == SEPARATOR)


def is_across(text: str, start: int) -> bool:
    """Return whether the two characters at start are the end of one word and begin another.

    The cheap half of ingest/word_borders.py: it asks for the two words of two characters alone.

    >>> is_across("深化行政体制改革", 3), is_across("国体和政体", 3)
    (True, False)
    """
    chances = load_chances()
    left, right = text[start - 1 : start + 1] if start else "", text[start + 1 : start + 3]
    if len(left) < 2 or len(right) < 2 or left not in chances or right not in chances:
        return False
    apart = chances[""]
    inside = chances.get(text[start : start + 2], 2 * apart)
    around = chances.get(left[0], apart) + chances.get(right[1], apart)
    return chances[left] + chances[right] - inside - around >= LIKELY


def count_evidence(places: Sequence[Occurrence]) -> list[tuple[str, int]]:
    """Return the terms found with their counts, the heaviest first."""
    counts = Counter(place.text for place in places)
    weights = {place.text: place.weight for place in places}
    order = sorted(counts, key=lambda text: (-weights[text] * counts[text], text))
    return [(text, counts[text]) for text in order]


def _raise_weights(terms: list[Term]) -> Iterator[Term]:
    weights: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for term in terms:
        if not term.excluded:
            weights[term.theme][term.text] = term.weight
    for term in terms:
        if term.excluded:
            yield term
            continue
        own = weights[term.theme]
        raised = max(own.get(part, 0.0) for part in _list_parts(term.text))
        yield Term(term.theme, term.text, raised)


def _list_parts(text: str) -> Iterator[str]:
    """Yield all stretches of two characters or more, the text itself among them."""
    for start in range(len(text)):
        for end in range(start + 2, len(text) + 1):
            yield text[start:end]


def _map_longest(free: Mapping[int, list[tuple[int, Term]]]) -> dict[int, tuple[int, int]]:
    """Return for each character in a term of any theme the span of the longest such term."""
    longest: dict[int, tuple[int, int]] = {}
    for places in free.values():
        for start, term in places:
            end = start + len(term.text)
            for at in range(start, end):
                known = longest.get(at, (0, 0))
                if end - start > known[1] - known[0]:
                    longest[at] = (start, end)
    return longest


def _is_inside(longest: Mapping[int, tuple[int, int]], start: int, text: str) -> bool:
    """Return whether a longer term holds the whole term at start."""
    first, last = longest[start]
    return first <= start and start + len(text) <= last and last - first > len(text)
