"""What may be meant besides what was asked: a name typed plainly, an operator in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from search.errors import QueryError
from search.matching.finder import Finder
from search.query import parse_query
from search.query.nodes import And, Node, Or, Phrase, Words
from search.query.tokens import split_tokens
from search.query.writing import write_query
from search.request import SearchRequest
from search.result import Advice

_SMALL: Final = re.compile(r"(?<=[\s)）])(or|and|not)(?=[\s(（])", re.IGNORECASE)


def list_leads(finder: Finder, request: SearchRequest, asked: Node) -> list[Advice]:
    """Return the searches that may be meant besides, each tried; asked is the query as read."""
    return [*_ask_back(finder, request), *_name_speeches(asked, finder, request)]


def _ask_back(finder: Finder, request: SearchRequest) -> Iterator[Advice]:
    """Yield the query with its operators in capitals where they were typed in small letters."""
    # In quotation marks and expressions they are what is looked for.
    at = {token.position for token in split_tokens(request.text) if token.kind == "WORD"}
    small = [found for found in _SMALL.finditer(request.text) if found.start() in at]
    text = request.text
    for found in small:
        text = text[: found.start()] + found[1].upper() + text[found.end() :]
    if text == request.text:
        return
    changed = request.change(text=text)
    if (count := _count(changed, finder)) is not None:
        told = _("“%(word)s”现在当作普通词查。要表示逻辑关系，请用大写：%(query)s")
        words_told = told % {"word": min(found[1] for found in small), "query": changed.text}
        yield Advice("operator", words_told, changed.to_querystring(), count)


def _name_speeches(asked: Node, finder: Finder, request: SearchRequest) -> Iterator[Advice]:
    """Yield the speeches whose speaker, organisation, place or source is called what was typed."""
    tree = parse_query(request.text)
    # 陈 明 is two words of a query, and one name with a blank inside.
    parted = isinstance(tree, And) and all(isinstance(one, Words) for one in tree.children)
    whole = finder.find_names(request.text) if parted else []
    for meant in (*whole, *_put_names(tree, finder)):
        changed = request.clear_facets().change(text=write_query(meant))
        if meant != asked and (count := _count(changed, finder)):
            told = _("另有%(condition)s的讲话") % {"condition": meant.describe()}
            yield Advice("metadata", told, changed.to_querystring(), count)


def _put_names(tree: Node, finder: Finder) -> Iterator[Node]:
    """Yield the tree with one of its terms taken for a name, of alternatives all that are names."""
    if isinstance(tree, Phrase | Words):
        yield from finder.find_names(tree.text)
    elif isinstance(tree, And):
        for at, child in enumerate(tree.children):
            for meant in _put_names(child, finder):
                yield replace(tree, children=(*tree.children[:at], meant, *tree.children[at + 1 :]))
    elif isinstance(tree, Or):
        children = tuple(next(_put_names(child, finder), child) for child in tree.children)
        if children != tree.children:
            yield replace(tree, children=children)


def _count(request: SearchRequest, finder: Finder) -> int | None:
    try:
        tree = finder.read(request.text, request.match).tree
        return finder.count(tree, request.unit)
    except QueryError:
        return None
