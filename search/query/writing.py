"""Write a tree back as a query text, so that a changed query can be offered as a link."""

from __future__ import annotations

import re

from search.query.fields import FIELD_NAMES
from search.query.nodes import (
    And,
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    InSubcorpus,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    SloganNamed,
    ThemeNamed,
    Words,
)
from search.query.tokens import STRAIGHT_CLOSERS

_NAMES = {code: name for name, code in reversed(FIELD_NAMES.items())}


def write_query(node: Node) -> str:
    """Return a text that parse_query reads as the node."""
    if isinstance(node, And):
        return " ".join(_bracket(child, And) for child in node.children)
    if isinstance(node, Or):
        return " OR ".join(_bracket(child, Or) for child in node.children)
    if isinstance(node, Not):
        return f"-{_bracket(node.child, Not)}"
    return _write_leaf(node)


def quote_words(words: str) -> str:
    """Return the query for exactly these characters: quote_words('“甲"') == '"“甲\\""'."""
    escaped = "".join(f"\\{char}" if char in STRAIGHT_CLOSERS + "\\" else char for char in words)
    return f'"{escaped}"'


def _bracket(node: Node, outer: type[Node]) -> str:
    text = write_query(node)
    return f"({text})" if isinstance(node, And | Or) else text


def _write_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Phrase):
        return quote_words(leaf.text)
    if isinstance(leaf, Words):
        return leaf.text
    if isinstance(leaf, Prefix):
        return f"{leaf.text}*"
    if isinstance(leaf, Near):
        return f"{_write_leaf(leaf.left)}~{leaf.distance}{_write_leaf(leaf.right)}"
    if isinstance(leaf, Everything):
        return "*"
    if isinstance(leaf, Regex):
        escaped = re.sub(r"(\\.)|/", lambda found: found[1] or r"\/", leaf.pattern, flags=re.DOTALL)
        return f"{_NAMES['regex']}:/{escaped}/"
    return _write_field(leaf)


def _write_field(
    leaf: FieldText | FieldCode | DateRange | ThemeNamed | SloganNamed | InSubcorpus,
) -> str:
    if isinstance(leaf, FieldText):
        return f"{_NAMES[leaf.field]}:{leaf.text if leaf.words else quote_words(leaf.text)}"
    if isinstance(leaf, FieldCode):
        return f"{_NAMES[leaf.field]}:{leaf.code}"
    if isinstance(leaf, DateRange):
        return f"{_NAMES['date']}:{leaf.first or ''}..{leaf.last or ''}"
    if isinstance(leaf, ThemeNamed):
        return f"{_NAMES['theme']}:{quote_words(leaf.name)}"
    if isinstance(leaf, InSubcorpus):
        return f"{_NAMES['subcorpus']}:{leaf.token}"
    return f"{_NAMES['slogan']}:{quote_words(leaf.text)}"
