"""Reading again by buttons: a preview, one at once, many behind the pages."""

from __future__ import annotations

import html
import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus_app.batches import rereading
from corpus_app.batches.models import Rereading, RereadingItem
from corpus_app.batches.rereading import (
    cancel_rereading,
    read_next,
    start_rereading,
    take_back_items,
)
from corpus_app.batches.worker import run_worker
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.removal.ruling import apply_portion, approve_rule
from corpus_app.intake.rereading.choosing import RereadingScope
from tests.batches.sending import send, work
from tests.intake.people import enter
from tests.intake.rereading.older_reading import (
    dump_store,
    misread,
    read,
    store_alone,
    store_others,
)
from tests.site_pages import make_page

pytestmark = pytest.mark.django_db

TITLE = "在第1次联席会议上的讲话"


def show(response: Any) -> str:
    return html.unescape(response.content.decode())


def list_states(one: Rereading) -> list[str]:
    return list(one.items.order_by("pk").values_list("state", flat=True))


def finish() -> int:
    count = 0
    while read_next("worker"):
        count += 1
    return count


def test_a_draft_is_previewed_and_read_again_at_once() -> None:
    speech = misread(store_alone(), {"title": "鹿角栏目组"})
    client = enter("editor")
    assert f"/intake/rereadings/new/?speech={speech.pk}" in show(
        client.get(f"/intake/{speech.pk}/")
    )
    before = dump_store()
    page = show(client.get(f"/intake/rereadings/new/?speech={speech.pk}"))
    assert f"<del>鹿角栏目组</del> → <ins>{TITLE}</ins>" in page
    assert read(speech).title == "鹿角栏目组"
    assert {k: v for k, v in dump_store().items() if "session" not in k} == {
        k: v for k, v in before.items() if "session" not in k
    }
    answer = client.post("/intake/rereadings/new/", {"speech": speech.pk}, follow=True)
    assert f"“鹿角栏目组”→“{TITLE}”" in show(answer)
    assert read(speech).title == TITLE
    assert not Rereading.objects.exists()


def test_a_batch_is_read_again_by_the_worker() -> None:
    batch = send({f"{number}.txt": make_page(number) for number in range(1, 5)})
    work()
    first = batch.files.order_by("pk")[0].speech
    assert first is not None
    misread(first, {"title": "鹿角栏目组"})
    client = enter("editor")
    assert f"/intake/rereadings/new/?batch={batch.pk}" in show(
        client.get(f"/intake/batches/{batch.pk}/")
    )
    page = show(client.get(f"/intake/rereadings/new/?batch={batch.pk}"))
    assert "批次“测试批次”，共 4 篇" in page
    answer = client.post("/intake/rereadings/new/", {"batch": batch.pk}, follow=True)
    assert "0 / 4 篇" in show(answer)
    one = Rereading.objects.get()
    assert run_worker(threading.Event(), once=True) == 0
    one.refresh_from_db()
    assert (one.state, one.finished_at is not None) == ("done", True)
    assert list_states(one) == ["changed", *["unchanged"] * 3]
    assert read(first).title == TITLE
    told = show(client.get(f"/intake/rereadings/{one.pk}/?state=changed"))
    assert f"“鹿角栏目组”→“{TITLE}”" in told
    assert "批次“测试批次”" in show(client.get("/intake/rereadings/"))


def test_a_site_and_what_a_rule_touches_can_be_read_again() -> None:
    misread(store_alone(), {"title": "鹿角栏目组"})
    others = store_others(3)
    rule = RemovalRule.objects.create(text="我讲两点想法", kind="advert")
    approve_rule(rule, None)
    apply_portion(rule, None)
    client = enter("editor")
    assert "共 4 篇" in show(client.get("/intake/rereadings/new/?site=溪北河湾新报"))
    touched = show(client.get(f"/intake/rereadings/new/?rule={rule.pk}"))
    assert "规则“我讲两点想法”涉及的讲话" in touched
    assert "重读涉及的讲话" in show(client.get(f"/intake/rules/{rule.pk}/"))
    assert "共 4 篇" in show(client.get("/intake/rereadings/new/?drafts=1"))
    assert others


def test_what_was_not_begun_can_be_given_up() -> None:
    store_alone()
    store_others(3)
    one = start_rereading(RereadingScope(drafts=True), None)
    assert read_next("worker")
    assert cancel_rereading(one)
    assert not cancel_rereading(one)
    assert not read_next("worker")
    assert list_states(one).count("cancelled") == 3


def test_a_worker_that_died_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    store_alone()
    one = start_rereading(RereadingScope(), None)
    real = rereading.read_again

    def die(*args: object, **kwargs: object) -> object:
        raise SystemExit

    monkeypatch.setattr(rereading, "read_again", die)
    with pytest.raises(SystemExit):
        read_next("dead")
    assert list_states(one) == ["working"]
    monkeypatch.setattr(rereading, "read_again", real)
    assert take_back_items() == 1
    assert finish() == 1
    one.refresh_from_db()
    assert one.state == "done"


def test_one_that_breaks_each_worker_fails_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    speech = store_alone()
    store_others(1)
    one = start_rereading(RereadingScope(), User.objects.create(username="a"))
    real = rereading.read_again

    def fail(speech_id: int, **given: Any) -> object:
        if speech_id == speech.pk:
            raise RuntimeError("broken")
        return real(speech_id, **given)

    monkeypatch.setattr(rereading, "read_again", fail)
    assert finish() == 2
    assert list_states(one) == ["failed", "unchanged"]
    assert "broken" in one.items.all()[0].message
    assert "broken" in caplog.text


def test_nothing_chosen_is_said() -> None:
    client = enter("editor")
    for address in ("", "?speech=x", "?batch=0"):
        answer = client.get(f"/intake/rereadings/new/{address}", follow=True)
        assert "没有选定要重读的讲话" in show(answer)
    assert "没有符合条件的讲话" in show(client.get("/intake/rereadings/new/?batch=99"))
    assert client.post("/intake/rereadings/new/", {"speech": "99"}).status_code == 404
    empty = client.post("/intake/rereadings/new/", {"batch": "99"}, follow=True)
    assert "已完成" in show(empty)


@pytest.mark.parametrize(
    ("role", "allowed"), [("", 302), ("reader", 403), ("clerk", 403), ("editor", 0), ("admin", 0)]
)
def test_each_address_is_open_to_those_who_edit(role: str, allowed: int) -> None:
    one = start_rereading(RereadingScope(), None)
    client = enter(role)
    for address in (
        "/intake/rereadings/",
        f"/intake/rereadings/{one.pk}/",
        "/intake/rereadings/new/?drafts=1",
    ):
        assert client.get(address).status_code == (allowed or 200), address
    stop = client.post(f"/intake/rereadings/{one.pk}/stop/")
    assert stop.status_code == (allowed or 302)
    assert client.get(f"/intake/rereadings/{one.pk}/stop/").status_code == 405 or not allowed
    begun = client.post("/intake/rereadings/new/", {"drafts": "1"})
    assert begun.status_code == (allowed or 302)


def test_the_pages_ask_no_more_queries_for_more_rows() -> None:
    client = enter("editor")
    one = start_rereading(RereadingScope(), None)
    speech = store_alone()

    def count(address: str) -> int:
        # What is kept by the corpus's version is made anew once.
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    RereadingItem.objects.create(rereading=one, speech=speech)
    pages = ["/intake/rereadings/", f"/intake/rereadings/{one.pk}/"]
    few = [count(page) for page in pages]
    for _ in range(20):
        start_rereading(RereadingScope(), None)
        RereadingItem.objects.create(rereading=one, speech=speech)
    assert [count(page) for page in pages] == few
