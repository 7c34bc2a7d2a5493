"""Which words are used like one, of those that whoever asks may see."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from corpus_app.catalog.kept import keep_answers
from search.errors import QueryError
from search.index.access import open_index
from search.matching.hits import collect_hits
from search.matching.names import DatabaseNames
from search.presentation.coverage import measure_corpus
from search.query.nodes import Phrase
from search.result import Coverage
from search.similar.store import open_thesaurus
from search.similar.units import LEAST
from search.suggest.synonyms import fold_synonym

Outcome = Literal["found", "nothing", "rare", "absent", "unlearnt"]
MOST: Final = 30
# Less is chance.
_LEAST_LIKENESS: Final = 0.35
# Some of the nearest may not be seen by whoever asks, or be withdrawn.
_LOOKED_AT: Final = 3


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word, how alike its use is (0 to 1), and in how many speeches it stands now."""

    word: str
    likeness: float
    speeches: int


@dataclass(frozen=True, slots=True)
class SimilarWords:
    """What is used like a word, and what it was learnt from.

    outcome is "rare" for a word that stands in too few places to tell, "absent" for one that
    stands nowhere that the asker may see, "unlearnt" where the corpus is too small or new.
    """

    word: str
    outcome: Outcome
    words: tuple[SimilarWord, ...]
    speeches: int
    learnt_texts: int
    learnt_characters: int
    day: str
    searched: Coverage


def find_similar(word: str, limit: int = MOST) -> SimilarWords:
    """Return the words used most like one, the most alike first.

    Only those that stand in a speech the asker may see at this moment; nothing for a word that he
    may not see himself.
    """
    index, _stale = open_index()
    known = open_thesaurus()
    return _answer(
        word.strip(), limit, (index.stamp, index.generation), known.key if known else None
    )


@keep_answers
def _answer(word: str, limit: int, _index: Hashable, _learnt: str | None) -> SimilarWords:
    index, _stale = open_index()
    asked = fold_synonym(word)
    known = open_thesaurus()
    learnt = known is not None and len(known.names) > 0
    speeches = _count(asked) if asked else 0
    outcome: Outcome = "found"
    if not learnt:
        outcome = "unlearnt"
    elif not speeches:
        outcome = "absent"
    elif known is None or asked not in known.numbers:
        outcome = "rare"
    words = _list_nearest(asked, limit) if outcome == "found" else ()
    return SimilarWords(
        word=word,
        outcome=outcome if words or outcome != "found" else "nothing",
        words=words,
        speeches=speeches,
        learnt_texts=len(known.texts) if known else 0,
        learnt_characters=known.characters if known else 0,
        day=known.day if known else "",
        searched=measure_corpus(index),
    )


def least_places() -> int:
    """Return in how many places a word must stand to be learnt."""
    return LEAST


def _list_nearest(word: str, limit: int) -> tuple[SimilarWord, ...]:
    known = open_thesaurus()
    assert known is not None
    number = known.numbers[word]
    likeness = known.vectors @ known.vectors[number]
    likeness[number] = -1
    found: list[SimilarWord] = []
    for at in np.argsort(-likeness, kind="stable")[: limit * _LOOKED_AT].tolist():
        if len(found) == limit or likeness[at] < _LEAST_LIKENESS:
            break
        if speeches := _count(known.names[at]):
            alike = round(min(1.0, float(likeness[at])), 3)
            found.append(SimilarWord(known.names[at], alike, speeches))
    return tuple(found)


def _count(word: str) -> int:
    """Return in how many speeches that the asker may see a word stands."""
    index, _stale = open_index()
    try:
        table = collect_hits(index, Phrase(word), DatabaseNames(), "speech")
    except QueryError:
        return 0
    return len(table)
