"""Members of .zip files, read in small pieces: what their directory says may be a lie."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.detection import MOST_ENTRIES
from corpus_app.intake.archives.kinds import count_entries
from corpus_app.intake.archives.members import (
    Member,
    Meter,
    clean_path,
    is_junk,
    refuse_damaged,
    refuse_encrypted,
    refuse_link,
    refuse_size,
)

CHUNK = 1 << 16
ENCRYPTED, UTF8 = 0x1, 0x800
# lzma's errors are not imported: the module may be missing from a Python.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def iter_zip(
    source: Path | bytes, meter: Meter, find_limit: Callable[[str], int]
) -> Iterator[Member]:
    """Yield the files of a zip; raises RejectedFile "damaged" where its directory is unreadable."""
    if count_entries(source) > MOST_ENTRIES:
        message = _("压缩包目录异常：登记的文件过多，已拒绝。")
        raise RejectedFile("too_large", message)
    try:
        pack = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (*BROKEN, NotImplementedError) as error:
        raise RejectedFile("damaged", _("压缩包已损坏，无法打开。")) from error
    with pack:
        for entry in pack.infolist():
            if entry.is_dir():
                continue
            meter.count_member()
            path = clean_path(_read_name(entry))
            if not is_junk(path):
                yield _read_entry(pack, entry, path, meter, find_limit(path))


def _read_name(entry: zipfile.ZipInfo) -> str:
    """Windows writes names in the code page of its country and says so nowhere."""
    if entry.flag_bits & UTF8:
        return entry.filename
    data = entry.filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _read_entry(
    pack: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, meter: Meter, limit: int
) -> Member:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return Member(path, None, refuse_link())
    if entry.flag_bits & ENCRYPTED:
        return Member(path, None, refuse_encrypted())
    try:
        with pack.open(entry) as stream:
            return _read_stream(stream, path, meter, limit)
    except NotImplementedError:
        message = _("压缩包使用了不支持的压缩方式，请用普通 zip 方式重新压缩。")
        return Member(path, None, RejectedFile("unsupported", message))
    except BROKEN:
        return Member(path, None, refuse_damaged())
    except Exception as error:
        if type(error).__name__ != "LZMAError":
            raise
        return Member(path, None, refuse_damaged())


def _read_stream(stream: IO[bytes], path: str, meter: Meter, limit: int) -> Member:
    pieces, size = [], 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        meter.count_bytes(len(piece))
        if size > limit:
            return Member(path, None, refuse_size(limit))
        pieces.append(piece)
    return Member(path, b"".join(pieces))
