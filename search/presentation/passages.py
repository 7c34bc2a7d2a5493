"""From matched units to what a page shows of them: title, path, marked passages.

Marks are found among the arrays' folded characters, so that only the passages that are shown
are fetched and folded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from corpus_app.catalog.section_names import translate_name
from corpus_app.text.excerpts import Mark, MarkedText, choose_mark, cut_excerpt, mark_pieces
from search.arrays.segment import Segment
from search.errors import QueryError
from search.matching.evaluation import Names
from search.matching.expressions import Clock
from search.matching.hits import HitTable
from search.matching.spans import find_deepest
from search.presentation.excerpts import SourceExcerpt, SpeechFacts, read_excerpts
from search.presentation.marks import (
    CodeText,
    FoldedText,
    Span,
    find_code_marks,
    find_title_marks,
)
from search.query.nodes import Node, Regex, SloganNamed, walk_leaves
from search.result import Hit, HitPassage, PathStep

PASSAGES_PER_SPEECH: Final = 3
# A speech with more marks than this is judged by the first ones.
_MAX_MARKS: Final = 5_000


def make_hits(
    table: HitTable, scores: Sequence[float], tree: Node, names: Names, unit: str
) -> list[Hit]:
    """Return the rows as hits; the wording of all rows is read in a query or two.

    A row whose revision is gone is left out.
    """
    search = Search(tree, names)
    views: dict[tuple[str, int], SpeechView] = {}
    rows: list[tuple[SpeechView, list[int], float]] = []
    for row in range(len(table)):
        segment = table.segments[int(table.segment[row])].segment
        place = int(table.speech[row])
        view = views.get((segment.name, place))
        if view is None:
            view = views[segment.name, place] = SpeechView(segment, place, search)
        nodes = view.choose_nodes() if unit == "speech" else [int(table.node[row])]
        rows.append((view, nodes, float(scores[row])))
    shown = read_excerpts((view.segment, node) for view, nodes, _ in rows for node in nodes)
    return [
        view.make_hit({node: shown[view.segment.name, node] for node in nodes}, score, unit)
        for view, nodes, score in rows
        if all((view.segment.name, node) in shown for node in nodes)
    ]


@dataclass(frozen=True)
class Search:
    """The query whose positive leaves are marked."""

    tree: Node
    names: Names

    @cached_property
    def clock(self) -> Clock:
        """Return the time that expressions may take in titles."""
        return Clock()

    @cached_property
    def slogans(self) -> dict[int, list[int]]:
        """Return the ids of the slogans asked for, by the number of the leaf."""
        return {
            number: sorted(self.names.find_slogans(leaf.text))
            for number, leaf in enumerate(walk_leaves(self.tree, positive_only=True))
            if isinstance(leaf, SloganNamed)
        }

    @cached_property
    def expressions(self) -> dict[int, Regex]:
        """Return the regular expressions, by the number of the leaf."""
        leaves = enumerate(walk_leaves(self.tree, positive_only=True))
        return {number: leaf for number, leaf in leaves if isinstance(leaf, Regex)}


@dataclass(frozen=True)
class SpeechView:
    """A speech of a result page, with its marks by their places in the segment."""

    segment: Segment
    place: int
    search: Search

    def choose_nodes(self) -> list[int]:
        """Return the nodes of the best passages, the best first."""
        return self._ranked_nodes[:PASSAGES_PER_SPEECH] or [self._root]

    def make_hit(self, shown: dict[int, SourceExcerpt], score: float, unit: str) -> Hit:
        """Return the hit that shows these nodes, the best first."""
        passages = {node: self._make_passage(node, each) for node, each in shown.items()}
        facts = next(iter(shown.values())).facts
        best = next(iter(passages.values()))
        return Hit(
            speech_id=facts.speech_id,
            section_key=best.section_key if unit == "section" else None,
            title=facts.title,
            title_pieces=self._mark_title(facts),
            day=facts.day,
            score=score,
            path=best.path,
            pieces=best.pieces,
            completeness=facts.completeness,
            has_gap=best.has_gap,
            organisation=facts.organisation,
            passages=[passages[each] for each in sorted(passages)],
            passage_count=len(self._ranked_nodes) if unit == "speech" else 1,
            span=best.span,
            revision_number=facts.revision_number,
            limit=facts.limit,
        )

    def _mark_title(self, facts: SpeechFacts) -> list[MarkedText]:
        title = facts.title
        marks = find_title_marks(FoldedText(title), self.search.tree, self.search.clock)
        return mark_pieces(title, (0, len(title)), marks)

    @cached_property
    def _root(self) -> int:
        return int(self.segment.roots[self.place])

    @cached_property
    def _text_bounds(self) -> Span:
        starts, ends = self.segment.zone("text")
        return int(starts[self.place]), int(ends[self.place])

    def _find_marks(self, low: int, high: int) -> list[Mark]:
        """Return the marks between two places of the segment, sorted."""
        found = find_code_marks(CodeText(self.segment.codes[low:high]), self.search.tree, base=low)
        if self.search.slogans:
            found |= self._find_mentions(low, high)
        if self.search.expressions:
            found |= self._find_expressions(low, high)
        return sorted(found)

    def _find_mentions(self, low: int, high: int) -> set[Mark]:
        columns, ends = self.segment.tables.columns, self.segment.tables.ends["mentions"]
        rows = slice(int(ends[self.place - 1]) if self.place else 0, int(ends[self.place]))
        slogan, start, end = (
            columns[name][rows] for name in ("mention_slogan", "mention_start", "mention_end")
        )
        inside = (low <= start) & (start < end) & (end <= high)
        return {
            Mark(int(start[at]), int(end[at]), number)
            for number, slogans in self.search.slogans.items()
            for at in np.flatnonzero(inside & np.isin(slogan, slogans))
        }

    def _find_expressions(self, low: int, high: int) -> set[Mark]:
        """Return the matches; none where an expression's time is over."""
        own = np.zeros(self.segment.tables.speech_count, dtype=np.bool_)
        own[self.place] = True
        found: set[Mark] = set()
        for number, leaf in self.search.expressions.items():
            try:
                spans = self.search.names.find_expression(self.segment, leaf, own)
            except QueryError:
                continue
            rows = slice(*np.searchsorted(spans.starts, [low, high]))
            pairs = zip(spans.starts[rows].tolist(), spans.ends[rows].tolist(), strict=True)
            found |= {Mark(start, end, number) for start, end in pairs if end <= high}
        return found

    def _list_path(self, node: int) -> list[PathStep]:
        strings, parents = self.segment.tables.strings, self.segment.tables.columns["node_parent"]
        path: list[PathStep] = []
        while node != self._root:
            label = translate_name(strings["node_label"][node])
            path.append(PathStep(strings["node_key"][node], label))
            node = int(parents[node])
        return path[::-1]

    def _make_passage(self, node: int, shown: SourceExcerpt) -> HitPassage:
        path = self._list_path(node)
        bounds = self._bounds(node, shown)
        marks = shown.move_marks(marks) if (marks := self._own_marks(node)) else []
        best = choose_mark(bounds, marks)
        return HitPassage(
            section_key=path[-1].key if path else None,
            path=path,
            pieces=cut_excerpt(shown.text, bounds, marks),
            has_gap=bool(self.segment.tables.columns["node_gap"][node]),
            span=(shown.offset + best.start, shown.offset + best.end) if best else None,
        )

    def _bounds(self, node: int, shown: SourceExcerpt) -> Span:
        """Return a node's span in the text that is shown, white space around it left out."""
        if node == self._root:
            return 0, len(shown.text)
        start, end = int(self.segment.node_start[node]), int(self.segment.node_end[node])
        return shown.to_source(start, end) if start < end else (0, 0)

    def _own_marks(self, node: int) -> list[Mark]:
        """Return the marks to choose from; of the whole speech those that cross sections first."""
        if node == self._root:
            return self._marks_by_node.get(node, self._marks)
        return self._find_marks(
            int(self.segment.node_start[node]), int(self.segment.node_end[node])
        )

    @cached_property
    def _marks(self) -> list[Mark]:
        """Return the marks in the whole text."""
        return self._find_marks(*self._text_bounds)

    @cached_property
    def _marks_by_node(self) -> dict[int, list[Mark]]:
        """Return the marks by the deepest node that holds them."""
        marks = self._marks[:_MAX_MARKS]
        starts = np.array([mark.start for mark in marks], dtype=np.int64)
        ends = np.array([mark.end for mark in marks], dtype=np.int64)
        found: dict[int, list[Mark]] = {}
        for mark, node in zip(
            marks, find_deepest(self.segment, starts, ends).tolist(), strict=True
        ):
            found.setdefault(node, []).append(mark)
        return found

    @cached_property
    def _ranked_nodes(self) -> list[int]:
        """Return the nodes with marks: most leaves of the query first, then most marks."""
        by_node = self._marks_by_node

        def rank(node: int) -> tuple[int, int, int]:
            marks = by_node[node]
            return -len({mark.leaf for mark in marks}), -len(marks), node

        return sorted(by_node, key=rank)
