"""A speech's headings, to be written under."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.desk.journal import undo_last_change
from corpus_app.desk.outlines import list_headings
from tests.catalog.speeches import store
from tests.desk.baskets import list_present

pytestmark = pytest.mark.django_db


def test_headings_come_in_order_without_their_numbers(speech: Speech) -> None:
    assert list_headings(speech, 1) == [
        ("坚持党的领导，把牢政治方向", 1),
        ("发展全过程人民民主，用好代表家站", 1),
        ("加强自身建设，打造“四个机关”", 1),
    ]


def test_points_keep_the_words_that_count_them(speech: Speech) -> None:
    found = list_headings(speech, 3)
    assert [level for _words, level in found] == [1, 3, 3, 1, 3, 3, 1, 3, 3]
    assert found[1][0].startswith("一是加强理论学习")


def test_one_click_puts_them_into_a_basket_and_one_takes_them_back(
    client: Client, clerk: User, speech: Speech
) -> None:
    client.force_login(clerk)
    fields = {"speech": speech.pk, "depth": "1", "next": "/structure/"}
    assert client.post("/desk/gather/outline/", fields)["Location"] == "/structure/"
    basket = clerk.baskets.get()
    assert [(one.kind, one.level) for one in list_present(basket)] == [("heading", 1)] * 3
    undo_last_change(basket)
    assert not list_present(basket)


def test_a_speech_without_headings_says_so(client: Client, clerk: User) -> None:
    lines = "同志们：\n今天全县天气晴好，各乡镇要抓紧抢收。\n明天也好，各单位要做好防火值守。\n"
    bare = store(f"在秋收座谈会上的讲话\n\n{lines}", "bare.txt")
    client.force_login(clerk)
    answer = client.post("/desk/gather/outline/", {"speech": bare.pk}, follow=True)
    assert "没有提纲" in answer.content.decode()


def test_a_visitor_is_sent_to_the_login(client: Client, speech: Speech) -> None:
    answer = client.post("/desk/gather/outline/", {"speech": speech.pk, "next": "/structure/"})
    assert answer["Location"] == "/login/?next=/structure/"


def test_the_bench_offers_it(client: Client, speech: Speech) -> None:
    assert "/desk/gather/outline/" in client.get("/structure/").content.decode()
