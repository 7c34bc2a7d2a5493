from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.pages.study_views import VIEWS, list_views
from corpus_app.research.tabs import find_search
from search import SearchRequest, run_search
from search.index.indexing import index_speeches
from search.trends import TrendRequest
from tests.research.conftest import read
from tests.search.factories import make_theme, mention_slogan, tag_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("view", ["/search/", "/concordance/"])
def test_the_tabs_carry_query_and_facets_along(
    client: Client, corpus: dict[str, Speech], view: str
) -> None:
    page = read(client, f"{view}?q=代表家站&level=county")
    links = {a.text_content(): a.get("href") for a in page.xpath("//nav[@class='view-tabs']//a")}
    assert list(links) == [str(each.label) for each in VIEWS.values()]
    for link in links.values():
        shown = read(client, link)
        assert "代表家站" in shown.xpath("//title")[0].text_content()
        assert [chip.text_content()[:2] for chip in shown.xpath("//a[@class='chip']")] == ["县级"]


def test_a_trend_leads_back_to_what_it_counts(corpus: dict[str, Speech]) -> None:
    one = find_search(TrendRequest(("代表家站",)))
    two = find_search(TrendRequest(("代表家站", "监督"), filters=SearchRequest(text="讲话")))
    assert run_search(one).total == 2
    assert run_search(two).total == 3


def test_an_unreadable_expression_is_carried_as_it_is() -> None:
    assert find_search(TrendRequest(("代表 (",))).text == "代表 ("


def test_without_a_query_the_tabs_are_bare() -> None:
    tabs = list_views(SearchRequest(), "trends")
    assert [tab.url for tab in tabs] == [f"/{name}/" for name in VIEWS]
    assert [tab.label for tab in tabs if tab.current] == ["趋势"]


def test_a_hit_list_offers_the_other_views_of_its_query(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/search/?q=代表家站&level=county&sort=date&page=1")
    links = page.xpath("//p[@class='other-views']/a/@href")
    studied = [view for view in VIEWS.values() if view.needs_query and view.name != "search"]
    assert [link.split("?")[0] for link in links] == [f"/{view.name}/" for view in studied]
    assert all("level=county" in link and "sort=" not in link for link in links)
    assert not read(client, "/search/?level=county").xpath("//p[@class='other-views']")


def test_the_home_page_names_every_view(client: Client, corpus: dict[str, Speech]) -> None:
    links = read(client, "/").xpath("//ul[contains(@class, 'study-views')]//a/@href")
    assert links == [f"/{name}/" for name in VIEWS if name != "search"]


@pytest.mark.parametrize("address", [f"/{name}/" for name in VIEWS])
def test_the_main_navigation_counts_them_as_searching(
    client: Client, corpus: dict[str, Speech], address: str
) -> None:
    (entry,) = read(client, address).xpath("//nav[@aria-label='主导航']//a[@aria-current]")
    assert entry.text_content() == "检索"


def test_themes_and_slogans_lead_to_their_trends(client: Client, corpus: dict[str, Speech]) -> None:
    tag_section(corpus["second"], "1", make_theme("station", "代表家站"))
    index_speeches([corpus["second"].pk])
    page = read(client, "/themes/station/")
    (link,) = page.xpath("//p[contains(@class, 'chart-more')]/a/@href")
    rows = read(client, link).xpath("//table[@class='trend-table']/tbody/tr[last()]/td")
    assert rows[0].text_content().strip() == "1"
    mention = mention_slogan(corpus["first"], "办好代表家站")
    index_speeches([corpus["first"].pk])
    page = read(client, f"/slogans/{mention.slogan_id}/")
    (link,) = page.xpath("//p[contains(@class, 'chart-more')]/a/@href")
    rows = read(client, link).xpath("//table[@class='trend-table']/tbody/tr[last()]/td")
    assert rows[0].text_content().strip() == "1"
