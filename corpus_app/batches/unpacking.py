"""An archive becomes a row for each file in it, all at once, however often it is begun."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.claiming import settle_file
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.services import MESSAGE_CHARS, clip_path
from corpus_app.batches.staging import locate_staged, release_bytes, stage_bytes
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.tables.cells import is_table_name
from corpus_app.intake.archives import Member, is_archive, open_archive


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
    with transaction.atomic():
        _add_rows(file, rows)
        _settle(file, failure, len(rows))
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


def _settle(file: BatchFile, failure: RejectedFile | None, count: int) -> None:
    if failure is not None:
        settle_file(file, BatchFile.State.REFUSED, code=failure.code, message=failure.message)
        return
    message = _("已解包，内有 %(count)d 个文件") % {"count": count}
    settle_file(file, BatchFile.State.UNPACKED, message=message)
