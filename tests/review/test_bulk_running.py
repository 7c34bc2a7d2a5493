"""A bulk change while it runs: portions, a busy database, what it says at the end."""

from __future__ import annotations

import pytest
from django.db import OperationalError

import search
from corpus_app.catalog.models import Speech
from corpus_app.review.models import BulkChange
from search import SearchRequest, run_search
from tests.intake.people import enter
from tests.review.bulk_client import read, run, send
from tests.review.desk import store_clean

pytestmark = pytest.mark.django_db


def test_a_busy_database_is_said_and_the_change_can_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    speech = store_clean()
    client = enter("editor")
    send(client, speech=speech.pk, action="published")
    change = BulkChange.objects.get()
    with monkeypatch.context() as patch:

        def wait_in_vain(*_: object) -> int:
            raise OperationalError("database is locked")

        patch.setattr("corpus_app.review.bulk.applying._run_portion", wait_in_vain)
        response = run(client, change, "apply")
    assert response.headers["Location"] == f"/intake/bulk/{change.pk}/"
    page = read(client, change)
    assert "数据库正忙" in page
    assert "继续" in page
    run(client, change, "apply")
    speech.refresh_from_db()
    assert speech.status == "published"


@pytest.mark.parametrize("role", ["", "reader", "clerk"])
def test_others_change_nothing(role: str) -> None:
    speech = store_clean()
    change = BulkChange.objects.create(asked={"status": "published"})
    change.items.create(
        speech=speech, title="x", before={"status": "draft"}, after={"status": "published"}
    )
    client = enter(role)
    assert send(client, speech=speech.pk, action="published").status_code in (302, 403)
    assert run(client, change, "apply").status_code in (302, 403)
    assert BulkChange.objects.count() == 1
    speech.refresh_from_db()
    assert speech.status == "draft"


def test_longer_lists_ask_no_more_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = enter("editor")
    ids = [Speech.objects.create(title=f"讲话{n}").pk for n in range(12)]
    send(client, speech=ids[:2], action="published")
    short = BulkChange.objects.get()
    send(client, speech=ids, action="published")
    long = BulkChange.objects.exclude(pk=short.pk).get()
    with django_assert_max_num_queries(20) as few:
        read(client, short)
    most = len(few)
    with django_assert_max_num_queries(most):
        read(client, long)
    run(client, short, "apply")
    with django_assert_max_num_queries(20) as few:
        client.get("/intake/bulk/")
    most = len(few)
    run(client, long, "apply")
    with django_assert_max_num_queries(most):
        client.get("/intake/bulk/")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_follows_a_bulk_change_and_its_undo() -> None:
    search.rebuild_index()
    store_clean()
    client = enter("editor")

    def count() -> int:
        return run_search(SearchRequest(text='"话有地方说"', unit="speech")).total

    send(client, scope="all", filters="view=clean", action="published")
    change = BulkChange.objects.get()
    assert count() == 0
    run(client, change, "apply")
    assert count() == 1
    run(client, change, "undo")
    assert count() == 0
