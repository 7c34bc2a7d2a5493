"""What an engine should score by: the words of a query, joined by all and any.

Our own engine takes it as it is; for any other it is written as Haystack's query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Final

from haystack.query import SQ

from search.analysis.words import cut_words
from search.query.nodes import And, FieldText, Near, Node, Not, Or, Phrase, Prefix, Words

HEADING: Final = ("heading",)
ANYWHERE: Final = ("text", "heading")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A word in any of the fields."""

    text: str
    fields: tuple[str, ...] = ANYWHERE


@dataclass(frozen=True, slots=True)
class JoinedTerms:
    """All of the parts, or any; there are two at least."""

    parts: tuple[Terms, ...]
    any_part: bool = False


Terms = QueryTerm | JoinedTerms


def read_terms(node: Node) -> Terms | None:
    """Return what a query should be scored by; None where it has no words to score."""
    if isinstance(node, And | Or):
        return _join([read_terms(each) for each in node.children], any_part=isinstance(node, Or))
    if isinstance(node, Near):
        return _join([read_terms(node.left), read_terms(node.right)])
    if isinstance(node, FieldText) and node.field == "title":
        return _join([QueryTerm(word, HEADING) for word in cut_query(node.text)])
    if isinstance(node, Not) or not isinstance(node, Phrase | Words | Prefix):
        return None
    if isinstance(node, Words) and node.any_word:
        return _join([QueryTerm(word) for word in node.words], any_part=True)
    return _join([QueryTerm(word) for word in cut_query(node.text)])


def _join(parts: Sequence[Terms | None], *, any_part: bool = False) -> Terms | None:
    known = [part for part in parts if part is not None]
    if len(known) < 2:
        return known[0] if known else None
    return JoinedTerms(tuple(known), any_part)


@lru_cache(maxsize=1024)
def cut_query(text: str) -> tuple[str, ...]:
    """Return the distinct words of a short text in their order."""
    return tuple(dict.fromkeys(word.text for word in cut_words(text)))


def write_haystack(terms: Terms) -> SQ:
    """Return the terms as Haystack's query."""
    if isinstance(terms, QueryTerm):
        return reduce(or_, (SQ(**{field: terms.text}) for field in terms.fields))
    return reduce(or_ if terms.any_part else and_, map(write_haystack, terms.parts))
