"""The results page, with the real engine over a real index."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from search import rebuild_index
from tests.pages.variety import store_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(speech: Speech, other: Speech) -> list[Speech]:
    rebuild_index()
    return [speech, other]


def read(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:500]
    return lxml_html.document_fromstring(response.content.decode())


def find_facet_links(page, name: str) -> dict[str, str]:
    links = page.xpath(f"//aside//a[contains(@href, '{name}=')]")
    return {link.text_content(): link.get("href") for link in links}


def test_it_shows_hits_as_marked_passages_with_their_path(
    client: Client, indexed: list[Speech]
) -> None:
    page = read(client, "/search/?q=“代表家站”")
    (hit,) = page.xpath("//li[@data-hit-item]")
    assert "代表家站" in hit.xpath(".//mark/text()")
    assert "二、发展全过程人民民主" in hit.xpath("string(.//p[contains(@class, 'passage-path')])")


def test_a_hit_leads_to_the_marked_words_in_the_speech(
    client: Client, indexed: list[Speech]
) -> None:
    page = read(client, "/search/?q=“轮流坐班”&unit=section")
    (link,) = page.xpath("//li[@data-hit-item]//p[contains(@class, 'passage-text')]/a/@href")
    parts = urlsplit(link)
    assert parse_qs(parts.query)["q"] == ["“轮流坐班”"]
    speech_page = read(client, f"{parts.path}?{parts.query}")
    assert speech_page.xpath("//*[@data-text]//mark/text()") == ["轮流坐班"]
    assert speech_page.xpath(f"//*[@id='{parts.fragment}']")


def test_it_counts_facets_and_narrows_by_them(client: Client, indexed: list[Speech]) -> None:
    page = read(client, "/search/?q=代表")
    years = find_facet_links(page, "year")
    assert {"2021", "2023"} <= set(years)
    narrowed = read(client, f"/search/{years['2021']}")
    assert len(narrowed.xpath("//li[@data-hit-item]")) == 1
    (chip,) = narrowed.xpath("//a[@class='chip']/@href")
    assert len(read(client, f"/search/{chip}").xpath("//li[@data-hit-item]")) == 2


def test_it_keeps_the_query_while_unit_and_order_are_chosen(
    client: Client, indexed: list[Speech]
) -> None:
    page = read(client, "/search/?q=代表&unit=section&sort=-date")
    current = page.xpath("//*[@class='switch']//a[@aria-current]/text()")
    assert current == ["按段落", "从新到旧"]
    assert page.xpath("//form//input[@name='unit']/@value") == ["section"]
    others = page.xpath("//*[@class='switch']//a[not(@aria-current)]/@href")
    assert all("q=%E4%BB%A3%E8%A1%A8" in link for link in others)


def test_it_shows_where_a_query_can_not_be_read(client: Client, indexed: list[Speech]) -> None:
    response = client.get("/search/?q=代表 (履职")
    assert response.status_code == 400
    page = lxml_html.document_fromstring(response.content.decode())
    assert page.xpath("//*[@id='fault']")
    assert "代表 (履职" in "".join(page.xpath("//*[@class='faulty']")[0].itertext())
    assert page.xpath("//input[@name='q']/@value") == ["代表 (履职"]


def test_an_empty_result_says_what_was_searched_and_what_to_try(
    client: Client, indexed: list[Speech]
) -> None:
    page = read(client, "/search/?q=量子纠缠通信")
    words = page.text_content()
    assert "没有找到：量子纠缠通信" in words
    assert "已查 2 篇讲话" in words
    assert page.xpath("//section[@class='empty']//a")


def test_without_a_query_everything_can_be_browsed(client: Client, indexed: list[Speech]) -> None:
    assert len(read(client, "/search/").xpath("//li[@data-hit-item]")) == 2


def test_a_page_beyond_the_last_shows_the_last(client: Client, indexed: list[Speech]) -> None:
    page = read(client, "/search/?q=代表&page=999")
    assert len(page.xpath("//li[@data-hit-item]")) == 2


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "人" * 3000, "unit=x&sort=y&page=-1", "year=x&theme=nothing"]
)
def test_odd_parameters_break_nothing(client: Client, indexed: list[Speech], query: str) -> None:
    assert client.get(f"/search/?{query}").status_code in {200, 400}


def test_what_is_asked_is_shown_and_never_run(client: Client, indexed: list[Speech]) -> None:
    words = client.get("/search/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in words


def test_it_asks_the_database_as_often_for_many_hits_as_for_few(
    client: Client, indexed: list[Speech], django_assert_max_num_queries, forget_kept
) -> None:
    client.get("/search/?q=代表")
    forget_kept()
    with django_assert_max_num_queries(20) as few:
        client.get("/search/?q=代表")
    count = len(few)
    assert count > 0
    store_many(6)
    rebuild_index()
    client.get("/search/?q=代表")
    forget_kept()
    with django_assert_max_num_queries(count):
        client.get("/search/?q=代表")
