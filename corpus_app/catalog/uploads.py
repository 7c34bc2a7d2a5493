"""The received bytes on disk, under their sha256, written before their row.

They lie as a Zstandard frame with a checksum (`<sha256>.zst`) where that is smaller, else as they
came (`<sha256>`), as all did in older stores; what is read is always what came.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

from corpus_app.catalog.models import Upload
from corpus_app.catalog.shared_files import ORIGINALS

PACKED: Final = ".zst"
LEVEL: Final = 9
# A frame may say, broken, that it is larger than any memory.
_BROKEN: Final = (ZstdError, MemoryError)


class BrokenOriginalError(FileNotFoundError):
    """What lies packed can't be unpacked any more: the bytes that came are not to be had."""


def hash_bytes(data: bytes) -> str:
    """Return the bytes' sha256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def locate_bytes(sha256: str) -> Path:
    """Return the path under the uploads folder where bytes with this sha256 lie, packed or not.

    Fetched where only the storage that hosts share has them.
    """
    plain, packed = _list_places(sha256)
    if packed.is_file() or plain.is_file():
        return packed if packed.is_file() else plain
    packed = _fetch(packed)
    return packed if packed.is_file() else _fetch(plain)


def _list_places(sha256: str) -> tuple[Path, Path]:
    folder = ORIGINALS.root / sha256[:2]
    return folder / sha256, folder / (sha256 + PACKED)


def _fetch(path: Path) -> Path:
    return ORIGINALS.find(f"{path.parent.name}/{path.name}")


def read_sha256(path: Path) -> str:
    """Return the sha256 of the bytes that came, for the path of a stored file."""
    return path.name.removesuffix(PACKED)


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
    keep_bytes(sha256, data)
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
    return read_bytes(upload.sha256)


def read_bytes(sha256: str) -> bytes:
    """Return the bytes that came; raise FileNotFoundError where they are missing or broken."""
    plain, packed = _list_places(sha256)
    broken = False
    # Packed while this looked: then they are where they were not a moment ago.
    for path in (packed, plain, packed):
        try:
            data = _fetch(path).read_bytes()
            return _unpack(sha256, data) if path == packed else data
        except FileNotFoundError:
            continue
        except _BROKEN:
            broken = True
    kind = BrokenOriginalError if broken else FileNotFoundError
    raise kind(errno.ENOENT, os.strerror(errno.ENOENT), str(plain))


def keep_bytes(sha256: str, data: bytes) -> None:
    """Write bytes where they are not yet, packed where that is smaller."""
    plain, packed = _list_places(sha256)
    if plain.is_file() and plain.stat().st_size == len(data):
        ORIGINALS.share(plain)
        return
    frame = _pack(data)
    if len(frame) >= len(data):
        write_bytes(plain, data)
        ORIGINALS.share(plain)
        return
    write_bytes(packed, frame)
    ORIGINALS.share(packed)
    # Of another length: half a file that something else left.
    plain.unlink(missing_ok=True)


def pack_stored(path: Path) -> int:
    """Pack a file that lies as it came, where that is smaller; return the bytes that it saves.

    The packed one is written beside, read back and compared before the other goes: whoever is
    killed here leaves both or one, never none. A file that is damaged stays as it is.
    """
    plain, packed = _list_places(path.name)
    data = _fetch(plain).read_bytes()
    frame = _pack(data)
    if hash_bytes(data) != path.name or len(frame) >= len(data):
        return 0
    if packed.is_file() and packed.read_bytes() != frame:
        packed.unlink()
    write_bytes(packed, frame)
    try:
        _unpack(path.name, packed.read_bytes())
    except _BROKEN as error:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(packed)) from error
    ORIGINALS.share(packed)
    ORIGINALS.remove(plain)
    return len(data) - len(frame)


def list_unpacked() -> list[Path]:
    """Return the stored files that lie as they came."""
    return [path for path in list_stored_files() if path.suffix != PACKED]


def _pack(data: bytes) -> bytes:
    return ZstdCompressor(level=LEVEL, write_checksum=True).compress(data)


def _unpack(sha256: str, frame: bytes) -> bytes:
    data = ZstdDecompressor().decompress(frame)
    # A flipped bit of its head may take the frame's own checksum away.
    if hash_bytes(data) != sha256:
        raise ZstdError(sha256)
    return data


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
            for path in _list_places(sha256):
                ORIGINALS.remove(path)


def list_stored_files() -> list[Path]:
    """Return every stored file of bytes, half-written ones left out."""
    return ORIGINALS.list_files()


def sync_folder(folder: Path) -> None:
    """Write the folder's names to disk, so that a new one survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
