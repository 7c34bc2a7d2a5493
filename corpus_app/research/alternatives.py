"""Other wordings of a query: synonyms to add or leave out, near spellings of what finds nothing.

Every offer is tried before it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from corpus_app.research.suggesting import load_published
from search import (
    And,
    Node,
    Or,
    Phrase,
    QueryError,
    SearchRequest,
    Words,
    count_hits,
    expand_synonyms,
    find_synonym_groups,
    fold_synonym,
    parse_query,
    write_query,
)

MAX_OFFERS: Final = 4
MAX_SPELLINGS: Final = 3


@dataclass(frozen=True)
class Alternative:
    """A changed query: what it adds or puts in, its address and the number of its hits."""

    term: str
    words: str
    url: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class Synonyms:
    """Wordings that could be added, and those in use with the query that leaves them out."""

    offered: list[Alternative]
    used: list[Alternative]


def list_synonyms(request: SearchRequest) -> Synonyms:
    """Return the synonyms for the terms of a request, none for one that can't be read."""
    tree = _parse(request.text)
    if tree is None:
        return Synonyms([], [])
    used = list(_find_used(tree, request))
    offered = [each for each in _offer_synonyms(tree, request) if each.count]
    return Synonyms(offered[:MAX_OFFERS], used)


def list_spellings(request: SearchRequest) -> list[Alternative]:
    """Return near wordings for the terms of a request that found nothing, each with hits."""
    tree = _parse(request.text)
    if tree is None:
        return []
    return _propose(tree, list(_list_terms(tree)), request)


def list_slips(request: SearchRequest) -> list[Alternative]:
    """Return near wordings for bare terms that stand nowhere as typed, though their words do.

    全过成人民民主 finds the words 全过, 成 and 人民民主 apart from one another.
    """
    tree = _parse(request.text)
    if tree is None:
        return []
    loose = [term for term in _list_terms(tree) if isinstance(term, Words) and len(term.words) > 1]
    plain = request.clear_facets()
    unknown: list[Phrase | Words] = [
        term for term in loose if not _count(plain.change(text=write_query(Phrase(term.text))))
    ]
    return _propose(tree, unknown, request)


def read_single_word(request: SearchRequest) -> str:
    """Return the one run of words that a request asks for, "" where it asks for more or else."""
    tree = _parse(request.text)
    return tree.text if isinstance(tree, Phrase | Words) else ""


def _propose(tree: Node, terms: list[Phrase | Words], request: SearchRequest) -> list[Alternative]:
    if not terms:
        return []
    index = load_published().spellings
    found: list[Alternative] = []
    for leaf in terms:
        for spelling in index.propose(leaf.text, MAX_SPELLINGS):
            changed = _replace(tree, leaf, Phrase(spelling.text))
            offer = _try(request, changed, leaf.text, spelling.text)
            if offer.count and len(found) < MAX_SPELLINGS:
                found.append(offer)
    return found


def _parse(text: str) -> Node | None:
    try:
        return parse_query(text) if text else None
    except QueryError:
        return None


def _offer_synonyms(tree: Node, request: SearchRequest) -> Iterator[Alternative]:
    for term in _list_terms(tree):
        if words := expand_synonyms(term.text)[:MAX_OFFERS]:
            either = Or((term, *map(Phrase, words)))
            note = "".join(group.note + group.caution for group in find_synonym_groups(term.text))
            offer = _try(request, _replace(tree, term, either), term.text, "、".join(words))
            yield replace(offer, note=note)


def _find_used(tree: Node, request: SearchRequest) -> Iterator[Alternative]:
    """Yield for each "term OR its synonyms" the query with the term alone."""
    for node in _walk(tree):
        if not isinstance(node, Or) or not isinstance(node.children[0], Phrase | Words):
            continue
        first, others = node.children[0], node.children[1:]
        known = set(map(fold_synonym, expand_synonyms(first.text)))
        words = [child.text for child in others if isinstance(child, Phrase | Words)]
        if len(words) == len(others) and known.issuperset(map(fold_synonym, words)):
            yield _try(request, _replace(tree, node, first), first.text, "、".join(words))


def _list_terms(tree: Node) -> Iterator[Phrase | Words]:
    """Yield the terms that stand by themselves: not under NOT, and not among alternatives."""
    children = tree.children if isinstance(tree, And) else (tree,)
    for child in children:
        if isinstance(child, Phrase | Words):
            yield child
        elif isinstance(child, And):
            yield from _list_terms(child)


def _walk(tree: Node) -> Iterator[Node]:
    yield tree
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from _walk(child)


def _replace(tree: Node, old: Node, new: Node) -> Node:
    if tree is old:
        return new
    if isinstance(tree, And | Or):
        change: Callable[[Node], Node] = lambda child: _replace(child, old, new)  # noqa: E731
        return replace(tree, children=tuple(map(change, tree.children)))
    return tree


def _try(request: SearchRequest, tree: Node, term: str, words: str) -> Alternative:
    changed = request.change(text=write_query(tree))
    return Alternative(term, words, "?" + changed.to_querystring(), _count(changed))


def _count(request: SearchRequest) -> int:
    """Return the number of hits; without ranking, facets' counts and snippets, it is quick."""
    try:
        return count_hits(request)
    except QueryError:  # the time of a regular expression is over
        return 0
