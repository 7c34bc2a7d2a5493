"""Order the matched units: by the engine's scores of words, then by occurrences of characters."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.query import SearchQuerySet

from corpus_app.catalog.models import Section, Speech
from corpus_app.text.folding import fold
from search.arrays.segment import Segment
from search.arrays.tables import Array
from search.matching.hits import HitTable
from search.matching.reading import find_asking
from search.matching.spans import find_spans
from search.query.nodes import (
    Near,
    Node,
    Phrase,
    Prefix,
    Words,
    walk_leaves,
)
from search.query.patterns import Pattern, make_pattern, read_patterns
from search.query.terms import Terms, read_terms, write_haystack
from search.ranking.closeness import QUESTION, TOPIC, score_closeness

# Where the words of the query stand together in order, the unit counts so much more.
TOGETHER: Final = 1.2
# An old speech keeps this share of its score where new ones are preferred; half of the rest
# is lost every so many days.
OLD_SHARE: Final = 0.4
HALF_LIFE_DAYS: Final = 3 * 365
_SATURATION: Final = 1.2

_LOG: Final = logging.getLogger(__name__)
# How many of the engine's best are asked for; units beyond follow by counted characters.
RANK_DEPTH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Ranking:
    """A score for every row, and whether the engine could be asked."""

    scores: Array
    engine_answered: bool = True


def rank_hits(table: HitTable, tree: Node) -> Ranking:
    """Return a score for each row, positive and deterministic."""
    if not len(table):
        return Ranking(np.zeros(0))
    try:
        scores = ask_engine(table, tree)
    except Exception:  # an engine may raise anything; hits are found without it
        _LOG.exception("The search engine failed; hits are ranked by their characters only")
        return Ranking(_count_characters(table, tree), engine_answered=False)
    words = list_words(tree)
    if len(words) > 1 or asks_something(tree):
        texts = list_texts(tree)
        manner = QUESTION if any(find_asking(fold(text)) for text in texts) else TOPIC
        scores = manner.words * scores + score_closeness(table, texts, manner)
        together = _stand_together(table, words)
        return Ranking(np.where(together, scores * TOGETHER, scores))
    worded = scores > 0
    if not worded.all():
        # Below every unit that has the words as words.
        lowest = float(scores[worded].min()) if worded.any() else 1.0
        scores[~worded] = _count_characters(table.take(~worded), tree) * lowest
    return Ranking(scores)


def prefer_fresh(table: HitTable, scores: Array) -> Array:
    """Return the scores lowered by age, counted from the newest of the hits, not from today.

    The same corpus so gives the same order next year. Hits without a date count as old.
    """
    days = table.date_first
    if not (days > 0).any():
        return scores
    ages = np.where(days > 0, days.max() - days, np.inf)
    return scores * (OLD_SHARE + (1 - OLD_SHARE) * 0.5 ** (ages / HALF_LIFE_DAYS))


def order_hits(table: HitTable, scores: Array, sort: str, end: int | None = None) -> Array:
    """Return the rows' order; ties go to the later date, the lower id, the earlier place.

    Where end is given, the order may stop after that many rows.
    """
    first = _list_firsts(table, scores, sort)
    rows = _list_until(first, end)
    table, scores, first = table.take(rows), scores[rows], first[rows]
    ties = (table.node, table.speech_id, -table.date_first)
    return rows[np.lexsort((*ties, -scores, first))]


def _list_firsts(table: HitTable, scores: Array, sort: str) -> Array:
    """Return what the rows are ordered by before all else, rising."""
    if sort == "date":
        return np.where(table.date_first > 0, table.date_first, np.iinfo(np.int64).max)
    return -table.date_first if sort == "-date" else -scores


def _list_until(values: Array, end: int | None) -> Array:
    """Return the rows of the lowest values, with all that equal the last of them."""
    if end is None or end * 2 >= len(values):
        return np.arange(len(values))
    return np.flatnonzero(values <= np.partition(values, end)[end])


def list_patterns(tree: Node) -> list[Pattern]:
    patterns: list[Pattern] = []
    for leaf in walk_leaves(tree, positive_only=True):
        if isinstance(leaf, Near):
            patterns += [*read_patterns(leaf.left), *read_patterns(leaf.right)]
        elif isinstance(leaf, Phrase | Words | Prefix):
            patterns += read_patterns(leaf)
    return patterns


def _count_characters(table: HitTable, tree: Node) -> Array:
    """Return a score between 0 and 1 that grows with the occurrences of every pattern."""
    patterns = list_patterns(tree)
    total = np.zeros(len(table))
    for pattern in patterns:
        counts = _count_pattern(table, pattern)
        total += counts / (counts + _SATURATION)
    return total / (len(patterns) or 1)


def _count_pattern(table: HitTable, pattern: Pattern) -> Array:
    return table.count_spans([find_spans(live.segment, pattern) for live in table.segments])


def list_words(tree: Node) -> list[str]:
    """Return the positive words and phrases in the query's order."""
    words: list[str] = []
    for leaf in walk_leaves(tree, positive_only=True):
        if isinstance(leaf, Words):
            words += leaf.words or (leaf.text,)
        elif isinstance(leaf, Phrase):
            words.append(leaf.text)
    return words


def asks_something(tree: Node) -> bool:
    """Tell whether a run was read as a question."""
    leaves = walk_leaves(tree, positive_only=True)
    return any(isinstance(leaf, Words) and leaf.any_word for leaf in leaves)


def list_texts(tree: Node) -> list[str]:
    """Return the texts of the positive words and phrases in the query's order, as typed."""
    leaves = walk_leaves(tree, positive_only=True)
    return [leaf.text for leaf in leaves if isinstance(leaf, Words | Phrase)]


def _stand_together(table: HitTable, words: list[str]) -> Array:
    """Return the rows where all positive words stand in a row, in the query's order."""
    if len(words) < 2:
        return np.zeros(len(table), dtype=np.bool_)
    return _count_pattern(table, make_pattern("".join(words), any_case=True)) > 0


class WordScores(Protocol):
    """Scores of the documents that match."""

    def spread(self, count: int) -> Array:
        """Return every document's score (0: no match), and a 0 for document number count."""


class ArrayScores(Protocol):
    """An engine that can score all its documents by words."""

    count: int

    def score_words(self, terms: Terms) -> WordScores:
        """Return the scores of all that match."""

    def locate(self, name: Hashable, keys: Mapping[str, Array]) -> Array:
        """Return for each node the document that has its key, count where there is none."""


def ask_engine(table: HitTable, tree: Node) -> Array:
    """Return each row's score by the query's words, 0 where it has none; raise what it raises."""
    terms = read_terms(tree)
    if terms is None:
        return np.zeros(len(table))
    backend = connections[DEFAULT_ALIAS].get_backend()
    if hasattr(backend, "share"):
        return _read_ours(table, backend.share(), terms)
    return _read_best(table, terms)


def _read_ours(table: HitTable, searcher: ArrayScores, terms: Terms) -> Array:
    """Return the rows' scores from an engine that tells those of all documents at once."""
    every = searcher.score_words(terms).spread(searcher.count)
    scores = np.zeros(len(table))
    for number, live in enumerate(table.segments):
        rows = (table.segment == number).nonzero()[0]
        if len(rows):
            documents = searcher.locate(live.segment.key, list_keys(live.segment))
            scores[rows] = every[documents[table.node[rows]]]
    return scores


def list_keys(segment: Segment) -> dict[str, Array]:
    """Return the key of each node's section and, for roots, speech."""
    speeches = np.zeros(segment.node_count, dtype=np.int64)
    speeches[segment.roots] = segment.speech_ids
    return {"catalog.speech": speeches, "catalog.section": segment.tables.columns["node_pk"]}


def _read_best(table: HitTable, terms: Terms) -> Array:
    """Return the rows' scores as far as they are among the best of any engine of Haystack's."""
    models = (Speech,) if table.is_root.all() else (Section, Speech)
    found = SearchQuerySet().models(*models).filter(write_haystack(terms))
    best: dict[str, dict[int, float]] = {"speech": {}, "section": {}}
    for name, pk, value in found.values_list("model_name", "pk", "score")[:RANK_DEPTH]:
        best[name][int(pk)] = float(value or 0.0)
    keys = zip(
        table.is_root.tolist(),
        table.speech_id.tolist(),
        table.read_node_column("node_pk").tolist(),
        strict=True,
    )
    return np.array(
        [
            best["speech"].get(speech, 0.0) if is_root else best["section"].get(section, 0.0)
            for is_root, speech, section in keys
        ]
    )
