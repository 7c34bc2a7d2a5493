"""Order the matched units: the engine's words first, then how often the characters stand there."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Final

import numpy as np
from haystack.query import SQ, SearchQuerySet

from corpus_app.catalog.models import Section, Speech
from search.analysis import cut_words
from search.arrays.spans import find_spans
from search.arrays.tables import Array
from search.hits import HitTable
from search.query.nodes import (
    And,
    FieldText,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Words,
    walk_leaves,
)
from search.query.patterns import Pattern, make_pattern, read_patterns

# How many of the engine's best are asked for; units beyond follow by counted characters.
RANK_DEPTH: Final = 5_000
# Where the words of the query stand together in order, the unit counts half as much again.
TOGETHER: Final = 1.5
# Words whose neighbours are looked at; a pasted sentence must not ask for a hundred pairs.
MAX_NEIGHBOURS: Final = 12
_SATURATION: Final = 1.2

_LOG: Final = logging.getLogger(__name__)


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
        scores = _ask_engine(table, tree)
    except Exception:  # an engine may raise anything; hits are found without it
        _LOG.exception("The search engine failed; hits are ranked by their characters only")
        return Ranking(_count_characters(table, tree), engine_answered=False)
    worded = scores > 0
    if not worded.all():
        # Below every unit that has the words as words.
        lowest = float(scores[worded].min()) if worded.any() else 1.0
        scores[~worded] = _count_characters(table.take(~worded), tree) * lowest
    words = _list_words(tree)
    scores += _score_neighbours(table, words)
    return Ranking(np.where(_stand_together(table, words), scores * TOGETHER, scores))


def order_hits(table: HitTable, scores: Array, sort: str) -> Array:
    """Return the rows' order; ties go to the later date, the lower id, the earlier place."""
    days = table.date_first
    ties = (table.node, table.speech_id, -days)
    if sort == "date":
        return np.lexsort((*ties, -scores, np.where(days > 0, days, np.iinfo(np.int64).max)))
    if sort == "-date":
        return np.lexsort((*ties, -scores, -days))
    return np.lexsort((*ties, -scores))


def _ask_engine(table: HitTable, tree: Node) -> Array:
    query = make_engine_query(tree)
    if query is None:
        return np.zeros(len(table))
    models = (Speech,) if table.is_root.all() else (Section, Speech)
    scores = _read_scores(SearchQuerySet().models(*models).filter(query), models)
    return np.where(
        table.is_root,
        _look_up(scores["speech"], table.speech_id) if "speech" in scores else 0.0,
        _look_up(scores["section"], table.read_node_column("node_pk"))
        if "section" in scores
        else 0.0,
    )


def _read_scores(found: SearchQuerySet, models: Iterable[type]) -> dict[str, tuple[Array, Array]]:
    """Return rising keys and their scores by the model's name.

    Our engine tells the scores of all that match at once; of any other the best are read.
    """
    score = getattr(found.query.backend, "score", None)
    told = score(found.query.build_query(), models) if score else None
    if told is not None:
        return dict(told)
    read: dict[str, dict[int, float]] = {}
    for name, pk, value in found.values_list("model_name", "pk", "score")[:RANK_DEPTH]:
        read.setdefault(name, {})[int(pk)] = float(value or 0.0)
    return {
        name: (np.array(sorted(values)), np.array([values[key] for key in sorted(values)]))
        for name, values in read.items()
    }


def _look_up(scores: tuple[Array, Array], keys: Array) -> Array:
    known, values = scores
    if not len(known):
        return np.zeros(len(keys))
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, values[at], 0.0)


def make_engine_query(node: Node) -> SQ | None:
    """Return what the engine should score by; None where the query has no words to score."""
    if isinstance(node, And | Or):
        parts = [part for part in map(make_engine_query, node.children) if part is not None]
        return reduce(and_ if isinstance(node, And) else or_, parts) if parts else None
    if isinstance(node, Near):
        sides = [make_engine_query(node.left), make_engine_query(node.right)]
        parts = [part for part in sides if part is not None]
        return reduce(and_, parts) if parts else None
    if isinstance(node, FieldText) and node.field == "title":
        return _join_words(node.text, SQ_HEADING)
    if isinstance(node, Not) or not isinstance(node, Phrase | Words | Prefix):
        return None
    return _join_words(node.text, SQ_ANYWHERE)


SQ_HEADING: Final = ("heading",)
SQ_ANYWHERE: Final = ("text", "heading")


def _join_words(text: str, fields: Iterable[str]) -> SQ | None:
    words = dict.fromkeys(word.text for word in cut_words(text))
    parts = [reduce(or_, (SQ(**{field: word}) for field in fields)) for word in words]
    return reduce(and_, parts) if parts else None


def _list_patterns(tree: Node) -> list[Pattern]:
    patterns: list[Pattern] = []
    for leaf in walk_leaves(tree, positive_only=True):
        if isinstance(leaf, Near):
            patterns += [*read_patterns(leaf.left), *read_patterns(leaf.right)]
        elif isinstance(leaf, Phrase | Words | Prefix):
            patterns += read_patterns(leaf)
    return patterns


def _count_characters(table: HitTable, tree: Node) -> Array:
    """Return a score between 0 and 1 that grows with the occurrences of every pattern."""
    patterns = _list_patterns(tree)
    total = np.zeros(len(table))
    for pattern in patterns:
        counts = _count_pattern(table, pattern)
        total += counts / (counts + _SATURATION)
    return total / (len(patterns) or 1)


def _count_pattern(table: HitTable, pattern: Pattern) -> Array:
    return table.count_spans([find_spans(live.segment, pattern) for live in table.segments])


def _list_words(tree: Node) -> list[str]:
    """Return the positive words and phrases in the query's order."""
    words: list[str] = []
    for leaf in walk_leaves(tree, positive_only=True):
        if isinstance(leaf, Words):
            words += leaf.words or (leaf.text,)
        elif isinstance(leaf, Phrase):
            words.append(leaf.text)
    return words[:MAX_NEIGHBOURS]


def _score_neighbours(table: HitTable, words: list[str]) -> Array:
    """Return what words that stand together as they do in the query add, rare pairs more."""
    total = np.zeros(len(table))
    nodes = sum(live.segment.node_count for live in table.segments)
    for first, second in pairwise(words):
        counts = _count_pattern(table, make_pattern(first + second, any_case=True))
        held = int(np.count_nonzero(counts))
        if held:
            rarity = np.log(1 + (nodes - held + 0.5) / (held + 0.5))
            total += rarity * counts * (_SATURATION + 1) / (counts + _SATURATION)
    return total


def _stand_together(table: HitTable, words: list[str]) -> Array:
    """Return the rows where all positive words stand in a row, in the query's order."""
    if len(words) < 2:
        return np.zeros(len(table), dtype=np.bool_)
    return _count_pattern(table, make_pattern("".join(words), any_case=True)) > 0
