"""From matched units to what a page shows of them: title, path, marked passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from corpus_app.catalog.models import Revision
from search.arrays.evaluation import Names
from search.arrays.segment import Segment
from search.expressions import Clock
from search.hits import HitTable
from search.labels import translate_label
from search.marks import FoldedText, Mark, Span, find_text_marks, find_title_marks
from search.query.nodes import Node, SloganNamed, walk_leaves
from search.result import Hit, Passage, PathStep, Piece
from search.snippets import cut_snippet, mark_pieces

PASSAGES_PER_SPEECH: Final = 3
# A speech with more marks than this is judged by the first ones.
_MAX_MARKS: Final = 5_000


def make_hits(
    table: HitTable, scores: Sequence[float], tree: Node, names: Names, unit: str
) -> list[Hit]:
    """Return the rows as hits; the texts of all rows are read in one query.

    A revision never changes, so the offsets in the arrays fit the text whatever has been
    stored since. A row whose revision is gone is left out.
    """
    revisions = Revision.objects.select_related("speech__organisation").in_bulk(
        [int(pk) for pk in table.read_speech_column("speech_revision")]
    )
    slogans = {
        number: sorted(names.find_slogans(leaf.text))
        for number, leaf in enumerate(walk_leaves(tree, positive_only=True))
        if isinstance(leaf, SloganNamed)
    }
    hits: list[Hit] = []
    clock = Clock()
    views: dict[int, SpeechView] = {}
    for row in range(len(table)):
        segment = table.segments[int(table.segment[row])].segment
        place = int(table.speech[row])
        revision = revisions.get(int(segment.tables.columns["speech_revision"][place]))
        if revision is None:
            continue
        view = views.get(revision.pk) or SpeechView(segment, place, revision, tree, slogans, clock)
        views[revision.pk] = view
        hits.append(view.make_hit(int(table.node[row]), float(scores[row]), unit))
    return hits


@dataclass(frozen=True)
class SpeechView:
    """A speech of a result page: its nodes in the arrays and its text in the database."""

    segment: Segment
    place: int
    revision: Revision
    tree: Node
    slogans: dict[int, list[int]]
    clock: Clock

    def make_hit(self, node: int, score: float, unit: str) -> Hit:
        """Return the hit for a node of the speech."""
        speech = self.revision.speech
        nodes = self._choose_nodes() if unit == "speech" else [node]
        passages = {each: self._make_passage(each) for each in nodes}
        best = passages[nodes[0]]
        return Hit(
            speech_id=speech.pk,
            section_key=best.section_key if unit == "section" else None,
            title=speech.title,
            title_pieces=self.mark_title(speech.title),
            date=speech.date,
            score=score,
            path=best.path,
            pieces=best.pieces,
            completeness=speech.completeness,
            has_gap=best.has_gap,
            organisation=speech.organisation.name if speech.organisation else "",
            passages=[passages[each] for each in sorted(nodes)],
            passage_count=len(self._ranked_nodes) if unit == "speech" else 1,
        )

    def mark_title(self, title: str) -> list[Piece]:
        """Return the title with its marks."""
        marks = find_title_marks(FoldedText(title), self.tree, self.clock)
        return mark_pieces(title, (0, len(title)), marks)

    @cached_property
    def _root(self) -> int:
        return int(self.segment.roots[self.place])

    @cached_property
    def _text(self) -> FoldedText:
        return FoldedText(self.revision.text)

    @cached_property
    def _base(self) -> int:
        return int(self.segment.zone("text")[0][self.place])

    @cached_property
    def _marks(self) -> list[Mark]:
        return find_text_marks(self._text, self.tree, self._read_mentions(), self.clock)

    def _read_mentions(self) -> list[tuple[int, Span]]:
        columns, ends = self.segment.tables.columns, self.segment.tables.ends["mentions"]
        rows = slice(int(ends[self.place - 1]) if self.place else 0, int(ends[self.place]))
        found: list[tuple[int, Span]] = []
        for number, slogans in self.slogans.items():
            chosen = np.isin(columns["mention_slogan"][rows], slogans)
            starts = columns["mention_start"][rows][chosen] - self._base
            ends_ = columns["mention_end"][rows][chosen] - self._base
            for start, end in zip(starts.tolist(), ends_.tolist(), strict=True):
                if start < end:
                    found.append((number, self._text.to_source(start, end)))
        return found

    def _bounds(self, node: int) -> Span:
        """Return a node's span in the revision's text."""
        if node == self._root:
            return 0, len(self.revision.text)
        start = int(self.segment.node_start[node]) - self._base
        end = int(self.segment.node_end[node]) - self._base
        return self._text.to_source(start, end) if start < end else (0, 0)

    def _list_path(self, node: int) -> list[PathStep]:
        strings, parents = self.segment.tables.strings, self.segment.tables.columns["node_parent"]
        path: list[PathStep] = []
        while node != self._root:
            label = translate_label(strings["node_label"][node])
            path.append(PathStep(strings["node_key"][node], label))
            node = int(parents[node])
        return path[::-1]

    def _make_passage(self, node: int) -> Passage:
        return Passage(
            section_key=None
            if node == self._root
            else self.segment.tables.strings["node_key"][node],
            path=self._list_path(node),
            pieces=cut_snippet(self.revision.text, self._bounds(node), self._own_marks(node)),
            has_gap=bool(self.segment.tables.columns["node_gap"][node]),
        )

    def _own_marks(self, node: int) -> list[Mark]:
        """Return the marks to choose from; of the whole speech those that cross sections first."""
        if node != self._root:
            return self._marks
        return self._marks_by_node.get(node, self._marks)

    @cached_property
    def _marks_by_node(self) -> dict[int, list[Mark]]:
        """Return the marks by the deepest node that holds them."""
        marks = self._marks[:_MAX_MARKS]
        nodes = range(self._root + 1, int(self.segment.node_last[self._root]))
        deepest = np.full(len(marks), self._root)
        starts = np.array([mark.start for mark in marks])
        ends = np.array([mark.end for mark in marks])
        for node in nodes if marks else ():
            low, high = self._bounds(node)
            deepest[(starts >= low) & (ends <= high)] = node
        found: dict[int, list[Mark]] = {}
        for mark, node in zip(marks, deepest.tolist(), strict=True):
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

    def _choose_nodes(self) -> list[int]:
        """Return the nodes of the best passages, the best first."""
        return self._ranked_nodes[:PASSAGES_PER_SPEECH] or [self._root]
