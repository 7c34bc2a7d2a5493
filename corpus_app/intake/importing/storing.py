"""What becomes of a parsed file: a revision or a copy of a known speech, or one of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import flatten_metadata, read_fields
from corpus_app.catalog.identity import Head
from corpus_app.catalog.models import Speech, Upload
from corpus_app.catalog.revisions import Descent
from corpus_app.catalog.services import revise_speech, store_draft
from corpus_app.catalog.uploads import keep_upload
from corpus_app.ingest.draft import DATES, Draft
from corpus_app.intake.importing.identification import SpeechMatch, choose_corrected, find_matches
from corpus_app.intake.manifests.columns import name_column
from corpus_app.intake.manifests.recording import (
    NOTHING_GIVEN,
    GivenChanges,
    GivenMetadata,
    choose_given,
    give_metadata,
    note_changes,
)
from corpus_app.intake.quality.holding import HELD, describe_draft
from corpus_app.intake.revisions.carryover import carry_decisions
from corpus_app.intake.revisions.derived import Input, derive
from corpus_app.intake.revisions.succession import follow_decisions
from corpus_app.intake.text_reuse.duplicates import find_same_bytes
from corpus_app.intake.text_reuse.finding import TextReuse, find_text_reuse
from corpus_app.intake.text_reuse.fingerprints import Fingerprint
from corpus_app.intake.text_reuse.judging import Facts

# What of a file's head makes it a correction of a speech that it has the same text as.
_HEADERS: Final = (
    *("title", "subtitle", "speaker", "speaker_role", "organisation"),
    *DATES,
    *("source", "source_url"),
)
Status = Literal["imported", "duplicate", "near_duplicate", "refused"]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of a file: the speech it is stored as, the older one it resembles, and why."""

    status: Status
    speech: int | None
    of: int | None
    message: str
    code: str = ""
    # What a table changed on a speech that was there before.
    changes: GivenChanges | None = None

    def describe(self, name: str) -> dict[str, str | int | None]:
        """Return the contract's JSON object for the file of that name."""
        described = {
            "file": name,
            "status": self.status,
            "speech": self.speech,
            "of": self.of,
            "message": self.message,
        }
        return described | ({"code": self.code} if self.code else {})


@dataclass(frozen=True)
class IncomingFile:
    """A parsed file on its way into the catalogue."""

    data: bytes
    name: str
    draft: Draft
    fingerprint: Fingerprint
    user: User | None
    as_draft: bool
    # In words, why nothing of it is published by itself.
    holds: list[str]
    given: GivenMetadata = NOTHING_GIVEN

    @property
    def head(self) -> Head:
        """Return what the file says of itself, what its sender gave before all."""
        return self.given.apply_to_head(Head.of_metadata(self.draft.to_json()))


def store_file(incoming: IncomingFile, sha256: str) -> ImportOutcome:
    """Store the file's bytes and its text; call it in a transaction."""
    # Asked again under the write lock: another import may have brought the same bytes.
    known = find_same_bytes(sha256)
    if known is not None:
        return report_same_bytes(known, incoming.given)
    upload = keep_upload(
        incoming.data,
        incoming.name,
        user=incoming.user,
        file_format=incoming.draft.format,
        encoding=incoming.draft.encoding,
    )
    text, head = incoming.draft.text, incoming.head
    matches = find_matches(text, incoming.fingerprint, head, incoming.name)
    if matches:
        return _take_known(incoming, upload, matches)
    facts = Facts.of_draft(incoming.draft)
    reuse = find_text_reuse(text, incoming.fingerprint, facts, alike=[])
    states = [one for one in reuse if one.verdict.is_state_of_one]
    if states:
        return _take_part(incoming, upload, states[0], reuse)
    return _take_new(incoming, upload, reuse)


def _take_known(
    incoming: IncomingFile, upload: Upload, matches: list[SpeechMatch]
) -> ImportOutcome:
    """Store a file whose text is known: as a revision, a copy, or a speech of its own.

    Only a head that agrees makes it a revision; likeness and a file's name are no proof.
    """
    best = matches[0]
    corrected = choose_corrected(matches)
    if corrected is not None and _is_correction(incoming, corrected):
        return _take_correction(incoming, upload, corrected.speech)
    if best.is_copy:
        return _take_copy(incoming, upload, best.speech)
    return _take_near_duplicate(incoming, upload, best)


def _take_copy(incoming: IncomingFile, upload: Upload, speech: Speech) -> ImportOutcome:
    # The bytes are new even where the text is not: they stay, as another file of the speech.
    upload.copy_of = speech
    upload.save(update_fields=["copy_of"])
    message = _("正文与《%(title)s》（编号 %(id)d）相同，未重复入库，原始文件已留存") % _name(
        speech
    )
    told, changes = supplement(speech, incoming.given)
    return ImportOutcome("duplicate", speech.pk, speech.pk, message + told, changes=changes)


def _take_correction(incoming: IncomingFile, upload: Upload, speech: Speech) -> ImportOutcome:
    old = speech.current
    reason = _("重新导入“%(name)s”") % {"name": incoming.name}
    draft, decisions = carry_decisions(old, incoming.draft)
    descent = Descent(decisions=decisions)
    revision = revise_speech(speech, draft, upload, reason, user=incoming.user, descent=descent)
    if old is not None:
        follow_decisions(speech, old, revision)
    told, changes = supplement(speech, incoming.given, is_new_text=True)
    derive(speech)
    message = _("已存为《%(title)s》（编号 %(id)d）第 %(number)d 版（%(status)s）")
    values = _name(speech) | {"number": revision.number, "status": speech.get_status_display()}
    return ImportOutcome("imported", speech.pk, None, message % values + told, changes=changes)


def _take_near_duplicate(
    incoming: IncomingFile, upload: Upload, match: SpeechMatch
) -> ImportOutcome:
    """Store a speech of its own beside the one that it resembles.

    It waits as a draft, unless two independent things say that it is another speech: then the
    likeness is a finding, no doubt, and it is published as any new speech is.
    """
    clear = match.is_other and match.comparison.is_clear
    speech = _store_new(incoming, upload, publish=clear and not incoming.as_draft)
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


def _take_part(
    incoming: IncomingFile, upload: Upload, state: TextReuse, reuse: list[TextReuse]
) -> ImportOutcome:
    speech = _store_new(incoming, upload, publish=False, reuse=reuse)
    other = Speech.objects.get(pk=state.speech_id)
    share, other_share = state.verdict.share, state.verdict.other_share
    if share >= other_share:
        message = _("正文有 %(percent)d%% 见于《%(title)s》（编号 %(id)d），已存为草稿，待编辑处理")
    else:
        message = _("含有《%(title)s》（编号 %(id)d）正文的 %(percent)d%%，已存为草稿，待编辑处理")
    values = _name(other) | {"percent": int(max(share, other_share) * 100)}
    return ImportOutcome("near_duplicate", speech.pk, other.pk, message % values)


def _take_new(incoming: IncomingFile, upload: Upload, reuse: list[TextReuse]) -> ImportOutcome:
    speech = _store_new(incoming, upload, publish=not incoming.as_draft, reuse=reuse)
    message = describe_draft(incoming.holds) if incoming.as_draft else _("已入库并发布")
    if reuse:
        other = Speech.objects.get(pk=reuse[0].speech_id)
        message += _("；与《%(title)s》（编号 %(id)d）有大段相同，可能同源") % _name(other)
    return ImportOutcome("imported", speech.pk, None, message, HELD if incoming.holds else "")


def _store_new(
    incoming: IncomingFile, upload: Upload, *, publish: bool, reuse: list[TextReuse] | None = None
) -> Speech:
    speech = store_draft(incoming.draft, upload, user=incoming.user, publish=publish)
    give_metadata(speech, incoming.given)
    derive(speech, slogans=incoming.draft.slogans, reuse=reuse)
    return speech


def _is_correction(incoming: IncomingFile, match: SpeechMatch) -> bool:
    """Return whether the file brings anything new and shows readers nothing sent in as a draft."""
    shown = incoming.as_draft and match.speech.status == Speech.Status.PUBLISHED
    new = not match.is_same_text or _brings_other_header(incoming, match.speech)
    return new and not shown


def _brings_other_header(incoming: IncomingFile, speech: Speech) -> bool:
    if speech.current is None:
        return True
    parsed = incoming.draft.to_json()
    kept = speech.current.metadata
    if incoming.given.values:
        # A bare file with its head in a table: that it bears less itself is nothing new, and
        # what is given is set without another revision.
        known, said = read_fields(speech), flatten_metadata(parsed)
        own = set(_HEADERS) - incoming.given.values.keys()
        own -= {"title"} if incoming.draft.metadata.title_inferred else set()
        return any(said[key] not in ("", known[key]) for key in own)
    read = ("title", "subtitle", "speaker", "speaker_role", "organisation", "dates", "source")
    return any(parsed[key] != kept.get(key) for key in read)


def report_same_bytes(speech_id: int, given: GivenMetadata = NOTHING_GIVEN) -> ImportOutcome:
    """Return the outcome for a file whose bytes the speech has already.

    Call it in a transaction: what a table gives for the file is set.
    """
    speech = Speech.objects.with_parties().select_related("current").get(pk=speech_id)
    message = _("文件与《%(title)s》（编号 %(id)d）的原始文件完全相同，未重复入库") % _name(speech)
    told, changes = supplement(speech, given)
    return ImportOutcome("duplicate", speech.pk, speech.pk, message + told, changes=changes)


def supplement(
    speech: Speech, given: GivenMetadata, *, is_new_text: bool = False
) -> tuple[str, GivenChanges | None]:
    """Set what is given on a known speech, a person's values aside.

    Return what to tell of it, and what was changed, null where nothing was.

    What its sender typed is set on a new text alone, whose findings are the caller's to make.
    """
    if not given.values or not (given.table or is_new_text):
        return "", None
    free, spared = choose_given(speech, given) if given.table else (given.values, {})
    changes = note_changes(speech, free)
    if free:
        give_metadata(speech, replace(given, values=free, limit=None))
        if not is_new_text:
            derive(speech, Input.METADATA)
    told = [(_("；按表格改了%(fields)s"), free), (_("；%(fields)s已另有设定，未按表格改"), spared)]
    words = "".join(
        words % {"fields": _("、").join(map(name_column, values))}
        for words, values in told
        if values and given.table
    )
    return words, changes


def _name(speech: Speech) -> dict[str, object]:
    return {"title": speech.title, "id": speech.pk}
