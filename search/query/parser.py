"""Read a query text as a tree; NOT binds before AND, AND before OR."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from corpus_app.text.folding import fold
from search.analysis.words import cut_words
from search.errors import QueryError
from search.query.expressions import check_expression
from search.query.nodes import (
    MAX_NEAR,
    And,
    Everything,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Words,
)
from search.query.tokens import Kind, QueryToken, split_tokens
from search.query.values import make_field_leaf

MAX_LENGTH: Final = 2_000
MAX_DEPTH: Final = 30
MAX_TERMS: Final = 200
_STARTS: Final[tuple[Kind, ...]] = ("(", "NOT", "FIELD", "QUOTED", "WORD")


def parse_query(text: str) -> Node:
    """Return the tree of a query; raise QueryError with the place and reason if it is none.

    Example: 代表 OR 委员 -信访 is 代表, or else 委员 without 信访. A blank text is everything.
    """
    if len(text) > MAX_LENGTH:
        message = _("检索式太长，最多 %(limit)s 字") % {"limit": MAX_LENGTH}
        raise QueryError(MAX_LENGTH, message)
    tokens = split_tokens(text)
    if len(tokens) == 1:
        return Everything()
    return _Parser(tokens).parse()


class _Parser:
    """A cursor over tokens; one method a level of the grammar."""

    def __init__(self, tokens: list[QueryToken]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._terms = 0

    def parse(self) -> Node:
        node = self._parse_or(None)
        if self._next_is(")"):
            raise QueryError(self._next.position, _("多了一个右括号"))
        if not self._next_is("END"):
            raise QueryError(self._next.position, _("这里读不下去"))
        return node

    @property
    def _next(self) -> QueryToken:
        return self._tokens[self._at]

    def _next_is(self, *kinds: Kind) -> bool:
        return self._next.kind in kinds

    def _take(self) -> QueryToken:
        token = self._next
        self._at += 1
        return token

    def _parse_or(self, field: str | None) -> Node:
        children = [self._parse_and(field)]
        while self._next_is("OR"):
            operator = self._take()
            self._expect_term(operator)
            children.append(self._parse_and(field))
        return children[0] if len(children) == 1 else Or(tuple(children))

    def _parse_and(self, field: str | None) -> Node:
        children = [self._parse_not(field)]
        while True:
            if self._next_is("AND"):
                self._expect_term(self._take())
            elif not self._next_is(*_STARTS):
                break
            children.append(self._parse_not(field))
        return _join_and(children)

    def _parse_not(self, field: str | None) -> Node:
        if not self._next_is("NOT"):
            return self._parse_primary(field)
        operator = self._take()
        self._expect_term(operator)
        self._enter(operator)
        child = self._parse_not(field)
        self._depth -= 1
        return Not(child)

    def _parse_primary(self, field: str | None) -> Node:
        token = self._take()
        if token.kind == "(":
            return self._parse_group(token, field)
        if token.kind == "FIELD":
            return self._parse_field(token, field)
        if token.kind in ("QUOTED", "WORD"):
            leaf = self._parse_near(self._read_term(token))
            return make_field_leaf(field, leaf, token.position) if field else leaf
        raise QueryError(token.position, _describe_unexpected(token))

    def _parse_group(self, opening: QueryToken, field: str | None) -> Node:
        if self._next_is(")"):
            raise QueryError(opening.position, _("括号里没有内容"))
        if self._next_is("END"):
            raise QueryError(opening.position, _("左括号没有配对"))
        self._enter(opening)
        node = self._parse_or(field)
        if not self._next_is(")"):
            raise QueryError(opening.position, _("左括号没有配对"))
        self._take()
        self._depth -= 1
        return node

    def _parse_field(self, token: QueryToken, outer: str | None) -> Node:
        if outer is not None:
            raise QueryError(token.position, _("字段里不能再用字段或邻近检索"))
        if self._next_is("REGEX"):
            return self._read_regex(self._take())
        if not self._next_is("(", "QUOTED", "WORD"):
            raise QueryError(self._next.position, _("字段名后面缺少内容"))
        return self._parse_primary(token.text)

    def _read_regex(self, token: QueryToken) -> Regex:
        check_expression(token.text, token.position + 1)
        self._count_term(token)
        if self._next_is("NEAR"):
            raise QueryError(self._next.position, _("“~”两边只能是词语"))
        return Regex(token.text, token.position)

    def _parse_near(self, left: Leaf) -> Leaf:
        if not self._next_is("NEAR"):
            return left
        operator = self._take()
        if operator.number > MAX_NEAR:
            message = _("邻近检索最多相距 %(limit)s 字") % {"limit": MAX_NEAR}
            raise QueryError(operator.position, message)
        if not self._next_is("QUOTED", "WORD"):
            raise QueryError(operator.position, _("“~”两边都要有词语，例如：“代表”~5“履职”"))
        right = self._read_term(self._take())
        if not isinstance(left, Phrase | Words) or not isinstance(right, Phrase | Words):
            raise QueryError(operator.position, _("“~”两边只能是词语"))
        if self._next_is("NEAR"):
            raise QueryError(self._next.position, _("一次邻近检索只能连接两个词语"))
        return Near(left, right, operator.number)

    def _read_term(self, token: QueryToken) -> Leaf:
        self._count_term(token)
        return _read_quoted(token) if token.kind == "QUOTED" else _read_word(token.text)

    def _count_term(self, token: QueryToken) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            message = _("检索词太多，最多 %(limit)s 个") % {"limit": MAX_TERMS}
            raise QueryError(token.position, message)

    def _expect_term(self, operator: QueryToken) -> None:
        if not self._next_is(*_STARTS):
            message = _("“%(operator)s”后面缺少检索词") % {"operator": operator.text}
            raise QueryError(operator.position, message)

    def _enter(self, token: QueryToken) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(token.position, _("检索式的层次太多"))


def _read_quoted(token: QueryToken) -> Phrase:
    if not fold(token.text):
        raise QueryError(token.position, _("引号里没有文字"))
    return Phrase(token.text)


def _read_word(text: str) -> Leaf:
    stem = text.rstrip("*＊")
    if not stem:
        return Everything()
    if stem != text and cut_words(stem):
        return Prefix(stem)
    return Words(stem, tuple(dict.fromkeys(word.text for word in cut_words(stem))))


def _join_and(children: list[Node]) -> Node:
    """Return the conjunction; bare punctuation and repeated terms ask for nothing more."""
    children = list(dict.fromkeys(children))
    telling = [child for child in children if not (isinstance(child, Words) and not child.words)]
    kept = telling or children[:1]
    return kept[0] if len(kept) == 1 else And(tuple(kept))


def _describe_unexpected(token: QueryToken) -> str:
    if token.kind == "END":
        return _("检索式不完整")
    if token.kind == ")":
        return _("多了一个右括号")
    if token.kind == "NEAR":
        return _("“~”两边都要有词语，例如：“代表”~5“履职”")
    return _("“%(text)s”前面缺少检索词") % {"text": token.text}
