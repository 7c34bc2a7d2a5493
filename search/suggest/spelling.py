"""Near wordings of a query that found nothing, from the corpus's own expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from corpus_app.ingest.rule_files import read_rules
from search.suggest.entries import read_match_form
from search.suggest.readings import list_readings, read_syllables
from search.suggest.symbols import EntryArray, Places

Halves = npt.NDArray[np.int64]

SHORTEST: Final = 2
LONGEST: Final = 60
# Slips are counted in halves: a homophone (成 for 程) is one, another character two.
HOMOPHONE: Final = 1
OTHER_CHARACTER: Final = 2
# By the query's length: how many halves still count as near. Among two or three characters a
# single other one makes another word, so there only homophones are slips.
_BOUNDS: Final = ((3, 1), (6, 2), (10, 4), (16, 6))
_LARGEST_BOUND: Final = 8
# A stretch cut out of a longer text is a weaker proposal than a text as it stands.
_PASSAGE_PENALTY: Final = 0.05
# Readings become characters of the private planes, which hold more than there are syllables.
_NO_ENTRY_HAS_IT: Final = 0xF0000


@dataclass(frozen=True, slots=True)
class Spelling:
    """A wording to propose; score runs from 0 to 1, where 1 would be the query itself."""

    text: str
    score: float
    weight: int


class SpellingIndex:
    """The wordings that proposals are made from; made once, then only read."""

    def __init__(self, array: EntryArray) -> None:
        self._array = array
        self._numbers: dict[str, int] = {}
        for symbol in array.symbols:
            self._numbers.setdefault(symbol.reading, len(self._numbers) + 1)
        self._symbol_readings = np.array([self._numbers[s.reading] for s in array.symbols])
        self._symbol_chars = np.array([ord(s.char or "\0") for s in array.symbols])
        self._forms = [form.chars for form in array.forms]
        self._readings = [self._write_readings(chars) for chars in self._forms]

    def propose(self, text: str, limit: int = 3) -> list[Spelling]:
        """Return wordings that differ from text by a few slips, the nearest first.

        propose("全过成人民民主") offers 全过程人民民主. Never the text itself, signs and forms of
        characters aside; none for a text of one character or of more than 60.
        """
        chars = read_match_form(text).chars
        if not SHORTEST <= len(chars) <= LONGEST or not self._forms:
            return []
        found = [*self._find_near_entries(chars), *self._find_near_passages(chars)]
        best: dict[str, Spelling] = {}
        for spelling in sorted(found, key=_rank):
            form = read_match_form(spelling.text).chars
            if form != chars and _keeps_protected(chars, form):
                best.setdefault(form, spelling)
        return list(best.values())[: max(limit, 0)]

    def _find_near_entries(self, chars: str) -> list[Spelling]:
        """Return the entries within the bound by edits, a homophone counting half."""
        bound = find_bound(len(chars))
        typed = [self._write_readings(chars)]
        by_chars = _measure([chars], self._forms, bound)
        # A character keeps its reading, so the readings never differ in more places; where the
        # dictionary reads it differently in another context, the characters have the say.
        by_reading = np.minimum(_measure(typed, self._readings, bound), by_chars)
        slips = by_chars + by_reading
        return [
            self._describe_entry(at, int(slips[at]), len(chars))
            for at in np.flatnonzero(slips <= bound).tolist()
        ]

    def _describe_entry(self, at: int, slips: int, length: int) -> Spelling:
        entry = self._array.entries[at]
        longer = max(length, len(self._forms[at]))
        return Spelling(entry.text, round(1 - slips / 2 / longer, 4), entry.weight)

    def _find_near_passages(self, chars: str) -> list[Spelling]:
        """Return stretches of longer entries, as long as the query, that differ in little."""
        length = len(chars)
        bound = max(find_bound(length) // 2, HOMOPHONE)
        places = self._find_passages(length)
        slips: Halves = np.zeros(len(places), dtype=np.int64)
        for offset, char in enumerate(chars):
            slips += self._slips(char)[self._array.codes[places + offset]]
            kept = slips <= bound
            places, slips = places[kept], slips[kept]
        found: dict[str, tuple[int, int]] = {}
        for place, count in zip(places.tolist(), slips.tolist(), strict=True):
            owner, (start, end) = self._array.source_span(place, length)
            entry = self._array.entries[owner]
            passage = entry.text[start:end]
            least, weight = found.get(passage, (count, 0))
            found[passage] = (min(least, count), weight + entry.weight)
        return [
            Spelling(text, round(1 - count / 2 / length - _PASSAGE_PENALTY, 4), weight)
            for text, (count, weight) in found.items()
        ]

    def _find_passages(self, length: int) -> Places:
        """Return the places in longer entries from which so many symbols follow."""
        array = self._array
        ends = (array.starts + array.lengths)[array.owners]
        fits = np.arange(len(array.codes)) + length <= ends
        return np.flatnonzero(fits & (array.lengths[array.owners] > length))

    def _slips(self, char: str) -> Halves:
        """Return for every symbol how far it is from a character, in halves."""
        readings = {*list_readings(char), *read_syllables(char)}
        numbers = [self._numbers[reading] for reading in readings if reading in self._numbers]
        alike = np.isin(self._symbol_readings, numbers)
        slips = np.where(alike, HOMOPHONE, OTHER_CHARACTER)
        slips[self._symbol_chars == ord(char)] = 0
        return slips

    def _write_readings(self, chars: str) -> str:
        """Return the readings of a text as one made-up character each, so that they compare."""
        return "".join(
            chr(_NO_ENTRY_HAS_IT + self._numbers.get(syllable, 0))
            for syllable in read_syllables(chars)
        )


def find_bound(length: int) -> int:
    """Return how many half slips a query of so many characters may have."""
    return next((bound for longest, bound in _BOUNDS if length <= longest), _LARGEST_BOUND)


def _measure(typed: list[str], texts: list[str], bound: int) -> Halves:
    """Return the edits between the typed text and each text; beyond bound any larger number."""
    table = cdist(typed, texts, scorer=Levenshtein.distance, score_cutoff=bound, dtype=np.int32)
    return table[0].astype(np.int64)


def _keeps_protected(asked: str, proposed: str) -> bool:
    """Tell whether the proposal leaves standing the wordings that are never called a slip."""
    protected: list[str] = read_rules("standard_wording").get("protected", [])
    return all(wording in proposed for wording in protected if wording in asked)


def _rank(spelling: Spelling) -> tuple[float, int, int, str]:
    return -spelling.score, -spelling.weight, len(spelling.text), spelling.text
