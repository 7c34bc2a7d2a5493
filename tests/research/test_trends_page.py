"""The trends page: panels, table, and where its points lead."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from tests.research.conftest import read

pytestmark = pytest.mark.django_db
QUERY = "/trends/?expression=代表家站&expression=监督"


def list_rows(page: Any) -> list[list[str]]:
    rows = page.xpath("//table[@class='trend-table']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_it_counts_each_year_without_holes(client: Client, corpus: dict[str, Speech]) -> None:
    rows = list_rows(read(client, QUERY))
    assert [row[0].split()[0] for row in rows] == ["2020", "2021", "2022", "2023", "合计"]
    assert [row[1] for row in rows] == ["1", "0", "2", "0", "3"]
    assert [row[2] for row in rows] == ["0", "0", "0", "1", "1"]


def test_it_counts_months_and_tells_what_no_month_holds(
    client: Client, corpus: dict[str, Speech]
) -> None:
    rows = list_rows(read(client, QUERY + "&period=month"))
    assert rows[0][:2] == ["2020-05 偏少", "1"]
    assert len(rows) == 23 + 2
    assert rows[-2][0] == "日期不够具体"


def test_each_expression_has_a_panel_on_one_scale(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, QUERY)
    panels = page.xpath("//figure[contains(@class, 'panel')]")
    assert [panel.xpath("string(figcaption)") for panel in panels] == ["代表家站", "监督"]
    scales = [panel.xpath(".//text[@class='tick-label']/text()") for panel in panels]
    assert scales == [["0", "1", "2"]] * 2
    # Behind its own bars, the other expression's line.
    assert all(len(panel.xpath(".//polyline")) == 1 for panel in panels)


def test_a_bar_leads_to_the_occurrences_it_counts(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, QUERY)
    bars = page.xpath("(//figure)[1]//a[@class='bar']")
    assert len(bars) == 2
    assert "2022：2 次，见于 1 篇" in bars[1].get("aria-label")
    lines = read(client, bars[1].get("href")).xpath("//td[@class='kwic-key']/a")
    assert [line.text_content() for line in lines] == ["代表家站"] * 2
    assert len({line.get("href") for line in lines}) == 2
    assert all("hl=" in line.get("href") for line in lines)


def test_a_number_of_the_table_leads_there_too(client: Client, corpus: dict[str, Speech]) -> None:
    for measure, listed in (
        ("count", "//td[@class='kwic-key']"),
        ("speeches", "//li[@data-hit-item]"),
    ):
        page = read(client, f"{QUERY}&period=month&measure={measure}")
        links = page.xpath("//table[@class='trend-table']//td/a")
        assert links
        for link in links:
            count = int(link.text_content())
            assert len(read(client, link.get("href")).xpath(listed)) == count


def test_a_point_among_narrowed_texts_leads_to_its_speeches(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, QUERY + "&q=代表大会")
    (link,) = page.xpath("(//figure)[1]//a[@class='bar']/@href")
    assert len(read(client, link).xpath("//li[@data-hit-item]")) == 1


def test_thin_periods_are_drawn_hollow_and_explained(
    client: Client, corpus: dict[str, Speech]
) -> None:
    thin = read(client, QUERY)
    assert thin.xpath("//figure//*[@class='bar-thin']")
    assert not thin.xpath("//figure//*[@class='bar-body']")
    assert "不足 3 篇或 10,000 字" in thin.text_content()
    full = read(client, QUERY + "&min_speeches=0&min_characters=0")
    assert full.xpath("//figure//*[@class='bar-body']")
    assert "空心柱" not in full.text_content()


@pytest.mark.parametrize(
    ("measure", "expected"), [("count", "2"), ("speeches", "1"), ("rate", "308")]
)
def test_it_shows_the_measure_asked_for(
    client: Client, corpus: dict[str, Speech], measure: str, expected: str
) -> None:
    # Two places among 65 characters.
    page = read(client, f"{QUERY}&measure={measure}")
    assert list_rows(page)[2][1] == expected


def test_choices_keep_the_rest_of_the_address(client: Client, corpus: dict[str, Speech]) -> None:
    page = read(client, QUERY + "&period=month&measure=rate&level=county&q=代表")
    for link in page.xpath("//ul[@class='switch']//a/@href"):
        assert "level=county" in link
        assert link.count("expression=") == 2
    assert page.xpath("//ul[@class='switch']//a[@aria-current]/text()") == ["按月", "每万字次数"]
    assert page.xpath("//textarea/text()")[0].split() == ["代表家站", "监督"]


def test_an_expression_that_can_not_be_counted_is_told(
    client: Client, corpus: dict[str, Speech]
) -> None:
    assert "只计篇数" in read(client, "/trends/?expression=级别:county").text_content()


@pytest.mark.parametrize(
    "query",
    ["expression=代表 (", "expression=代表&q=(", "&".join(f"expression=词{n}" for n in range(9))],
)
def test_what_can_not_be_read_is_told(
    client: Client, corpus: dict[str, Speech], query: str
) -> None:
    page = read(client, f"/trends/?{query}", status=400)
    assert page.xpath("//*[@id='fault']")
    assert page.xpath("//textarea/text()")


@pytest.mark.parametrize("query", ["", "expression=", "period=day&measure=x&expression=代表"])
def test_odd_parameters_break_nothing(
    client: Client, corpus: dict[str, Speech], query: str
) -> None:
    assert client.get(f"/trends/?{query}").status_code == 200


def test_a_corpus_without_dates_has_its_word(client: Client, index_folder: Any, db: None) -> None:
    assert "没有带日期的讲话" in read(client, "/trends/?expression=代表").text_content()
