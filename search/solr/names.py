"""What is told by names and expressions, and by what the corpus holds, asked of Solr."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.text.folding import find_certain, fold, fold_name
from search.arrays.segment import LooseSegment
from search.index.access import list_masked
from search.matching.names import DatabaseNames
from search.matching.spans import list_deepest
from search.query.expressions import list_required
from search.query.nodes import DateRange, FieldText, Regex
from search.query.patterns import make_pattern, write_field_value
from search.solr.backend import open_nodes
from search.solr.clauses import Query, bound, find_phrase, find_speeches, join_all, match
from search.solr.documents import name_node
from search.solr.nodes import SolrNodes
from search.solr.queries import QueryWriter, write_hidden
from search.solr.reading import read_segments

# Documents in one answer where all that match are read through.
STREAM: Final = 1000
Found = dict[str, Any]


def open_visible_nodes() -> VisibleNodes:
    """Return the documents in the cloud in settings that whoever is answered may see."""
    return VisibleNodes(open_nodes(), write_hidden(sorted(list_masked())))


class VisibleNodes:
    """Solr's documents that whoever asks may see."""

    def __init__(self, nodes: SolrNodes, visible: Query) -> None:
        self._nodes = nodes
        self.visible = visible

    def ask(self, filters: Sequence[Query], **options: Any) -> Found:
        """Return Solr's answer about the documents that pass all filters."""
        body = {"query": "*:*", "limit": 0, **options}
        return self._nodes.ask({**body, "filter": [self.visible, *filters]})

    def count(self, *filters: Query) -> int:
        """Return how many documents pass all filters."""
        return int(self.ask(filters)["response"]["numFound"])

    def stream(self, filters: Sequence[Query], **options: Any) -> Iterator[list[Found]]:
        """Yield all that pass, some at a time, by a cursor: no answer skips what stands before."""
        mark, options = "*", {"sort": "id asc", **options}
        while True:
            answer = self.ask(filters, limit=STREAM, params={"cursorMark": mark}, **options)
            if answer["response"]["docs"]:
                yield answer["response"]["docs"]
            if answer["nextCursorMark"] == mark:
                return
            mark = answer["nextCursorMark"]


class SolrHoldings:
    """What the corpus holds, as `matching.reading` asks to tell how a run is meant."""

    def __init__(self, documents: VisibleNodes, writer: QueryWriter) -> None:
        self._documents, self._writer = documents, writer

    def stands_anywhere(self, text: str) -> bool:
        """Tell whether the characters stand in a row in a title or text that is searched."""
        return self._holds(find_phrase("chars", make_pattern(text, any_case=True)))

    def holds_anywhere(self, leaf: FieldText | DateRange) -> bool:
        """Tell whether a speech satisfies a condition."""
        return self._holds(self._writer.write(leaf))

    def has_whole_name(self, leaf: FieldText) -> bool:
        """Tell whether the text is all that stands in the field of a speech."""
        size = len(fold(write_field_value(leaf)))
        whole = bound(f"{leaf.field}_size", size, size)
        return self._holds(join_all([self._writer.write(leaf), whole]))

    def list_speakers(self) -> Collection[str]:
        """Return the speakers' names as folded."""
        return _list_speakers()

    def _holds(self, query: Query) -> bool:
        return self._documents.count(match("kind", "speech"), query) > 0


@keep_answers
def _list_speakers() -> frozenset[str]:
    names = Speech.objects.narrow().order_by().values_list("speaker__name", flat=True).distinct()
    return frozenset(folded for name in names if name and (folded := fold_name(name)))


class SolrNames(DatabaseNames):
    """Names by the database; expressions in the texts of the speeches that may hold them."""

    def __init__(self, documents: VisibleNodes) -> None:
        super().__init__()
        self._documents = documents
        self._matched: dict[tuple[Regex, str], tuple[list[str], list[str]]] = {}

    def find_nodes(self, leaf: Regex, within: Query) -> tuple[list[str], list[str]]:
        """Return the nodes that hold a match, and those that are the deepest around one.

        Complete for the speeches of which within finds something. Raise QueryError where the
        time of the expressions is over.
        """
        key = leaf, repr(within)
        if key not in self._matched:
            holding: list[str] = []
            deepest: list[str] = []
            for segment in self._list_candidates(leaf, within):
                spans = self.find_expression(segment, leaf, None)
                inside = spans.lie_inside(segment.node_start, segment.node_end).nonzero()[0]
                holding += _name_nodes(segment, inside.tolist())
                deepest += _name_nodes(segment, list_deepest(segment, spans).tolist())
            self._matched[key] = holding, deepest
        return self._matched[key]

    def _list_candidates(self, leaf: Regex, within: Query) -> Iterator[LooseSegment]:
        """Yield the speeches that hold every string which the expression requires."""
        required = filter(None, map(find_certain, list_required(leaf.pattern)))
        patterns = (make_pattern(each, any_case=False) for each in required)
        filters = [find_phrase("chars", pattern) for pattern in patterns if len(pattern)]
        filters += [match("kind", "speech"), find_speeches(within)]
        for documents in self._documents.stream(filters, fields=["speech"]):
            yield from read_segments([document["speech"] for document in documents]).values()


def _name_nodes(segment: LooseSegment, nodes: list[int]) -> Iterator[str]:
    """Yield the names of the nodes of a segment of one speech."""
    for node in nodes:
        pk = int(segment.tables.columns["node_pk"][node])
        yield name_node("section", pk) if pk else name_node("speech", int(segment.speech_ids[0]))
