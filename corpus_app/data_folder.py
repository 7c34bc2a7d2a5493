"""The folder of all state is its owner's alone: 0700 for folders, 0600 for files."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077


def open_data_folder(folder: Path) -> None:
    """Make the folder if it is missing, and close it and all that this process makes to others.

    A folder of somebody else's, or on a disk that takes no writing, stays as it is.
    """
    os.umask(_OTHERS)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        _close(folder)


def close_data_folder(folder: Path) -> int:
    """Take from all others what rights they have on what lies in the folder; return how many.

    For a folder that was begun by a version which left that to the system. Links are not followed.
    """
    count = 0
    for base, _folders, files in os.walk(folder):
        for path in (Path(base), *(Path(base, name) for name in files)):
            with contextlib.suppress(OSError):
                count += _close(path)
    return count


def _close(path: Path) -> bool:
    if path.is_symlink():
        return False
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        path.chmod(mode & ~_OTHERS)
    return bool(mode & _OTHERS)
