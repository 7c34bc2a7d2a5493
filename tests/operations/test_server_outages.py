"""A PostgreSQL that reads only, is crowded or cuts one off: what is answered, and the way back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse

import search
from corpus_app.api.tokens import create_token
from corpus_app.batches import worker
from corpus_app.batches.models import BatchFile
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.indexing import index_pending
from corpus_app.intake.revisions.editing import correct, publish
from corpus_app.operations.health import READY_PARTS, measure
from corpus_app.operations.wording import describe_parts
from tests.batches.processes import wait_until
from tests.batches.sending import send
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.pages.addresses import list_accounts, list_desk, list_intake, list_reading
from tests.pages.test_access import POSTS, TABLE
from tests.thoroughness import THOROUGHNESS

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a file knows none of this"),
]
READING = "数据库暂时只能读取，现在不能保存，已有的内容没有丢失；浏览和检索不受影响。"
API = ("search?q=代表", "speeches", "concordance?q=代表", "trends?expression=代表", "slogans")


@pytest.fixture(autouse=True)
def shared(settings: Any, client: Client) -> None:
    """Count, follow and lease in the database, as hosts over a server do."""
    settings.SHARED_DATABASE = True
    client.raise_request_exception = False


@pytest.fixture
def admin() -> User:
    return User.objects.create_superuser("leitung")


@pytest.fixture
def speech() -> Speech:
    stored = store(WORK_CONFERENCE)
    search.rebuild_index()
    return stored


def tell_server(statement: str) -> None:
    """Say it beside what the tests are connected by, which stays as it is."""
    found = connection.get_connection_params()
    keys = ("host", "port", "user", "password")
    beside = {key: found[key] for key in keys if found.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **beside) as told:
        told.execute(statement)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    # But for the token of forms, drawn for each page.
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


@contextmanager
def only_reading() -> Iterator[None]:
    """Let the database take no writing inside, for connections that are opened from now on."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    tell_server(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        connection.close()
        yield
    finally:
        tell_server(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        # What the server does before each request.
        close_old_connections()


@contextmanager
def cut_at(number: int) -> Iterator[list[int]]:
    """Have the server end the connection before its so manieth query, counted in the list."""
    asked: list[int] = []

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(1)
        if len(asked) == number:
            process = connection.connection.info.backend_pid
            tell_server(f"SELECT pg_terminate_backend({process}, 5000)")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield asked
    close_old_connections()


def test_pages_go_on_where_the_server_reads_only_and_the_rest_says_why(
    client: Client, speech: Speech, admin: User
) -> None:
    arguments = list_reading(speech) | list_desk(speech) | list_intake(speech) | list_accounts()
    addresses = {name: reverse(name, args=arguments.get(name, [])) for name in TABLE}
    addresses |= {f"api {each}": f"/api/v1/{each}" for each in API}
    _token, secret = create_token(admin, "eins")
    client.force_login(admin)

    def ask_all() -> dict[str, int]:
        # Each use of the session would be noted now.
        session = client.session
        session["trace"] = {"begun": 1, "used": 1}
        with suppress(UpdateError):
            session.save()
        found = {name: client.get(address).status_code for name, address in addresses.items()}
        headers = {"Authorization": f"Bearer {secret}"}
        found["by token"] = client.get("/api/v1/search?q=代表", headers=headers).status_code
        return found

    before = ask_all()
    with only_reading():
        during = ask_all()
        posts = {name: client.post(addresses[name]) for name in POSTS}
        program = client.post(
            "/api/v1/uploads",
            {"files": SimpleUploadedFile("a.txt", b"abc")},
            headers={"Authorization": f"Bearer {secret}"},
        )
    assert {n: during[n] for n in before if during[n] != before[n]} == {"readyz": 503}
    refused = {name: answer for name, answer in posts.items() if answer.status_code >= 500}
    assert {name: one.status_code for name, one in refused.items()} == dict.fromkeys(refused, 503)
    assert {"basket_new", "logout", "batch_new"} <= set(refused)
    for answer in refused.values():
        assert READING in answer.content.decode()
        assert answer["Retry-After"] == "5"
    assert (program.status_code, program.json()["code"]) == (503, "outage")
    assert (READING in program.json()["detail"], program["Retry-After"]) == (True, "5")
    assert client.post(addresses["basket_new"], {"name": "新"}).status_code == 302


def test_what_reads_only_is_told_to_those_who_watch_and_starts(
    client: Client, admin: User, speech: Speech
) -> None:
    with only_reading():
        assert client.get("/healthz").json()["database"] == {
            "ok": True,
            "state": "reading_only",
            "speeches": 1,
        }
        row = next(iter(describe_parts(measure(READY_PARTS))))
        assert (row.ok, row.detail) == (False, "只能读取，不能保存")
        assert "备机" in row.advice
        said = StringIO()
        call_command("bootstrap", stdout=StringIO(), stderr=said)
        assert READING in said.getvalue()
    assert client.get("/readyz").json()["database"]["ok"]


def test_the_worker_waits_until_there_is_writing_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "ROOM_SECONDS", 0.1)
    send({"a.txt": WORK_CONFERENCE})
    stop = threading.Event()

    def work() -> None:
        worker.run_worker(stop)
        connection.close()

    thread = threading.Thread(target=work)
    try:
        with only_reading():
            thread.start()
            wait_until(lambda: READING in caplog.text, 2, "the worker says why it waits")
        done = BatchFile.objects.filter(state="imported")
        wait_until(done.exists, 5, "the file is taken in")
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("page", ["/", "/speeches/", "/speeches/{}/", "/slogans/"])
def test_a_connection_cut_at_any_query_of_a_page_leaves_nothing_false(
    client: Client, speech: Speech, forget_kept: Callable[[], None], page: str
) -> None:
    address = page.format(speech.pk)
    whole, number, statuses = read(client, address), 0, []
    while True:
        forget_kept()
        number += 1
        with cut_at(number) as asked:
            statuses.append(client.get(address).status_code)
        assert read(client, address) == whole
        if len(asked) < number:
            break
    # Where the frame could not be asked for, this one page says less.
    assert set(statuses[:-1]) <= {200, 503}
    assert (503 in statuses, statuses[-1]) == (True, 200)


def test_a_change_that_is_cut_off_is_made_whole_or_not_at_all(
    client: Client, speech: Speech, admin: User
) -> None:
    client.force_login(admin)
    address, number, statuses, left = reverse("review", args=[speech.pk]), 0, [], True
    while left:
        number += 1 if THOROUGHNESS.all else 4
        with cut_at(number) as asked:
            asked_for = {"action": "withdraw", "title": "另定的题目"}
            statuses.append(client.post(address, asked_for).status_code)
        left = len(asked) >= number
        speech.refresh_from_db()
        withdrawn = speech.status == "withdrawn"
        assert withdrawn is (speech.title == "另定的题目")
        # Whoever comes next follows what was noted with the change.
        assert index_pending()
        assert search.check_index() == []
        assert withdrawn or statuses[-1] == 503
        if withdrawn:
            correct(speech, read_fields(speech) | {"title": "题"}, {})
            publish(speech)
    assert set(statuses[:-1]) <= {302, 503}
    assert (len(statuses) > 10, statuses[-1]) == (True, 302)


def test_who_finds_no_place_or_waits_too_long_is_asked_to_come_again(
    client: Client, admin: User
) -> None:
    tell_server("CREATE ROLE many LOGIN CONNECTION LIMIT 0")
    before = connection.settings_dict["USER"]
    try:
        connection.close()
        connection.settings_dict["USER"] = "many"
        answer = client.get("/speeches/")
    finally:
        connection.settings_dict["USER"] = before
        tell_server("DROP ROLE many")
    assert (answer.status_code, "数据库暂时连接不上" in answer.content.decode()) == (503, True)

    def ask_slowly(execute: Callable[..., Any], _sql: str, _params: Any, *rest: Any) -> Any:
        return execute("SET LOCAL statement_timeout = 20; SELECT pg_sleep(1)", None, *rest)

    with connection.execute_wrapper(ask_slowly):
        answer = client.get("/speeches/")
    assert (answer.status_code, "数据库暂时忙不过来" in answer.content.decode()) == (503, True)
    assert client.get("/speeches/").status_code == 200
