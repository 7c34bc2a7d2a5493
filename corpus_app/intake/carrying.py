"""A speech's file comes again: what people decided on the older text holds for the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Draft, Refusal
from corpus_app.ingest.recomposing import find_raw_notices, recompose
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.decided import (
    NOTHING_DECIDED,
    Decided,
    apply_decided,
    carry_decided,
    read_decided,
)
from corpus_app.intake.lost_decisions import (
    add_losses,
    carry_losses,
    list_filling_losses,
    list_text_losses,
)
from corpus_app.intake.outlining import apply_outline


def carry_decisions(old: Revision | None, draft: Draft) -> tuple[Draft, dict[str, Any]]:
    """Return a newly parsed draft as people decided on the old revision, and the decisions.

    Decisions hold where the same words are found; where they would leave no word, the parse
    stands as it is. What cannot be kept is listed in the decisions.
    """
    if old is None or not (old.decisions or old.origins):
        return draft, {}
    decided, lost = carry_decided(read_decided(old.decisions, old.raw), old.raw, draft.raw)
    carried = _recompose_decided(draft, decided)
    if carried is None:
        carried, lost, decided = draft, read_decided(old.decisions, old.raw), NOTHING_DECIDED
    decisions = decided.to_json() | apply_outline(old, carried)
    losses = [*list_text_losses(old, lost), *list_filling_losses(old, carried)]
    return carried, carry_losses(old, add_losses(decisions, losses))


def _recompose_decided(draft: Draft, decided: Decided) -> Draft | None:
    """Return the draft as it was decided, None where that would leave no word."""
    spans = apply_decided(draft.raw, draft.removed, decided)
    if spans == draft.removed:
        return draft
    places = trace_text(draft.raw, draft.removed, draft.text)
    try:
        carried = recompose(
            draft.raw,
            spans,
            file_format=draft.format,
            metadata=draft.metadata,
            notices=find_raw_notices(draft.notices, places),
        )
    except Refusal:
        return None
    return replace(carried, file=draft.file, sha256=draft.sha256, encoding=draft.encoding)
