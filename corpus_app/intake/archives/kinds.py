"""Which kind of archive a file is: its first bytes decide; documents that are zips are none."""

from __future__ import annotations

import io
import mmap
import zipfile
from pathlib import Path, PurePath

from corpus_app.ingest.formats.detection import MOST_ENTRIES, ZIP_KINDS

ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".7z", ".rar")
SIGNATURES = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bz2"),
)
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
TAR_SIGN, TAR_PLACE = b"ustar", 257
HEAD_BYTES = 512
ENTRY = b"PK\x01\x02"
# A member of this name makes a zip a document.
DOCUMENT_MEMBERS = {"word/document.xml", "META-INF/container.xml"} | {name for name, _ in ZIP_KINDS}


def is_archive(source: Path | bytes, name: str) -> bool:
    """Return whether the file is a pack of other files; its name counts where zip is broken."""
    return find_kind(source, name) is not None


def find_kind(source: Path | bytes, name: str) -> str | None:
    """Return "zip", "tar", "gz", "xz", "bz2", "7z" or "rar"; None for any other file."""
    head = _read_head(source)
    if head.startswith(ZIP_SIGNATURES):
        return "zip" if _is_pack(source, name) else None
    kind = next((kind for sign, kind in SIGNATURES if head.startswith(sign)), None)
    if kind is None and is_tar(head):
        return "tar"
    return kind


def is_tar(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is a tape archive."""
    return head[TAR_PLACE : TAR_PLACE + len(TAR_SIGN)] == TAR_SIGN


def _read_head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:HEAD_BYTES]
    with source.open("rb") as file:
        return file.read(HEAD_BYTES)


def count_entries(source: Path | bytes) -> int:
    """Return how many directory entries a zip may have, no more than are needed to refuse it.

    The directory is read into memory as a whole, at twenty times its size.
    """
    if isinstance(source, bytes):
        return source.count(ENTRY)
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        count, place = 0, data.find(ENTRY)
        while place >= 0 and count <= MOST_ENTRIES:
            count, place = count + 1, data.find(ENTRY, place + 4)
    return count


def _is_pack(source: Path | bytes, name: str) -> bool:
    if count_entries(source) > MOST_ENTRIES:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as pack:
            return not DOCUMENT_MEMBERS & set(pack.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return PurePath(name).suffix.lower() == ".zip"
