"""The entrance: what the corpus covers, and ways into it."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import withdraw_speech
from corpus_app.themes.models import Theme
from corpus_app.themes.tagging import retag_all
from tests.pages.variety import store_many

pytestmark = pytest.mark.django_db


def read(client: Client):
    response = client.get("/")
    assert response.status_code == 200
    return lxml_html.document_fromstring(response.content.decode())


def read_extent(page) -> str:
    return "".join(page.xpath("string(//*[contains(@class, 'extent')])").split())


def count_signs(speech: Speech) -> int:
    """Return the number of the speech's characters, white space aside."""
    return len("".join((speech.title + speech.subtitle + speech.current.text).split()))


def test_it_counts_published_speeches_only(
    client: Client, speech: Speech, other: Speech, draft: Speech
) -> None:
    characters = count_signs(speech) + count_signs(other)
    assert f"收讲话2篇，{characters:,}字，2021—2023年" in read_extent(read(client))


def test_it_counts_anew_when_a_speech_is_withdrawn(
    client: Client, speech: Speech, other: Speech
) -> None:
    read(client)
    withdraw_speech(other)
    assert f"收讲话1篇，{count_signs(speech):,}字" in read_extent(read(client))


def test_it_works_without_any_speech(client: Client) -> None:
    assert "还没有已发布的讲话" in read_extent(read(client))


def test_it_has_exactly_one_search_box(client: Client, speech: Speech) -> None:
    assert len(read(client).xpath("//input[@type='search']")) == 1


def test_it_leads_to_themes_speeches_and_slogans(client: Client, speech: Speech) -> None:
    theme = Theme.objects.create(slug="deputies", name="代表家站")
    theme.terms.create(text="代表家站", weight=3)
    retag_all()
    links = read(client).xpath("//main//a/@href")
    assert f"/speeches/{speech.pk}/" in links
    assert "/themes/deputies/" in links
    for address in links:
        if not address.startswith("/search/"):
            assert client.get(address).status_code == 200


def test_it_asks_the_database_as_often_for_many_as_for_one(
    client: Client, speech: Speech, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(6) as few:
        read(client)
    store_many(6)
    with django_assert_max_num_queries(len(few)):
        read(client)
