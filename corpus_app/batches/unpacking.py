"""An archive, or a table of speeches, becomes a row for each of them in it, all at once.

However often it is begun, none is there twice.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.claiming import settle_file
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.services import MESSAGE_CHARS, clip_path
from corpus_app.batches.staging import locate_staged, read_staged, release_bytes, stage_bytes
from corpus_app.catalog.uploads import keep_upload
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.tables.cells import is_table_name
from corpus_app.intake.archives import Member, is_archive, open_archive
from corpus_app.intake.manifests.speeches import (
    SpeechTable,
    find_speech_table,
    list_speeches,
    may_be_speeches,
    read_speech_table,
)


def is_packed(file: BatchFile) -> bool:
    """Return whether the file's staged bytes are an archive of other files."""
    return is_archive(locate_staged(file.sha256), file.path)


def unpack_file(file: BatchFile) -> None:
    """Put the rows of an archive's files into its batch, or write on its own why there are none.

    Their bytes are durable before the one transaction that makes the rows; a member that is
    known from an earlier try is not added again.
    """
    name = PurePosixPath(file.path).name
    rows: list[BatchFile] = []
    failure: RejectedFile | None = None
    try:
        for member in open_archive(locate_staged(file.sha256), name):
            if member.path == name and member.refusal is not None:
                failure = member.refusal  # of the archive itself: the rest could not be read
            else:
                rows.append(_stage_member(file, member))
    except RejectedFile as refusal:
        failure = refusal
    if not rows and failure is None:
        failure = RejectedFile("empty", _("压缩包里没有文件。"))
    _put_in(file, rows, failure, _("已解包，内有 %(count)d 个文件") % {"count": len(rows)})


def unpack_table(file: BatchFile) -> bool:
    """Put a row into the batch for each speech of a table with one a row; False for another file.

    Its columns are what a person or the batch says they are; where neither does it waits. The
    table's own bytes are kept among the received files.
    """
    if not may_be_speeches(file.path):
        return False
    data = read_staged(file.sha256)
    try:
        table = _read_speeches(file, data)
    except LostError:
        raise
    except RejectedFile as refusal:
        _put_in(file, [], refusal, "")
        return True
    if table is None:
        return False
    if not table.has_text or (file.columns is None and file.batch.columns is None):
        _ask_columns(file, table)
        return True
    rows = [_stage_member(file, member) for member in list_speeches(table)]
    with transaction.atomic():
        keep_upload(data, file.path, user=file.batch.created_by, file_format="table")
    message = _("讲话表，一行一篇：共 %(count)d 行") % {"count": len(rows)}
    told = _("；").join([message, *table.list_unused(), *table.remarks])
    _put_in(file, rows, None, told, columns=table.columns)
    return True


def _read_speeches(file: BatchFile, data: bytes) -> SpeechTable | None:
    columns = file.columns or file.batch.columns
    if columns:
        return replace(read_speech_table(data, file.path).with_columns(columns), doubts={})
    if file.columns is None and file.batch.columns is None:
        return find_speech_table(data, file.path, asking=True)
    return find_speech_table(data, file.path)


def _ask_columns(file: BatchFile, table: SpeechTable) -> None:
    """Have a table wait until somebody says what its columns are."""
    told = _("讲话表，一行一篇，共 %(count)d 行：核对各列以后再导入") % {"count": len(table.rows)}
    if not table.has_text:
        told += _("；还不知道哪一列是讲话正文，若是元数据表，请到“据表格设定文献信息”上传")
    with transaction.atomic():
        settle_file(file, BatchFile.State.UNMAPPED, message=told)


def _put_in(
    file: BatchFile,
    rows: list[BatchFile],
    failure: RejectedFile | None,
    message: str,
    **values: Any,
) -> None:
    with transaction.atomic():
        _add_rows(file, rows)
        if failure is not None:
            refused = BatchFile.State.REFUSED
            settle_file(file, refused, code=failure.code, message=failure.message)
        else:
            settle_file(file, BatchFile.State.UNPACKED, message=message, **values)
    for row in rows:
        if row.pk is None:  # known before, and its bytes perhaps settled
            release_bytes(row.sha256)


def _stage_member(file: BatchFile, member: Member) -> BatchFile:
    """Return the unsaved row of a member, its bytes staged."""
    row = BatchFile(
        batch_id=file.batch_id,
        parent=file,
        # Behind its archive, before what came after that; tables behind all.
        position=BatchFile.LAST if is_table_name(member.path) else file.position,
        path=clip_path(f"{file.path}/{member.path}"),
        size=len(member.data or b""),
    )
    if member.data is not None:
        with stage_bytes([member.data]) as staged:
            staged.put_in_place()
            row.sha256 = staged.sha256
    else:
        refusal = member.refusal or RejectedFile("damaged", _("压缩包内的文件读不出来。"))
        row.state, row.code = BatchFile.State.REFUSED, refusal.code
        row.message, row.finished_at = refusal.message[:MESSAGE_CHARS], timezone.now()
    return row


def _add_rows(file: BatchFile, rows: list[BatchFile]) -> None:
    known = set(file.members.values_list("path", "sha256"))
    fresh = [row for row in rows if (row.path, row.sha256) not in known]
    if Batch.objects.filter(pk=file.batch_id, state=Batch.State.CANCELLED).exists():
        for row in fresh:
            if row.state == BatchFile.State.WAITING:
                row.state = BatchFile.State.CANCELLED
    for row in fresh:
        # The same bytes may have been settled, and removed, since they were staged.
        if row.sha256 and not locate_staged(row.sha256).is_file():
            raise FileNotFoundError(row.path)
    BatchFile.objects.bulk_create(fresh)
