"""The corpus as of one moment: a copy of the database, and the files that its rows name."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

import search
from corpus_app.batches.staging import NEEDING
from corpus_app.catalog.shared_files import ORIGINALS, STAGED, UNREFERENCED
from corpus_app.catalog.uploads import locate_bytes
from corpus_app.database_url import FILE_NAME
from corpus_app.operations.backups.errors import BackupError
from corpus_app.operations.moving import MoveError, make_file
from corpus_app.proofreading.models import DismissedFinding, SavedDraft

DATABASE: Final = FILE_NAME
# Deleted by their user they must be gone: no backup may have them.
OWN: Final = (SavedDraft, DismissedFinding)
TRIES: Final = 5


@dataclass(frozen=True)
class Snapshot:
    """Where each file of the archive lies now, by its path in the archive; rows by table."""

    files: dict[str, Path]
    tables: dict[str, int]
    migrations: dict[str, list[str]]
    # Paths that rows name and that are not there.
    missing: list[str]


def take_snapshot(folder: Path, *, with_index: bool) -> Snapshot:
    """Return a snapshot, its own copies in folder; raise BackupError where none can be taken.

    Bytes come before their rows and stay as long as these do, so that what a copied database
    names can be had afterwards; only what waits in staging may go, and is held before.
    """
    for _try in range(TRIES):
        held = _hold_staged(folder)
        index = hold_index(folder) if with_index else {}
        copied = copy_database(folder / DATABASE)
        held |= _hold_staged(folder)
        snapshot = _describe(copied, held | index)
        if not any(name.startswith("staging/") for name in snapshot.missing):
            break
    return snapshot


def copy_database(into: Path) -> Path:
    """Copy the database as of one moment, while others write; raise BackupError if damaged.

    A server's database becomes a file too, so that one archive serves both.
    """
    into.unlink(missing_ok=True)
    try:
        if connection.vendor != "sqlite":
            make_file(into, alone=False)
        with closing(sqlite3.connect(into)) as copy:
            if connection.vendor == "sqlite":
                source = f"{Path(str(connection.settings_dict['NAME'])).as_uri()}?mode=ro"
                with closing(sqlite3.connect(source, uri=True, timeout=60)) as here:
                    here.backup(copy)
            _leave_out_own(copy)
            # One file by itself, readable where no second file can be made beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.DatabaseError, MoveError) as error:
        raise BackupError(_("数据库复制失败：%(reason)s。") % {"reason": error}) from error
    return into


def _leave_out_own(copy: sqlite3.Connection) -> None:
    """Overwrite in a copy what is its user's alone: drafts saved on purpose, and words of them."""
    copy.execute("PRAGMA secure_delete = ON")
    for model in OWN:
        table = model._meta.db_table
        if copy.execute("select 1 from sqlite_master where name = ?", [table]).fetchone():
            copy.execute(f'delete from "{table}"')
    copy.commit()


def check_database_file(path: Path) -> str:
    """Return what SQLite finds wrong with a database file, "" where it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA quick_check(5)")]
            broken = [str(row) for row in database.execute("PRAGMA foreign_key_check").fetchmany(5)]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "；".join([*(line for line in found if line != "ok"), *broken])


def count_rows(path: Path) -> dict[str, int]:
    """Return the number of rows of each table of a database file."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        listed = "select name from sqlite_master where type='table' and name not like 'sqlite_%'"
        names = sorted(str(row[0]) for row in database.execute(listed))
        return {n: database.execute(f'select count(*) from "{n}"').fetchone()[0] for n in names}


def hold_index(folder: Path) -> dict[str, Path]:
    """Return the files of the index in use, by their paths in the archive, held in folder."""
    root = Path(settings.INDEX_DIR)
    held = {}
    with search.hold_index() as paths:
        for path in paths:
            name = f"index/{path.relative_to(root).as_posix()}"
            held[name] = hold(path, folder / name)
    return held


def hold(path: Path, into: Path) -> Path:
    """Give a file a second name that stays when the first goes; a copy on another disk."""
    into.parent.mkdir(parents=True, exist_ok=True)
    into.unlink(missing_ok=True)
    try:
        os.link(path, into)
    except OSError:
        shutil.copy2(path, into)
    return into


def _hold_staged(folder: Path) -> dict[str, Path]:
    held = {}
    for path in [*STAGED.list_files(), *STAGED.list_set_aside()]:
        inside = path.relative_to(STAGED.root).as_posix()
        try:
            held[f"staging/{inside}"] = hold(STAGED.find(inside), folder / "staging" / inside)
        except FileNotFoundError:
            continue  # settled between the listing and this
    return held


def _describe(copied: Path, held: dict[str, Path]) -> Snapshot:
    wrong = check_database_file(copied)
    if wrong:
        raise BackupError(_("数据库已损坏，没有备份：%(reason)s。") % {"reason": wrong})
    with closing(sqlite3.connect(copied)) as database:
        claimed = [str(row[0]) for row in database.execute("select sha256 from catalog_upload")]
        marks = ",".join("?" * len(NEEDING))
        waiting = database.execute(
            f"select sha256 from batches_batchfile where sha256 != '' and state in ({marks})",
            [str(state) for state in NEEDING],
        )
        needed = {f"staging/{sha[:2]}/{sha}" for (sha,) in waiting}
        rows = database.execute("select app, name from django_migrations order by app, name")
        migrations: dict[str, list[str]] = {}
        for app, name in rows:
            migrations.setdefault(app, []).append(name)
    places = [locate_bytes(sha) for sha in claimed]
    files = {f"uploads/{path.parent.name}/{path.name}": path for path in places}
    missing = [name for name, path in files.items() if not path.is_file()]
    missing += sorted(needed - held.keys())
    aside = ORIGINALS.list_set_aside()
    files |= {f"uploads/{UNREFERENCED}/{path.name}": path for path in aside}
    files |= held | {DATABASE: copied}
    present = {name: path for name, path in files.items() if name not in set(missing)}
    return Snapshot(present, count_rows(copied), migrations, sorted(missing))
