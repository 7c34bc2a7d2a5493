"""Backups and checks by the clock: due when they are, kept as long as they should be."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from corpus_app.access.failures import AttemptSeries, begin_attempt
from corpus_app.access.rates import Rate, count_request
from corpus_app.access.slots import take_slot
from corpus_app.catalog.uploads import keep_upload, locate_bytes
from corpus_app.log_records import JsonFormatter
from corpus_app.operations import maintenance
from corpus_app.operations.backups import write_backup
from corpus_app.operations.records import ask_for, read_record, write_record
from tests.batches.processes import find_free_port, prepare_folder
from tests.operations.disks import mount_disk
from tests.places import ROOT


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


@contextmanager
def read_log() -> Iterator[list[dict[str, object]]]:
    """Yield what is written as JSON, through the site's own filters."""
    written: list[dict[str, object]] = []
    told = logging.Handler()
    told.setFormatter(JsonFormatter())
    for one in logging.getLogger().handlers[0].filters:
        told.addFilter(one)
    told.emit = lambda record: written.append(json.loads(told.format(record)))  # type: ignore[method-assign]
    logging.getLogger().addHandler(told)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(told)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_backup_without_originals_pushes_out_none_that_has_them(folder: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.BACKUP_KEEP = 1
    with transaction.atomic():
        upload = keep_upload("各位代表".encode(), "讲话.txt")
    # Made while the clock was wrong: by its name it is the newest for years.
    whole = folder / "backups/yanku-20990101-000000.zip"
    write_backup(whole)
    original = locate_bytes(upload.sha256)
    kept = original.read_bytes()
    original.unlink()
    call_command("maintain", "backup")
    record = read_record("backup")
    assert record is not None
    assert not record["ok"]
    lacking = Path(record["path"])
    assert sorted((folder / "backups").iterdir()) == sorted([whole, lacking])
    original.write_bytes(kept)
    lacking.rename(folder / "backups/yanku-20250101-000000.zip")
    call_command("maintain", "backup")
    record = read_record("backup")
    assert record is not None
    assert [str(path) for path in (folder / "backups").iterdir()] == [record["path"]]


@pytest.mark.django_db
def test_a_page_that_is_refused_writes_no_traceback(client: Client) -> None:
    reader = User.objects.create_user("lesende", password="x")
    reader.groups.add(Group.objects.get(name="reader"))
    client.force_login(reader)
    with read_log() as written:
        assert client.get("/intake/queue/").status_code == 403
    (entry,) = written
    assert entry["status"] == 403
    assert "traceback" not in entry


def test_a_full_disk_is_told_in_a_line_and_a_fault_of_the_program_with_its_place(
    settings,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    with mount_disk(tmp_path / "disk", 1) as disk, read_log() as written:
        settings.DATA_DIR, settings.CACHE_DIR = disk.path, disk.path / "cache"
        settings.CACHE_DIR.mkdir()
        disk.fill()
        assert not count_request("a", Rate(1, 60)).exceeded
        assert begin_attempt([AttemptSeries("a", 1)]) == 0
        disk.empty()
        disk.remount("ro")
        assert take_slot("a", 1) is not None
    assert {str(entry["message"]).partition(":")[0] for entry in written} == {
        "Requests could not be counted",
        "Attempts could not be counted",
        "Slots could not be counted",
    }
    assert all("traceback" not in entry for entry in written)
    with read_log() as written:
        try:
            raise KeyError("fault")
        except KeyError:
            logging.getLogger("yanku").exception("It failed")
    assert "KeyError" in str(written[0]["traceback"])


@pytest.mark.slow
def test_all_that_the_server_says_is_json_where_that_is_asked_for(tmp_path: Path) -> None:
    env = prepare_folder(tmp_path / "var", CORPUS_LOG_FORMAT="json", PORT=str(find_free_port()))
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "corpus_app.wsgi"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        assert server.stderr
        assert "Yanku is ready" in server.stdout.readline()
        server.terminate()
        said = server.stderr.read().splitlines()
    assert any("Listening at" in json.loads(line)["message"] for line in said)
