"""What costs much is bounded: how often, how many at a time, how many rows."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from corpus_app.access.models import Activity
from corpus_app.access.slots import take_slot
from corpus_app.catalog.models import Speech

pytestmark = pytest.mark.django_db
EXPORT = "/concordance/export/?q=代表"


@pytest.fixture(autouse=True)
def _count_apart(settings: Any, tmp_path: Path, corpus: dict[str, Speech]) -> None:
    settings.CACHE_DIR = tmp_path


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(User.objects.create_user("member"))
    return client


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("PAGE_RATE", "/search/?q=代表"),
        ("PAGE_RATE", "/concordance/?q=代表"),
        ("PAGE_RATE", "/structure/parallels/"),
        ("EXPORT_RATE", EXPORT),
        ("EXPORT_RATE", "/search/export/?q=代表"),
    ],
)
def test_a_stranger_who_asks_too_often_is_told_how_long_to_wait(
    client: Client, settings: Any, setting: str, address: str
) -> None:
    setattr(settings, setting, (1, 60))
    assert client.get(address).status_code == 200
    held = client.get(address)
    assert held.status_code == 429
    assert 0 < int(held["Retry-After"]) <= 60
    assert f"请在 {held['Retry-After']} 秒之后再试；登录后不受此限" in held.content.decode()
    assert client.get(address, REMOTE_ADDR="192.0.2.9").status_code == 200
    client.force_login(User.objects.create_user("member"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["pages", "exports"])
def test_no_more_than_so_many_at_a_time_and_then_the_next(
    client: Client, settings: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPORTS_AT_ONCE = settings.PAGES_AT_ONCE = 1
    monkeypatch.setattr("corpus_app.access.limits._PATIENCE", 0)
    address = EXPORT if name == "exports" else "/search/?q=代表"
    held = take_slot(name, 1)
    assert held
    answer = client.get(address)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "同时" in answer.content.decode()
    held.release()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_holds_its_place_until_it_has_been_sent(
    client: Client, settings: Any, kind: str
) -> None:
    settings.EXPORTS_AT_ONCE = 1
    answer = client.get(f"{EXPORT}&format={kind}")
    assert answer.streaming
    assert take_slot("exports", 1) is None
    assert read(answer)
    assert take_slot("exports", 1) is not None


def test_a_stranger_gets_so_many_rows_and_is_told_of_the_others(
    client: Client, settings: Any
) -> None:
    whole = json.loads(read(client.get(f"{EXPORT}&format=json")))
    settings.EXPORT_ROWS = 2
    cut = json.loads(read(client.get(f"{EXPORT}&format=json")))
    total = len(whole["rows"])
    assert total > 2
    assert cut["rows"] == whole["rows"][:2]
    assert ["提示", f"未登录时一个文件最多 2 行，共 {total} 行；登录后可导出全部"] in cut["about"]
    book = load_workbook(io.BytesIO(read(client.get(f"{EXPORT}&format=xlsx"))))
    assert book.worksheets[0].max_row == 3
    client.force_login(User.objects.create_user("member"))
    assert json.loads(read(client.get(f"{EXPORT}&format=json")))["rows"] == whole["rows"]


def test_who_exported_what_from_where_is_recorded(member: Client) -> None:
    member.get(f"{EXPORT}&format=xlsx", REMOTE_ADDR="192.0.2.7")
    row = Activity.objects.get()
    assert (row.kind, row.username, row.address) == ("export", "member", "192.0.2.7")
    assert (row.subject, row.detail) == ("语境：代表", "XLSX")
    row.detail = "CSV"
    with pytest.raises(TypeError):
        row.save()


def test_what_is_shown_to_a_member_is_kept_by_no_cache(member: Client) -> None:
    assert member.get("/search/?q=代表")["Cache-Control"] == "private, no-store"
    assert "no-store" in member.get("/desk/")["Cache-Control"]
    # A stranger's browser may hold it, and asks each time whether it is still so.
    assert Client().get("/search/?q=代表")["Cache-Control"] == "private, no-cache"
    # What says by itself how it may be kept is left as it is.
    assert member.get("/suggest/?q=代")["Cache-Control"] == "private, no-store"
