"""Pieces put behind each other on disk, and the whole file handed to its batch.

A piece is written and synced before the row counts it. So a process that is killed, or a machine
that loses its power, leaves at most bytes that nobody counted, and the next piece overwrites them.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.models import Batch, BatchFile, PieceUpload
from corpus_app.batches.pieces.refusing import PieceRefused, check_storage
from corpus_app.batches.receiving import check_upload, find_arrived, hash_portions
from corpus_app.batches.services import insert_file
from corpus_app.batches.staging import Staged, locate_staged, read_portions
from corpus_app.catalog.shared_files import open_storage
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import describe_bytes
from corpus_app.storage_trouble import LEAST_TO_WRITE, describe_storage_trouble

FOLDER: Final = "pieces"


@dataclass(frozen=True)
class AnnouncedFile:
    """What a sender says of a file before it comes; modified in milliseconds since 1970."""

    path: str
    size: int
    modified: int | None = None


@dataclass(frozen=True)
class PieceChecksum:
    """What the bytes of a piece must come to."""

    algorithm: str
    digest: bytes


def locate_pieces(upload: PieceUpload) -> Path:
    """Return the path where an upload's pieces lie."""
    # Hidden: a backup takes what waits whole, not what is under way.
    return Path(settings.STAGING_DIR) / FOLDER / f".{upload.pk.hex}"


def list_unfinished(user: User) -> QuerySet[PieceUpload]:
    """Return the user's uploads whose pieces lie here, the oldest first."""
    return PieceUpload.objects.filter(user=user, is_settled=False, is_expired=False)


def begin_upload(user: User, announced: AnnouncedFile, batch: Batch | None) -> PieceUpload:
    """Return a new upload that has no byte yet; raise PieceRefused where it may not begin."""
    try:
        check_upload(announced.path, announced.size)
    except RejectedFile as refusal:
        raise PieceRefused("too_large", refusal.message) from None
    check_storage()
    with transaction.atomic():
        if batch is not None:
            batch.refresh_from_db(fields=["state"])
            if batch.state != Batch.State.RECEIVING:
                raise PieceRefused("closed", _("这一批已经开始处理，不能再加文件。"))
        _check_room(user, announced.size)
        upload = PieceUpload.objects.create(
            user=user,
            batch=batch,
            path=announced.path.replace("\x00", ""),
            size=announced.size,
            modified=announced.modified,
            expires_at=_expire_at(),
        )
        pieces = locate_pieces(upload)
        pieces.parent.mkdir(parents=True, exist_ok=True)
        pieces.touch(0o600, exist_ok=False)
    if not upload.size:
        with hold_pieces(upload):
            _count(upload, 0)
    return upload


def append_piece(
    upload: PieceUpload, offset: int, portions: Iterable[bytes], checksum: PieceChecksum | None
) -> None:
    """Put a piece behind what is here and count it; raise PieceRefused where it does not fit."""
    check_storage()
    with hold_pieces(upload) as file:
        if offset != upload.received:
            words = _("已收 %(received)d 字节，所传的一片从 %(offset)d 起，接不上。")
            raise PieceRefused("offset", words % {"received": upload.received, "offset": offset})
        try:
            taken = _write(file, upload, portions, checksum)
        except BaseException:
            # A full disk would hold on to bytes that count for nothing.
            with suppress(OSError):
                file.truncate(offset)
            raise
        _count(upload, offset + taken)


@contextmanager
def hold_pieces(upload: PieceUpload) -> Iterator[IO[bytes]]:
    """Yield the file of an unfinished upload's pieces, which nobody else holds meanwhile.

    The row is as of now. Raises PieceRefused where another holds them or nothing is to be held.
    """
    try:
        file = locate_pieces(upload).open("r+b")
    except FileNotFoundError:
        raise _say_gone(upload) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PieceRefused("locked", _("这个文件正在另一处上传。")) from None
        try:
            upload.refresh_from_db()
        except PieceUpload.DoesNotExist:
            raise _say_gone() from None
        # Put in its place, or expired, while this waited for the file.
        if upload.is_expired or upload.is_settled or not locate_pieces(upload).exists():
            raise _say_gone(upload)
        yield file


def find_upload(user: User, upload_id: UUID) -> PieceUpload:
    """Return the user's upload, handed to its batch if it is whole; raise PieceRefused if gone."""
    found = PieceUpload.objects.filter(user=user, pk=upload_id)
    # Read after the look at the disk: pieces that went were handed over, or the row knows better.
    is_here = locate_pieces(PieceUpload(pk=upload_id)).exists()
    upload = found.first()
    if upload is not None and upload.is_expired:
        raise PieceRefused("expired", _("这次上传停得太久，已收的部分已清除，请重新上传。"))
    if upload is not None and upload.sha256 and not upload.is_settled:
        settle_upload(upload)
    if upload is None or upload.pk is None:
        raise _say_gone()
    if not upload.is_settled and not is_here and open_storage() is not None:
        # Pieces go into no storage before they are whole: another host has them.
        raise PieceRefused("locked", _("这个文件正由另一台服务器接收，请稍后再续传。"))
    if not upload.is_settled and not is_here:
        # Rows came back from a backup, or somebody emptied the folder.
        found.filter(is_settled=False, sha256="").delete()
        raise _say_gone()
    return upload


def find_whole(user: User, given: str) -> PieceUpload | None:
    """Return the user's upload of that id if all of it is here and no batch has it."""
    try:
        upload = list_unfinished(user).filter(pk=UUID(given), batch=None).first()
    except ValueError:
        return None
    is_here = upload is not None and upload.is_whole and locate_pieces(upload).exists()
    return upload if is_here else None


def open_upload(upload: PieceUpload) -> UploadedFile:
    """Return a whole upload as a form would have brought it."""
    name = PurePosixPath(upload.path.replace("\\", "/")).name
    file = locate_pieces(upload).open("rb")
    return UploadedFile(file, name if name.strip(".") else "unnamed", size=upload.size)


def drop_upload(upload: PieceUpload) -> None:
    """Forget an upload and its pieces; what joined its batch stays there."""
    pieces = locate_pieces(upload)
    upload.delete()
    pieces.unlink(missing_ok=True)


def settle_upload(upload: PieceUpload) -> None:
    """Hand the whole file to its batch; again does no harm, whatever broke off the first time."""
    pieces = locate_pieces(upload)
    # Its batch may be given up meanwhile.
    with transaction.atomic(), suppress(PieceUpload.DoesNotExist):
        upload.refresh_from_db()
        batch = upload.batch
        if upload.is_settled or batch is None or not upload.sha256:
            return
        if _is_elsewhere(upload):
            return
        file = find_arrived(batch, upload.path, upload.size, upload.sha256)
        file = file or _insert(upload, batch, pieces)
        if file is None:
            upload.delete()
            return
        upload.file, upload.is_settled = file, True
        upload.save(update_fields=["file", "is_settled"])
    pieces.unlink(missing_ok=True)


def _write(
    file: IO[bytes],
    upload: PieceUpload,
    portions: Iterable[bytes],
    checksum: PieceChecksum | None,
) -> int:
    """Write a piece behind what counts and sync it; return its bytes, raise PieceRefused."""
    file.truncate(upload.received)
    file.seek(upload.received)
    digest = hashlib.new(checksum.algorithm) if checksum else None
    taken = 0
    for portion in portions:
        taken += len(portion)
        if upload.received + taken > upload.size:
            raise PieceRefused("too_large", _("所传内容比文件原来说的长。"))
        if digest:
            digest.update(portion)
        file.write(portion)
    if digest and checksum and digest.digest() != checksum.digest:
        raise PieceRefused("checksum", _("这一片在路上坏了，请重传。"))
    file.flush()
    os.fsync(file.fileno())
    return taken


def _insert(upload: PieceUpload, batch: Batch, pieces: Path) -> BatchFile | None:
    """Return the batch's new row for the file, None where its bytes were lost."""
    if not pieces.exists() and not locate_staged(upload.sha256).exists():
        return None
    return insert_file(batch, upload.path, Staged(upload.sha256, upload.size, pieces))


def _is_elsewhere(upload: PieceUpload) -> bool:
    """Tell whether it is another host that has the pieces, and hands them over."""
    if open_storage() is None or locate_pieces(upload).exists():
        return False
    return not locate_staged(upload.sha256).exists()


def _count(upload: PieceUpload, received: int) -> None:
    """Count what is on disk; of a whole file that has a batch note its hash, and hand it over."""
    upload.received, upload.expires_at = received, _expire_at()
    if upload.is_whole and upload.batch_id is not None:
        upload.sha256 = hash_portions(read_portions(locate_pieces(upload)))
    counted = PieceUpload.objects.filter(pk=upload.pk).update(
        received=received, expires_at=upload.expires_at, sha256=upload.sha256
    )
    if not counted:
        # Its batch was cancelled meanwhile.
        raise _say_gone()
    if upload.sha256:
        settle_upload(upload)


def _check_room(user: User, size: int) -> None:
    """Raise PieceRefused where the user, the site or the disk has no room for another upload."""
    open_ones = PieceUpload.objects.filter(is_settled=False, is_expired=False)
    most = settings.UPLOADS_AT_ONCE
    if open_ones.filter(user=user).count() >= most:
        words = _("没有传完的文件已有 %d 个，请先传完或者取消其中几个。")
        raise PieceRefused("crowded", words % most)
    held = open_ones.aggregate(sizes=Sum("size"), left=Sum(F("size") - F("received")))
    if (held["sizes"] or 0) + size > settings.UPLOADS_BYTES:
        words = _("各人没有传完的文件合计已近 %s 的上限，请稍后再试，或请管理员提高上限。")
        raise PieceRefused("busy_site", words % describe_bytes(settings.UPLOADS_BYTES))
    free = shutil.disk_usage(settings.DATA_DIR).free
    if (held["left"] or 0) + size + LEAST_TO_WRITE > free:
        raise PieceRefused("storage", describe_storage_trouble("full"))


def _say_gone(upload: PieceUpload | None = None) -> PieceRefused:
    """Return why nothing can be put there: another hand brought the last piece, or it is gone."""
    if upload and PieceUpload.objects.filter(pk=upload.pk).exclude(sha256="").exists():
        return PieceRefused("offset", _("这个文件已经全部收下。"))
    return PieceRefused("unknown", _("这次上传已不在服务器上，请重新上传。"))


def _expire_at() -> datetime:
    return timezone.now() + timedelta(hours=settings.UPLOAD_HOURS)
