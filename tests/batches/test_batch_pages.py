"""The pages of batches: list, one batch, progress, bell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.services import add_file, close_batch, make_batch
from corpus_app.catalog.models import Source, Speech
from tests.catalog.speeches import WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db

STATES = BatchFile.State


def make(name: str = "人大讲话", count: int = 3, state: str = "waiting", **values: Any) -> Batch:
    """Return a closed batch of files that nobody has worked on."""
    batch = make_batch(name, user=User.objects.filter(username="editor").first())
    for number in range(count):
        add_file(batch, f"文件夹/{number:03}.txt", f"{name} {number}".encode())
    close_batch(batch)
    Batch.objects.filter(pk=batch.pk).update(state=state, **values)
    batch.refresh_from_db()
    return batch


def settle(batch: Batch, number: int, state: str, **values: Any) -> BatchFile:
    file = batch.files.order_by("position")[number]
    BatchFile.objects.filter(pk=file.pk).update(state=state, **values)
    file.refresh_from_db()
    return file


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def act(client: Client, batch: Batch, action: str, **fields: Any) -> Any:
    address = f"/intake/batches/{batch.pk}/change/"
    response = client.post(address, {"action": action, **fields})
    batch.refresh_from_db()
    return response


def test_the_empty_list_leads_to_where_files_come_in() -> None:
    page = read(enter("editor"), "/intake/batches/")
    assert "还没有批次" in page
    assert 'href="/intake/"' in page


def test_the_list_shows_how_far_each_batch_is() -> None:
    batch = make()
    settle(batch, 0, STATES.IMPORTED)
    page = read(enter("editor"), "/intake/batches/")
    assert "人大讲话" in page
    assert "1 / 3" in page
    assert "已入库 1" in page


def test_the_list_asks_as_often_for_many_batches() -> None:
    client = enter("editor")
    make("0")
    client.get("/intake/batches/")
    before = len(count_queries(client, "/intake/batches/"))
    for number in range(1, 20):
        batch = Batch.objects.create(name=str(number), state="done")
        BatchFile.objects.create(batch=batch, position=1, path="x.txt", size=1)
    assert len(count_queries(client, "/intake/batches/")) == before


def count_queries(client: Client, address: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries.captured_queries]


def test_a_batch_shows_each_file_with_what_became_of_it() -> None:
    client = enter("editor")
    speech = store(WORK_CONFERENCE, draft=True)
    batch = make(count=4)
    settle(batch, 0, STATES.IMPORTED, speech=speech, message="已存为草稿")
    settle(batch, 1, STATES.DUPLICATE, speech=speech, of=speech, message="完全相同")
    settle(batch, 2, STATES.REFUSED, code="damaged", message="文件已损坏，打不开。")
    page = read(client, f"/intake/batches/{batch.pk}/")
    assert f'href="/intake/{speech.pk}/"' in page
    assert speech.title in page
    assert "文件夹/002.txt" in page
    assert "文件已损坏，打不开。" in page
    assert "3 / 4" in page


def test_the_files_can_be_narrowed_to_a_state() -> None:
    batch = make(count=3)
    settle(batch, 1, STATES.REFUSED)
    page = read(enter("editor"), f"/intake/batches/{batch.pk}/?state=refused")
    assert "文件夹/001.txt" in page
    assert "文件夹/000.txt" not in page
    emptied = read(enter("admin"), f"/intake/batches/{batch.pk}/?state=failed")
    assert "没有这种状态的文件" in emptied


def test_five_hundred_files_come_in_pages_and_cost_no_more_questions() -> None:
    client = enter("editor")
    small, large = make("小", 2), Batch.objects.create(name="大", state="waiting")
    speech = store(WORK_CONFERENCE, draft=True)
    BatchFile.objects.bulk_create(
        BatchFile(
            batch=large,
            position=n,
            path=f"{n:03}.txt",
            size=1,
            state=STATES.NEAR_DUPLICATE,
            speech=speech,
            of=speech,
        )
        for n in range(500)
    )
    few = count_queries(client, f"/intake/batches/{small.pk}/")
    many = count_queries(client, f"/intake/batches/{large.pk}/")
    assert len(many) <= len(few)
    assert {sql.split()[0] for sql in many} == {"SELECT"}
    page = read(client, f"/intake/batches/{large.pk}/?page=10")
    assert "499.txt" in page
    assert "000.txt" not in page


def test_progress_is_small_json_that_costs_nothing_while_nothing_changes() -> None:
    client = enter("editor")
    batch = make()
    address = f"/intake/batches/{batch.pk}/progress/"
    first = client.get(address)
    assert first.json()["total"] == 3
    assert first.json()["running"] is True
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    settle(batch, 0, STATES.IMPORTED)
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.json()["done"] == 1
    assert changed.json()["counts"] == {"imported": 1, "waiting": 2}


def test_an_unpacked_archive_is_not_counted_among_its_files() -> None:
    batch = make(count=3)
    settle(batch, 0, STATES.UNPACKED)
    told = enter("editor").get(f"/intake/batches/{batch.pk}/progress/").json()
    assert (told["done"], told["total"]) == (0, 2)


def test_the_time_left_is_told_by_the_pace_of_the_last_files() -> None:
    client = enter("editor")
    batch = make(count=140, state="working")
    address = f"/intake/batches/{batch.pk}/"
    assert "分钟" not in read(client, address)
    now = timezone.now()
    for number in range(20):
        settle(batch, number, STATES.IMPORTED, finished_at=now - timedelta(seconds=6 * number))
    assert "约需 12 分钟" in read(client, address)
    Batch.objects.filter(pk=batch.pk).update(state="paused")
    assert "分钟" not in read(client, address)


def test_a_batch_can_be_paused_resumed_and_cancelled() -> None:
    client = enter("editor")
    batch = make()
    address = f"/intake/batches/{batch.pk}/"
    assert 'value="pause"' in read(client, address)
    assert act(client, batch, "pause").headers["Location"] == address
    assert batch.state == "paused"
    assert 'value="resume"' in read(client, address)
    act(client, batch, "resume")
    assert batch.state == "waiting"
    act(client, batch, "cancel")
    assert batch.state == "cancelled"
    assert set(batch.files.values_list("state", flat=True)) == {"cancelled"}


def test_refused_files_are_tried_again_one_or_all() -> None:
    client = enter("editor")
    batch = make(state="done")
    one, other = settle(batch, 0, STATES.REFUSED), settle(batch, 1, STATES.FAILED)
    act(client, batch, "retry", file=one.pk)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("waiting", "failed")
    act(client, batch, "retry")
    other.refresh_from_db()
    assert other.state == "waiting"


def test_refused_files_are_thrown_away_on_request_alone() -> None:
    client = enter("editor")
    batch = make(count=2, state="done")
    one, taken = settle(batch, 0, STATES.REFUSED), settle(batch, 1, STATES.IMPORTED)
    read(client, f"/intake/batches/{batch.pk}/")
    one.refresh_from_db()
    assert one.state == "refused"
    act(client, batch, "discard")
    one.refresh_from_db()
    taken.refresh_from_db()
    assert (one.state, taken.state) == ("discarded", "imported")


@pytest.mark.parametrize("action", ["", "nonsense", "resume", "close"])
def test_what_cannot_be_done_changes_nothing_and_says_so(action: str) -> None:
    client = enter("editor")
    batch = make()
    response = client.post(f"/intake/batches/{batch.pk}/change/", {"action": action}, follow=True)
    assert "什么也没有改" in response.content.decode()
    batch.refresh_from_db()
    assert batch.state == "waiting"


@pytest.mark.parametrize("file", ["x", "-1", "9" * 30, "999999"])
def test_a_file_that_is_none_is_not_tried_again(file: str) -> None:
    client = enter("editor")
    batch = make(state="done")
    untouched = settle(batch, 0, STATES.REFUSED)
    act(client, batch, "retry", file=file)
    untouched.refresh_from_db()
    assert untouched.state == "refused"


def test_the_bell_counts_my_finished_batches_until_they_are_seen() -> None:
    client = enter("editor")
    batch = make(state="done")
    make("别的", state="working")
    assert client.get("/intake/batches/bell/").json() == {"ok": True, "unseen": 1, "running": 1}
    assert 'data-unseen="1"' in read(client, "/")
    assert 'data-unseen="1"' in read(client, f"/intake/batches/{batch.pk}/")
    assert client.get("/intake/batches/bell/").json()["unseen"] == 1
    act(client, batch, "see")
    assert client.get("/intake/batches/bell/").json()["unseen"] == 0
    assert 'data-unseen="0"' in read(client, "/")


def test_the_bell_is_not_rung_for_others_batches_but_for_the_inbox() -> None:
    make("收件夹", state="done", created_by=None)
    assert enter("admin").get("/intake/batches/bell/").json()["unseen"] == 1
    Batch.objects.update(created_by=User.objects.create_user("other"))
    assert enter("editor").get("/intake/batches/bell/").json()["unseen"] == 0


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_readers_get_no_bell_and_pay_no_question_for_it(role: str) -> None:
    client = enter(role)
    assert "data-bell" not in read(client, "/")
    assert not [sql for sql in count_queries(client, "/") if "batches_batch" in sql]


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_change_nothing_and_see_nothing(role: str) -> None:
    batch = make()
    client = enter(role)
    assert act(client, batch, "cancel").status_code in (302, 403)
    assert batch.state == "waiting"
    for path in ("", "progress/", "files/"):
        response = client.get(f"/intake/batches/{batch.pk}/{path}")
        assert response.status_code in (302, 401, 403)
        assert "文件夹" not in response.content.decode()


def test_a_batch_that_is_not_there_is_not_found() -> None:
    client = enter("editor")
    for path in ("", "progress/", "files/"):
        assert client.get(f"/intake/batches/999/{path}").status_code == 404
    assert client.post("/intake/batches/999/change/", {"action": "pause"}).status_code == 404


def test_each_file_says_site_and_first_words_of_its_speech_in_constant_queries() -> None:
    batch, client = make(count=6), enter("editor")
    first = store(WORK_CONFERENCE, "000.txt", draft=True)
    Speech.objects.filter(pk=first.pk).update(source=Source.objects.create(name="青芜人大网"))
    settle(batch, 0, "imported", speech=first)
    address = f"/intake/batches/{batch.pk}/"
    with CaptureQueriesContext(connection) as few:
        page = read(client, address)
    assert "青芜人大网" in page
    assert "今天召开全县人大工作会议" in page
    for number in range(1, 6):
        text = WORK_CONFERENCE.replace("二十二个", f"第{number}个")
        settle(batch, number, "imported", speech=store(text, f"{number}.txt", draft=True))
    with CaptureQueriesContext(connection) as many:
        read(client, address)
    assert len(many) <= len(few)
