"""A file out of an archive, and the meter that all archives of one upload are counted on."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE, Limits, describe_bytes

# What systems leave behind in archives; nobody misses it.
JUNK_FOLDERS = {"__MACOSX", ".Trashes", ".Spotlight-V100"}
JUNK_FILES = {".ds_store", "thumbs.db", "desktop.ini"}
JUNK_STARTS = ("._", "~$")
DRIVE = re.compile(r"[A-Za-z]:")
LONGEST_NAME = 255
# Below this size a high ratio is a text full of blanks, not a bomb.
HARMLESS_BYTES = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its label with folders, and its bytes or why there are none."""

    path: str
    data: bytes | None
    refusal: RejectedFile | None = None


class Exhausted(Exception):  # noqa: N818  (says what is used up, as RejectedFile says what is refused)
    """A bound of the whole archive is met; nothing more is read from it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.refusal = RejectedFile("too_large", message)


@dataclass(slots=True)
class Meter:
    """Counts files, bytes and seconds over an archive and all archives in it."""

    limits: Limits
    packed_bytes: int
    members: int = 0
    unpacked_bytes: int = 0
    spent: float = 0.0
    _started: float = field(default_factory=time.monotonic)

    def resume(self) -> None:
        """Count time from here; what passes between two members is the reader's own."""
        self._started = time.monotonic()

    def pause(self) -> None:
        """Stop counting time."""
        self.spent += time.monotonic() - self._started
        self._started = time.monotonic()

    @property
    def seconds_left(self) -> float:
        """How many seconds unpacking may still take."""
        return self.limits.archive_seconds - self.spent - (time.monotonic() - self._started)

    @property
    def bytes_left(self) -> int:
        """How many bytes may still be unpacked."""
        ratio = max(HARMLESS_BYTES, self.packed_bytes * self.limits.archive_ratio)
        return min(self.limits.archive_unpacked_bytes, ratio) - self.unpacked_bytes

    def count_member(self) -> None:
        """Count one more file; raises Exhausted."""
        self.members += 1
        if self.members > self.limits.archive_members:
            message = _("压缩包内文件超过 %(count)d 个的上限，其余未读取，请分批上传。")
            raise Exhausted(message % {"count": self.limits.archive_members})

    def count_bytes(self, size: int) -> None:
        """Count bytes unpacked; raises Exhausted for too many, too many times, or too slow."""
        self.unpacked_bytes += size
        if self.unpacked_bytes > self.limits.archive_unpacked_bytes:
            limit = describe_bytes(self.limits.archive_unpacked_bytes)
            message = _("压缩包解压后总量超过 %(limit)s 的上限，其余未读取，请分批上传。")
            raise Exhausted(message % {"limit": limit})
        if self.bytes_left < 0:
            message = _("压缩包解压后超过原大小的 %(ratio)d 倍，疑似压缩炸弹，其余未读取。")
            raise Exhausted(message % {"ratio": self.limits.archive_ratio})
        if self.seconds_left < 0:
            message = _("解压用时超过 %(seconds)d 秒的上限，其余未读取，请分批上传。")
            raise Exhausted(message % {"seconds": self.limits.archive_seconds})


def clean_path(name: str) -> str:
    """Return a member's name as a harmless label: no roots, no "..", no control characters."""
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    parts = [part.strip() for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in {"", ".", ".."} and not DRIVE.fullmatch(part)]
    return "/".join(kept)[-LONGEST_NAME:].lstrip("/") or _("未命名")


def is_junk(path: str) -> bool:
    """Return whether a system left this file behind, not a person."""
    *folders, name = path.split("/")
    return (
        bool(JUNK_FOLDERS & set(folders))
        or name.lower() in JUNK_FILES
        or name.startswith(JUNK_STARTS)
    )


def refuse_size(limit: int) -> RejectedFile:
    """Return the refusal of a member of more than limit bytes."""
    values = {"limit": describe_bytes(limit)}
    return RejectedFile("too_large", _("压缩包内的文件超过单个文件 %(limit)s 的上限。") % values)


def refuse_encrypted() -> RejectedFile:
    """Return the refusal of a member that a password locks."""
    return RejectedFile("unsupported", _("压缩包内的文件设有密码，请解除密码后再上传。"))


def refuse_link() -> RejectedFile:
    """Return the refusal of a member that is a link or a device."""
    return RejectedFile("unsupported", _("压缩包内的链接或设备文件不予读取。"))


def refuse_damaged() -> RejectedFile:
    """Return the refusal of a member that cannot be unpacked."""
    return RejectedFile("damaged", _("压缩包内的文件已损坏，解压失败。"))
