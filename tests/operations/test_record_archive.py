"""Old activities go into tables beside the backups, and none is lost on the way."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from corpus_app.access.models import Activity
from corpus_app.operations import record_archive
from corpus_app.operations.record_archive import archive_activities, archive_when_due
from tests.operations.disks import mount_disk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.BACKUP_DIR, settings.RECORD_DAYS = tmp_path / "backups", 365
    return tmp_path / "backups"


def add(days: int, name: str) -> None:
    row = Activity.objects.create(kind="sign-in", username=name, subject="=1+1", address="::1")
    Activity.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))


def read_tables(folder: Path) -> list[list[str]]:
    rows = []
    # Their last part is a number, which a server goes on counting from test to test.
    for path in sorted(folder.iterdir(), key=lambda path: int(path.stem.rpartition("-")[2])):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += [row for row in list(csv.reader(file))[1:] if any(row)]
    return rows


def test_what_is_older_is_laid_into_a_table_and_removed_and_that_is_recorded(folder: Path) -> None:
    add(400, "alt")
    add(366, "aelter")
    add(364, "neu")
    assert archive_activities() == 2
    assert [(row[1], row[3], row[5]) for row in read_tables(folder)] == [
        ("alt", "'=1+1", "::1"),
        ("aelter", "'=1+1", "::1"),
    ]
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    told, kept = Activity.objects.order_by("-pk")
    assert kept.username == "neu"
    assert path.name in told.detail
    assert archive_activities() == 0
    assert len(list(folder.iterdir())) == 1


def test_portions_follow_one_another_and_lose_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_archive, "PORTION", 2)
    monkeypatch.setattr(record_archive, "_ROUND", record_archive._Round())
    for number in range(5):
        add(400, f"n{number}")
    for _round in range(4):
        archive_when_due()
    assert [row[1] for row in read_tables(folder)] == [f"n{number}" for number in range(5)]
    add(400, "spaeter")
    # Looked at again in an hour.
    archive_when_due()
    assert Activity.objects.filter(username="spaeter").exists()


def test_on_a_full_disk_nothing_is_removed(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    add(400, "alt")
    with mount_disk(tmp_path / "disk", 1) as disk:
        settings.BACKUP_DIR = disk.path
        disk.fill()
        assert archive_activities() == 0
        assert Activity.objects.get().username == "alt"
        disk.empty()
        assert archive_activities() == 1
        assert [path.suffix for path in disk.path.iterdir()] == [".csv"]


def test_zero_keeps_all_and_the_page_says_how_long_it_keeps(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    client.force_login(User.objects.create_superuser("leitung"))
    assert "保留 365 天" in client.get("/activity/").content.decode()
    settings.RECORD_DAYS = 0
    add(9999, "alt")
    assert archive_activities() == 0
    assert "移存为" not in client.get("/activity/").content.decode()
