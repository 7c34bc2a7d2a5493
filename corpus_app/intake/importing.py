"""Take a file in: parse it, see whether it is known, store, tag and index it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.catalog.outlines import Descent
from corpus_app.catalog.services import revise_speech, store_draft
from corpus_app.catalog.uploads import clip_name, drop_unclaimed_bytes, hash_bytes, keep_upload
from corpus_app.ingest.draft import Draft, Refusal
from corpus_app.ingest.limits import get_limits
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.sandbox.process import TimeUpError
from corpus_app.ingest.sandbox.turns import BusyError
from corpus_app.intake.carrying import carry_decisions
from corpus_app.intake.doubts.holding import HELD, describe_draft, find_holds
from corpus_app.intake.doubts.keeping import refresh_doubt
from corpus_app.intake.duplicates import (
    find_alike,
    find_same_bytes,
    find_same_text,
    has_file_name,
    store_fingerprint,
)
from corpus_app.intake.fingerprints import Fingerprint, take_fingerprint
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.kinship.finding import Kin, find_kin, record_kinships
from corpus_app.intake.kinship.judging import Facts
from corpus_app.intake.removal.touching import list_rules
from corpus_app.slogans.mentions import record_mentions
from corpus_app.themes.tagging import move_pins, tag_revision

Status = Literal["imported", "duplicate", "near_duplicate", "refused"]


# How long a sender waits for a page, in seconds: for the reading, and for a free reader before.
AT_ONCE_SECONDS: Final = 10
AT_ONCE_PATIENCE: Final = 2.0


class NotAtOnceError(Exception):
    """Reading the file takes longer than its sender should wait; nothing is said against it."""


@dataclass(frozen=True)
class ImportOutcome:
    """What became of a file: the speech it is stored as, the older one it resembles, and why."""

    status: Status
    speech: int | None
    of: int | None
    message: str
    code: str = ""


Settle = Callable[[ImportOutcome], None]


@dataclass(frozen=True)
class Arrival:
    """A parsed file on its way into the catalogue."""

    data: bytes
    name: str
    draft: Draft
    fingerprint: Fingerprint
    user: User | None
    as_draft: bool
    # In words, why nothing of it is published by itself.
    holds: list[str]


def import_bytes(
    data: bytes,
    name: str,
    *,
    user: User | None = None,
    draft: bool = False,
    settle: Settle | None = None,
    at_once: bool = False,
) -> ImportOutcome:
    """Store the file as a speech, published unless draft, or say why not; one transaction.

    What the parser has not understood stays a draft, whatever draft says, and the outcome says why.
    An import never changes the status of a speech that is there already: a corrected file
    becomes a new revision of a speech, and a text much like another waits as a draft.
    settle notes the outcome, in the same transaction. at_once is for a sender who waits: raises
    NotAtOnceError where reading takes too long for that.
    """
    name, sha256 = clip_name(name), hash_bytes(data)
    known = find_same_bytes(sha256)
    if known is not None:
        return _settle(_report_same_bytes(known), settle)
    try:
        parsed = (
            _parse_at_once(data, name) if at_once else parse_file(data, name, rules=list_rules())
        )
    except Refusal as refusal:
        refused = ImportOutcome("refused", None, None, refusal.message, refusal.code)
        return _settle(refused, settle)
    fingerprint = take_fingerprint(parsed.text)
    holds = find_holds(parsed)
    arrival = Arrival(data, name, parsed, fingerprint, user, draft or bool(holds), holds)
    try:
        with transaction.atomic():
            return _settle(_store_arrival(arrival, sha256), settle)
    except BaseException:
        drop_unclaimed_bytes(sha256)
        raise


def _parse(data: bytes, name: str) -> Draft:
    return parse_file(data, name, rules=list_rules())


def _parse_at_once(data: bytes, name: str) -> Draft:
    """A file that has the full time is refused; one that was given less is not judged yet."""
    limits = get_limits()
    seconds = min(limits.seconds, AT_ONCE_SECONDS)
    try:
        return parse_file(
            data,
            name,
            replace(limits, seconds=seconds),
            rules=list_rules(),
            patience=AT_ONCE_PATIENCE,
        )
    except BusyError as error:
        raise NotAtOnceError from error
    except TimeUpError as error:
        if seconds == limits.seconds:
            raise
        raise NotAtOnceError from error


@transaction.atomic
def _settle(outcome: ImportOutcome, settle: Settle | None) -> ImportOutcome:
    if settle is not None:
        settle(outcome)
    return outcome


def find_out_rest(
    speech: Speech, revision: Revision, draft: Draft, kin: list[Kin] | None = None
) -> None:
    """Tag the revision, record slogans, fingerprint, kin and doubts; let the index follow.

    kin is what find_kin said of this text, where that was asked already.
    """
    tag_revision(revision)
    record_mentions(revision, draft.slogans)
    store_fingerprint(speech, take_fingerprint(revision.text))
    record_kinships(speech, kin)
    refresh_doubt(speech)
    index_on_commit(speech.pk)


def _store_arrival(arrival: Arrival, sha256: str) -> ImportOutcome:
    # Asked again under the write lock: another import may have brought the same bytes.
    known = find_same_bytes(sha256)
    if known is not None:
        return _report_same_bytes(known)
    upload = keep_upload(
        arrival.data,
        arrival.name,
        user=arrival.user,
        file_format=arrival.draft.format,
        encoding=arrival.draft.encoding,
    )
    same = find_same_text(arrival.fingerprint)
    if same is not None:
        return _take_same_text(arrival, upload, Speech.objects.get(pk=same))
    alike = find_alike(arrival.draft.text, arrival.fingerprint, name=arrival.name)
    for likeness in alike:
        speech = Speech.objects.get(pk=likeness.speech_id)
        if has_file_name(speech.pk, arrival.name) and _may_revise(arrival, speech):
            return _take_correction(arrival, upload, speech)
    if alike:
        return _take_near_duplicate(arrival, upload, alike[0].speech_id, alike[0].ratio)
    facts = Facts.of_draft(arrival.draft)
    kin = find_kin(arrival.draft.text, arrival.fingerprint, facts, alike=[])
    states = [one for one in kin if one.verdict.is_state_of_one]
    if states:
        return _take_part(arrival, upload, states[0], kin)
    return _take_new(arrival, upload, kin)


def _take_same_text(arrival: Arrival, upload: Upload, speech: Speech) -> ImportOutcome:
    corrected = has_file_name(speech.pk, arrival.name) and _brings_other_header(arrival, speech)
    if corrected and _may_revise(arrival, speech):
        return _take_correction(arrival, upload, speech)
    # The bytes are new even where the text is not: they stay, as another file of the speech.
    upload.copy_of = speech
    upload.save(update_fields=["copy_of"])
    message = _("正文与《%(title)s》（编号 %(id)d）相同，未重复入库，原始文件已留存")
    return ImportOutcome("duplicate", speech.pk, speech.pk, message % _name(speech))


def _take_correction(arrival: Arrival, upload: Upload, speech: Speech) -> ImportOutcome:
    old = speech.current
    reason = _("重新导入“%(name)s”") % {"name": arrival.name}
    draft, decisions = carry_decisions(old, arrival.draft)
    descent = Descent(decisions=decisions)
    revision = revise_speech(speech, draft, upload, reason, user=arrival.user, descent=descent)
    if old is not None:
        move_pins(speech, old, revision)
    find_out_rest(speech, revision, draft)
    message = _("已存为《%(title)s》（编号 %(id)d）第 %(number)d 版（%(status)s）")
    values = _name(speech) | {"number": revision.number, "status": speech.get_status_display()}
    return ImportOutcome("imported", speech.pk, None, message % values)


def _take_near_duplicate(
    arrival: Arrival, upload: Upload, other_id: int, ratio: float
) -> ImportOutcome:
    speech = _store_new(arrival, upload, publish=False)
    other = Speech.objects.get(pk=other_id)
    message = _("与《%(title)s》（编号 %(id)d）相似度 %(percent)d%%，已存为草稿，待编辑处理")
    values = _name(other) | {"percent": int(ratio * 100)}
    return ImportOutcome("near_duplicate", speech.pk, other.pk, message % values)


def _take_part(arrival: Arrival, upload: Upload, state: Kin, kin: list[Kin]) -> ImportOutcome:
    speech = _store_new(arrival, upload, publish=False, kin=kin)
    other = Speech.objects.get(pk=state.speech_id)
    share, other_share = state.verdict.share, state.verdict.other_share
    if share >= other_share:
        message = _("正文有 %(percent)d%% 见于《%(title)s》（编号 %(id)d），已存为草稿，待编辑处理")
    else:
        message = _("含有《%(title)s》（编号 %(id)d）正文的 %(percent)d%%，已存为草稿，待编辑处理")
    values = _name(other) | {"percent": int(max(share, other_share) * 100)}
    return ImportOutcome("near_duplicate", speech.pk, other.pk, message % values)


def _take_new(arrival: Arrival, upload: Upload, kin: list[Kin]) -> ImportOutcome:
    speech = _store_new(arrival, upload, publish=not arrival.as_draft, kin=kin)
    message = describe_draft(arrival.holds) if arrival.as_draft else _("已入库并发布")
    if kin:
        other = Speech.objects.get(pk=kin[0].speech_id)
        message += _("；与《%(title)s》（编号 %(id)d）有大段相同，可能同源") % _name(other)
    return ImportOutcome("imported", speech.pk, None, message, HELD if arrival.holds else "")


def _store_new(
    arrival: Arrival, upload: Upload, *, publish: bool, kin: list[Kin] | None = None
) -> Speech:
    speech = store_draft(arrival.draft, upload, user=arrival.user, publish=publish)
    if speech.current is not None:
        find_out_rest(speech, speech.current, arrival.draft, kin)
    return speech


def _may_revise(arrival: Arrival, speech: Speech) -> bool:
    """Return whether a new revision shows readers nothing that was sent in as a draft."""
    return not (arrival.as_draft and speech.status == Speech.Status.PUBLISHED)


def _brings_other_header(arrival: Arrival, speech: Speech) -> bool:
    if speech.current is None:
        return True
    parsed = arrival.draft.to_json()
    kept = speech.current.metadata
    read = ("title", "subtitle", "speaker", "speaker_role", "organisation", "dates", "source")
    return any(parsed[key] != kept.get(key) for key in read)


def _report_same_bytes(speech_id: int) -> ImportOutcome:
    speech = Speech.objects.get(pk=speech_id)
    message = _("文件与《%(title)s》（编号 %(id)d）的原始文件完全相同，未重复入库")
    return ImportOutcome("duplicate", speech.pk, speech.pk, message % _name(speech))


def _name(speech: Speech) -> dict[str, object]:
    return {"title": speech.title, "id": speech.pk}
