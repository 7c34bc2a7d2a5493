"""The way back: an earlier text and outline, or earlier metadata, made the present ones again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, PARTIES, TEXTS
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.revisions import Descent, append_revision, read_draft
from corpus_app.catalog.services import SAMPLE_NOTICE
from corpus_app.intake.revisions import editing
from corpus_app.intake.revisions.decisions import keep_set_values
from corpus_app.intake.revisions.derived import Input, derive
from corpus_app.intake.revisions.outlining import (
    carry_outline,
    list_outline_losses,
    revise_outline,
)
from corpus_app.intake.revisions.succession import NothingChangedError, follow_revision, take_base
from corpus_app.slogans.refusals import carry_refusals


class UnknownStateError(LookupError):
    """No such revision or record of this speech; str() is the words for the page."""


@transaction.atomic
def restore_revision(
    speech: Speech, number: int, base_number: int, user: User | None = None
) -> Revision:
    """Return a new current revision with the text, outline and decisions of an earlier one.

    Metadata that people see stays. Raises OutdatedError where base_number is not the current
    revision, NothingChangedError for the current one, UnknownStateError for none.
    """
    current = take_base(speech, base_number)
    if number == current.number:
        raise NothingChangedError
    wanted = speech.revisions.select_related("upload").filter(number=number).first()
    if wanted is None:
        raise UnknownStateError(_("没有这一版，未作改动。"))
    draft = read_draft(wanted)
    speech.is_sample = any(span.kind == SAMPLE_NOTICE for span in draft.removed)
    reason = _("恢复第 %(number)d 版的正文与提纲") % {"number": number}
    decisions = keep_set_values(wanted.decisions, current, wanted.raw)
    descent = Descent(Revision.Origin.RESTORED, wanted, decisions, wanted.origins)
    with note_reason(reason):
        revision = append_revision(speech, draft, descent, reason, user=user)
        carry_refusals(wanted, revision, between=current)
        follow_revision(speech, current, revision)
    return revision


@transaction.atomic
def restore_outline(
    speech: Speech, number: int, base_number: int, user: User | None = None
) -> Revision:
    """Return a new current revision with today's text and the outline of an earlier revision.

    What of it has no words in today's text is listed in the decisions. Raises as
    restore_revision does, UnknownStateError too where no section has a place today.
    """
    current = take_base(speech, base_number)
    if number == current.number:
        raise NothingChangedError
    wanted = speech.revisions.filter(number=number).first()
    if wanted is None:
        raise UnknownStateError(_("没有这一版，未作改动。"))
    moved = carry_outline(wanted, read_draft(current))
    if not moved.sections:
        raise UnknownStateError(_("这一版各章节的文字都不在当前正文中，未作改动。"))
    reason = _("采用第 %(number)d 版的提纲") % {"number": number}
    losses = list_outline_losses(wanted, moved)
    return revise_outline(speech, base_number, moved.sections, user, reason, losses)


@transaction.atomic
def restore_metadata(speech: Speech, record_id: int) -> list[str]:
    """Set the fields to what they were at a recorded moment; return names of those changed.

    Status and text stay. Raises UnknownStateError where the speech has no such record,
    NothingChangedError where all is as it was then.
    """
    record = speech.history.filter(history_id=record_id).first()
    if record is None:
        raise UnknownStateError(_("没有这条改动记录，未作改动。"))
    values = {name: getattr(record, name) for name in TEXTS}
    values |= {name: _name_party(name, getattr(record, f"{name}_id")) for name in PARTIES}
    wanted = {name: value for name, value in values.items() if value is not None}
    moment = record.history_date.strftime("%Y-%m-%d %H:%M")
    with note_reason(_("恢复 %(moment)s 的文献信息") % {"moment": moment}):
        changed = editing.correct(speech, wanted, {})
        if "title" in changed and record.title_inferred:
            speech.title_inferred = True
            speech.save()
            derive(speech, Input.METADATA)
    if not changed:
        raise NothingChangedError
    return [name for name in EDITABLE if name in changed]


def _name_party(name: str, key: int | None) -> str | None:
    """Return the party's present name, "" for none; None where the party was deleted."""
    if key is None:
        return ""
    model: Any = PARTIES[name]
    names: list[str] = list(model.objects.filter(pk=key).values_list("name", flat=True))
    return names[0] if names else None
