"""A speech's file comes again: what people decided on the older text holds for the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Draft, Refusal
from corpus_app.ingest.places import TextPlaces
from corpus_app.ingest.recomposing import find_raw_notices, recompose
from corpus_app.intake.decided import Decided, apply_decided, carry_decided, read_decided
from corpus_app.intake.outlining import apply_outline


def carry_decisions(old: Revision | None, draft: Draft) -> tuple[Draft, dict[str, Any]]:
    """Return a newly parsed draft as people decided on the old revision, and the decisions.

    Decisions hold where the same words are found; where they would leave no word, the parse
    stands as it is.
    """
    if old is None or not old.decisions:
        return draft, {}
    decided = carry_decided(read_decided(old.decisions, old.raw), old.raw, draft.raw)
    carried = _recompose_decided(draft, decided)
    return carried, decided.to_json() | apply_outline(old, carried)


def _recompose_decided(draft: Draft, decided: Decided) -> Draft:
    spans = apply_decided(draft.raw, draft.removed, decided)
    if spans == draft.removed:
        return draft
    places = TextPlaces(draft.raw, draft.removed, draft.text)
    try:
        carried = recompose(
            draft.raw,
            spans,
            file_format=draft.format,
            metadata=draft.metadata,
            notices=find_raw_notices(draft.notices, places),
        )
    except Refusal:
        return draft
    return replace(carried, file=draft.file, sha256=draft.sha256, encoding=draft.encoding)
