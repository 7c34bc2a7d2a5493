"""What the worker does with one file: unpack it, or take it in and write down what it became."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from corpus_app.batches.beside import give_from_batch, settle_table
from corpus_app.batches.claiming import ClaimLostError, give_back, settle_file
from corpus_app.batches.models import BatchFile
from corpus_app.batches.staging import NEEDING, locate_staged, read_staged, release_bytes
from corpus_app.batches.unpacking import is_packed, unpack_file, unpack_table
from corpus_app.catalog.limits import AccessLimit
from corpus_app.catalog.models import Speech
from corpus_app.catalog.records import act_for, note_reason
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import check_size
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.intake.archives import is_archive
from corpus_app.intake.importing.files import import_bytes, refuse
from corpus_app.intake.importing.looking_ahead import AHEAD, WaitingFile, look_ahead
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.manifests.speeches import give_from_row
from corpus_app.intake.quality.flags import is_doubtful
from corpus_app.intake.quality.holding import HELD, describe_draft, list_holds, list_reasons
from corpus_app.intake.revisions.editing import publish
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble

logger = logging.getLogger(__name__)


def process_file(file: BatchFile) -> None:
    """Take in a claimed file; whatever goes wrong with it is written on its row, not raised."""
    try:
        reason = _("批次“%(name)s”") % {"name": file.batch.title}
        with act_for(file.batch.created_by), note_reason(reason):
            _take_in(file)
        release_bytes(file.sha256)
        _release_tables(file)
    except ClaimLostError:
        logger.warning("%s was taken back while it was worked on", file.path)
    except LostError as error:
        logger.warning("The process that read %s was lost", file.path)
        give_back(file, "failed", error.message)
    except Exception as error:
        logger.exception("Taking in %s failed", file.path)
        _note_fault(file, error)


def _note_fault(file: BatchFile, error: Exception) -> None:
    """Let the file fail, or be tried again where it has done nothing wrong."""
    trouble = name_storage_trouble(error)
    if trouble is not None:
        give_back(file, "failed", describe_storage_trouble(trouble), blameless=True)
    elif isinstance(error, OperationalError):  # the database was busy or away
        give_back(file, "failed", _describe_fault(error))
    else:
        _fail(file, "failed", _describe_fault(error))


def note_outcome(file: BatchFile, outcome: ImportOutcome) -> None:
    """Write down what a claimed file became, and publish it where the batch says so.

    Called in the transaction that stores the speech. Only what raises no doubt is published.
    """
    message, code = outcome.message, outcome.code
    if outcome.status == "imported" and file.batch.publish and outcome.speech is not None:
        speech = Speech.objects.get(pk=outcome.speech)
        message, code = _publish_if_clean(speech, message, code)
    settle_file(
        file,
        outcome.status,
        speech_id=outcome.speech,
        of_id=outcome.of,
        code=code,
        message=message,
        changes=outcome.changes.to_json() if outcome.changes else None,
    )


def _take_in(file: BatchFile) -> None:
    if not locate_staged(file.sha256).is_file():
        _fail(file, "bytes_missing", _("暂存的文件内容已不在磁盘上，请重新上传。"))
        return
    if is_packed(file):
        unpack_file(file)
        return
    if settle_table(file) or unpack_table(file):
        return
    try:
        check_size(file.size)
    except RejectedFile as refusal:
        outcome = refuse(refusal)
        with transaction.atomic():
            note_outcome(file, outcome)
        return
    user, settle = file.batch.created_by, partial(note_outcome, file)
    data, group = read_staged(file.sha256), _look_ahead(file)
    given = give_from_row(data)
    given = given if given.table else give_from_batch(file)
    if file.batch.limit:
        given = replace(given, limit=AccessLimit.from_words(file.batch.limit))
    import_bytes(data, file.path, user=user, draft=True, given=given, settle=settle, group=group)


def _release_tables(file: BatchFile) -> None:
    """Remove the staged bytes of the batch's tables once no file needs them any more."""
    tables = BatchFile.objects.filter(batch=file.batch_id, position__gte=BatchFile.LAST)
    for sha256 in tables.exclude(state__in=NEEDING).values_list("sha256", flat=True):
        release_bytes(sha256)


def _look_ahead(file: BatchFile) -> str:
    """Note the lines of the batch's next files; return the name of the group that they make."""
    behind = BatchFile.objects.filter(
        batch=file.batch_id,
        state=BatchFile.State.WAITING,
        position__range=(file.position, BatchFile.LAST - 1),
    )
    rows = behind.order_by("position", "pk").values_list("sha256", "path")[:AHEAD]
    waiting = [(file.sha256, file.path), *rows]
    files = [
        WaitingFile(sha256, path, partial(_read_plain, sha256, path)) for sha256, path in waiting
    ]
    group = f"batch:{file.batch_id}"
    if len(files) > 1:
        look_ahead(files, group)
    return group


def _read_plain(sha256: str, path: str) -> bytes:
    if is_archive(locate_staged(sha256), path):
        raise RejectedFile("unsupported", path)  # its files are read, each in its turn
    return read_staged(sha256)


def _publish_if_clean(speech: Speech, message: str, code: str) -> tuple[str, str]:
    """Publish what nothing speaks against; return the message and code of what became of it."""
    if speech.status == Speech.Status.PUBLISHED:
        return message, code
    if is_doubtful(speech) or list_holds([speech.pk]):
        reasons = list_reasons(speech)
        return describe_draft(reasons) if reasons else _("有疑点待核对，已存为草稿"), HELD
    publish(speech)
    return _("已入库并发布"), ""


def _fail(file: BatchFile, code: str, message: str) -> None:
    try:
        with transaction.atomic():
            settle_file(file, BatchFile.State.FAILED, code=code, message=message)
    except ClaimLostError:
        logger.warning("%s was taken back while it was worked on", file.path)


def _describe_fault(error: Exception) -> str:
    return _("导入时程序出错，未入库：%(error)s") % {"error": error}
