"""An archive unpacked into an empty folder, every file compared with the manifest."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from corpus_app.catalog.store_state import UNFINISHED, list_unknown_migrations
from corpus_app.operations.backups.archive import (
    DAMAGE,
    MANIFEST,
    BackupReport,
    copy_hashed,
    read_manifest,
    verify_backup,
)
from corpus_app.operations.backups.errors import BackupError
from corpus_app.operations.backups.snapshot import DATABASE
from corpus_app.secret_key import FILE_NAME

# What a file of an archive may be called: nothing that leads out of the folder.
PLACES: Final = re.compile(
    r"corpus\.sqlite3|(?:uploads|staging)/(?:[0-9a-f]{2}|unreferenced)/[0-9a-f]{64}(?:\.zst)?"
    r"|index/(?!\.)(?:[\w.-]+/)*[\w.-]+"
)
# The start of any command makes this one in a folder of the demo's.
OWN: Final = {FILE_NAME}


def read_report(path: Path) -> BackupReport:
    """Return what the archive says that it holds; raise BackupError if it is none of ours."""
    try:
        with ZipFile(path) as archive:
            return read_manifest(archive)
    except FileNotFoundError as error:
        raise BackupError(_("没有这个文件：%(path)s。") % {"path": path}) from error
    except DAMAGE as error:
        raise BackupError(_("这不是言库的备份文件，或者已经损坏。")) from error
    except OSError as error:
        values = {"path": path, "reason": error.strerror or error}
        raise BackupError(_("%(path)s 读不出来：%(reason)s。") % values) from error


def extract_backup(path: Path, folder: Path) -> BackupReport:
    """Unpack the archive into the folder, which must be empty; return what it holds.

    Until the last file is there the folder says that it is unfinished, and nothing starts on it.
    Raises BackupError where the archive is damaged or newer than this program, before the
    folder is touched.
    """
    folder = folder.absolute()
    report = read_report(path)
    _refuse_newer(report)
    if folder.exists() and (not folder.is_dir() or {p.name for p in folder.iterdir()} - OWN):
        raise BackupError(_("%(path)s 不是空文件夹，没有恢复。") % {"path": folder})
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix="yanku-verify-") as name:
            verify_backup(path, Path(name))
        (folder / UNFINISHED).write_text(report.made_at, encoding="utf-8")
        with ZipFile(path) as archive:
            for name in report.files:
                _extract(archive, name, folder, report)
    except (OSError, *DAMAGE) as error:
        reason = getattr(error, "strerror", None) or error
        raise BackupError(_("恢复没有完成：%(reason)s。") % {"reason": reason}) from error
    _set_journal(folder / DATABASE)
    return report


def _refuse_newer(report: BackupReport) -> None:
    applied = {(app, name) for app, names in report.migrations.items() for name in names}
    if list_unknown_migrations(MigrationLoader(None), applied):
        raise BackupError(_("备份由更新版本的言库写成，请用该版本恢复。"))
    strange = [name for name in report.files if not PLACES.fullmatch(name) or ".." in name]
    strange += [MANIFEST] if MANIFEST in report.files else []
    if strange:
        raise BackupError(_("备份里有来历不明的文件：%(name)s。") % {"name": strange[0]})


def _extract(archive: ZipFile, name: str, folder: Path, report: BackupReport) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("xb") as file:
        copied = copy_hashed(source, file)
    if copied != report.files[name]:
        raise BackupError(_("备份里的 %(name)s 与校验值不符。") % {"name": name})


def _set_journal(database: Path) -> None:
    with closing(sqlite3.connect(database)) as restored:
        restored.execute("PRAGMA journal_mode=WAL")
