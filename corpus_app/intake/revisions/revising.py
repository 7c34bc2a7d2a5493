"""An edit of a speech's text: what is removed and what is not, stored as a new revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.revisions import Descent, append_revision
from corpus_app.catalog.services import correct_metadata
from corpus_app.catalog.text_maps import map_states, map_text
from corpus_app.ingest.draft import Draft, Notice, Removed
from corpus_app.ingest.recomposing import find_raw_notices, recompose, settle_spans
from corpus_app.intake.revisions.decisions import (
    SetValue,
    Span,
    cut_spans,
    put_over,
    read_editorial_decisions,
    read_removed,
    take_edit,
)
from corpus_app.intake.revisions.derived import NO_INPUT, Input
from corpus_app.intake.revisions.losses import carry_losses
from corpus_app.intake.revisions.outlining import apply_outline
from corpus_app.intake.revisions.succession import NothingChangedError, follow_revision, take_base


@transaction.atomic
def revise_text(
    speech: Speech,
    base_number: int,
    restored: Sequence[Span],
    removed: Sequence[Removed],
    reason: str = "",
    *,
    values: Sequence[SetValue] = (),
    user: User | None = None,
) -> Revision:
    """Return the new current revision with spans of raw restored to the text and others taken.

    values become the speech's own; the words they were set from leave the text where removed
    has them. Raises OutdatedError where base_number is not the current revision,
    NothingChangedError, BadSpanError for a span outside raw, and RejectedFile where no word
    would be left.
    """
    base = take_base(speech, base_number)
    holes, taken = _settle_edit(base.raw, restored, removed)
    before = read_editorial_decisions(base.decisions, base.raw)
    spans = put_over(base.raw, cut_spans(base.raw, read_removed(base.removed), holes), taken)
    decided = take_edit(base.raw, before, holes, taken, values)
    reason = reason or (_("设定文献信息") if values else _("校订正文"))
    with note_reason(reason):
        changed = _set_values(speech, values)
        return store_edit(
            speech,
            base,
            spans,
            decisions=decided.to_json(),
            origin=Revision.Origin.EDITED,
            reason=reason,
            user=user,
            changed=changed,
        )


def _set_values(speech: Speech, values: Sequence[SetValue]) -> Input:
    """Set the speech's fields; return what that changed of what findings read."""
    if not values:
        return NO_INPUT
    wanted = {one.name: one.value for one in values}
    if "title" in wanted:
        # It stands in the file now, even where it reads as what was made up.
        speech.title_inferred = False
    correct_metadata(speech, wanted)
    return Input.METADATA


def store_edit(
    speech: Speech,
    base: Revision,
    spans: Sequence[Removed],
    *,
    decisions: dict[str, Any],
    origin: str,
    reason: str,
    user: User | None,
    changed: Input = NO_INPUT,
) -> Revision:
    """Return the new current revision of base's raw text without exactly these spans.

    Call it in a transaction with base the current revision. An outline made by hand is
    carried over; metadata stays, changed says where it was set just now. Raises as revise_text
    does.
    """
    draft = recompose_revision(base, spans)
    if draft.to_json()["removed"] == base.removed and not changed:
        raise NothingChangedError
    decisions = carry_losses(base, decisions | apply_outline(base, draft))
    origins = move_origins(base, draft)
    descent = Descent(origin, base, decisions, origins)
    revision = append_revision(speech, draft, descent, reason, user=user)
    follow_revision(speech, base, revision, changed)
    return revision


def move_origins(base: Revision, draft: Draft) -> list[dict[str, Any]]:
    """Return the stretches of a merged text with their offsets in the draft made of it."""
    if not base.origins:
        return []
    there, moved = map_states(base, draft), []
    for origin in base.origins:
        span = there.find_span(origin["start"], origin["end"])
        if span.start < span.end:
            moved.append(origin | {"start": span.start, "end": span.end})
    return moved


def recompose_revision(base: Revision, spans: Sequence[Removed]) -> Draft:
    """Return the draft of a revision's raw text without exactly these spans."""
    places = map_text(base)
    stored = [Notice(n["code"], n["message"], n["start"], n["end"]) for n in base.notices]
    return recompose(
        base.raw,
        spans,
        file_format=base.metadata.get("format", "txt"),
        notices=find_raw_notices(stored, places),
    )


def _settle_edit(
    raw: str, restored: Sequence[Span], removed: Sequence[Removed]
) -> tuple[list[Span], list[Removed]]:
    """Return both lists checked and without overlap among themselves."""
    holes = settle_spans(raw, (Removed("kept", "", *span) for span in restored))
    return [(hole.start, hole.end) for hole in holes], settle_spans(raw, removed)
