"""What a first sighting and a count over time are worth is said beside them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html

import search
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from tests.places import ROOT
from tests.search.factories import make_speech, make_theme, mention_slogan, tag_section

pytestmark = pytest.mark.django_db
YEARS = {"1954": 2, "1957": 1, "1990": 1, "1992": 3}


@pytest.fixture(autouse=True)
def decades(db: None) -> list[Speech]:
    """Speeches of four years and one without a date; from 1990 on they say 民生实事."""
    made = []
    for year, count in YEARS.items():
        words = "办好民生实事。" if year >= "1990" else "办好各项事情。"
        made += [make_speech(f"{year}年报告{at}", [words], date=year) for at in range(count)]
    made.append(make_speech("没有日期的报告", ["也办民生实事，民生实事。"]))
    theme = make_theme("shishi", "民生实事")
    for one in made:
        assert one.current
        if "民生实事" in one.current.text:
            mention_slogan(one, "民生实事")
            tag_section(one, "1", theme)
    Slogan.objects.update(registered=True)
    search.rebuild_index()
    return made


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    page = lxml_html.document_fromstring(response.content.decode())
    return re.sub(r"\s+", " ", page.xpath("string(//main)"))


def find_slogan() -> Slogan:
    return Slogan.objects.get(text="民生实事")


def test_trends_say_how_much_is_from_before_what_is_undated_and_where_nothing_is(
    client: Client,
) -> None:
    page = read(client, "/trends/?expression=民生实事&expression=办好")
    assert "“民生实事”首见于 1990，所查文稿中有 3 篇早于此。" in page
    assert "“办好”首见于 1954，所查文稿中没有更早的。" in page
    assert "日期不详的 1 篇不在图中，其中：“民生实事”2 次" in page
    assert "没有文稿的时期：1955—1956、1958—1989、1991。" in page


@pytest.mark.parametrize("address", ["slogan", "theme"])
def test_the_page_of_a_slogan_or_theme_says_so_too(client: Client, address: str) -> None:
    url = find_slogan().get_absolute_url() if address == "slogan" else "/themes/shishi/"
    page = read(client, url)
    assert "首见于 1990 年，库中有 3 篇早于此年。" in page
    assert "日期不详：1 处。" in page
    assert "没有文稿的年份：1955—1956、1958—1989、1991。" in page


def test_where_nothing_is_older_a_first_sighting_proves_nothing(client: Client) -> None:
    Speech.objects.filter(date_start__year__lt=1990).delete()
    search.rebuild_index()
    assert "库中没有更早的文稿，不能说此前没有" in read(client, find_slogan().get_absolute_url())
    assert " 无 1990 1992" in read(client, "/slogans/")
    answer = client.get(f"/api/v1/slogans/{find_slogan().pk}").json()
    assert answer["earlier_speeches"] == 0


def test_the_list_and_the_interface_count_what_is_older(client: Client) -> None:
    assert " 3 1990 1992" in read(client, "/slogans/")
    answer = client.get(f"/api/v1/slogans/{find_slogan().pk}").json()
    assert (answer["first_date"], answer["earlier_speeches"]) == ("1990", 3)


def test_a_concordance_says_what_is_undated_and_where_nothing_is(client: Client) -> None:
    page = read(client, "/concordance/?q=民生实事")
    assert "没有日期的讲话里有 2 次。" in page
    assert "全库没有文稿的年份：1955—1956、1958—1989、1991；这些年没有出现，不是零。" in page
    assert client.get("/api/v1/concordance?q=民生实事").json()["undated"] == 2


@pytest.mark.parametrize(("unit", "undated"), [("speech", 1), ("section", 1)])
def test_the_years_of_a_search_say_how_many_hits_are_of_none(
    client: Client, unit: str, undated: int
) -> None:
    said = f"另有 {undated} 条日期不详，不在任何一年里"
    assert said in read(client, f"/search/?q=民生实事&unit={unit}")
    assert "条日期不详" not in read(client, f"/search/?q=民生实事&unit={unit}&year=1990")
    assert "条日期不详" not in read(client, "/search/?q=各项事情")


def list_number_pages() -> list[str]:
    names = ("home", "search", "concordance", "trends", "speech_list", "theme_list", "slogan_list")
    pages = [reverse(name) for name in (*names, "outline_bench", "parallels", "api:docs")]
    return [*pages, "/search/?q=民生", "/trends/?expression=民生", "/concordance/?q=民生"]


def test_every_page_with_numbers_leads_to_what_they_mean(client: Client) -> None:
    for address in [*list_number_pages(), find_slogan().get_absolute_url(), "/themes/shishi/"]:
        assert 'href="/numbers/"' in client.get(address).content.decode(), address


def test_the_page_says_what_the_guide_says(client: Client) -> None:
    guide = (ROOT / "docs" / "research.md").read_text("utf-8")
    table = guide.split("## 这里的数是什么意思")[1]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", table, re.M)[2:]
    assert len(rows) == 4
    page = read(client, "/numbers/").replace("`", "")
    for row in rows:
        for cell in row:
            assert cell.replace("`", "") in page
