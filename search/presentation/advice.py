"""What to try where nothing was found; every suggestion is tried before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from search.analysis.words import cut_words
from search.errors import QueryError
from search.matching.finder import Finder, Found
from search.query.nodes import And, Node, Phrase, Words
from search.query.writing import write_query
from search.request import FACETS, Match, SearchRequest
from search.result import Advice

MAX_ADVICE: Final = 4
# Trying costs a search each; a query with more terms than this gets fewer suggestions.
_MAX_TRIED: Final = 6


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A changed query, with the words that offer it."""

    tree: Node
    kind: str
    words: str


def give_advice(finder: Finder, found: Found, tree: Node, request: SearchRequest) -> list[Advice]:
    """Return changed searches that find something, those without a filter first."""
    advice = list(_drop_facets(found, request))
    for attempt in _change_query(tree):
        if len(advice) >= MAX_ADVICE:
            break
        loose = attempt.kind == "syntax"
        match: Match = "words" if loose else request.match
        changed = request.clear_facets().change(text=write_query(attempt.tree), match=match)
        try:
            changed_tree = finder.read(changed.text, changed.match).tree
            count = finder.count(changed_tree, request.unit)
        except QueryError:  # an expression's time is over
            break
        if count:
            kind = "syntax" if loose else "drop_term"
            advice.append(
                Advice(kind, attempt.words, changed.to_querystring(), count)  # type: ignore[arg-type]
            )
    return advice or [Advice("coverage", _("换用更短或更常见的词语，或者减少检索词。"))]


def _drop_facets(found: Found, request: SearchRequest) -> Iterator[Advice]:
    for facet in FACETS:
        count = found.count_without(facet) if request.selected(facet) else 0
        if count:
            changed = request.change(**{facet: ()})
            words = _("去掉“%(facet)s”筛选") % {"facet": _name_facet(facet)}
            yield Advice("drop_facet", words, changed.to_querystring(), count)


def _name_facet(facet: str) -> str:
    return {
        "year": _("年份"),
        "theme": _("主题"),
        "organisation": _("单位"),
        "level": _("级别"),
        "genre": _("体裁"),
        "completeness": _("完整性"),
        "date_kind": _("日期性质"),
    }[facet]


def _change_query(tree: Node) -> Iterator[_Attempt]:
    loose = _loosen(tree)
    if loose != tree:
        yield _Attempt(loose, "syntax", _("不要求原文连续，只要各词都出现"))
    if isinstance(tree, And):
        children = tree.children[:_MAX_TRIED]
        for at, child in enumerate(children):
            left = tree.children[:at] + tree.children[at + 1 :]
            changed = left[0] if len(left) == 1 else replace(tree, children=left)
            yield _Attempt(changed, "term", _("去掉“%(term)s”") % {"term": write_query(child)})


def _loosen(node: Node) -> Node:
    """Return the query with every string of several words as plain words."""
    if isinstance(node, And):
        return And(tuple(_loosen(child) for child in node.children))
    if isinstance(node, Phrase) or (isinstance(node, Words) and node.is_exact):
        words = tuple(dict.fromkeys(word.text for word in cut_words(node.text)))
        return Words("".join(words), words) if len(words) > 1 else node
    return node
