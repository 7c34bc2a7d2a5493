"""One file with everything: written beside its place, verified, then given its name."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from corpus_app.catalog.uploads import PACKED, sync_folder
from corpus_app.operations.backups.errors import BackupError
from corpus_app.operations.backups.snapshot import (
    DATABASE,
    Snapshot,
    check_database_file,
    count_rows,
    take_snapshot,
)

MANIFEST: Final = "manifest.json"
# Raised when an older program could not read the archive.
FORMAT: Final = 2
PORTION: Final = 1024 * 1024
# What reading an archive may raise of which some bytes are others: a flipped bit may ask for a
# password, another version or another compression.
DAMAGE: Final = (
    *(BadZipFile, EOFError, KeyError, TypeError, ValueError, RuntimeError),
    *(struct.error, zlib.error, lzma.LZMAError),
)
# Words in a setting's name by which its value is nobody's business.
SECRET: Final = re.compile("SECRET|KEY|PASSWORD|TOKEN|URL")


@dataclass(frozen=True)
class BackupFile:
    """A file of the archive: its length in bytes, and its sha256 in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True)
class BackupReport:
    """What an archive holds; settings are those of the environment that are no secret."""

    format: int
    made_at: str
    tables: dict[str, int]
    migrations: dict[str, list[str]]
    files: dict[str, BackupFile]
    settings: dict[str, str]
    missing: list[str] = field(default_factory=list)

    @property
    def speeches(self) -> int:
        """How many speeches the archive holds, drafts included."""
        return self.tables.get("catalog_speech", 0)

    @property
    def originals(self) -> int:
        """How many received files the archive holds."""
        return sum(name.startswith("uploads/") for name in self.files)


def write_backup(target: Path, *, with_index: bool = False) -> BackupReport:
    """Write the corpus to target, read it back and compare; return what it holds.

    Raises BackupError, and leaves nothing behind, where that is not possible. Others may go on
    writing to the corpus meanwhile.
    """
    target = target.absolute()
    if target.is_dir() or (target.exists() and target.stat().st_size):
        raise BackupError(_("%(path)s 已经存在，请换一个文件名。") % {"path": target})
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
            folder = Path(name)
            snapshot = take_snapshot(folder, with_index=with_index)
            written = folder / "archive.zip"
            report = _write(written, snapshot)
            verify_backup(written, folder)
            written.replace(target)
            sync_folder(target.parent)
    except OSError as error:
        values = {"path": target, "reason": error.strerror or error}
        raise BackupError(_("备份没有写成 %(path)s：%(reason)s。") % values) from error
    return report


def read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of an environment without those that are secret."""
    named = sorted(name for name in environment if name.startswith("CORPUS_"))
    return {name: environment[name] for name in named if not SECRET.search(name)}


def _write(written: Path, snapshot: Snapshot) -> BackupReport:
    files = {}
    with written.open("xb") as raw:
        os.fchmod(raw.fileno(), 0o600)
        with ZipFile(raw, "w", ZIP_DEFLATED, compresslevel=3) as archive:
            for listed, path in sorted(snapshot.files.items()):
                name, opened = _open(listed, path)
                with opened as source:
                    files[name] = _put(archive, name, source)
            report = BackupReport(
                format=FORMAT,
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                tables=snapshot.tables,
                migrations=snapshot.migrations,
                files=files,
                settings=read_environment(os.environ),
                missing=snapshot.missing,
            )
            archive.writestr(MANIFEST, json.dumps(asdict(report), ensure_ascii=False, indent=1))
        raw.flush()
        os.fsync(raw.fileno())
    return report


def _open(name: str, path: Path) -> tuple[str, IO[bytes]]:
    try:
        return name, path.open("rb")
    except FileNotFoundError:  # packed since the snapshot
        return name + PACKED, path.with_name(path.name + PACKED).open("rb")


def _put(archive: ZipFile, name: str, source: IO[bytes]) -> BackupFile:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as member:
        return copy_hashed(source, member)


def copy_hashed(source: IO[bytes], target: IO[bytes] | None) -> BackupFile:
    """Copy a stream (target None: read it only) and return its size and sha256."""
    digest, size = hashlib.sha256(), 0
    while portion := source.read(PORTION):
        digest.update(portion)
        size += len(portion)
        if target is not None:
            target.write(portion)
    return BackupFile(size, digest.hexdigest())


def read_manifest(archive: ZipFile) -> BackupReport:
    """Return what an archive says that it holds; raise BackupError if it is no backup of ours."""
    try:
        content: dict[str, Any] = json.loads(archive.read(MANIFEST))
        files = {name: BackupFile(**member) for name, member in content["files"].items()}
        report = BackupReport(**{**content, "files": files})
    except (*DAMAGE, OSError) as error:
        raise BackupError(_("这不是言库的备份文件，或者已经损坏。")) from error
    if report.format > FORMAT:
        raise BackupError(_("备份由更新版本的言库写成，请用该版本恢复。"))
    return report


def verify_backup(path: Path, folder: Path) -> BackupReport:
    """Read an archive through and compare it with its manifest; raise BackupError if they differ.

    The database is unpacked into folder and looked through as SQLite does.
    """
    database = folder / "verified.sqlite3"
    try:
        with ZipFile(path) as archive:
            report = read_manifest(archive)
            names = set(archive.namelist()) - {MANIFEST}
            if names != report.files.keys():
                raise BackupError(_("备份里的文件与其清单不符。"))
            for name, member in report.files.items():
                with (
                    archive.open(name) as source,
                    database.open("wb") if name == DATABASE else nullcontext() as into,
                ):
                    copied = copy_hashed(source, into)
                if copied != member:
                    raise BackupError(_("备份里的 %(name)s 与校验值不符。") % {"name": name})
    except DAMAGE as error:
        raise BackupError(_("备份文件已经损坏：%(reason)s。") % {"reason": error}) from error
    if DATABASE not in report.files or check_database_file(database):
        raise BackupError(_("备份里的数据库已经损坏。"))
    if count_rows(database) != report.tables:
        raise BackupError(_("备份里的数据库与清单所记的行数不符。"))
    database.unlink()
    return report
