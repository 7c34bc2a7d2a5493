"""A service that is out of reach is said to be so, and what needs it not goes on."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test import Client
from haystack import connections

import search
from corpus_app.engine_settings import read_engine
from corpus_app.intake.checking import check_everything
from corpus_app.outages import name_outage
from tests.search.factories import make_speech


@pytest.fixture
def engine_gone(index_folder: Path, db: None) -> None:
    """Name an engine where nobody listens, after the index was made."""
    pytest.importorskip("pysolr", reason="`make solr` installs what asks a SolrCloud")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/solr/yanku"
    options = read_engine(index_folder, {"CORPUS_ENGINE": "solr", "CORPUS_SOLR_URL": address})
    make_speech("在会议上的讲话", ["依法监督"])
    search.rebuild_index()
    connections.connections_info["default"] = options
    connections.reload("default")


@pytest.mark.usefixtures("engine_gone")
def test_what_needs_the_engine_answers_503_in_words_and_the_rest_goes_on(client: Client) -> None:
    client.raise_request_exception = False
    page = client.get("/search/", {"q": "监督"})
    assert page.status_code == 503
    assert "检索引擎暂时连接不上，现在不能检索；浏览不受影响。" in page.content.decode()
    assert page["Retry-After"] == "5"
    told = client.get("/api/v1/search", {"q": "监督"})
    assert (told.status_code, told.json()["code"]) == (503, "outage")
    assert client.get("/speeches/").status_code == 200
    with pytest.raises(CommandError, match="检索引擎暂时连接不上"):
        call_command("search", "监督")


def test_a_server_of_the_database_that_is_gone_is_told_from_a_query_that_failed() -> None:
    class FailureError(Exception):
        __module__ = "psycopg.errors"

        def __init__(self, sqlstate: str | None) -> None:
            self.sqlstate = sqlstate

    def fail(state: str | None) -> OperationalError:
        error = OperationalError("told")
        error.__cause__ = FailureError(state)
        return error

    assert name_outage(fail(None)) == "database"
    assert name_outage(fail("57P01")) == "database"
    assert name_outage(fail("08006")) == "database"
    assert name_outage(fail("25P03")) == "database"
    assert name_outage(fail("25006")) == "reading_only"
    assert {name_outage(fail(state)) for state in ("40P01", "53300", "55P03", "57014")} == {"busy"}
    # Its disk is full (storage_trouble.py); its files are unreadable.
    assert [name_outage(fail(state)) for state in ("53100", "58030")] == [None, None]
    assert name_outage(OperationalError("database is locked")) is None
    assert name_outage(None) is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_waits_too_long_for_another_writer_is_asked_to_come_again(client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(User.objects.create_superuser("leitung"))
    wait = "PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = 50"
    with connection.cursor() as cursor:
        cursor.execute(wait)
    held, over = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with transaction.atomic():
            held.set()
            over.wait()
        connection.close()

    thread = threading.Thread(target=write_for_long)
    thread.start()
    try:
        held.wait()
        answer = client.post("/intake/batches/new/", {"name": "新"}, HTTP_ACCEPT="application/json")
    finally:
        over.set()
        thread.join()
        connection.close()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "数据库暂时忙不过来" in answer.json()["message"]
    assert client.post("/intake/batches/new/", {"name": "新"}).status_code in (200, 201, 302)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_check_whose_server_goes_away_calls_nothing_damaged() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a file beside the program does not go away")
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    try:
        (found,) = check_everything()
    finally:
        connection.close()
    assert (found.code, found.repaired) == ("database_unreachable", False)
    assert "数据库暂时连接不上" in found.message


@pytest.mark.django_db
def test_a_server_whose_own_disk_is_full_is_said_to_be_so(client: Client) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the file lies on this machine's disk (test_full_disk.py)")
    client.raise_request_exception = False
    client.force_login(User.objects.create_superuser("leitung"))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION run_full() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$;"
            " CREATE TRIGGER run_full BEFORE INSERT ON batches_batch EXECUTE FUNCTION run_full()"
        )
    answer = client.post("/intake/batches/new/", {"name": "新"}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 507
    assert "磁盘已满" in answer.json()["message"]
