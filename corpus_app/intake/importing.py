"""Take a file in: parse it, see whether it is known, store, tag and index it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.identity import Head
from corpus_app.catalog.models import Revision, Speech, Upload
from corpus_app.catalog.outlines import Descent
from corpus_app.catalog.services import revise_speech, store_draft
from corpus_app.catalog.uploads import clip_name, drop_unclaimed_bytes, hash_bytes, keep_upload
from corpus_app.ingest.draft import Draft, Refusal
from corpus_app.ingest.limits import get_limits
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.sandbox.parsing import parse_file
from corpus_app.ingest.sandbox.process import TimeUpError
from corpus_app.ingest.sandbox.turns import BusyError
from corpus_app.intake.carrying import carry_decisions
from corpus_app.intake.doubts.holding import HELD, describe_draft, find_holds
from corpus_app.intake.doubts.keeping import refresh_doubt
from corpus_app.intake.duplicates import find_same_bytes, store_fingerprint
from corpus_app.intake.fingerprints import Fingerprint, take_fingerprint
from corpus_app.intake.identification import Match, choose_corrected, find_matches
from corpus_app.intake.indexing import index_on_commit
from corpus_app.intake.kinship.finding import Kin, find_kin, record_kinships
from corpus_app.intake.kinship.judging import Facts
from corpus_app.intake.pins import follow_pins
from corpus_app.intake.removal.touching import list_rules
from corpus_app.slogans.mentions import record_mentions
from corpus_app.themes.tagging import tag_revision

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
    title: str = ""

    @property
    def head(self) -> Head:
        """Return what the file says of itself, a title that its sender gave before all."""
        head = Head.of_metadata(self.draft.to_json())
        return replace(head, title=self.title, title_inferred=False) if self.title else head


def import_bytes(
    data: bytes,
    name: str,
    *,
    user: User | None = None,
    draft: bool = False,
    title: str = "",
    settle: Settle | None = None,
    at_once: bool = False,
) -> ImportOutcome:
    """Store the file as a speech, published unless draft, or say why not; one transaction.

    What the parser has not understood stays a draft, whatever draft says, and the outcome says why.
    An import never changes the status of a speech that is there already: a corrected file
    becomes a new revision of a speech where their heads agree, and a text much like another
    waits as a draft. title is what the sender calls the speech; it counts for telling it from
    others and is stored by the caller. settle notes the outcome, in the same transaction.
    at_once is for a sender who waits: raises NotAtOnceError where reading takes too long for that.
    Raises LostError where the process that reads was lost: the file may be tried again.
    """
    name, sha256 = clip_name(name), hash_bytes(data)
    known = find_same_bytes(sha256)
    if known is not None:
        return _settle(_report_same_bytes(known), settle)
    try:
        parsed = (
            _parse_at_once(data, name) if at_once else parse_file(data, name, rules=list_rules())
        )
    except LostError:
        # Nothing is said against the file: it is tried again.
        raise
    except Refusal as refusal:
        refused = ImportOutcome("refused", None, None, refusal.message, refusal.code)
        return _settle(refused, settle)
    fingerprint = take_fingerprint(parsed.text)
    holds = find_holds(parsed)
    as_draft = draft or bool(holds)
    arrival = Arrival(data, name, parsed, fingerprint, user, as_draft, holds, title)
    try:
        with transaction.atomic():
            return _settle(_store_arrival(arrival, sha256), settle)
    except BaseException:
        drop_unclaimed_bytes(sha256)
        raise


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
    except (BusyError, LostError) as error:
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
    text, head = arrival.draft.text, arrival.head
    matches = find_matches(text, arrival.fingerprint, head, arrival.name)
    if matches:
        return _take_known(arrival, upload, matches)
    facts = Facts.of_draft(arrival.draft)
    kin = find_kin(text, arrival.fingerprint, facts, alike=[])
    states = [one for one in kin if one.verdict.is_state_of_one]
    if states:
        return _take_part(arrival, upload, states[0], kin)
    return _take_new(arrival, upload, kin)


def _take_known(arrival: Arrival, upload: Upload, matches: list[Match]) -> ImportOutcome:
    """Store a file whose text is known: as a revision, a copy, or a speech of its own.

    Only a head that agrees makes it a revision; likeness and a file's name are no proof.
    """
    best = matches[0]
    corrected = choose_corrected(matches)
    if corrected is not None and _is_correction(arrival, corrected):
        return _take_correction(arrival, upload, corrected.speech)
    if best.is_copy:
        return _take_copy(upload, best.speech)
    return _take_near_duplicate(arrival, upload, best)


def _take_copy(upload: Upload, speech: Speech) -> ImportOutcome:
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
        follow_pins(speech, old, revision)
    find_out_rest(speech, revision, draft)
    message = _("已存为《%(title)s》（编号 %(id)d）第 %(number)d 版（%(status)s）")
    values = _name(speech) | {"number": revision.number, "status": speech.get_status_display()}
    return ImportOutcome("imported", speech.pk, None, message % values)


def _take_near_duplicate(arrival: Arrival, upload: Upload, match: Match) -> ImportOutcome:
    """Store a speech of its own beside the one that it resembles.

    It waits as a draft, unless two independent things say that it is another speech: then the
    likeness is a finding, no doubt, and it is published as any new speech is.
    """
    clear = match.is_other and match.comparison.is_clear
    speech = _store_new(arrival, upload, publish=clear and not arrival.as_draft)
    values = _name(match.speech) | {
        "percent": int(match.ratio * 100),
        "reason": match.comparison.reason,
        "status": _("已发布") if speech.status == Speech.Status.PUBLISHED else _("已存为草稿"),
    }
    if clear:
        message = _(
            "与《%(title)s》（编号 %(id)d）相似度 %(percent)d%%，但%(reason)s："
            "作为另一篇讲话入库，%(status)s"
        )
    elif match.is_other:
        message = _(
            "与《%(title)s》（编号 %(id)d）相似度 %(percent)d%%，但%(reason)s："
            "可能是另一篇讲话，已存为草稿，待编辑处理"
        )
    elif match.is_one:
        message = _("与《%(title)s》（编号 %(id)d）相似度 %(percent)d%%，已存为草稿，待编辑处理")
    else:
        message = _(
            "与《%(title)s》（编号 %(id)d）相似度 %(percent)d%%，"
            "题头不足以认定是同一篇，已存为草稿，待编辑处理"
        )
    return ImportOutcome("near_duplicate", speech.pk, match.speech.pk, message % values)


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


def _is_correction(arrival: Arrival, match: Match) -> bool:
    """Return whether the file brings anything new and shows readers nothing sent in as a draft."""
    shown = arrival.as_draft and match.speech.status == Speech.Status.PUBLISHED
    new = not match.is_same_text or _brings_other_header(arrival, match.speech)
    return new and not shown


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
