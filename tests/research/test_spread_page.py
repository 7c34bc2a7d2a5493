"""The page of an expression's life and its neighbours in the interface, with a real index."""

from __future__ import annotations

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from corpus_app.research.spread_page import describe_lag
from tests.research.conftest import read
from tests.search.factories import mention_slogan

pytestmark = pytest.mark.django_db


def test_every_point_leads_to_its_passage_and_every_number_to_its_lines(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/spread/?q=“代表家站”")
    (first,) = page.xpath("//p[contains(@class, 'first-seen')]/a/@href")
    assert first.startswith(f"/speeches/{corpus['first'].pk}/")
    assert "代表家站" in read(client, first.split("#")[0]).xpath("//*[@data-text]//mark/text()")
    rows = page.xpath("//section[h2/@id='levels']//tbody/tr")
    assert [row.xpath("string(th)") for row in rows] == ["市级", "县级"]
    assert [" ".join(row.xpath("string(td[2])").split()) for row in rows] == [
        "晚 22 个月至 23 个月",
        "最早",
    ]
    (lines,) = rows[0].xpath("./td[@class='number']/a/@href")
    assert "共出现 2 次" in " ".join(
        read(client, lines).xpath("string(//p[@role='status'])").split()
    )
    assert "1/2" in page.xpath("string(//ul[contains(@class, 'heading-ranks')])")
    assert "看不出兴衰" in page.text_content()
    told = client.get("/api/v1/spread", {"q": "“代表家站”"}).json()
    assert told["first"]["point"]["speech"] == corpus["first"].pk
    assert told["turns"] is None
    assert client.get(told["levels"][0]["places"]).json()["total"] == 2
    assert client.get("/spread/export/?q=代表家站&format=xlsx").status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("q=量子纠缠", 200, "没有出现：量子纠缠"),
        ("q=代表 (", 400, "检索式第"),
        ("", 200, "一个说法从哪里来"),
        ("q=日期:2023", 200, "没有可以逐处计数的词语"),
        ("q=“碰硬”", 200, "只出现一次"),
        ("q=“代表家站”", 200, "不能说此前没有这个说法"),
    ],
)
def test_it_says_what_it_cannot_tell(
    client: Client, corpus: object, query: str, status: int, told: str
) -> None:
    assert told in read(client, f"/spread/?{query}", status).text_content()


def test_a_lag_is_as_precise_as_the_dates() -> None:
    assert describe_lag((12, 12)) == "晚 12 天"
    assert describe_lag((-5, 26)) == "先后不明，至多晚 26 天"
    assert describe_lag((0, 0)) == describe_lag((-30, 0)) == "最早"
    assert describe_lag((30, 400)) == "晚 30 天至 13 个月"
    assert describe_lag(None) == ""


def test_a_set_expression_leads_to_its_life(client: Client, corpus: dict[str, Speech]) -> None:
    mention = mention_slogan(corpus["first"], "办好代表家站")
    links = read(client, f"/slogans/{mention.slogan_id}/").xpath(
        "//p[@class='other-views']/a/@href"
    )
    assert any(link.startswith("/spread/?q=") for link in links)
