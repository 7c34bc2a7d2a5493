"""Themes: the tree and the page of one."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html as lxml_html

from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import withdraw_speech
from corpus_app.themes.models import Theme
from corpus_app.themes.tagging import retag_all
from search import rebuild_index
from tests.pages.variety import store_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(speech: Speech) -> Theme:
    above = Theme.objects.create(slug="work", name="依法履职", order=1)
    theme = Theme.objects.create(
        slug="station", name="代表家站与“最后一公里”", parent=above, description="家站建设与运行。"
    )
    theme.terms.create(text="代表家站", weight=3)
    theme.terms.create(text="站点", weight=1)
    theme.terms.create(text="火车站", excluded=True)
    retag_all()
    return theme


def read(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return lxml_html.document_fromstring(response.content.decode())


def test_the_tree_tells_why_it_counts_more_sections_than_a_search(
    client: Client, theme: Theme
) -> None:
    head = read(client, "/themes/").xpath("string(//header[@class='page-head'])")
    assert "各算一段" in head
    assert "只数下级" in head


def test_the_tree_shows_children_below_their_parent_with_counts(
    client: Client, theme: Theme
) -> None:
    page = read(client, "/themes/")
    branch = page.xpath("//section[h2/a[@href='/themes/work/']]")[0]
    leaf = branch.xpath(".//li[a[@href='/themes/station/']]")[0]
    assert "1 篇" in leaf.text_content()


def test_the_page_shows_description_terms_and_marked_passages(
    client: Client, theme: Theme, speech: Speech
) -> None:
    page = read(client, "/themes/station/")
    words = page.text_content()
    assert "家站建设与运行" in words
    assert page.xpath("//del/text()") == ["火车站"]
    assert "代表家站" in page.xpath("//article//mark/text()")
    (key, *_) = [link.split("#")[1] for link in page.xpath("//article//a/@href") if "#" in link]
    assert speech.current.sections.filter(key=key).exists()


def test_each_bar_leads_to_the_passages_of_its_year(client: Client, theme: Theme) -> None:
    page = read(client, "/themes/station/")
    links = page.xpath("//*[local-name()='svg']//a/@href")
    assert len(links) == 1
    assert "year=2023" in links[0]
    assert "unit=section" in links[0]
    # The table for those who can't see bars leads to the same place.
    assert page.xpath("//figure//td/a/@href") == links


def test_a_bar_holds_as_many_passages_as_its_link_finds(client: Client, theme: Theme) -> None:
    rebuild_index()
    (bar,) = read(client, "/themes/station/").xpath("//*[local-name()='svg']//a")
    found = read(client, bar.get("href")).xpath("//li[@data-hit-item]")
    assert len(found) == int(bar.xpath("string(.//*[@class='bar-count'])"))
    assert found


def test_it_shows_nothing_of_what_was_withdrawn(
    client: Client, theme: Theme, speech: Speech
) -> None:
    withdraw_speech(speech)
    page = read(client, "/themes/station/")
    assert not page.xpath("//article")
    assert "还没有这一主题的段落" in page.text_content()


def test_an_unknown_theme_is_not_found(client: Client) -> None:
    assert client.get("/themes/nothing/").status_code == 404


def test_it_asks_the_database_as_often_for_many_passages_as_for_few(
    client: Client, theme: Theme, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(16) as few:
        client.get("/themes/station/")
    store_many(6)
    retag_all()
    with django_assert_max_num_queries(len(few)):
        client.get("/themes/station/")
