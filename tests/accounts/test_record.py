"""The record of activities: from everywhere, filtered, exported, changed by nobody."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode
from lxml import html

from corpus_app.access.models import Activity
from corpus_app.accounts.record import RecordFilter, list_entries, list_kinds, read_entries
from corpus_app.catalog.limits import INTERNAL, AccessLimit
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.records import act_for
from corpus_app.intake.revisions import editing
from tests.accounts.conftest import PASSWORD, enter, make_person, sign_in
from tests.catalog.speeches import TRAINING, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech(chief: User) -> Speech:
    """One speech stored and withdrawn by the chief, an export and a sign-in of others."""
    made = store(TRAINING, "training.txt")
    with act_for(chief):
        editing.withdraw(made)
    make_person("clerk", "clerk")
    client = Client()
    sign_in(client, "clerk", PASSWORD)
    client.get("/concordance/export/?q=代表")
    return made


def ask(**params: str) -> list[Any]:
    asked = RecordFilter.from_params(QueryDict(urlencode(params)))
    return list(read_entries(list_entries(asked)))


def test_one_line_of_time_holds_what_every_part_recorded(chief: User, speech: Speech) -> None:
    entries = ask()
    assert len(entries) == (
        Activity.objects.count() + Speech.history.count() + Revision.objects.count()
    )
    assert [entry.moment for entry in entries] == sorted(
        (entry.moment for entry in entries), reverse=True
    )
    newest = next(entry for entry in entries if entry.done == "文献信息与状态")
    assert (newest.name, newest.target, newest.what) == ("chief", speech.pk, speech.title)
    assert newest.how.startswith("修改；已撤回")
    editing.limit_access(speech, AccessLimit(INTERNAL))
    limited = next(entry for entry in ask() if entry.done == newest.done)
    assert limited.how == "修改；已撤回；仅供内部"
    exported = next(entry for entry in entries if entry.done == "导出")
    assert (exported.name, exported.what, exported.where) == ("clerk", "语境：代表", "127.0.0.1")


def test_each_kind_alone_makes_up_the_whole(speech: Speech) -> None:
    whole = sorted(map(str, ask()))
    parts = [str(entry) for kind in list_kinds() for entry in ask(kind=kind)]
    assert sorted(parts) == whole
    assert ask(kind="no such kind") == ask()


def test_it_is_narrowed_by_person_day_and_words(chief: User, speech: Speech) -> None:
    assert {entry.name for entry in ask(user="clerk")} == {"clerk"}
    assert {entry.name for entry in ask(user="chief")} == {"chief"}
    assert {entry.done for entry in ask(q="语境")} == {"导出"}
    today = timezone.localdate()
    yesterday, tomorrow = str(today - timedelta(days=1)), str(today + timedelta(days=1))
    assert len(ask(since=str(today), until=str(today))) == len(ask())
    assert ask(since="", until=yesterday) == []
    assert ask(since=tomorrow) == []
    assert len(ask(since="no day", until="2023-02-31")) == len(ask())


def test_the_page_shows_it_and_the_file_holds_it(chief: User, speech: Speech) -> None:
    client = enter(chief)
    page = html.fromstring(client.get("/activity/").content)
    shown = len(page.cssselect("tbody tr"))
    assert shown == len(ask())
    body = b"".join(client.get("/activity/export/?format=csv").streaming_content)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][:4] == ["时间", "用户", "事项", "对象"]
    # The export itself is the newest line.
    assert rows.index([""] * 7) - 1 == shown + 1
    assert ask(kind="export")[0].what == "操作记录"


def test_the_page_asks_few_queries_however_much_it_shows(
    chief: User, speech: Speech, django_assert_max_num_queries: Any
) -> None:
    client = enter(chief)
    client.get("/activity/")
    with django_assert_max_num_queries(14):
        client.get("/activity/")


def test_no_address_changes_or_deletes_what_is_recorded(chief: User, speech: Speech) -> None:
    before = list(Activity.objects.order_by("pk").values())
    client = enter(chief)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/activity/").status_code == 405
    assert client.get("/admin/access/activity/").status_code == 404
    assert list(Activity.objects.order_by("pk").values())[: len(before)] == before


def test_what_an_account_did_outlives_the_account(chief: User, speech: Speech) -> None:
    User.objects.get(username="clerk").delete()
    assert {entry.done for entry in ask(user="clerk")} == {"登录", "导出"}


@pytest.mark.slow
def test_ten_thousand_entries_and_accounts_cost_no_more_queries_and_little_time(
    chief: User,
) -> None:
    """The time is the processor's, against that of a page of the same kind with few rows."""
    client = enter(chief)
    addresses = ("/activity/?since=", "/users/", "/users/?role=admin", "/users/?q=n&page=3")

    def measure() -> dict[str, tuple[int, float]]:
        found = {}
        for address in addresses:
            client.get(address)
            started = time.process_time()
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[address] = len(asked), time.process_time() - started
        return found

    User.objects.bulk_create(User(username=f"n{number}", password="x") for number in range(150))
    Activity.objects.bulk_create(Activity(kind="sign-in", user=chief) for _ in range(150))
    few = measure()
    users = User.objects.bulk_create(
        User(username=f"viele{number}", password="x") for number in range(10_000)
    )
    Activity.objects.bulk_create(
        Activity(kind="sign-in", user=user, username=user.username) for user in users
    )
    many = measure()
    assert all(many[name][0] <= few[name][0] for name in addresses)
    for name in addresses:
        assert many[name][1] < few[name][1] + 0.25, name
