"""What a corpus keeps beside its rows (originals, waiting files, index), in another folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from corpus_app.catalog.store_state import UNFINISHED
from corpus_app.database_url import FILE_NAME
from corpus_app.operations.moving.errors import MoveError
from corpus_app.secret_key import FILE_NAME as KEY_NAME

# Made anew wherever the program starts, or belonging to the place and not to the corpus.
_LEFT: Final = {"cache", "static", "backups", "workers", "__pycache__"}


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Have all files of the data folder in another one, which nothing starts on until the end.

    The folder is empty, or holds what a move that was killed left. Raises MoveError.
    """
    if folder.resolve() == Path(settings.DATA_DIR).resolve():
        yield
        return
    mark = folder / UNFINISHED
    used = folder.exists() and (not folder.is_dir() or {p.name for p in folder.iterdir()})
    if used and not mark.exists() and used != {KEY_NAME}:
        raise MoveError(_("%(path)s 不是空文件夹，没有移动。") % {"path": folder})
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.write_text("move_store", encoding="utf-8")
        shutil.copytree(settings.DATA_DIR, folder, dirs_exist_ok=True, ignore=_choose_left)
    except OSError as error:
        values = {"path": folder, "reason": error.strerror or error}
        raise MoveError(_("文件没有复制到 %(path)s：%(reason)s。") % values) from error
    yield
    mark.unlink()


def _choose_left(folder: str, names: list[str]) -> set[str]:
    if Path(folder) != Path(settings.DATA_DIR):
        return {name for name in names if name.endswith(".lock")}
    mine = {name for name in names if name.startswith((FILE_NAME, ".move-", "test."))}
    return mine | _LEFT.intersection(names)
