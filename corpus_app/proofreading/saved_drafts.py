"""Drafts that their users keep: saved, listed, opened and deleted by their owner alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from corpus_app.ingest.limits import MEGABYTE
from corpus_app.proofreading.decisions import Decision
from corpus_app.proofreading.models import SavedDraft

# Of one user: a draft is in work for days, not for years.
MOST_DRAFTS: Final = 50
MOST_BYTES: Final = 50 * MEGABYTE
# A larger Word file goes back to its owner with marks, but is not kept with its draft.
LARGEST_FILE: Final = 5 * MEGABYTE
LONGEST_NAME: Final = 100


class SavingError(ValueError):
    """A draft that can't be kept; the message says why and what helps, in Chinese."""


@dataclass(frozen=True, slots=True)
class DraftToSave:
    """What a page sends to be kept; file is the Word file it was read from, None without one.

    shown is when the kept draft that the page shows was saved, in ISO 8601, "" for none.
    """

    name: str
    text: str
    day: str
    place: str
    decisions: Sequence[Decision]
    file: bytes | None = None
    shown: str = ""


def list_drafts(owner: User) -> QuerySet[SavedDraft]:
    """Return the user's drafts without their words, the last saved first."""
    return SavedDraft.objects.filter(owner=owner).defer("text", "file", "decisions")


@transaction.atomic
def save_draft(owner: User, sent: DraftToSave, number: int | None = None) -> SavedDraft:
    """Keep a draft, in place of the user's own of that number; SavingError over the bounds.

    Where that was saved otherwise since the page showed it, as by another tab, both are kept: the
    page's under a name that says so.
    """
    overwrite_what_goes()
    mine = SavedDraft.objects.filter(owner=owner)
    decisions = [one.to_json() for one in sent.decisions]
    file = sent.file if sent.file and len(sent.file) <= LARGEST_FILE else None
    before = mine.select_for_update().filter(pk=number or 0).first()
    if before is not None and sent.shown and sent.shown != before.saved_at.isoformat():
        stored = (before.text, before.day, before.place, before.decisions)
        if stored != (sent.text, sent.day, sent.place, decisions):
            apart = _("%(name)s（另存）") % {"name": sent.name.strip()[: LONGEST_NAME - 6]}
            sent, before = replace(sent, name=apart), None
    draft = before or SavedDraft(owner=owner)
    size = len(sent.text.encode()) + len(file or b"") + len(str(decisions).encode())
    others = mine.exclude(pk=draft.pk)
    if draft.pk is None and others.count() >= MOST_DRAFTS:
        raise SavingError(_("最多保存 %d 份稿件，请先删去不用的。") % MOST_DRAFTS)
    if size + (others.aggregate(all=Sum("size"))["all"] or 0) > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise SavingError(_("保存的稿件合计不能超过 %d MB，请先删去不用的。") % most)
    draft.name = sent.name.strip()[:LONGEST_NAME] or _("未命名稿件")
    draft.text, draft.day, draft.place = sent.text, sent.day, sent.place
    draft.decisions, draft.file, draft.size = decisions, file, size
    draft.save()
    return draft


def delete_draft(draft: SavedDraft) -> None:
    """Delete a draft for good: its bytes are overwritten, in the write-ahead log too."""
    overwrite_what_goes()
    with transaction.atomic():
        draft.delete()
        transaction.on_commit(_clear_log)


def overwrite_what_goes() -> None:
    """Let SQLite overwrite what this connection deletes or replaces from now on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _clear_log() -> None:
    """Bring SQLite's log into the database and empty it; while others read, the next one does."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
