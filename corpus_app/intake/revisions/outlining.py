"""An editor's outline of a speech: stored as a new revision, carried over to a changed text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.outlines import Descent
from corpus_app.catalog.services import append_revision
from corpus_app.catalog.stored_drafts import read_draft
from corpus_app.catalog.text_maps import map_states
from corpus_app.ingest.completeness import JUDGED, check_announcements, judge_completeness
from corpus_app.ingest.draft import Draft, Gap, Section
from corpus_app.intake.revisions.losses import (
    OUTLINE_KINDS,
    Loss,
    add_losses,
    forget_losses,
    list_outline_losses,
)
from corpus_app.intake.revisions.outline.heads import (
    OutlineHead,
    build_sections,
    read_heads,
    settle_heads,
)
from corpus_app.intake.revisions.outline.moving import MovedOutline, move_heads
from corpus_app.intake.revisions.succession import (
    NothingChangedError,
    follow_revision,
    take_base,
)


@transaction.atomic
def revise_outline(
    speech: Speech,
    base_number: int,
    heads: Sequence[OutlineHead],
    user: User | None = None,
    reason: str = "",
    losses: Sequence[Loss] = (),
) -> Revision:
    """Return the new current revision that has the heads for its outline.

    losses are what of another revision's outline the heads could not take over. Raises
    OutdatedError where base_number is not the current revision, NothingChangedError, and
    OutlineFault where the heads make no outline.
    """
    old = take_base(speech, base_number)
    sections = build_sections(old.text, settle_heads(old.text, heads))
    draft = read_draft(old)
    if sections == draft.sections:
        raise NothingChangedError
    judge_outline(draft, sections)
    decisions = forget_losses(old.decisions, OUTLINE_KINDS) | {"outline": True}
    decisions = add_losses(decisions, losses)
    descent = Descent(Revision.Origin.OUTLINED, old, decisions, old.origins)
    revision = append_revision(speech, draft, descent, reason or _("调整结构"), user=user)
    follow_revision(speech, old, revision)
    return revision


def judge_outline(draft: Draft, sections: list[Section]) -> None:
    """Set the draft's outline and what follows from it: announcements, completeness, notices."""
    gaps = _drop_judged_gap(draft)
    draft.sections = sections
    draft.announced = check_announcements(draft.text, sections)
    draft.completeness, draft.gaps, judged = judge_completeness(
        draft.text, gaps, sections, draft.announced
    )
    draft.notices = [note for note in draft.notices if note.code not in JUDGED] + judged


def carry_outline(old: Revision, draft: Draft) -> MovedOutline:
    """Return the old revision's outline moved to a draft's text; nothing is changed."""
    heads = read_heads(old.sections.order_by("position"), len(old.text))
    return move_heads(old.text, draft.text, heads, map_states(old, draft))


def apply_outline(old: Revision, draft: Draft) -> dict[str, Any]:
    """Set on the draft the outline that people made on the old revision, if they made one.

    Returns what decisions say of it: that it is theirs, and what could not be kept.
    """
    if not old.decisions.get("outline"):
        return {}
    moved = carry_outline(old, draft)
    if moved.heads:
        judge_outline(draft, build_sections(draft.text, moved.heads))
    decided: dict[str, Any] = {"outline": True} if moved.heads else {}
    return add_losses(decided, list_outline_losses(old, moved))


def _drop_judged_gap(draft: Draft) -> list[Gap]:
    """Return the gaps without the missing end that was concluded from the draft's outline."""
    gaps = draft.gaps
    if not gaps or gaps[-1].kind != "truncated" or gaps[-1].offset != len(draft.text):
        return gaps
    announced = check_announcements(draft.text, draft.sections)
    judged = judge_completeness(draft.text, gaps[:-1], draft.sections, announced)[1]
    return gaps[:-1] if judged and judged[-1] == gaps[-1] else gaps
