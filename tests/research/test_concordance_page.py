"""The concordance page, with real lines of a real index."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from search.index.indexing import index_speeches
from tests.research.conftest import read
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db


def list_lines(page: Any) -> list[list[str]]:
    rows = page.xpath("//table[contains(@class, 'kwic')]/tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("./td")[:3]] for row in rows]


def test_it_sets_each_place_between_its_neighbours(
    client: Client, corpus: dict[str, Speech]
) -> None:
    lines = list_lines(read(client, "/concordance/?q=“代表家站”"))
    assert [key for _left, key, _right in lines] == ["代表家站"] * 3
    assert lines[0][0].endswith("我们要办好")
    assert lines[0][2].startswith("，发展全过程")


def test_it_counts_places_and_speeches_and_never_a_draft(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/concordance/?q=“代表家站”")
    told = page.xpath("string(//p[@role='status'])")
    assert "共出现 3 次，见于 2 篇" in " ".join(told.split())
    assert "含“代表家站”原文" in page.text_content()


def test_a_line_leads_to_its_words_marked_in_the_speech(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/concordance/?q=“代表家站”")
    link = page.xpath("//td[@class='kwic-key']/a/@href")[0]
    parts = urlsplit(link)
    assert parse_qs(parts.query)["q"] == ["“代表家站”"]
    speech_page = read(client, f"{parts.path}?{parts.query}")
    assert "代表家站" in speech_page.xpath("//*[@data-text]//mark/text()")
    assert speech_page.xpath(f"//*[@id='{parts.fragment}']")


@pytest.mark.parametrize(
    ("collation", "expected"), [("pinyin", ["，发", "，群", "有了"]), ("stroke", None)]
)
def test_it_sorts_by_the_right_neighbour(
    client: Client, corpus: dict[str, Speech], collation: str, expected: list[str] | None
) -> None:
    page = read(client, f"/concordance/?q=“代表家站”&sort=right&collation={collation}")
    starts = [right[:2] for _left, _key, right in list_lines(page)]
    assert starts == expected if expected else sorted(starts)
    assert page.xpath("//select[@name='sort']/option[@selected]/@value") == ["right"]


def test_a_sample_is_said_to_be_one_and_can_be_drawn_again(
    client: Client, corpus: dict[str, Speech]
) -> None:
    address = "/concordance/?q=“代表家站”&sample=1&seed=7"
    first, second = read(client, address), read(client, address)
    assert list_lines(first) == list_lines(second)
    assert len(list_lines(first)) == 1
    assert "抽样列出 1 行（种子 7）" in " ".join(first.xpath("string(//p[@role='status'])").split())


def test_context_is_as_wide_as_asked(client: Client, corpus: dict[str, Speech]) -> None:
    lines = list_lines(read(client, "/concordance/?q=“发展”&context=10"))
    assert len(lines[0][0]) == 10


def test_a_facet_narrows_and_its_chip_undoes_it(client: Client, corpus: dict[str, Speech]) -> None:
    page = read(client, "/concordance/?q=“代表家站”&level=county&sort=left")
    assert len(list_lines(page)) == 1
    (chip,) = page.xpath("//a[@class='chip']")
    assert "县级" in chip.text_content()
    freed = read(client, f"/concordance/{chip.get('href')}")
    assert len(list_lines(freed)) == 3
    assert freed.xpath("//select[@name='sort']/option[@selected]/@value") == ["left"]


def test_the_form_carries_what_is_chosen(client: Client, corpus: dict[str, Speech]) -> None:
    page = read(client, "/concordance/?q=代表&year=2020&year=2022&unit=section")
    hidden = {(one.get("name"), one.get("value")) for one in page.xpath("//input[@type='hidden']")}
    assert {("year", "2020"), ("year", "2022"), ("unit", "section")} <= hidden
    page = read(client, "/concordance/?q=代表&year=2020")
    assert page.xpath("//option[@selected]/@value")[-2:] == ["2020", "2020"]
    assert not page.xpath("//input[@name='year']")


def test_a_query_without_words_is_explained(client: Client, corpus: dict[str, Speech]) -> None:
    page = read(client, "/concordance/?q=日期:2020").text_content()
    assert "没有可以逐处列出的词语" in page
    assert "共出现" not in page


def test_no_place_says_how_much_was_searched(client: Client, corpus: dict[str, Speech]) -> None:
    words = read(client, "/concordance/?q=量子纠缠").text_content()
    assert "没有出现：量子纠缠" in words
    assert "已查 3 篇" in words


def test_a_faulty_query_is_shown_with_its_place(client: Client, corpus: dict[str, Speech]) -> None:
    page = read(client, "/concordance/?q=代表 (履职", status=400)
    assert page.xpath("//*[@id='fault']")
    assert page.xpath("//input[@name='q']/@value") == ["代表 (履职"]


def test_a_page_beyond_the_last_shows_the_last(client: Client, corpus: dict[str, Speech]) -> None:
    assert len(list_lines(read(client, "/concordance/?q=“代表家站”&page=99"))) == 3


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=*",
        "context=x&sort=y&seed=z&sample=-1&q=a",
        "q=%00",
        "q=代表&seed=9" + "9" * 30,
        "q=a&year=x&theme=y",
        "q=" + "人" * 900,
    ],
)
def test_odd_parameters_break_nothing(
    client: Client, corpus: dict[str, Speech], query: str
) -> None:
    assert client.get(f"/concordance/?{query}").status_code == 200


def test_an_index_that_is_not_there_is_no_fault(client: Client, index_folder: Any) -> None:
    page = read(client, "/concordance/?q=代表")
    assert "索引" in page.xpath("string(//p[@class='site-status'])")


def test_it_asks_the_database_as_often_for_many_lines_as_for_few(
    client: Client, corpus: dict[str, Speech], django_assert_max_num_queries: Any, forget_kept: Any
) -> None:
    client.get("/concordance/?q=代表")
    forget_kept()
    with django_assert_max_num_queries(20) as few:
        client.get("/concordance/?q=代表")
    count = len(few)
    assert count > 0
    index_speeches([make_speech("题", ["代表" * 9], date=f"20{n}-01").pk for n in range(10, 20)])
    client.get("/concordance/?q=代表")
    forget_kept()
    with django_assert_max_num_queries(count):
        client.get("/concordance/?q=代表")


def test_what_is_asked_is_shown_and_never_run(client: Client, corpus: dict[str, Speech]) -> None:
    for address in ("/concordance/?q=", "/trends/?expression="):
        assert "<script>alert" not in client.get(f"{address}<script>alert(1)").content.decode()
