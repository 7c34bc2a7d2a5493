"""A query's tree as a query of Solr's, over the documents of speeches and sections.

It says the same as `matching.evaluation` and `matching.hits` do over the arrays; the contract
tests hold both to one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol
from xml.sax.saxutils import escape, quoteattr

from search.matching.limits import Limit, StartYears
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
    SpeechesPicked,
    ThemeNamed,
    Words,
    walk_leaves,
)
from search.query.patterns import Pattern, read_field_patterns, read_near_patterns, read_patterns
from search.request import read_years
from search.solr.clauses import (
    ALL,
    NONE,
    Query,
    bound,
    exclude,
    find_phrase,
    find_speeches,
    join_all,
    join_any,
    match,
    pick,
)
from search.solr.keys import write_value
from search.solr.tokens import write_pattern

# A longer string is asked for with no border in it: where it runs across one, it is found as the
# deepest all the same, but for a section that has it once more in a section inside.
LONGEST_ACROSS: Final = 200

# All but the note of how far the whole follows the log of changes.
_UNITS: Final = "kind:*"


class NodeNames(Protocol):
    """What the names and expressions in a query stand for."""

    def find_themes(self, name: str) -> Collection[int]:
        """Return the ids of the theme and of all below it."""

    def find_slogans(self, text: str) -> Collection[int]:
        """Return the ids of the slogans of that wording."""

    def find_nodes(self, leaf: Regex, within: Query) -> tuple[Collection[str], Collection[str]]:
        """Return the nodes that hold a match, and those that hold one of their own.

        Complete for the speeches of which within finds something.
        """


@dataclass(frozen=True)
class QueryWriter:
    """Writes the queries of one request."""

    names: NodeNames
    within: Query = ALL

    def write_hits(self, tree: Node, unit: str) -> Query:
        """Return the query for the units that a search lists."""
        return self._narrow(tree)._write_hits(tree, unit)

    def _narrow(self, tree: Node) -> QueryWriter:
        """Return a writer that looks for expressions where all else holds: they are costly."""
        if not isinstance(tree, And):
            return self
        cheap = [child for child in tree.children if not _has_expression(child)]
        return replace(self, within=join_all(map(self.write, cheap)))

    def _write_hits(self, tree: Node, unit: str) -> Query:
        if unit == "speech":
            return join_all([match("kind", "speech"), self.write(tree)])
        candidates = self._write_candidates(tree)
        above = {"from": "above", "to": "node", "method": "topLevelDV", "query": candidates}
        deepest = exclude(candidates, {"join": above})
        own = self._write_own(tree)
        if own is None:
            return deepest
        return join_any([deepest, join_all([match("kind", "section"), own, candidates])])

    def write(self, node: Node) -> Query:
        """Return the query for the nodes that a tree holds for."""
        if isinstance(node, Not):
            return exclude(ALL, self.write(node.child))
        if isinstance(node, And | Or):
            join = join_all if isinstance(node, And) else join_any
            return join(map(self.write, node.children))
        return self._write_leaf(node)

    def write_limit(self, limit: Limit) -> Query:
        """Return the query for the nodes that a facet's choice lets through."""
        if not isinstance(limit, StartYears):
            return self.write(limit)
        spans = [span for span in map(read_years, limit.years) if span is not None]
        return join_any(bound("year", low, high) for low, high in spans)

    def _write_candidates(self, tree: Node) -> Query:
        """Return the query for nodes that hold; those without a match where none has one."""
        holds, anchored = self.write(tree), self._write_anchored(tree)
        if anchored is None:
            return holds
        return join_any([anchored, exclude(holds, find_speeches(anchored))])

    def _write_anchored(self, node: Node) -> Query | None:
        """Return the query for the nodes that hold and bear a match, None where all do."""
        if isinstance(node, ThemeNamed):
            return pick("theme_inside", self.names.find_themes(node.name))
        if isinstance(node, FieldText | FieldCode | DateRange | InSubcorpus):
            if isinstance(node, FieldText) and node.field == "title":
                return join_all([match("kind", "speech"), self.write(node)])
            return NONE
        if not isinstance(node, And | Or):
            return None
        parts = [(child, self._write_anchored(child)) for child in node.children]
        if all(anchored is None for _, anchored in parts):
            return None
        bearing = [self.write(child) if each is None else each for child, each in parts]
        return join_all([self.write(node), join_any(bearing)])

    def _write_own(self, node: Node) -> Query | None:
        """Return the query for sections that have the words of their own, None without words."""
        if isinstance(node, Not):
            return None
        if isinstance(node, And | Or):
            parts = [own for child in node.children if (own := self._write_own(child)) is not None]
            join = join_all if isinstance(node, And) else join_any
            return join(parts) if parts else None
        return self._write_own_leaf(node)

    def _write_own_leaf(self, leaf: Leaf) -> Query | None:
        if isinstance(leaf, Phrase | Words | Prefix):
            any_word = isinstance(leaf, Words) and leaf.any_word
            join = join_any if any_word else join_all
            return join(map(_write_own_pattern, read_patterns(leaf)))
        if isinstance(leaf, SloganNamed):
            return pick("slogan_own", self.names.find_slogans(leaf.text))
        if isinstance(leaf, Regex):
            return pick("node", self.names.find_nodes(leaf, self.within)[1])
        return None

    def _write_leaf(self, leaf: Leaf) -> Query:
        writers: dict[type[Any], Callable[[Any], Query]] = {
            Everything: lambda _: ALL,
            Phrase: self._write_text,
            Words: self._write_text,
            Prefix: self._write_text,
            Near: _write_near,
            FieldText: _write_field,
            FieldCode: self._write_code,
            DateRange: _write_dates,
            ThemeNamed: lambda leaf: pick("theme_related", self.names.find_themes(leaf.name)),
            InSubcorpus: self._write_subcorpus,
            SloganNamed: lambda leaf: pick("slogan_inside", self.names.find_slogans(leaf.text)),
            Regex: lambda leaf: pick("node", self.names.find_nodes(leaf, self.within)[0]),
        }
        return writers[type(leaf)](leaf)

    def _write_subcorpus(self, leaf: InSubcorpus) -> Query:
        if leaf.holds is None:
            return NONE
        if isinstance(leaf.holds, SpeechesPicked):
            return pick("speech", leaf.holds.ids)
        return find_speeches(join_all([match("kind", "speech"), self.write(leaf.holds)]))

    def _write_text(self, leaf: Phrase | Words | Prefix) -> Query:
        any_word = isinstance(leaf, Words) and leaf.any_word
        join = join_any if any_word else join_all
        return join(find_phrase("chars", pattern) for pattern in read_patterns(leaf))

    def _write_code(self, leaf: FieldCode) -> Query:
        if leaf.field != "theme":
            return write_value(leaf)
        if not leaf.code:
            return exclude(ALL, find_speeches(bound("theme_inside")))
        return find_speeches(pick("theme_inside", self.names.find_themes(leaf.code)))


def _has_expression(node: Node) -> bool:
    return any(isinstance(leaf, Regex) for leaf in walk_leaves(node))


def _write_own_pattern(pattern: Pattern) -> Query:
    """Return the query for the nodes that are the deepest around a place of a pattern.

    It stands in a section that has none inside, among a section's own characters, or runs
    across the border of one inside: then a character but the first is at a border.
    """
    whole = join_all([match("leaf", "true"), find_phrase("chars", pattern)])
    borders = range(1, len(pattern)) if len(pattern) <= LONGEST_ACROSS else ()
    across = (find_phrase("chars", pattern, border) for border in borders)
    return join_any([whole, find_phrase("own", pattern), *across])


def _write_field(leaf: FieldText) -> Query:
    field = f"{leaf.field}_chars"
    return join_all(find_phrase(field, pattern) for pattern in read_field_patterns(leaf))


def _write_dates(leaf: DateRange) -> Query:
    last = bound("date_last", leaf.first.toordinal()) if leaf.first else ALL
    first = bound("date_first", high=leaf.last.toordinal()) if leaf.last else bound("date_first")
    return join_all([first, last])


def _write_near(near: Near) -> Query:
    """Return the query for two strings so near, in either order, in one text."""
    left, right = map(_write_span, read_near_patterns(near))
    slop = quoteattr(str(near.distance))
    pairs = (
        f'<SpanNear slop={slop} inOrder="true">{one}{other}</SpanNear>'
        for one, other in ((left, right), (right, left))
    )
    return {"xmlparser": {"query": f"<SpanOr>{''.join(pairs)}</SpanOr>"}}


def _write_span(pattern: Pattern) -> str:
    signs = write_pattern(pattern).split(" ")
    terms = [f'<SpanTerm fieldName="chars">{escape(sign)}</SpanTerm>' for sign in signs]
    if len(terms) == 1:
        return terms[0]
    return f'<SpanNear slop="0" inOrder="true">{"".join(terms)}</SpanNear>'


def write_hidden(speech_ids: Sequence[int]) -> Query:
    """Return the query for all speeches and sections that are not of these speeches."""
    return exclude(_UNITS, pick("speech", speech_ids)) if speech_ids else _UNITS
