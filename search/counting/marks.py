"""Where a query's words stand in the text of one speech, read as in the whole corpus."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_app.catalog.models import Revision, Speech
from corpus_app.slogans.models import Mention
from corpus_app.text.spans import merge_spans
from search.counting.opening import open_counted
from search.errors import EngineUnreachableError, QueryError
from search.matching.names import DatabaseNames
from search.presentation.marks import FoldedText, Span, find_text_marks
from search.query.nodes import Node, SloganNamed, walk_leaves
from search.request import Match


def find_marks(query_text: str, speech_id: int, match: Match = "auto") -> Sequence[Span]:
    """Return the spans of the query's positive terms in the speech's current text.

    None where the query can't be read, or nothing tells how it is meant.
    """
    try:
        tree = open_counted().read(query_text, match).tree
    except (EngineUnreachableError, QueryError):
        return []
    current = Speech.objects.filter(pk=speech_id).values("current")
    revision = Revision.objects.filter(pk__in=current).only("text").first()
    if revision is None:
        return []
    mentions = _read_mentions(tree, revision.pk)
    marks = find_text_marks(FoldedText(revision.text), tree, mentions)
    return merge_spans((mark.start, mark.end) for mark in marks)


def _read_mentions(tree: Node, revision_id: int) -> list[tuple[int, Span]]:
    names = DatabaseNames()
    found: list[tuple[int, Span]] = []
    for number, leaf in enumerate(walk_leaves(tree, positive_only=True)):
        if isinstance(leaf, SloganNamed):
            rows = Mention.objects.filter(
                revision_id=revision_id, slogan_id__in=names.find_slogans(leaf.text)
            )
            found += [(number, span) for span in rows.values_list("start", "end")]
    return found
