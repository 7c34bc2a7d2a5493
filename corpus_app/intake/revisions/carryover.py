"""A speech's file comes again: what people decided on the older text holds for the new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import Descent, append_revision, read_draft
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.recomposing import find_raw_notices, recompose
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.revisions.decisions import (
    EditorialDecisions,
    apply_editorial_decisions,
    carry_editorial_decisions,
    read_editorial_decisions,
)
from corpus_app.intake.revisions.losses import (
    add_losses,
    carry_losses,
    list_filling_losses,
    list_replaced_losses,
    list_text_losses,
    record_losses,
)
from corpus_app.intake.revisions.outlining import apply_outline
from corpus_app.intake.revisions.revising import move_origins
from corpus_app.text.chars import count_chars

# Two texts of which one has this share of its characters in the other say much the same.
NEARLY: Final = 0.8


def carry_decisions(old: Revision | None, draft: Draft) -> tuple[Draft, dict[str, Any]]:
    """Return a newly parsed draft as people decided on the old revision, and the decisions.

    Decisions hold where the same words are found; where they would leave no word, the parse
    stands as it is. What cannot be kept is listed in the decisions.
    """
    if old is None or not (old.decisions or old.origins):
        return draft, {}
    decided, lost = carry_editorial_decisions(
        read_editorial_decisions(old.decisions, old.raw), old.raw, draft.raw
    )
    carried = _recompose_decided(draft, decided)
    if carried is None:
        carried, lost, decided = (
            draft,
            read_editorial_decisions(old.decisions, old.raw),
            EditorialDecisions([], [], decided.metadata),
        )
    decisions = decided.to_json() | apply_outline(old, carried)
    losses = [*list_text_losses(old, lost), *list_filling_losses(old, carried)]
    return carried, carry_losses(old, add_losses(decisions, losses))


@transaction.atomic
def carry_to_stored(
    speech: Speech, old: Revision, new: Revision, user: User | None = None
) -> Revision:
    """Return the current revision once new's text took old's place: new, or one made of it.

    Where the two say much the same and nobody decided anything on new, what people decided on old
    is carried over, as a new revision; else it is listed as lost.
    """
    if old.pk == new.pk or not _has_decisions(old):
        record_losses(new, list_replaced_losses(old, new))
        return new
    size = count_chars(new.text)
    alike = map_states(new, old).count(0, len(new.text)) >= size * NEARLY
    if _has_decisions(new) or not alike:
        record_losses(new, list_replaced_losses(old, new))
        return new
    draft, decisions = carry_decisions(old, read_draft(new))
    descent = Descent(Revision.Origin.MERGED, new, decisions, move_origins(new, draft))
    reason = _("沿用第 %(number)d 版的人工处理") % {"number": old.number}
    return append_revision(speech, draft, descent, reason, user=user)


def _has_decisions(revision: Revision) -> bool:
    return any(revision.decisions.get(kind) for kind in ("outline", "removed", "kept"))


def _recompose_decided(draft: Draft, decided: EditorialDecisions) -> Draft | None:
    """Return the draft as it was decided, None where that would leave no word."""
    spans = apply_editorial_decisions(draft.raw, draft.removed, decided)
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
    except RejectedFile:
        return None
    return replace(carried, file=draft.file, sha256=draft.sha256, encoding=draft.encoding)
