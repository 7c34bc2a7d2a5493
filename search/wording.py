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

from search.analysis import cut_words
from search.query.nodes import And, FieldText, Near, Node, Not, Or, Phrase, Prefix, Words

HEADING: Final = ("heading",)
ANYWHERE: Final = ("text", "heading")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of the fields."""

    text: str
    fields: tuple[str, ...] = ANYWHERE


@dataclass(frozen=True, slots=True)
class Joined:
    """All of the parts, or any; there are two at least."""

    parts: tuple[Wording, ...]
    any_part: bool = False


Wording = Word | Joined


def make_wording(node: Node) -> Wording | None:
    """Return what a query should be scored by; None where it has no words to score."""
    if isinstance(node, And | Or):
        return _join([make_wording(each) for each in node.children], any_part=isinstance(node, Or))
    if isinstance(node, Near):
        return _join([make_wording(node.left), make_wording(node.right)])
    if isinstance(node, FieldText) and node.field == "title":
        return _join([Word(word, HEADING) for word in cut_query(node.text)])
    if isinstance(node, Not) or not isinstance(node, Phrase | Words | Prefix):
        return None
    return _join([Word(word) for word in cut_query(node.text)])


def _join(parts: Sequence[Wording | None], *, any_part: bool = False) -> Wording | None:
    known = [part for part in parts if part is not None]
    if len(known) < 2:
        return known[0] if known else None
    return Joined(tuple(known), any_part)


@lru_cache(maxsize=1024)
def cut_query(text: str) -> tuple[str, ...]:
    """Return the distinct words of a short text in their order."""
    return tuple(dict.fromkeys(word.text for word in cut_words(text)))


def write_haystack(wording: Wording) -> SQ:
    """Return the wording as Haystack's query."""
    if isinstance(wording, Word):
        return reduce(or_, (SQ(**{field: wording.text}) for field in wording.fields))
    return reduce(or_ if wording.any_part else and_, map(write_haystack, wording.parts))
