"""Collocates, forms, keywords and word lists as pages, with a real index."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from search.index.indexing import index_speeches
from tests.research.conftest import read, read_body
from tests.search.factories import make_speech, mention_slogan

pytestmark = pytest.mark.django_db

REPEATED = "坚持人民代表大会制度，坚持依法监督，"


@pytest.fixture
def speeches(corpus: dict[str, Speech]) -> dict[str, Speech]:
    """Beside the corpus one speech of 2021, where words come again."""
    text = REPEATED * 6 + "要做到五个坚持和十个坚持。十個坚持要落实。"
    corpus["fourth"] = make_speech("在苇原区会议上的讲话", [text], date="2021-03", level="county")
    mention_slogan(corpus["fourth"], "五个坚持")
    index_speeches([corpus["fourth"].pk])
    return corpus


def list_rows(page: Any) -> dict[str, list[str]]:
    """Return the figures of each row by its name."""
    return {
        row.xpath("string(./th)").strip(): [td.text_content().strip() for td in row.xpath("./td")]
        for row in page.xpath("//table[contains(@class, 'count-table')]/tbody/tr")
    }


def follow(client: Client, page: Any, name: str) -> Any:
    """Return the page that a row's name leads to."""
    return read(client, page.xpath(f"//table//th[normalize-space()='{name}']/a/@href")[0])


def count_told(page: Any) -> int:
    return int(page.xpath("//p[@role='status']//b")[0].text_content())


def tell(page: Any) -> str:
    return " ".join(each.text_content() for each in page.xpath("//*[contains(@class, 'notice')]"))


def test_a_collocate_leads_to_the_lines_of_the_pair(
    client: Client, speeches: dict[str, Speech]
) -> None:
    page = read(client, "/collocates/?q=人民代表大会&measure=count&window=2&side=right")
    assert list_rows(page)["坚持"][0] == "6"
    lines = follow(client, page, "坚持")
    assert count_told(lines) >= 6
    assert "相距不超过 8 字" in lines.text_content()


def test_every_form_leads_to_as_many_lines_as_it_has(
    client: Client, speeches: dict[str, Speech]
) -> None:
    page = read(client, "/forms/?q=正则:/[一二三四五十]个坚持|十個坚持/")
    rows = list_rows(page)
    assert {name: cells[0] for name, cells in rows.items()} == {"五个坚持": "1", "十个坚持": "2"}
    for name, cells in rows.items():
        assert count_told(follow(client, page, name)) == int(cells[0])
    prefixed = read(client, "/forms/?q=人民*")
    for name, cells in list_rows(prefixed).items():
        assert count_told(follow(client, prefixed, name)) == int(cells[0])


def test_keywords_of_a_year_stand_beside_those_of_another(
    client: Client, speeches: dict[str, Speech]
) -> None:
    page = read(client, "/keywords/?year=2021&reference_year_to=2020&which=new&least=1&repeats=all")
    rows = list_rows(page)
    # A set expression is one word, and the speech of 2023 is on neither side.
    assert rows["五个坚持"][:2] == ["1", "0"]
    assert rows["依法监督"][:2] == ["6", "0"]
    assert "碰硬" not in rows
    once = list_rows(read(client, "/keywords/?year=2021&reference_year=2020&which=new&least=1"))
    assert once["依法监督"][0] == "6"  # lines of fewer than twelve characters count each time


def test_two_sides_that_overlap_or_are_empty_are_told(
    client: Client, speeches: dict[str, Speech]
) -> None:
    both = read(client, "/keywords/?year_from=2020&reference_year=2021")
    assert "有 1 篇既在甲里又在乙里" in tell(both)
    empty = read(client, "/keywords/?year=2021&reference_year=1999")
    assert "乙里一篇讲话也没有" in tell(empty)
    nothing = read(client, "/keywords/?q=没有这样的话")
    assert "甲里一篇讲话也没有" in tell(nothing)
    whole = read(client, "/keywords/")
    assert "乙里一篇讲话也没有" in tell(whole)


def test_strings_of_a_subcorpus_lead_to_their_places(
    client: Client, speeches: dict[str, Speech]
) -> None:
    page = read(client, "/ngrams/?year=2021&unit=char&least=6")
    rows = list_rows(page)
    assert rows["坚持人民代表大会制度"][:2] == ["10", "6"]
    assert "人民代表" not in rows
    assert count_told(follow(client, page, "坚持人民代表大会制度")) == 6
    assert "只有一篇讲话" in tell(page)


def test_a_query_that_names_no_words_or_is_wrong_says_so(
    client: Client, speeches: dict[str, Speech]
) -> None:
    assert "没有可以逐处计数的词语" in read(client, "/forms/?q=级别:县级").text_content()
    assert "没有出现" in read(client, "/collocates/?q=没有这样的话").text_content()
    for view in ("collocates", "forms", "keywords", "ngrams"):
        assert read(client, f"/{view}/?q=代表 (", 400).xpath("//*[@id='fault']")


@pytest.mark.parametrize("view", ["collocates", "forms", "keywords", "ngrams"])
def test_each_is_a_file_too(client: Client, speeches: dict[str, Speech], view: str) -> None:
    query = f"/{view}/export/?q=坚持&least=1&measure=count"
    told = json.loads(read_body(client.get(f"{query}&format=json")))
    assert told["rows"]
    assert all(len(row) == len(told["columns"]) for row in told["rows"])
    assert dict(told["about"])["语料库版本"]
    assert read_body(client.get(f"{query}&format=xlsx"))[:2] == b"PK"
    assert told["columns"][0] in read_body(client.get(query)).decode()
