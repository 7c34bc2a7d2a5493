"""The query that finds two things near each other."""

from __future__ import annotations

from typing import Final

from search.query.nodes import MAX_NEAR, Node, Phrase, Words
from search.query.writing import quote_words

# Characters that a word takes with the marks around it, in a distance given in words.
CHARS_A_WORD: Final = 4


def write_pair(node: Node, asked: str, other: str, window: int) -> str:
    """Return the query for an expression and another string within a window of words.

    asked is the expression as typed, node how it was read. Where it is more than one string,
    which no distance can be told from, the query asks for both in one place.
    """
    both = quote_words(other)
    if not isinstance(node, Phrase | Words) or (isinstance(node, Words) and not node.is_exact):
        return f"({asked}) {both}"
    distance = min(window * CHARS_A_WORD, MAX_NEAR)
    return f"{quote_words(node.text)}~{distance}{both}"
