"""In what order Solr is to list what it found: by the same signs as over the arrays, weighed by it.

Words in text and headings, single characters and pairs of them, and what stands together. Solr's
BM25 has one bend for all of these, so scores and near ties may differ from those of the arrays
(docs/decisions/0042-solr.md).
"""

from __future__ import annotations

from typing import Final

from corpus_app.text.folding import fold
from search.matching.reading import find_asking
from search.query.nodes import Node
from search.query.patterns import make_pattern
from search.query.terms import QueryTerm, Terms, read_terms
from search.ranking.closeness import QUESTION, TOPIC, Manner
from search.ranking.grams import list_grams
from search.ranking.order import (
    HALF_LIFE_DAYS,
    OLD_SHARE,
    asks_something,
    list_patterns,
    list_texts,
    list_words,
)
from search.search_indexes import TITLE_BOOST
from search.solr.clauses import ALL, Query, find_phrase, join_all, join_any, match

# What has no words as words comes behind what has, by how often the characters stand in it.
_CHARACTERS: Final = 0.001
_TIES: Final = "date_first desc, speech asc, position asc, id asc"
SORTS: Final = {
    "relevance": f"score desc, {_TIES}",
    "fresh": f"score desc, {_TIES}",
    "date": "date_first asc, speech asc, position asc, id asc",
    "-date": _TIES,
}


def write_scoring(tree: Node) -> Query | None:
    """Return the query whose scores tell how well a unit answers; None where nothing tells it."""
    parts = [*_write_words(tree), *_write_grams(tree), *_write_characters(tree)]
    return join_any(parts) if parts else None


def score_all(scoring: Query | None) -> Query:
    """Return the query that finds everything, with the scores of a scoring."""
    return ALL if scoring is None else {"bool": {"must": [ALL], "should": [scoring]}}


def prefer_fresh(scoring: Query, newest: int) -> Query:
    """Return the query with its scores lowered by age, counted from a day's ordinal."""
    aged = f"pow(0.5,div(sub({newest},date_first),{HALF_LIFE_DAYS}))"
    share = f"if(exists(date_first),sum({OLD_SHARE},product({1 - OLD_SHARE},{aged})),{OLD_SHARE})"
    return {"boost": {"b": share, "query": scoring}}


def _read_manner(tree: Node) -> Manner | None:
    """Return what counts how much, None where a single run is asked for as it stands."""
    if len(list_words(tree)) < 2 and not asks_something(tree):
        return None
    asking = any(find_asking(fold(text)) for text in list_texts(tree))
    return QUESTION if asking else TOPIC


def _write_words(tree: Node) -> list[Query]:
    terms, manner = read_terms(tree), _read_manner(tree)
    if terms is None:
        return []
    return [_weigh(manner.words if manner else 1.0, _write_terms(terms))]


def _write_terms(terms: Terms) -> Query:
    if isinstance(terms, QueryTerm):
        boosts = {"heading": TITLE_BOOST}
        return join_any(
            _weigh(boosts.get(field, 1.0), match(field, terms.text)) for field in terms.fields
        )
    join = join_any if terms.any_part else join_all
    return join(map(_write_terms, terms.parts))


def _write_grams(tree: Node) -> list[Query]:
    manner = _read_manner(tree)
    if manner is None:
        return []
    grams = list_grams(list_texts(tree), manner.weights)
    texts = ("".join(chr(codes[0]) for codes in gram.pattern).lower() for gram in grams)
    return [
        _weigh(gram.weight, match("grams", text)) for gram, text in zip(grams, texts, strict=True)
    ]


def _write_characters(tree: Node) -> list[Query]:
    words = list_words(tree)
    if len(words) > 1:
        return [find_phrase("chars", make_pattern("".join(words), any_case=True))]
    patterns = list_patterns(tree)
    return [_weigh(_CHARACTERS, find_phrase("chars", pattern)) for pattern in patterns]


def _weigh(weight: float, query: Query) -> Query:
    return query if weight == 1.0 else {"boost": {"b": str(weight), "query": query}}
