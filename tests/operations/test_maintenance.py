"""Backups and checks by the clock: due when they are, kept as long as they should be."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from corpus_app.log_records import JsonFormatter
from corpus_app.operations import maintenance
from corpus_app.operations.records import ask_for, read_record, write_record


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.UPLOADS_DIR, settings.STAGING_DIR = tmp_path / "uploads", tmp_path / "staging"
    settings.BACKUP_HOURS, settings.BACKUP_KEEP, settings.CHECK_HOURS = 24, 2, 0
    return tmp_path


def test_a_job_is_due_by_the_clock_or_when_asked_for() -> None:
    assert maintenance.is_due("backup")
    write_record("backup", ok=True)
    assert not maintenance.is_due("backup")
    write_record("backup", ok=True, at=time.time() - 25 * 3600)
    assert maintenance.is_due("backup")
    assert not maintenance.is_due("check")
    ask_for("check")
    assert maintenance.is_due("check")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_oldest_backups_go_once_a_new_one_is_whole(folder: Path, settings) -> None:  # type: ignore[no-untyped-def]
    old = ["yanku-20240101-000000.zip", "yanku-20240102-000000.zip", "mine.zip", "yanku-x.zip"]
    for name in old:
        (folder / "backups").mkdir(exist_ok=True)
        (folder / "backups" / name).write_bytes(b"kept")
    ask_for("backup")
    call_command("maintain", "backup")
    names = sorted(path.name for path in (folder / "backups").iterdir())
    assert names[:2] == ["mine.zip", "yanku-20240102-000000.zip"]
    assert names[-1] == "yanku-x.zip"
    assert len(names) == 4
    record = read_record("backup")
    assert record is not None
    assert record["ok"]
    assert not maintenance.is_due("backup")
    settings.BACKUP_DIR = Path("/proc/backups")
    with pytest.raises(CommandError, match="没有写成"):
        call_command("maintain", "backup")
    record = read_record("backup")
    assert record is not None
    assert not record["ok"]
    assert "没有写成" in record["message"]


@pytest.mark.django_db
def test_a_page_that_is_refused_writes_no_traceback(client: Client) -> None:
    handler = logging.getLogger().handlers[0]
    written: list[str] = []
    told = logging.Handler()
    told.setFormatter(JsonFormatter())
    for one in handler.filters:
        told.addFilter(one)
    told.emit = lambda record: written.append(told.format(record))  # type: ignore[method-assign]
    from django.contrib.auth.models import Group, User

    reader = User.objects.create_user("lesende", password="x")
    reader.groups.add(Group.objects.get(name="reader"))
    client.force_login(reader)
    logging.getLogger().addHandler(told)
    try:
        assert client.get("/intake/queue/").status_code == 403
    finally:
        logging.getLogger().removeHandler(told)
    assert len(written) == 1
    assert '"status": 403' in written[0]
    assert "traceback" not in written[0].lower()
