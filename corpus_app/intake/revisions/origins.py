"""From which revision each stretch of a merged text is, carried along with its words."""

from __future__ import annotations

from typing import Any

from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.text.text_map import TextMap


def locate_text(revision: Revision) -> TextMap:
    """Return the way between places in a revision's text and in its raw text."""
    return trace_text(revision.raw, read_removed(revision.removed), revision.text)


def move_origins(base: Revision, draft: Draft) -> list[dict[str, Any]]:
    """Return the stretches of a merged text with their places in the edited one."""
    if not base.origins:
        return []
    old = locate_text(base)
    new = trace_text(draft.raw, draft.removed, draft.text)
    moved = []
    for origin in base.origins:
        start, end = new.inverse.find_span(*old.find_span(origin["start"], origin["end"]))
        if start < end:
            moved.append(origin | {"start": start, "end": end})
    return moved
