"""The list of speeches: order, filters, pages, and a fixed number of queries."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from corpus_app.pages import speech_list
from tests.pages.variety import store_many

pytestmark = pytest.mark.django_db


def read(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return lxml_html.document_fromstring(response.content.decode())


def list_titles(page) -> list[str]:
    return page.xpath("//*[contains(@class, 'speech-line-title')]/text()")


def test_it_lists_published_speeches_by_year_newest_first(
    client: Client, speech: Speech, other: Speech, draft: Speech
) -> None:
    page = read(client, "/speeches/")
    assert list_titles(page) == [speech.title, other.title]
    years = [heading.text_content().split()[0] for heading in page.xpath("//section/h2")]
    assert years == ["2023", "2021"]


def test_it_narrows_by_year_and_offers_the_way_back(
    client: Client, speech: Speech, other: Speech
) -> None:
    page = read(client, "/speeches/?year=2021")
    assert list_titles(page) == [other.title]
    assert page.xpath("//a[contains(@class, 'chip')]/@href") == ["?"]


def test_it_counts_each_filter_under_the_others(
    client: Client, speech: Speech, other: Speech
) -> None:
    Speech.objects.filter(pk=speech.pk).update(level="county")
    Speech.objects.filter(pk=other.pk).update(level="prefecture")
    page = read(client, "/speeches/?level=county")
    years = page.xpath("//aside//details[1]//li/a/text()")
    assert years == ["2023"]
    levels = page.xpath("//aside//a[contains(@href, 'level=')]/text()")
    assert "市级" in levels


@pytest.mark.parametrize("query", ["year=x", "year=99999999999", "organisation=a", "level=zz"])
def test_it_says_so_where_nothing_fits(client: Client, speech: Speech, query: str) -> None:
    page = read(client, f"/speeches/?{query}")
    assert "没有符合条件的讲话" in page.text_content()


def test_it_parts_the_list_into_pages(
    client: Client, speech: Speech, other: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_list, "PER_PAGE", 1)
    first = read(client, "/speeches/")
    assert list_titles(first) == [speech.title]
    assert first.xpath("//a[@rel='next']/@href") == ["?page=2"]
    assert list_titles(read(client, "/speeches/?page=2")) == [other.title]


def test_it_asks_the_database_as_often_for_many_as_for_one(
    client: Client, speech: Speech, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8) as few:
        client.get("/speeches/")
    store_many(6)
    with django_assert_max_num_queries(len(few)):
        client.get("/speeches/")
