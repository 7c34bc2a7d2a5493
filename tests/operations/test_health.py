"""What probes are told: the truth on each part, and nothing red while all is well."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

import search
from corpus_app.batches import presence
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.models import SpeechChange
from corpus_app.intake.revisions.editing import publish, withdraw
from corpus_app.operations import health
from corpus_app.operations.probes import SharedHealth
from corpus_app.operations.records import write_record
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask everything anew, as a process does that just started."""
    monkeypatch.setattr(health, "_KNOWN", health._Known())


@pytest.fixture
def _folder(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR, settings.UPLOADS_DIR = tmp_path, tmp_path / "uploads"
    settings.STAGING_DIR = tmp_path / "staging"


@contextmanager
def serve_copy(folder: Path, harm: Callable[[Path], None]) -> Iterator[None]:
    """Work inside on a copy of the database that was harmed."""
    if connection.vendor != "sqlite":
        pytest.skip("the pages of a server's database are the server's matter")
    name = connection.settings_dict["NAME"]
    copied = folder / "copy.sqlite3"
    with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(copied)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
    harm(copied)
    connection.close()
    connection.settings_dict["NAME"] = str(copied)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def execute(statement: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        with closing(sqlite3.connect(path)) as opened, opened:
            opened.execute(statement)

    return harm


def zero_pages(path: Path) -> None:
    # Free pages, of which tests before leave many, may be harmed without a loss.
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("VACUUM")
    data = bytearray(path.read_bytes())
    middle = len(data) // 8192 * 4096
    data[middle : middle + 40960] = b"\xa5" * 40960
    path.write_bytes(bytes(data))


def cut_off(path: Path) -> None:
    path.write_bytes(b"no database at all" * 900)


def test_all_is_well_with_database_index_and_disk(client: Client) -> None:
    search.rebuild_index()
    response = client.get("/healthz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "ok"
    parts = {name for name, part in body.items() if name != "status" and part["ok"]}
    assert parts == {"database", "index", "disk"}
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("harm", "state"), [(zero_pages, "damaged"), (cut_off, "unreadable")])
def test_a_damaged_database_is_red_and_a_finding(
    harm: Callable[[Path], None], state: str, client: Client, tmp_path: Path
) -> None:
    store(WORK_CONFERENCE)
    search.rebuild_index()
    out = StringIO()
    with serve_copy(tmp_path, harm):
        response = client.get("/healthz")
        with pytest.raises(SystemExit):
            call_command("check_corpus", "--json", stdout=out)
    assert response.status_code == 503
    assert response.json()["database"]["state"] in (state, "unreadable")
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert found[0]["code"] == "database_damaged"
    assert "restore" in found[0]["message"]


@pytest.mark.parametrize(
    ("statement", "state"),
    [
        ("delete from django_migrations where app = 'api'", "unmigrated"),
        ("delete from django_migrations where app = 'batches' and name like '0005%'", "half"),
        ("insert into django_migrations values (9999, 'batches', '9999_more', '2030')", "newer"),
        ("alter table batches_batchfile drop column columns", "half"),
    ],
)
def test_tables_of_another_version_are_red(
    statement: str, state: str, client: Client, tmp_path: Path
) -> None:
    search.rebuild_index()
    with serve_copy(tmp_path, execute(statement)):
        response = client.get("/healthz")
        if state != "unmigrated":
            with pytest.raises(CommandError, match=r"manage\.py restore"):
                call_command("bootstrap")
    assert response.status_code == 503
    assert response.json()["database"]["state"] == state


def test_a_missing_index_is_reported(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    search.rebuild_index()
    shutil.rmtree(settings.INDEX_DIR)
    try:
        response = client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["index"]["ok"] is False
    finally:
        search.rebuild_index()


def test_an_index_that_is_behind_says_so_and_is_red_once_that_lasts(client: Client) -> None:
    search.rebuild_index()
    note_changes([999_999])
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()["index"]
    assert (told["state"], told["changes_left"]) == ("behind", 1)
    SpeechChange.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["index"]["oldest_seconds"] >= 360
    search.follow_changes()
    assert client.get("/healthz").json()["index"]["state"] == "fresh"


def test_a_full_disk_is_reported(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["disk"]["ok"] is False


def test_a_probe_by_address_and_over_http_is_answered(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    search.rebuild_index()
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["yanku.example"]
    for address in ("/healthz", "/readyz"):
        assert client.get(address, HTTP_HOST="10.1.2.3:8000").status_code == 200
        assert client.post(address, HTTP_HOST="10.1.2.3:8000").status_code == 405
    assert client.get("/", HTTP_HOST="10.1.2.3:8000", secure=True).status_code == 400


def test_nothing_is_red_while_speeches_come_and_go(client: Client) -> None:
    speech = store(WORK_CONFERENCE)
    search.rebuild_index()

    def change() -> None:
        try:
            for _round in range(6):
                withdraw(speech)
                publish(speech)
        finally:
            connection.close()

    writer = threading.Thread(target=change)
    writer.start()
    states = []
    while writer.is_alive():
        states.append(client.get("/healthz").json())
    writer.join()
    assert states
    assert [state for state in states if state["status"] != "ok"] == []


@pytest.mark.usefixtures("_folder")
def test_a_frozen_worker_and_what_waits_for_it_are_told(client: Client) -> None:
    batch = make_batch("等待")
    add_file(batch, "一.txt", b"text")
    close_batch(batch)
    assert client.get("/readyz").json()["worker"] | {"oldest_seconds": 0} == {
        "ok": True,
        "state": "absent",
        "waiting": 1,
        "oldest_seconds": 0,
    }
    with presence.hold_presence():
        presence.beat(60)
        assert client.get("/readyz").json()["worker"]["state"] == "working"
        presence.beat(-1)
        worker = client.get("/readyz").json()["worker"]
        assert (worker["ok"], worker["state"]) == (False, "frozen")
        assert client.get("/readyz").status_code == 503
    type(batch).objects.update(changed_at="2020-01-01T00:00:00Z")
    assert client.get("/readyz").json()["worker"]["ok"] is False


@pytest.mark.usefixtures("_folder")
def test_the_last_check_and_backup_are_told(client: Client) -> None:
    assert client.get("/readyz").json()["check"]["state"] == "never"
    write_record("check", ok=False, found=3)
    write_record("backup", ok=False, message="")
    body = client.get("/readyz").json()
    assert (body["check"]["state"], body["backup"]["state"]) == ("damaged", "failed")


def test_a_crowd_of_probes_asks_once_and_holds_no_thread() -> None:
    begun, go_on, asked = threading.Event(), threading.Event(), []

    def wait() -> health.Part:
        asked.append(threading.get_ident())
        if len(asked) > 1:
            begun.set()
            assert go_on.wait(60)
        return {"ok": len(asked) == 1}

    shared = SharedHealth({"index": wait})
    assert shared.read() == {"index": {"ok": True}}
    slow = threading.Thread(target=shared.read)
    slow.start()
    assert begun.wait(60)
    # As it was a moment ago: nobody waits beside the one that asks.
    assert [shared.read() for _probe in range(50)] == [{"index": {"ok": True}}] * 50
    go_on.set()
    slow.join()
    assert shared.read() == {"index": {"ok": False}}
    assert len(asked) == 3
