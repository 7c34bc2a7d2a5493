"""Make a file that is kept under a speech a speech of its own."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.separation import separate_revisions
from corpus_app.catalog.services import store_draft
from corpus_app.catalog.uploads import read_upload
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.intake.importing.foreign_files import find_replacing
from corpus_app.intake.quality.flags import list_resembling, refresh_all_flags
from corpus_app.intake.removal.touching import list_rules
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.revisions.joining import JoiningError


@transaction.atomic
def set_apart(speech: Speech, upload: Upload, *, user: User | None = None) -> Speech:
    """Return the speech that the file has become, with the revisions it made or as a draft.

    The speech keeps its address, and the newest of its other revisions stands there again.
    Raises JoiningError where the file is not the speech's, or nothing would be left.
    """
    speech = Speech.objects.select_for_update().select_related("current").get(pk=speech.pk)
    with note_reason(_("“%(name)s”另立为一篇") % {"name": upload.name}):
        if upload.copy_of_id == speech.pk:
            return _store_copy(upload, user)
        return _move_revisions(speech, upload)


def _store_copy(upload: Upload, user: User | None) -> Speech:
    try:
        draft = parse_file(read_upload(upload), upload.name, rules=list_rules())
    except (RejectedFile, FileNotFoundError) as error:
        raise JoiningError(_("原始文件读不出来，不能另立为一篇。")) from error
    upload.copy_of = None
    upload.save(update_fields=["copy_of"])
    made = store_draft(draft, upload, user=user)
    derive(made, slogans=draft.slogans)
    return made


def _move_revisions(speech: Speech, upload: Upload) -> Speech:
    revisions = speech.revisions.filter(upload__in=_list_companions(speech, upload))
    moved = list(revisions.select_related("upload").order_by("number"))
    try:
        made = separate_revisions(speech, moved)
    except ValueError as error:
        raise JoiningError(_("不能另立：这个文件不在本篇，或者本篇没有别的版本。")) from error
    for one in (speech, made):
        derive(one)
    refresh_all_flags([speech.pk, made.pk, *list_resembling(speech), *list_resembling(made)])
    return made


def _list_companions(speech: Speech, upload: Upload) -> list[int]:
    """Return the file and the other foreign ones of the speech that are of the same speech."""
    parsed = Revision.objects.filter(speech=speech, upload=upload).order_by("number").first()
    if parsed is None:
        return []
    head = Head.of_metadata(parsed.metadata)
    together = [upload.pk]
    for foreign in find_replacing(speech):
        compared = compare_heads(head, foreign.head)
        if compared.agreement is Agreement.AGREE:
            together.append(foreign.upload.pk)
    return together
