"""A full disk or a read-only folder: reading goes on, writing says why not, nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

import search
from corpus_app.catalog.models import Speech
from tests.batches.piece_sending import begin, put
from tests.batches.processes import (
    make_environment,
    prepare_folder,
    run_server,
    wait_until,
)
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.operations.disks import Disk, mount_disk
from tests.operations.stores import manage
from tests.places import ROOT

ACCOUNT = {"username": "leitung", "password": "ein-langes-wort"}
PAGES = ["/", "/search/?q=代表", "/speeches/", "/themes/", "/slogans/", "/trends/?q=代表"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mount_disk(tmp_path / "disk", 100) as mounted:
        yield mounted


@pytest.fixture
def speech(client: Client) -> Speech:
    client.raise_request_exception = False
    User.objects.create_superuser(**ACCOUNT)
    stored = store(WORK_CONFERENCE)
    search.rebuild_index()
    return stored


@pytest.fixture
def _moved(disk: Disk, speech: Speech, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Work inside with database and staging on the disk."""
    if connection.vendor != "sqlite":
        pytest.skip("a server keeps its rows on a disk of its own (test_outages.py)")
    settings.DATA_DIR, settings.STAGING_DIR = disk.path, disk.path / "staging"
    name, copied = connection.settings_dict["NAME"], disk.path / "corpus.sqlite3"
    with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(copied)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=WAL")
    connection.close()
    connection.settings_dict["NAME"] = str(copied)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


def ask_pages(client: Client, speech: Speech) -> dict[str, int]:
    pages = [*PAGES, f"/speeches/{speech.pk}/", "/api/v1/search?q=代表"]
    found = {}
    for page in pages:
        # As in the server, where no connection outlives a request.
        connection.close()
        found[page] = client.get(page).status_code
    return {page: status for page, status in found.items() if status != 200}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("_moved")
def test_on_a_full_disk_pages_are_read_and_saving_says_why(
    client: Client, disk: Disk, speech: Speech
) -> None:
    disk.fill()
    assert ask_pages(client, speech) == {}
    answer = client.post("/login/", ACCOUNT)
    assert answer.status_code == 507
    assert "磁盘已满" in answer.content.decode()
    disk.empty()
    connection.close()
    client.force_login(User.objects.get())
    connection.close()
    disk.fill()
    for status, given in ((507, "磁盘已满"), (201, "")):
        connection.close()
        answer = client.post("/intake/batches/new/", {"name": "新"}, HTTP_ACCEPT="application/json")
        assert answer.status_code == status
        assert given in answer.json().get("message", "")
        if status == 507:
            disk.empty()
    connection.close()
    upload = begin(client, "一.txt", 6)["Location"]
    put(client, upload, 0, b"abc")
    disk.fill()
    connection.close()
    refused = put(client, upload, 3, b"def")
    assert refused.status_code == 507
    assert "磁盘已满" in refused.json()["message"]
    disk.empty()
    connection.close()
    assert put(client, upload, 3, b"def").status_code == 204


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("_moved")
def test_in_a_read_only_folder_pages_are_read_and_saving_says_why(
    client: Client, disk: Disk, speech: Speech
) -> None:
    disk.remount("ro")
    assert ask_pages(client, speech) == {}
    answer = client.post("/login/", ACCOUNT)
    assert answer.status_code == 507
    assert "只读" in answer.content.decode()
    disk.remount("rw")
    connection.close()
    assert client.post("/login/", ACCOUNT).status_code == 302


def read_pages(url: str) -> dict[str, int]:
    return {page: read_status(url + urllib.parse.quote(page, safe="/?=")) for page in PAGES}


def read_status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_server_and_worker_go_through_it_all_and_recover(disk: Disk, tmp_path: Path) -> None:
    prepare_folder(tmp_path / "pattern")
    folder = disk.path / "var"
    shutil.copytree(tmp_path / "pattern", folder)
    env = make_environment(folder)
    manage(folder, "import_speeches", str(next((ROOT / "fixtures/speeches").iterdir())))
    well = dict.fromkeys(PAGES, 200)
    with run_server(env) as server:
        wait_until(server.is_answering, 30, "an answer")
        (folder / "inbox").mkdir(exist_ok=True)
        disk.fill()
        assert read_pages(server.url) == well
        # Killed and started again on the full disk, with changes that it had not written back.
        server.restart()
        wait_until(server.is_answering, 30, "an answer")
        assert read_pages(server.url) == well
        assert "磁盘已满" in manage(folder, "bootstrap")
        disk.empty()
        (folder / "inbox/二.txt").write_text("在座谈会上的讲话\n各位代表：\n我讲两点意见。" * 9)
        with closing(sqlite3.connect(folder / "corpus.sqlite3")) as opened:
            asked = "select state, attempts from batches_batchfile"
            wait_until(lambda: opened.execute(asked).fetchall(), 40, "the inbox is taken in")
        assert read_status(server.url + "/login/") == 200
    disk.remount("ro")
    assert "只读" in manage(folder, "bootstrap")
    with run_server(env) as server:
        wait_until(server.is_answering, 30, "an answer")
        assert read_pages(server.url) == well
        disk.remount("rw")
        assert read_pages(server.url) == well
    assert manage(folder, "check_corpus", "--json") == ""
