"""Where nothing can be written: told apart from faults, and said in words."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.utils.translation import gettext as _

StorageTrouble = Literal["full", "read_only"]
# Below this nothing is begun: a file on its way in needs its bytes, its rows and its index.
LEAST_TO_WRITE: Final = 16 * 1024 * 1024
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_SQLITE: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
# Said of other things too; what the disk says decides.
_SQLITE_UNCLEAR: Final = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_PRIMARY: Final = 0xFF
# PostgreSQL's own disk is none of ours: only what it says can tell.
_SERVER_FULL: Final = "53100"


def find_storage_trouble() -> StorageTrouble | None:
    """Return why the data folder takes no writing now, None where it does."""
    folder = Path(settings.DATA_DIR)
    try:
        if folder.exists() and not os.access(folder, os.W_OK):
            return "read_only"
        place = next(one for one in (folder, *folder.parents) if one.exists())
        return "full" if shutil.disk_usage(place).free < LEAST_TO_WRITE else None
    except OSError:
        return None


def name_storage_trouble(error: BaseException | None) -> StorageTrouble | None:
    """Return whether it was the disk that made something fail, None where it was not."""
    for one in list_causes(error):
        if isinstance(one, OSError) and one.errno in _FULL:
            return "full"
        if isinstance(one, OSError) and one.errno in _READ_ONLY and _is_ours(one):
            return "read_only"
        if isinstance(one, sqlite3.Error):
            code = getattr(one, "sqlite_errorcode", 0) & _PRIMARY
            if code in _SQLITE:
                # A full disk is opened for reading alone, too.
                return find_storage_trouble() or "read_only"
            if code in _SQLITE_UNCLEAR:
                return find_storage_trouble()
        if getattr(one, "sqlstate", None) == _SERVER_FULL:
            return "full"
    return None


def describe_storage_trouble(trouble: StorageTrouble) -> str:
    """Return why nothing can be saved and what to do, in a sentence or two."""
    if trouble == "full":
        return _("服务器磁盘已满，现在不能保存，已有的内容没有丢失。请管理员腾出空间后再试。")
    return _("数据目录是只读的，现在不能保存，已有的内容没有丢失。请管理员恢复写入权限后再试。")


def _is_ours(error: OSError) -> bool:
    """Return whether what could not be written lies in the data folder."""
    named = error.filename or error.filename2
    if not isinstance(named, str | bytes):
        return error.errno == errno.EROFS
    return Path(os.fsdecode(named)).is_relative_to(settings.DATA_DIR)


def list_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it, each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
