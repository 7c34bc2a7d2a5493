from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.limits import INTERNAL
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme
from search.index.indexing import index_speeches
from tests.search.factories import Part, make_speech

pytestmark = pytest.mark.django_db


def ask(client: Client, typed: str) -> list[dict[str, Any]]:
    return client.get("/suggest/", {"q": typed}).json()["items"]


def test_pinyin_initials_find_a_theme_with_its_page(
    client: Client, corpus: dict[str, Speech]
) -> None:
    theme = Theme.objects.create(slug="whole-process", name="全过程人民民主")
    item = ask(client, "qgcrmmz")[0]
    assert item["text"] == "全过程人民民主"
    assert item["kind"] == "主题"
    assert item["url"] == f"/themes/{theme.slug}/"
    assert (item["start"], item["end"]) == (0, 7)


def test_each_offer_leads_to_a_page_that_is_there(
    client: Client, corpus: dict[str, Speech]
) -> None:
    items = ask(client, "县") + ask(client, "讲话") + ask(client, "青芜")
    assert {item["kind"] for item in items} == {"单位", "讲话"}
    for item in items:
        assert client.get(item["url"]).status_code == 200
        assert client.get("/search/", {"q": item["query"]}).status_code == 200


def test_only_what_is_published_is_offered(client: Client, corpus: dict[str, Speech]) -> None:
    assert ask(client, "草稿") == []
    Slogan.objects.create(text="无处可见的提法", kind="counted")
    assert ask(client, "无处可见") == []


def test_what_is_published_later_is_offered_at_once(
    client: Client, corpus: dict[str, Speech]
) -> None:
    assert ask(client, "桐坞") == []
    index_speeches([make_speech("在桐坞县的讲话", [Part("", "代表。")]).pk])
    assert [item["text"] for item in ask(client, "桐坞")] == ["在桐坞县的讲话"]


def test_a_title_of_several_speeches_is_offered_as_long_as_one_of_them_may_be_seen(
    client: Client, corpus: dict[str, Speech]
) -> None:
    same = [make_speech("在桐坞县的讲话", [Part("", "代表。")]).pk for _ in range(2)]
    index_speeches(same)
    for hidden, texts in ((0, ["在桐坞县的讲话"]), (1, ["在桐坞县的讲话"]), (2, [])):
        Speech.objects.filter(pk__in=same[:hidden]).update(access=INTERNAL)
        assert [item["text"] for item in ask(client, "桐坞")] == texts


@pytest.mark.parametrize("typed", ["", " ", "字" * 500, "\x00", "'\"<>&", "%00"])
def test_odd_typing_is_answered(client: Client, corpus: dict[str, Speech], typed: str) -> None:
    assert client.get("/suggest/", {"q": typed}).status_code == 200


def test_it_is_kept_by_nobody_and_starts_no_session(
    client: Client, corpus: dict[str, Speech]
) -> None:
    response = client.get("/suggest/", {"q": "代表"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_typing_on_asks_the_database_only_who_may_see_what_was_found(
    client: Client, corpus: dict[str, Speech], django_assert_max_num_queries: Any
) -> None:
    ask(client, "代")
    with django_assert_max_num_queries(3):
        ask(client, "代表")
