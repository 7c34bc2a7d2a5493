"""Uploads that nobody goes on with: their pieces go, and who sent them is told."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.models import PieceUpload
from corpus_app.batches.pieces.refusing import PieceRefused
from corpus_app.batches.pieces.storing import FOLDER, hold_pieces, locate_pieces, settle_upload
from corpus_app.batches.services import add_refused
from corpus_app.ingest.draft import RejectedFile

# A row precedes its file by a moment.
FORGOTTEN: Final = timedelta(hours=1)
# So long one that expired is named to its owner.
TOLD: Final = timedelta(days=7)
logger = logging.getLogger(__name__)


def settle_whole() -> None:
    """Hand over the files that were all here when their process was killed."""
    for upload in PieceUpload.objects.filter(is_settled=False).exclude(sha256=""):
        settle_upload(upload)


def clear_uploads() -> int:
    """Remove the pieces of uploads past their time; return how many uploads that were."""
    now = timezone.now()
    unfinished = PieceUpload.objects.filter(is_expired=False, is_settled=False, sha256="")
    count = sum(_expire(upload) for upload in unfinished.filter(expires_at__lt=now))
    PieceUpload.objects.filter(is_settled=True, expires_at__lt=now).delete()
    PieceUpload.objects.filter(is_expired=True, expires_at__lt=now - TOLD).delete()
    _sweep_pieces()
    if count:
        logger.warning("%d uploads were not gone on with: their pieces were removed", count)
    return count


def _expire(upload: PieceUpload) -> bool:
    try:
        with hold_pieces(upload), transaction.atomic():
            upload.is_expired = True
            upload.save(update_fields=["is_expired"])
            _tell(upload)
            locate_pieces(upload).unlink(missing_ok=True)
    except PieceRefused as refused:
        if refused.code == "locked":
            return False
        # Its pieces were lost; the row alone is left to go.
        upload.delete()
    return True


def _tell(upload: PieceUpload) -> None:
    if upload.batch is None:
        return
    words = _("没有传完，停了 %(hours)d 小时，已收的部分已清除；还要的话请重新上传。")
    refusal = RejectedFile("damaged", words % {"hours": settings.UPLOAD_HOURS})
    add_refused(upload.batch, upload.path, refusal, upload.size)


def _sweep_pieces() -> None:
    """Remove pieces without a row, which a cancelled batch or a killed process left."""
    before = (timezone.now() - FORGOTTEN).timestamp()
    known = {locate_pieces(upload).name for upload in PieceUpload.objects.only("pk")}
    for path in (Path(settings.STAGING_DIR) / FOLDER).glob(".*"):
        if path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
