"""The received bytes on disk, under their sha256, written before their row."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from corpus_app.catalog.models import Upload

UNREFERENCED = "unreferenced"


def hash_bytes(data: bytes) -> str:
    """Return the bytes' sha256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def locate_bytes(sha256: str) -> Path:
    """Return the path under the uploads folder where bytes with this sha256 lie."""
    return Path(settings.UPLOADS_DIR) / sha256[:2] / sha256


def keep_upload(
    data: bytes,
    name: str,
    *,
    user: User | None = None,
    file_format: str = "",
    encoding: str = "",
) -> Upload:
    """Return the upload row for the bytes, made where they are new; call it in a transaction."""
    sha256 = hash_bytes(data)
    write_bytes(locate_bytes(sha256), data)
    upload, _ = Upload.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": clip_name(name),
            "size": len(data),
            "format": file_format[:20],
            "encoding": encoding[:40],
            "received_from": user,
        },
    )
    return upload


def read_upload(upload: Upload) -> bytes:
    """Return the upload's bytes; raise FileNotFoundError where they are missing."""
    return locate_bytes(upload.sha256).read_bytes()


def clip_name(name: str, limit: int = 255) -> str:
    """Return the last part of a path, shortened in the middle so that its suffix stays."""
    base = read_name(name).replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "") or "unnamed"
    if len(base) <= limit:
        return base
    suffix = Path(base).suffix[:20]
    return base[: limit - len(suffix) - 1] + "…" + suffix


def read_name(name: str) -> str:
    """Return a file name whose bytes were no UTF-8 (an old Chinese archive's) as text."""
    data = name.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def write_bytes(path: Path, data: bytes) -> None:
    """Write data to path so that after a crash there is the whole file or none."""
    if path.is_file() and path.stat().st_size == len(data):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def drop_unclaimed_bytes(sha256: str) -> None:
    """Remove the bytes that a failed import left, unless a row claims them."""
    # The transaction takes the write lock, so no other import is between file and row.
    with transaction.atomic():
        if not Upload.objects.filter(sha256=sha256).exists():
            locate_bytes(sha256).unlink(missing_ok=True)


def list_stored_files() -> list[Path]:
    """Return every stored file of bytes, half-written ones left out."""
    folder = Path(settings.UPLOADS_DIR)
    return sorted(path for path in folder.glob("??/*") if not path.name.startswith("."))


def sync_folder(folder: Path) -> None:
    """Write the folder's names to disk, so that a new one survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
