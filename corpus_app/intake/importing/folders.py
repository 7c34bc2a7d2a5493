"""The files behind the paths that an admin names."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import check_size


def list_files(paths: Iterable[str]) -> list[Path]:
    """Return the files named and all those in the folders named, hidden ones left out, in order.

    A path that does not exist stays in the list: reading it gives the error.
    """
    files: dict[Path, None] = {}
    for path in map(Path, paths):
        for file in _walk(path) if path.is_dir() else [path]:
            files.setdefault(file)
    return list(files)


def read_file(path: Path) -> bytes:
    """Return the file's bytes; raise RejectedFile for one that is none, unreadable or too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise RejectedFile("unsupported", _("不是普通文件：%(path)s") % {"path": path})
        check_size(status.st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise RejectedFile("unsupported", _("文件不存在：%(path)s") % {"path": path}) from None
    except OSError as error:
        values = {"path": path, "reason": error.strerror or error}
        raise RejectedFile("unsupported", _("无法读取 %(path)s：%(reason)s") % values) from error


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif not path.is_dir():
            yield path
