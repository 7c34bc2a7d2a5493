"""Every write on speeches; each function is one transaction and indexes nothing."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import (
    EDITABLE,
    apply_fields,
    fit_fields,
    flatten_metadata,
    read_fields,
)
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.catalog.revisions import PARSED, Descent, add_revision, disclose_current
from corpus_app.ingest.draft import Draft

# The parser takes the line by which a sample says that it is invented out of the text.
SAMPLE_NOTICE = "sample_notice"


@transaction.atomic
def store_draft(
    draft: Draft, upload: Upload, *, user: User | None = None, publish: bool = False
) -> Speech:
    """Return a new speech made from the draft, its first revision current."""
    fitting = fit_fields(flatten_metadata(draft.to_json()))
    speech = Speech(
        title_inferred=draft.metadata.title_inferred,
        is_sample=any(span.kind == SAMPLE_NOTICE for span in draft.removed),
    )
    apply_fields(speech, fitting.values)
    if not speech.title:
        speech.title = PurePath(upload.name).stem[:300] or _("（无题）")
        speech.title_inferred = True
    if publish:
        _mark_published(speech)
    speech.save()
    add_revision(speech, draft, upload, notices=fitting.notices, user=user)
    return speech


@transaction.atomic
def revise_speech(
    speech: Speech,
    draft: Draft,
    upload: Upload,
    reason: str = "",
    *,
    user: User | None = None,
    descent: Descent = PARSED,
) -> Revision:
    """Return the speech's new current revision; what a person corrected stays corrected."""
    fitting = fit_fields(flatten_metadata(draft.to_json()))
    adopt_metadata(speech, fitting.values, draft.metadata.title_inferred)
    speech.is_sample = any(span.kind == SAMPLE_NOTICE for span in draft.removed)
    return add_revision(
        speech,
        draft,
        upload,
        notices=fitting.notices,
        user=user,
        reason=reason,
        descent=descent,
    )


def adopt_metadata(speech: Speech, values: dict[str, str], title_inferred: bool) -> None:
    """Set the new parse's values on the unsaved speech where nobody changed the old parse's."""
    kept = list_kept(speech)
    fresh = {name: value for name, value in values.items() if name not in kept}
    if not fresh.get("title"):
        fresh.pop("title", None)
    if "title" in fresh:
        speech.title_inferred = title_inferred
    apply_fields(speech, fresh)


def list_kept(speech: Speech) -> set[str]:
    """Return the names of the fields whose values a person set; a new parse leaves them.

    A title that was made up, from the text or from the file's name, is nobody's.
    """
    if speech.current is None:
        return set()
    parsed = fit_fields(flatten_metadata(speech.current.metadata)).values
    present = read_fields(speech)
    chosen = speech.current.decisions.get("metadata", {})
    kept = {name for name in EDITABLE if present[name] != parsed[name]}
    # A value that somebody chose stays theirs where the parse read the same.
    kept |= {name for name, one in chosen.items() if one["value"] == present[name]}
    return kept - {"title"} if speech.title_inferred else kept


def list_set_by_person(speech: Speech) -> set[str]:
    """Return those of list_kept that a person set, and no table of metadata."""
    if speech.current is None:
        return set()
    present, chosen = read_fields(speech), speech.current.decisions.get("metadata", {})
    tables = {n for n, one in chosen.items() if one.get("table") and one["value"] == present[n]}
    return list_kept(speech) - tables


@transaction.atomic
def publish_speech(speech: Speech) -> None:
    """Let everyone see the speech; the date of the first publication stays."""
    _mark_published(speech)
    speech.save()
    disclose_current(speech)


@transaction.atomic
def withdraw_speech(speech: Speech) -> None:
    """Hide the speech from readers; nothing is deleted."""
    speech.status = Speech.Status.WITHDRAWN
    speech.save()


@transaction.atomic
def return_to_draft(speech: Speech) -> None:
    """Hide the speech from readers as one that is still being worked on."""
    speech.status = Speech.Status.DRAFT
    speech.save()


@transaction.atomic
def correct_metadata(speech: Speech, values: dict[str, str]) -> list[str]:
    """Set fields (text by field name, parties by name); return names of those changed.

    Raises ValueError for an unknown field; a value must fit its field (the form checks).
    """
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    present = read_fields(speech)
    changed = {name: value for name, value in values.items() if value != present[name]}
    if changed:
        if "title" in changed:
            speech.title_inferred = False
        apply_fields(speech, changed)
        speech.save()
    return sorted(changed)


@transaction.atomic
def save_corrected(speech: Speech) -> None:
    """Save a speech whose fields a form has set; its period follows its dates."""
    apply_fields(speech, {})
    speech.save()


@transaction.atomic
def delete_speech(speech: Speech) -> None:
    """Delete the speech with its revisions; the received bytes and their rows stay."""
    speech.delete()


def _mark_published(speech: Speech) -> None:
    speech.status = Speech.Status.PUBLISHED
    speech.published_at = speech.published_at or timezone.now()
