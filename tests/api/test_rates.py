"""How often may be asked, and how that is counted."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.api.rates import FILE_NAME, Rate, count_request
from corpus_app.api.tokens import create_token

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/themes"


def test_a_rate_counts_down_and_begins_anew() -> None:
    rate = Rate(2, 60)
    assert [count_request("a", rate, 100.0 + n).left for n in range(3)] == [1, 0, 0]
    assert count_request("a", rate, 103.5).exceeded
    assert count_request("a", rate, 103.5).wait == 57
    assert count_request("b", rate, 103.0).left == 1
    assert not count_request("a", rate, 160.0).exceeded


def test_a_clock_that_was_set_back_shuts_nobody_out() -> None:
    rate = Rate(1, 60)
    count_request("a", rate, 1_000_000.0)
    assert not count_request("a", rate, 500.0).exceeded


def _count_many(folder: str, number: int) -> None:
    from django.conf import settings

    settings.CACHE_DIR = Path(folder)
    for _ in range(number):
        count_request("shared", Rate(1000, 3600))


def test_several_processes_count_together(settings: Any) -> None:
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_count_many, args=(str(settings.CACHE_DIR), 40)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert count_request("shared", Rate(1000, 3600)).left == 1000 - 121


def test_who_cannot_be_counted_is_let_through(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHE_DIR = tmp_path / "file"
    settings.CACHE_DIR.write_text("no folder")
    assert not count_request("a", Rate(1, 60)).exceeded
    assert "could not be counted" in caplog.text


def test_a_damaged_file_is_made_anew(settings: Any) -> None:
    (settings.CACHE_DIR / FILE_NAME).write_bytes(b"not a database at all" * 100)
    assert not count_request("a", Rate(1, 60)).exceeded
    assert count_request("a", Rate(1, 60)).left == 0
    assert count_request("a", Rate(1, 60)).exceeded


def test_rows_of_those_who_have_gone_are_swept_out(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_app.api.rates._SWEEP_EVERY", 1)
    count_request("old", Rate(1, 60), 100.0)
    count_request("new", Rate(1, 60), 1000.0)
    with sqlite3.connect(settings.CACHE_DIR / FILE_NAME) as base:
        assert base.execute("SELECT key FROM counts").fetchall() == [("new",)]
    base.close()


def test_too_many_requests_are_refused_until_the_span_ends(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (2, 60)
    first, second, third = (client.get(ADDRESS) for _ in range(3))
    assert [r["RateLimit-Remaining"] for r in (first, second)] == ["1", "0"]
    assert third.status_code == 429
    assert third["Content-Type"] == "application/problem+json"
    assert 0 < int(third["Retry-After"]) <= 60
    assert json.loads(third.content)["title"] == "请求过于频繁"


def test_accounts_and_addresses_are_counted_apart(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE, settings.API_RATE = (1, 60), (2, 60)
    _token, secret = create_token(User.objects.create_user("a"), "测试")
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get(ADDRESS).status_code == 200
    assert client.get(ADDRESS).status_code == 429
    given = [client.get(ADDRESS, headers=headers) for _ in range(3)]
    assert [response.status_code for response in given] == [200, 200, 429]
    assert client.get(ADDRESS, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_a_made_up_forwarded_address_changes_nothing(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (1, 60)
    assert client.get(ADDRESS, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert client.get(ADDRESS, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 429


def test_behind_a_proxy_its_own_entry_counts(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE, settings.API_PROXIES = (1, 60), 1
    for number, status in [("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 429)]:
        headers = {"X-Forwarded-For": f"203.0.113.{number[-1]}9, {number}"}
        assert client.get(ADDRESS, headers=headers).status_code == status


def test_a_household_shares_its_ipv6_network(client: Client, settings: Any) -> None:
    settings.API_ANONYMOUS_RATE = (1, 60)
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8::1").status_code == 200
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8::2").status_code == 429
    assert client.get(ADDRESS, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200
