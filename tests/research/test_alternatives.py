"""Synonyms and near spellings, as the search page offers them."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.research.alternatives import list_slips, list_spellings, list_synonyms
from corpus_app.themes.models import Theme
from search import SearchRequest, run_search
from tests.research.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _theme(db: None) -> None:
    Theme.objects.create(slug="whole-process", name="全过程人民民主")


def ask(text: str) -> SearchRequest:
    return SearchRequest(text=text)


def test_a_term_with_synonyms_offers_them_with_what_they_find(corpus: dict[str, Speech]) -> None:
    (offer,) = list_synonyms(ask("人代会")).offered
    assert offer.words == "人民代表大会会议"
    assert offer.count == 1
    assert "口头简称" in offer.note


def test_following_the_offer_asks_for_both_and_offers_the_way_back(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/search/?q=人代会")
    (link,) = page.xpath("//p[contains(@class, 'wordings')]/a/@href")
    widened = read(client, f"/search/{link}")
    assert "已并查 人民代表大会会议" in " ".join(widened.text_content().split())
    assert not widened.xpath("//p[contains(., '也可查')]")
    (back,) = widened.xpath("//p[contains(@class, 'wordings')]/a/@href")
    assert read(client, f"/search/{back}").xpath("//input[@id='q']/@value") == ["人代会"]


def test_the_rest_of_the_query_and_the_facets_stay(corpus: dict[str, Speech]) -> None:
    request = SearchRequest(text="“人代会” 法定 -预算", level=("prefecture",))
    (offer,) = list_synonyms(request).offered
    assert "level=prefecture" in offer.url
    assert offer.count == 1
    assert list_synonyms(SearchRequest(text="人代会", level=("county",))).offered == []


@pytest.mark.parametrize("text", ["", "(", "-人代会", "监督", "日期:2020", "标题:人代会"])
def test_nothing_is_offered_where_nothing_fits(corpus: dict[str, Speech], text: str) -> None:
    assert list_synonyms(ask(text)).offered == []


@pytest.mark.parametrize("text", ["“全过成人民民主”", "“全过成人民民主” -预算"])
def test_a_slip_in_a_query_without_hits_is_mended(corpus: dict[str, Speech], text: str) -> None:
    assert run_search(ask(text)).total == 0
    (offer, *_rest) = list_spellings(ask(text))
    assert offer.words == "全过程人民民主"
    assert offer.count == 1


def test_the_empty_page_leads_to_the_near_spelling(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/search/?q=“全过成人民民主”")
    (link,) = page.xpath("//a[@class='near-spelling']/@href")
    assert read(client, f"/search/{link}").xpath("//li[@data-hit-item]")


def test_no_spelling_without_hits_is_proposed(corpus: dict[str, Speech]) -> None:
    Theme.objects.create(slug="tide", name="潮汐观测办法")
    assert list_spellings(ask("“潮夕观测办法”")) == []


def test_a_bare_slip_is_told_though_its_words_are_found(corpus: dict[str, Speech]) -> None:
    slip = ask("全过成人民民主")
    assert [offer.words for offer in list_slips(slip)] == ["全过程人民民主"]
    assert list_slips(ask("全过程人民民主")) == []
    assert list_slips(ask("监督")) == []
