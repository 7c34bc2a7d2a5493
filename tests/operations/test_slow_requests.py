"""Answers that took long are kept for admins, bounded; a full disk stops none of them."""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client, RequestFactory
from django.urls import get_resolver

from corpus_app.operations import slow_requests
from corpus_app.operations.slow_requests import _NAMES, SlowRequest, list_slow, note_slow
from tests.operations.disks import mount_disk


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.DATA_DIR, settings.SLOW_SECONDS = tmp_path, 3
    return tmp_path


def note(seconds: float, query: str = "", view: str = "search") -> None:
    note_slow(RequestFactory().get("/search/", {"q": query}), view, seconds)


def test_only_what_took_too_long_is_kept_and_only_the_last_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list_slow() == []
    note(2.9, "快")
    assert list_slow() == []
    monkeypatch.setattr(slow_requests, "MOST", 3)
    for number in range(5):
        note(3 + number, f"第{number}次" + "字" * 1000)
    kept = list_slow()
    assert [one.query[:3] for one in kept] == ["第4次", "第3次", "第2次"]
    assert {len(one.query) for one in kept} == {slow_requests.QUERY_CHARS}
    assert kept[0].seconds == 7


def test_what_is_old_is_neither_shown_nor_kept(folder: Path) -> None:
    note(4, "旧")
    with closing(sqlite3.connect(folder / "operations/slow.sqlite3")) as base:
        base.execute("UPDATE slow SET at = at - 15 * 86400")
        base.commit()
    assert list_slow() == []
    note(4, "新")
    with closing(sqlite3.connect(folder / "operations/slow.sqlite3")) as base:
        assert base.execute("SELECT query FROM slow").fetchall() == [("新",)]


def test_zero_keeps_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SLOW_SECONDS = 0
    note(100, "慢")
    assert list_slow() == []


def test_a_full_disk_and_a_damaged_file_stop_no_answer(
    settings,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with mount_disk(tmp_path / "disk", 1) as disk:
        settings.DATA_DIR = disk.path
        disk.fill()
        note(4, "满")
        assert list_slow() == []
        disk.empty()
        note(4, "空")
        assert [one.query for one in list_slow()] == ["空"]
        (disk.path / "operations/slow.sqlite3").write_bytes(b"no database" * 100)
        note(4, "损坏")
        assert list_slow() == []
        note(4, "再来")
        assert [one.query for one in list_slow()] == ["再来"]
    # Told in a line each, not with a trace.
    told = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(told) == 2
    assert not any(one.exc_info for one in told)


@pytest.mark.django_db
def test_the_page_shows_them_with_what_to_do_and_queries_to_admins_alone(client: Client) -> None:
    note(4.26, "/人大.{1,40}/")
    note(5, "", "speech")
    note(6, "党", "api:concordance")
    client.force_login(User.objects.create_superuser("leitung"))
    page = client.get("/intake/health/").content.decode()
    assert "/人大.{1,40}/" in page
    assert "4.3" in page
    assert re.search(r'class="health-mark health-open"\s*>尚未进行<', page)
    assert "检索式里有正则式或通配符" in page
    assert "接口：语境" in page
    deleting = Permission.objects.get(codename="delete_speech")
    other = User.objects.create_user("pflege")
    other.user_permissions.add(deleting)
    client.force_login(other)
    page = client.get("/intake/health/").content.decode()
    assert "4.3" in page
    assert "人大.{1,40}" not in page


def test_pages_that_people_open_are_named_in_words() -> None:
    known = set(get_resolver().reverse_dict)
    assert set(_NAMES) <= known
    for view in ("home", "check", "basket", "queue", "review"):
        name = SlowRequest(datetime.now(UTC), 4, view).name
        assert not name.isascii()
