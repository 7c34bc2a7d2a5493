"""What comes near a query of several words where few units have them all.

These are no hits: they are not counted, not exported, and shown apart, so that what is said
about the hits stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus_app.text.folding import fold
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.errors import QueryError
from search.matching.hits import HitTable, collect_hits
from search.matching.names import DatabaseNames
from search.matching.reading import find_asking
from search.presentation.facets import Faceting
from search.query.nodes import And, Everything, Node, Or, Words
from search.query.terms import cut_query
from search.ranking.order import order_hits, rank_hits
from search.request import SearchRequest

# With so many hits a reader has enough to look at.
ENOUGH: Final = 10
# A pasted paragraph is looked for by its first words.
_MAX_WORDS: Final = 30


@dataclass(frozen=True)
class PartialMatches:
    """Units with some of the words, best first, with their scores and the query they answer."""

    table: HitTable
    scores: Array
    tree: Node


def find_partial_matches(
    arrays: ArrayIndex, tree: Node, names: DatabaseNames, request: SearchRequest, kept: HitTable
) -> PartialMatches | None:
    """Return the best units that have some of the query's words but are no hits.

    None where there are hits enough, further pages are asked for, or the query is no list of
    plain words; conditions beside the words (fields, dates, quoted strings) hold on.
    """
    if not asks_for_partial(request):
        return None
    # Who asks for sections has not enough in whole speeches.
    enough = len(kept) if request.unit == "speech" else int(np.count_nonzero(~kept.is_root))
    if enough >= ENOUGH:
        return None
    loose = ask_any_word(tree)
    if loose is None:
        return None
    try:
        table = collect_hits(arrays, widen(loose), names, request.unit)
    except QueryError:  # the time of an expression among the conditions is over
        return None
    table = table.take(Faceting(table, request, names).keep_all())
    table = table.take(~_are_hits(table, kept))
    if not len(table):
        return None
    scores = rank_hits(table, loose).scores
    missing = ENOUGH - enough
    best = order_hits(table, scores, "relevance", missing)[:missing]
    best = best[scores[best] > 0]
    return PartialMatches(table.take(best), scores[best], loose)


def asks_for_partial(request: SearchRequest) -> bool:
    """Tell whether partial matches are shown at all: on a first page of the best hits."""
    first_page = request.page == 1 and request.per_page is not None
    return first_page and request.sort in ("relevance", "fresh")


def widen(loose: Node) -> Node:
    """Return the query for all that may come near: of a question's any unit, by its characters."""
    if isinstance(loose, And):
        return And(tuple(map(widen, loose.children)))
    asks = isinstance(loose, Words) and loose.any_word and find_asking(fold(loose.text))
    return Everything() if asks else loose


def ask_any_word(tree: Node) -> Node | None:
    """Return the query for any of its plain words, None where it has fewer than two.

    A word of one character is left out where there are longer ones: 的 and 和 stand everywhere.
    """
    children = tree.children if isinstance(tree, And) else (tree,)
    if any(isinstance(child, Words) and child.any_word for child in children):
        return tree
    plain = [child for child in children if isinstance(child, Words)]
    words = list(dict.fromkeys(word for child in plain for word in _list_words(child)))
    longer = [word for word in words if len(word) > 1]
    words = (longer if len(longer) > 1 else words)[:_MAX_WORDS]
    if len(words) < 2:
        return None
    anyone = Or(tuple(Words(word, (word,)) for word in words))
    others = tuple(child for child in children if not isinstance(child, Words))
    return And((anyone, *others)) if others else anyone


def _list_words(run: Words) -> tuple[str, ...]:
    """Return the words of a run, also where it was read as its characters in a row."""
    return (cut_query(run.text) if run.is_exact else run.words) or (run.text,)


def _are_hits(table: HitTable, kept: HitTable) -> Array:
    """Return for each row whether it is among the hits."""
    nodes = max((live.segment.node_count for live in table.segments), default=0)
    return np.isin(table.segment * nodes + table.node, kept.segment * nodes + kept.node)
