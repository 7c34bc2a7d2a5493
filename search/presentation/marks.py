"""Where the positive terms of a query stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from corpus_app.text.chars import Codes, Offsets
from corpus_app.text.excerpts import Mark
from corpus_app.text.folding import fold_with_offsets
from search.arrays.segment import is_one_of
from search.errors import QueryError
from search.matching.expressions import Clock, find_matches
from search.matching.spans import find_near, find_spans
from search.query.expressions import list_required
from search.query.nodes import (
    FieldText,
    Leaf,
    Near,
    Node,
    Phrase,
    Prefix,
    Regex,
    Words,
    walk_leaves,
)
from search.query.patterns import (
    Pattern,
    read_field_patterns,
    read_near_patterns,
    read_patterns,
)

Span = tuple[int, int]


class CodeText:
    """Folded characters in which patterns are found without an index."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes

    def find(self, pattern: Pattern) -> Offsets:
        """Return the sorted folded places where a pattern starts."""
        last = len(self.codes) - len(pattern) + 1
        if last <= 0:
            return np.zeros(0, dtype=np.int64)
        starts = is_one_of(self.codes[:last], pattern[0]).nonzero()[0]
        for at, alternatives in enumerate(pattern[1:], start=1):
            if not len(starts):
                break
            starts = starts[is_one_of(self.codes[starts + at], alternatives)]
        return starts


class FoldedText(CodeText):
    """One text, folded, with the way back to its source."""

    def __init__(self, text: str) -> None:
        self._folded = fold_with_offsets(text)
        super().__init__(self._folded.codes)
        self.source = text

    def __len__(self) -> int:
        return len(self.codes)

    def to_source(self, start: int, end: int) -> Span:
        """Return the source span of folded characters start to end."""
        return self._folded.find_span(start, end)


def find_code_marks(text: CodeText, tree: Node, base: int = 0) -> set[Mark]:
    """Return the folded places of the query's positive leaves, moved by base.

    Mentions of slogans and matches of regular expressions are not told by the characters.
    """
    return {
        Mark(base + start, base + end, number)
        for number, leaf in enumerate(walk_leaves(tree, positive_only=True))
        for start, end in _find_leaf(text, leaf)
    }


def find_text_marks(
    text: FoldedText,
    tree: Node,
    slogan_spans: Collection[tuple[int, Span]] = (),
    clock: Clock | None = None,
) -> list[Mark]:
    """Return the marks of the query's positive leaves in a text, sorted, as they overlap.

    slogan_spans gives the mentions in source offsets, each with the number of its leaf. Regular
    expressions mark nothing more when the clock's time is over.
    """
    found: set[Mark] = {Mark(*span, leaf) for leaf, span in slogan_spans}
    clock = clock or Clock()
    for number, leaf in enumerate(walk_leaves(tree, positive_only=True)):
        if isinstance(leaf, Regex):
            found |= {Mark(*span, number) for span in _match_source(text, leaf, clock)}
    for start, end, number in find_code_marks(text, tree):
        found.add(Mark(*text.to_source(start, end), number))
    return sorted(found)


def _match_source(text: FoldedText, leaf: Regex, clock: Clock) -> list[Span]:
    if not all(required in text.source for required in list_required(leaf.pattern)):
        return []
    try:
        return find_matches(leaf, text.source, clock)
    except QueryError:
        return []


def find_title_marks(title: FoldedText, tree: Node, clock: Clock | None = None) -> list[Mark]:
    """Return the marks in a title, of the leaves for the whole unit and those for the title."""
    found = set(find_text_marks(title, tree, clock=clock))
    for number, leaf in enumerate(walk_leaves(tree, positive_only=True)):
        if isinstance(leaf, FieldText) and leaf.field == "title":
            for pattern in read_field_patterns(leaf):
                for start in title.find(pattern).tolist():
                    found.add(Mark(*title.to_source(start, start + len(pattern)), number))
    return sorted(found)


def _find_leaf(text: CodeText, leaf: Leaf) -> Iterator[Span]:
    if isinstance(leaf, Near):
        yield from _find_near_sides(text, leaf)
    elif isinstance(leaf, Phrase | Words | Prefix):
        for pattern in read_patterns(leaf):
            for start in text.find(pattern).tolist():
                yield start, start + len(pattern)


def _find_near_sides(text: CodeText, near: Near) -> Iterator[Span]:
    """Yield both strings wherever they stand near enough, not what is between them."""
    joined = find_near(text, near)
    for pattern in read_near_patterns(near):
        spans = find_spans(text, pattern)
        at = np.maximum(np.searchsorted(joined.starts, spans.starts, side="right") - 1, 0)
        if len(joined.ends):
            reach = np.maximum.accumulate(joined.ends)[at]
            inside = (joined.starts[at] <= spans.starts) & (spans.ends <= reach)
            yield from zip(spans.starts[inside].tolist(), spans.ends[inside].tolist(), strict=True)
