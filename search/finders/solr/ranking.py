"""In what order Solr is to list what it found: by the same signs and weights as over the arrays.

Words in text and headings, single characters and pairs of them, the best section of a speech and
the speech of a section, and what stands together. What still differs is told in
docs/decisions/0042-solr.md; near ties may stand in another order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.text.folding import fold
from search.index.access import read_index_version
from search.matching.reading import find_asking
from search.query.nodes import Node
from search.query.patterns import Pattern, make_pattern
from search.query.terms import QueryTerm, Terms, read_terms
from search.ranking.closeness import COMMON, QUESTION, TOPIC, Manner
from search.ranking.grams import Gram, list_grams
from search.ranking.order import (
    HALF_LIFE_DAYS,
    OLD_SHARE,
    TOGETHER,
    asks_something,
    list_patterns,
    list_texts,
    list_words,
)
from search.solr.clauses import ALL, Query, find_phrase, join_all, join_any, match
from search.solr.names import VisibleNodes
from search.solr.tokens import write_pattern

# What has no words as words comes behind what has, by how often the characters stand in it.
_CHARACTERS: Final = 0.001
# Lucene leaves this factor of BM25 out; it tells how words and characters weigh beside each other.
_WORDS: Final = 2.2
_TIES: Final = "date_first desc, speech asc, position asc, id asc"
SORTS: Final = {
    "relevance": f"score desc, {_TIES}",
    "fresh": f"score desc, {_TIES}",
    "date": "date_first asc, speech asc, position asc, id asc",
    "-date": _TIES,
}
# How large a part of the sections has a character, of one state of the index.
SHARES: Final = BoundedCache(10_000, lambda _share: 1)


def write_scoring(tree: Node, unit: str, documents: VisibleNodes) -> Query | None:
    """Return the query whose scores tell how well a unit answers; None where nothing tells it."""
    manner = _read_manner(tree)
    if manner is None:
        parts = [*_write_words(tree, 1.0), *map(_write_single, list_patterns(tree))]
        return join_any(parts) if parts else None
    parts = _write_words(tree, manner.words)
    if grams := _choose_grams(tree, manner, documents):
        parts += _write_grams(grams, manner, unit)
    words = list_words(tree)
    if not parts or len(words) < 2:
        return join_any(parts) if parts else None
    return _prefer_together(join_any(parts), make_pattern("".join(words), any_case=True))


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


def _write_words(tree: Node, weight: float) -> list[Query]:
    terms = read_terms(tree)
    return [] if terms is None else [_weigh(weight * _WORDS, _write_terms(terms))]


def _write_terms(terms: Terms) -> Query:
    if isinstance(terms, QueryTerm):
        return join_any(match(field, terms.text) for field in terms.fields)
    join = join_any if terms.any_part else join_all
    return join(map(_write_terms, terms.parts))


def _choose_grams(tree: Node, manner: Manner, documents: VisibleNodes) -> list[tuple[str, Gram]]:
    """Return the grams that tell something, each with the characters that it is indexed by."""
    grams = [
        ("".join(chr(codes[0]) for codes in gram.pattern).lower(), gram)
        for gram in list_grams(list_texts(tree), manner.weights)
    ]
    shares = _measure_shares({text for text, _ in grams if len(text) == 1}, documents)
    return [(text, gram) for text, gram in grams if shares.get(text, 0.0) <= COMMON]


def _measure_shares(chars: Collection[str], documents: VisibleNodes) -> dict[str, float]:
    """Return how large a part of the sections has each character.

    Kept for as long as the index is the same: questions have the same characters.
    """
    key = read_index_version(), repr(documents.visible)
    known = {char: SHARES.find((key, char)) for char in chars if key[0]}
    wanted = [char for char in chars if known.get(char) is None]
    if wanted:
        facet = {
            char: {"type": "query", "q": f"{{!term f=section_topic}}{char}"} for char in wanted
        }
        answer = documents.ask(["leaf:true"], facet=facet)
        sections = max(1, int(answer["response"]["numFound"]))
        for char in wanted:
            known[char] = answer["facets"].get(char, {}).get("count", 0) / sections
            if key[0]:
                SHARES.keep((key, char), known[char])
    return known


def _write_grams(grams: Sequence[tuple[str, Gram]], manner: Manner, unit: str) -> list[Query]:
    name = "question" if manner is QUESTION else "topic"

    def add_up(kind: str) -> Query:
        return join_any(
            _weigh(gram.weight * (manner.saturation + 1), match(f"{kind}_{name}", text))
            for text, gram in grams
        )

    speech, section = add_up("speech"), add_up("section")
    if unit == "speech":
        best = _carry({"bool": {"must": [section], "filter": ["leaf:true"]}})
        return [speech, _weigh(manner.section, best)]
    return [section, speech, _weigh(manner.speech, _carry(speech))]


def _carry(scoring: Query) -> Query:
    """Return the query for all nodes of a speech with the best score of one of them."""
    names = {"from": "speech_name", "to": "speech_name", "score": "max"}
    return {"join": {**names, "query": scoring}}


def _prefer_together(scoring: Query, pattern: Pattern) -> Query:
    """Return the query with the scores raised where the words stand in a row, in their order."""
    signs = write_pattern(pattern).replace("\\", "\\\\").replace("'", "\\'")
    stands = f"exists(query({{!field f=chars v='{signs}'}}))"
    return {"boost": {"b": f"if({stands},{TOGETHER},1)", "query": scoring}}


def _write_single(pattern: Pattern) -> Query:
    return _weigh(_CHARACTERS, find_phrase("chars", pattern))


def _weigh(weight: float, query: Query) -> Query:
    boost: dict[str, Any] = {"b": str(weight), "query": query}
    return query if weight == 1.0 else {"boost": boost}
