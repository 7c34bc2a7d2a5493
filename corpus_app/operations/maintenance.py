"""The two jobs that keep a corpus safe over years: a backup with retention, and a check of all."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.presence import try_alone
from corpus_app.intake.checking import check_everything
from corpus_app.operations.backups import BackupError, read_report, write_backup
from corpus_app.operations.records import (
    Job,
    forget_asking,
    is_asked_for,
    read_record,
    write_record,
)

JOBS: Final[tuple[Job, ...]] = ("backup", "check")
NAMED: Final = re.compile(r"yanku-\d{8}-\d{6}\.zip")
# So many findings are kept for the health page; all are counted.
KEPT: Final = 50
# What is found in these areas means that something was damaged or lost.
DAMAGE: Final = ("database", "uploads", "staging", "index")

_running: dict[Job, subprocess.Popen[bytes]] = {}


def get_hours(job: Job) -> int:
    """Return every how many hours the job is due; 0 for never."""
    return int(settings.BACKUP_HOURS if job == "backup" else settings.CHECK_HOURS)


def is_due(job: Job) -> bool:
    """Return whether the job should begin now: somebody asked for it, or its time has come."""
    if is_asked_for(job):
        return True
    hours, last = get_hours(job), read_record(job)
    return bool(hours) and (last is None or time.time() - last["at"] >= hours * 3600)


def start_due_jobs() -> None:
    """Start a process for each job that is due; the worker goes on with files meanwhile."""
    for job in JOBS:
        process = _running.get(job)
        if process is not None and process.poll() is None:
            continue
        _running.pop(job, None)
        if is_due(job):
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "maintain", job]
            _running[job] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )


def do_job(job: Job) -> str:
    """Do the job and note its outcome; return what went wrong, "" for nothing.

    Where another process is at it, nothing is done.
    """
    with try_alone(job) as alone:
        if not alone:
            return ""
        forget_asking(job)
        return _back_up() if job == "backup" else _check()


def list_backups() -> list[Path]:
    """Return the backups that the schedule made, oldest first."""
    folder = Path(settings.BACKUP_DIR)
    return sorted(path for path in folder.glob("yanku-*.zip") if NAMED.fullmatch(path.name))


def list_spare_backups(newest: Path) -> list[Path]:
    """Return the scheduled backups that may go now that the newest is there.

    One with the most of the originals stays: where a disk of originals is gone, backups without
    them must not push out the last one that has them. The newest is told by its path, for a
    clock that was wrong gives names of other years.
    """
    others = [path for path in list_backups() if path != newest]
    spare = others[: -(settings.BACKUP_KEEP - 1) or None]
    lacking = {path: _count_missing(path) for path in [*others, newest]}
    fewest = min(lacking.values())
    kept = lacking.keys() - set(spare)
    if spare and not any(lacking[path] == fewest for path in kept):
        spare.remove([path for path in spare if lacking[path] == fewest][-1])
    return spare


def _count_missing(path: Path) -> float:
    try:
        return len(read_report(path).missing)
    except BackupError:
        return float("inf")


def _back_up() -> str:
    started = time.monotonic()
    now: datetime = timezone.localtime()
    target = Path(settings.BACKUP_DIR) / f"yanku-{now:%Y%m%d-%H%M%S}.zip"
    try:
        report = write_backup(target)
    except BackupError as error:
        write_record("backup", ok=False, message=str(error))
        return str(error)
    # Only once a newer one is whole, and never others' files.
    for old in list_spare_backups(target):
        old.unlink(missing_ok=True)
    write_record(
        "backup",
        ok=not report.missing,
        message=_("缺少 %d 个原始文件") % len(report.missing) if report.missing else "",
        path=str(target),
        size=target.stat().st_size,
        speeches=report.speeches,
        originals=report.originals,
        seconds=round(time.monotonic() - started, 1),
    )
    return ""


def _check() -> str:
    started = time.monotonic()
    found = list(check_everything())
    damaged = [finding.message for finding in found if finding.area in DAMAGE]
    write_record(
        "check",
        ok=not damaged,
        damaged=len(damaged),
        found=len(found),
        codes=dict(Counter(finding.code for finding in found)),
        messages=[*damaged, *(one.message for one in found if one.area not in DAMAGE)][:KEPT],
        seconds=round(time.monotonic() - started, 1),
    )
    return damaged[0] if damaged else ""
