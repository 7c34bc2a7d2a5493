"""Split a file of several speeches: each part is read, and stored, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from corpus_app.catalog.limits import tighten
from corpus_app.catalog.models import Kinship, Revision, Speech, Upload
from corpus_app.catalog.records import note_reason
from corpus_app.catalog.text_maps import map_text
from corpus_app.catalog.uploads import clip_name, drop_unclaimed_bytes, hash_bytes
from corpus_app.ingest.collections import SEVERAL
from corpus_app.ingest.draft import RejectedFile
from corpus_app.intake.importing.reading import read_beside_others
from corpus_app.intake.importing.storing import IncomingFile, store_file
from corpus_app.intake.models import Joining, SplitPart
from corpus_app.intake.quality.flags import refresh_flags
from corpus_app.intake.quality.holding import find_holds
from corpus_app.intake.revisions import editing
from corpus_app.intake.text_reuse.fingerprints import take_fingerprint

SHOWN: Final = 40


class SplittingError(Exception):
    """A speech that cannot be split, or not be made whole; str() is the words for the page."""


@dataclass(frozen=True)
class Beginning:
    """Where a further speech begins: cut is its line's start in the raw text, place in the text."""

    cut: int
    place: int
    title: str
    words: str


def list_beginnings(revision: Revision) -> list[Beginning]:
    """Return where each speech of the revision's file but the first was found to begin."""
    told = [note for note in revision.notices if note["code"] == SEVERAL]
    try:
        traced = map_text(revision) if told else None
    except ValueError:
        return []  # the text does not follow from its raw text, which check_corpus reports
    found: list[Beginning] = []
    for note in told if traced else []:
        start, end = note["start"], note["end"]
        at = traced.find(start) if traced else None
        if at is None:
            continue
        cut = max(revision.raw.rfind(mark, 0, at) for mark in "\r\n") + 1
        if cut > (found[-1].cut if found else 0):
            words = " ".join(revision.text[end : end + 2 * SHOWN].split())[:SHOWN]
            found.append(Beginning(cut, start, revision.text[start:end].strip(), words))
    return found


def split(speech: Speech, revision_id: int, cuts: Iterable[int], user: User | None) -> int:
    """Make each stretch between the chosen beginnings a draft; return how many parts there are.

    What stands before the first belongs to the first part, so that the parts together are the
    whole raw text. A speech that is not public is withdrawn. Raises SplittingError where the
    text is no longer the one of revision_id, was split already, or a part cannot be read.
    """
    revision = speech.current
    if revision is None or revision.pk != revision_id:
        raise SplittingError(_("正文已有新的版本，请核对后再分篇。"))
    chosen = sorted(set(cuts) & {one.cut for one in list_beginnings(revision)})
    if not chosen:
        raise SplittingError(_("请至少选一处，从那里起另成一篇。"))
    stretches = list(pairwise([0, *chosen, len(revision.raw)]))
    files = [
        _read_part(revision, start, end, number, user)
        for number, (start, end) in enumerate(stretches, 1)
    ]
    try:
        _store_parts(speech, revision, list(zip(stretches, files, strict=True)), user)
    except BaseException:
        for file in files:
            drop_unclaimed_bytes(hash_bytes(file.data))
        raise
    return len(files)


def _read_part(
    revision: Revision, start: int, end: int, number: int, user: User | None
) -> IncomingFile:
    stretch = revision.raw[start:end]
    stem = PurePath(revision.upload.name).stem
    name = clip_name(_("%(name)s（分篇 %(number)d）") % {"name": stem, "number": number} + ".txt")
    data = stretch.encode()
    try:
        draft = read_beside_others(data, name)
    except RejectedFile as error:
        values = {"number": number, "reason": error.message}
        raise SplittingError(_("第 %(number)d 篇读不出来：%(reason)s") % values) from error
    if draft.raw != stretch:
        raise SplittingError(_("第 %(number)d 篇另存后与原文不一致。") % {"number": number})
    fingerprint, holds = take_fingerprint(draft.text), find_holds(draft)
    return IncomingFile(data, name, draft, fingerprint, user, as_draft=True, holds=holds)


@transaction.atomic
def _store_parts(
    speech: Speech,
    revision: Revision,
    parts: list[tuple[tuple[int, int], IncomingFile]],
    user: User | None,
) -> None:
    speech = Speech.objects.select_for_update().get(pk=speech.pk)
    if speech.current_id != revision.pk or speech.split_parts.exists():
        raise SplittingError(_("本篇刚刚改动过或已经分篇，请核对后再分。"))
    before = speech.status
    if before != Speech.Status.PUBLISHED:
        with note_reason(_("已分为 %(count)d 篇") % {"count": len(parts)}):
            editing.withdraw(speech)
    for (start, end), file in parts:
        sha256 = hash_bytes(file.data)
        is_new = not Upload.objects.filter(sha256=sha256).exists()
        outcome = store_file(file, sha256)
        SplitPart.objects.create(
            whole=speech,
            revision=revision,
            start=start,
            end=end,
            upload=Upload.objects.get(sha256=sha256),
            is_new=is_new,
            whole_status=before,
            made_by=user,
        )
        if outcome.status != "duplicate" and outcome.speech is not None:
            # That a new speech stands in the whole is no doubt: it was cut out of it.
            part = Speech.objects.get(pk=outcome.speech)
            editing.limit_access(part, tighten(part.limit, speech.limit))
            editing.decide(part, speech, Kinship.Decision.FULLER, user)


@dataclass(frozen=True)
class StoredPart:
    """A part with the speech that its file belongs to; None where that speech was deleted."""

    part: SplitPart
    speech: Speech | None


def list_parts(speech: Speech) -> list[StoredPart]:
    """Return what the speech was split into, in the order of its file."""
    parts = list(speech.split_parts.select_related("upload__copy_of"))
    if not parts:
        return []
    rows = Revision.objects.filter(upload__in=[part.upload_id for part in parts])
    rows = rows.select_related("speech").only("upload", "speech").order_by("-pk")
    firsts = {row.upload_id: row.speech for row in rows}
    return [StoredPart(part, firsts.get(part.upload_id) or part.upload.copy_of) for part in parts]


def list_wholes(speech: Speech) -> list[SplitPart]:
    """Return which stretches of which files the speech was cut out of."""
    files = Q(upload__revisions__speech=speech) | Q(upload__copy_of=speech)
    parts = SplitPart.objects.filter(files).exclude(whole=speech).distinct()
    names = ("whole__title", "revision__number", "revision__upload__name")
    return list(parts.select_related("whole", "revision__upload").only("start", "end", *names))


@transaction.atomic
def undo_split(speech: Speech, user: User | None) -> list[Speech]:
    """Make the speech what it was and delete its parts; return those that stay.

    A part that was published, edited or joined since stays a speech of its own, for what people
    did on it is nowhere else. Raises SplittingError where the speech is not split.
    """
    speech = Speech.objects.select_for_update().get(pk=speech.pk)
    stored = list_parts(speech)
    if not stored:
        raise SplittingError(_("本篇没有分过篇，或已经撤销。"))
    speech.split_parts.all().delete()
    new = [one for one in stored if one.part.is_new]
    for one in new:
        if one.part.upload.copy_of_id is not None:
            _drop_upload(one.part.upload)
    kept = [one.speech for one in new if not _take_back(one, speech, user) and one.speech]
    before = stored[0].part.whole_status
    if before == Speech.Status.DRAFT and speech.status == Speech.Status.WITHDRAWN:
        with note_reason(_("撤销分篇")):
            editing.hold_back(speech)
    refresh_flags(Speech.objects.select_related("current").get(pk=speech.pk))
    return kept


def _take_back(one: StoredPart, whole: Speech, user: User | None) -> bool:
    """Delete the speech that a part became, with its file; return False where it stays."""
    if one.speech is None or one.part.upload.copy_of_id is not None:
        return True
    if _is_changed(one.speech, one.part):
        editing.decide(one.speech, whole, Kinship.Decision.OPEN, user)
        return False
    editing.delete(one.speech)
    _drop_upload(one.part.upload)
    return True


def _is_changed(speech: Speech, part: SplitPart) -> bool:
    if speech.status != Speech.Status.DRAFT or speech.changed_at > part.made_at:
        return True
    own = speech.revisions.exclude(upload=part.upload).exists() or speech.revisions.count() > 1
    joined = Joining.objects.filter(speech=speech).exists() or speech.copies.exists()
    refused = speech.current is not None and speech.current.mention_refusals.exists()
    return own or joined or refused or speech.theme_pins.exists()


def _drop_upload(upload: Upload) -> None:
    """Remove a part's file, all of which stands in the whole's raw text."""
    if upload.revisions.exists() or upload.split_parts.exists():
        return
    sha256 = upload.sha256
    upload.delete()
    transaction.on_commit(lambda: drop_unclaimed_bytes(sha256))
