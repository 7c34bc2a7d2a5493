"""Row after row of one title: file, site and first words stand beside it in every list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corpus_app.catalog.models import Source, Speech
from corpus_app.intake.models import RemovalRule
from corpus_app.review.models import BulkChange
from tests.catalog.speeches import store
from tests.intake.people import enter
from tests.review.bulk_client import send
from tests.review.desk import SAMPLES

pytestmark = pytest.mark.django_db
TITLE, WORDS = "政府工作报告", "让我们共同努力"


def store_same(numbers: range) -> list[Speech]:
    """Store speeches of one title, each of a file, a site and words of its own."""
    speeches = []
    for number in numbers:
        text = SAMPLES[number].read_text("utf-8") + f"\n{WORDS}，第{number}件事也要办好。\n"
        speech = store(text, f"报告-{number}.txt", draft=True)
        source = Source.objects.create(name=f"第{number}网")
        Speech.objects.filter(pk=speech.pk).update(title=TITLE, source=source)
        speeches.append(speech)
    return speeches


def open_queue(client: Client) -> str:
    return "/intake/queue/?view=all"


def open_bulk(client: Client) -> str:
    ids = list(Speech.objects.values_list("pk", flat=True))
    send(client, speech=ids, action="published", publish_doubtful="on")
    return f"/intake/bulk/{BulkChange.objects.latest('pk').pk}/"


def open_rule(client: Client) -> str:
    rule, _made = RemovalRule.objects.get_or_create(text=WORDS, kind="editor")
    return f"/intake/rules/{rule.pk}/"


def open_front(client: Client) -> str:
    return "/intake/"


LISTS = pytest.mark.parametrize("open_list", [open_queue, open_bulk, open_rule, open_front])


@LISTS
def test_each_row_says_its_file_site_and_first_words(open_list: Callable[[Client], str]) -> None:
    speeches, client = store_same(range(1, 4)), enter("editor")
    page = client.get(open_list(client)).content.decode()
    for number, speech in enumerate(speeches, 1):
        assert f"报告-{number}.txt" in page
        assert f"第{number}网" in page
        assert speech.current is not None
    assert page.count('class="meta meta-run provenance"') == 3


@LISTS
def test_a_longer_list_asks_no_more_queries(open_list: Callable[[Client], str]) -> None:
    client, counts = enter("editor"), []
    for numbers in (range(1, 3), range(3, 7)):
        store_same(numbers)
        address = open_list(client)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


@pytest.mark.parametrize(("role", "status"), [("", 302), ("reader", 403), ("clerk", 403)])
@LISTS
def test_others_see_none_of_it(open_list: Callable[[Client], str], role: str, status: int) -> None:
    store_same(range(1, 2))
    address = open_list(enter("editor"))
    answer = enter(role).get(address)
    assert answer.status_code == status
    assert "报告-1.txt" not in answer.content.decode()
