"""Archives made in memory, of every kind that is read and with what hostile ones hold."""

from __future__ import annotations

import binascii
import io
import struct
import tarfile
import zipfile
from pathlib import Path

SPEECH = "同志们：\n今天我们召开代表工作会议，总结工作，部署任务。\n"


def build_zip(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Return a zip with these members, packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members:
            pack.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def build_gbk_zip(name: str, content: str, encoding: str = "gb18030") -> bytes:
    """Return a zip whose name is in a code page, without the sign for UTF-8, as Windows writes."""
    plain = "x" * len(name.encode(encoding))
    return build_zip((plain, content)).replace(plain.encode(), name.encode(encoding))


def build_link(name: str, target: str) -> tuple[zipfile.ZipInfo, str]:
    """Return a zip member that is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry, target


def build_tar(mode: str, *members: tuple[str, bytes]) -> bytes:
    """Return a tape archive, packed as mode ("w", "w:gz", "w:xz") says."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def build_strange_tar() -> bytes:
    """Return a tape archive with a link, a device and a file."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("链接.txt", tarfile.SYMTYPE), ("设备", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("../../讲话.txt")
        entry.size = len(SPEECH.encode())
        archive.addfile(entry, io.BytesIO(SPEECH.encode()))
    return buffer.getvalue()


def build_seven(folder: Path, *members: tuple[str, bytes]) -> bytes:
    """Return a .7z, written by libarchive."""
    import libarchive

    place = folder / "made.7z"
    with libarchive.file_writer(str(place), "7zip") as archive:
        for name, content in members:
            archive.add_file_from_memory(name, len(content), content)
    return place.read_bytes()


def build_rar(*members: tuple[str, bytes], encrypted: bool = False) -> bytes:
    """Return a .rar of version 4 whose members are stored unpacked."""
    parts = [b"Rar!\x1a\x07\x00", _seal(struct.pack("<BHH", 0x73, 0, 13) + bytes(6))]
    for name, content in members:
        path = name.encode()
        flags = 0x8000 | (0x04 if encrypted else 0)
        head = struct.pack("<BHH", 0x74, flags, 32 + len(path))
        crc = binascii.crc32(content)
        head += struct.pack(
            "<IIBIIBBHI", len(content), len(content), 3, crc, 0, 20, 0x30, len(path), 0o100644
        )
        parts += [_seal(head + path), content]
    parts.append(_seal(struct.pack("<BHH", 0x7B, 0x4000, 7)))
    return b"".join(parts)


def _seal(head: bytes) -> bytes:
    return struct.pack("<H", binascii.crc32(head) & 0xFFFF) + head
