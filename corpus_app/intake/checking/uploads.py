"""The received bytes against their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Upload
from corpus_app.catalog.shared_files import ORIGINALS
from corpus_app.catalog.uploads import (
    BrokenOriginalError,
    hash_bytes,
    list_stored_files,
    read_bytes,
    read_sha256,
)
from corpus_app.intake.checking.finding import Finding


def check_uploads(*, repair: bool) -> Iterator[Finding]:
    """Yield missing and changed bytes, and files that no row claims (moved away on repair)."""
    known = set()
    for upload in Upload.objects.order_by("pk").iterator():
        known.add(upload.sha256)
        yield from _check_bytes(upload)
    for path in list_stored_files():
        if read_sha256(path) not in known:
            yield _report_unclaimed(path, repair=repair)


def _check_bytes(upload: Upload) -> Iterator[Finding]:
    values = {"id": upload.pk, "name": upload.name}
    try:
        sound = hash_bytes(read_bytes(upload.sha256)) == upload.sha256
    except BrokenOriginalError:
        sound = False
    except FileNotFoundError:
        message = _("原始文件缺失：%(name)s（编号 %(id)d）") % values
        yield Finding("uploads", "bytes_missing", message)
        return
    if not sound:
        message = _("原始文件内容与校验值不符：%(name)s（编号 %(id)d）") % values
        yield Finding("uploads", "bytes_changed", message)


def _report_unclaimed(path: Path, *, repair: bool) -> Finding:
    message = _("无人引用的原始文件：%(name)s") % {"name": path.name}
    if repair:
        # Moved, not deleted: nobody can tell here whether it is worth keeping.
        ORIGINALS.set_aside(path)
    return Finding("uploads", "bytes_unclaimed", message, repaired=repair)


def set_aside_unclaimed() -> int:
    """Move away the bytes that imports which were killed left; return how many there were."""
    known = set(Upload.objects.values_list("sha256", flat=True))
    unknown = [path for path in list_stored_files() if read_sha256(path) not in known]
    return sum(_set_aside_if_unclaimed(path) for path in unknown)


@transaction.atomic
def _set_aside_if_unclaimed(path: Path) -> bool:
    # Asked again under the write lock, which an import holds from its bytes to its row.
    if Upload.objects.filter(sha256=read_sha256(path)).exists():
        return False
    if not ORIGINALS.has(path):
        return False
    ORIGINALS.set_aside(path)
    return True


def hash_file(path: Path) -> str:
    """Return the sha256 of a file, read in portions."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
