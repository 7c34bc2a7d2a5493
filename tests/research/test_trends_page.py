"""The trends page: panels, table, and where its points lead."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from corpus_app.catalog.models import Speech
from search.index.indexing import index_speeches
from search.trends import count_trend
from tests.research.conftest import read, read_body
from tests.search.factories import make_speech

pytestmark = pytest.mark.django_db
QUERY = "/trends/?expression=代表家站&expression=监督"


def list_rows(page: Any) -> list[list[str]]:
    rows = page.xpath("//table[@class='trend-table']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_it_counts_each_year_without_holes(client: Client, corpus: dict[str, Speech]) -> None:
    rows = list_rows(read(client, QUERY))
    assert [row[0].split()[0] for row in rows] == ["2020", "2021", "2022", "2023", "合计"]
    assert [row[1] for row in rows] == ["1", "—", "2", "0", "3"]
    assert [row[2] for row in rows] == ["0", "—", "0", "1", "1"]


def test_what_has_no_words_to_count_shows_speeches_and_no_false_zero(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, "/trends/?expression=日期:2022&expression=监督")
    assert {row[1] for row in list_rows(page)} == {"—"}
    first, second = (
        [gap.get("x") for gap in panel.xpath(".//*[@class='bar-gap']")]
        for panel in page.xpath("//figure[contains(@class, 'panel')]")
    )
    assert first == second != []
    assert "0 次" not in page.xpath("string((//figure[contains(@class, 'panel')])[1])")


def test_it_counts_months_and_tells_what_no_month_holds(
    client: Client, corpus: dict[str, Speech]
) -> None:
    rows = list_rows(read(client, QUERY + "&period=month"))
    assert rows[0][:2] == ["2020-05 偏少", "1"]
    assert rows[1][0] == "2020-06—2022-02 无文稿"
    assert len(rows) == 3 + 2
    assert rows[-2][0] == "日期不够具体"


def test_a_first_month_does_not_deny_texts_of_which_only_the_year_is_known(
    client: Client, corpus: dict[str, Speech]
) -> None:
    index_speeches([make_speech("题", ["代表家站。"], date="1999").pk])
    months = read(client, QUERY + "&period=month").xpath("//*[contains(@class, 'trend-firsts')]")
    assert "没有更早的" not in months[0].text_content()
    assert "不在内，可能更早" in months[0].text_content()
    years = read(client, QUERY).xpath("string(//*[contains(@class, 'trend-firsts')])")
    assert "“代表家站”首见于 1999，所查文稿中没有更早的。" in years


def test_each_expression_has_a_panel_on_one_scale(
    client: Client, corpus: dict[str, Speech]
) -> None:
    page = read(client, QUERY)
    panels = page.xpath("//figure[contains(@class, 'panel')]")
    assert [panel.xpath("string(figcaption)") for panel in panels] == ["代表家站", "监督"]
    scales = [panel.xpath(".//text[@class='tick-label']/text()") for panel in panels]
    assert scales == [["0", "1", "2"]] * 2
    # Behind its own bars, the other expression's line, in two pieces: 2021 has no text.
    assert all(len(panel.xpath(".//polyline")) == 2 for panel in panels)


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


@pytest.mark.parametrize("measure", ["count", "rate", "speeches"])
def test_a_year_without_text_is_a_gap_and_a_year_without_hits_a_zero(
    client: Client, corpus: dict[str, Speech], measure: str
) -> None:
    page = read(client, f"{QUERY}&measure={measure}")
    rows = {row[0].split()[0]: row for row in list_rows(page)}
    assert rows["2021"][:3] == ["2021 无文稿", "—", "—"]
    assert float(rows["2023"][1]) == 0
    for figure in page.xpath("//figure[contains(@class, 'trend-panel')]"):
        assert len(figure.xpath(".//rect[@class='bar-gap']")) == 1
    assert "没有文稿的时期：2021" in page.xpath("string(//p[contains(@class, 'trend-gaps')])")


def test_above_the_chart_it_says_how_many_hits_are_undated(
    client: Client, corpus: dict[str, Speech]
) -> None:
    assert "没有落在图外的" in read(client, QUERY).text_content()
    undated = make_speech("在没有日期的会上的讲话", ["代表家站，代表家站。"])
    index_speeches([undated.pk])
    page = read(client, QUERY)
    (told,) = page.xpath("//p[contains(@class, 'trend-outside')]")
    assert "日期不详的 1 篇不在图中，其中：“代表家站”2 次、“监督”0 次。" in told.text_content()
    (chart, *_rest) = page.xpath("//figure[contains(@class, 'trend-panel')]")
    order = list(page.iter())
    assert order.index(told) < order.index(chart)


def test_above_the_chart_it_says_which_dates_are_too_coarse_for_months(
    client: Client, corpus: dict[str, Speech]
) -> None:
    told = read(client, f"{QUERY}&period=month").xpath("//p[contains(@class, 'trend-outside')]")
    assert [" ".join(one.text_content().split()) for one in told] == [
        "日期不够具体的 1 篇不在图中，其中：“代表家站”0 次、“监督”1 次。"
    ]


def test_the_interface_and_the_tables_give_no_number_for_a_gap(
    client: Client, corpus: dict[str, Speech]
) -> None:
    answer = client.get("/api/v1/trends?expression=代表家站").json()
    points = dict(
        zip([p["label"] for p in answer["periods"]], answer["series"][0]["points"], strict=True)
    )
    assert set(points["2021"].values()) == {None}
    assert points["2023"]["occurrences"] == 0
    table = json.loads(read_body(client.get("/trends/export/?expression=代表家站&format=json")))
    rows = {row[1]: row for row in table["rows"]}
    assert rows["2021"][2:6] == [None] * 4
    assert rows["2023"][2] == 0


def test_the_table_says_that_its_characters_are_those_of_titles_too(
    client: Client, corpus: dict[str, Speech]
) -> None:
    heads = read(client, QUERY).xpath("//table[@class='trend-table']//th[@scope='col']/text()")
    assert heads[-1] == "总字数（含标题）"


def test_the_head_and_the_table_count_the_same_characters(
    client: Client, corpus: dict[str, Speech]
) -> None:
    trend = count_trend(["代表家站"])
    assert trend.total.characters == trend.searched.characters == trend.corpus.characters
    page = read(client, QUERY)
    shown = page.xpath("string(//div[@class='result-head']//p[@role='status'])")
    assert f"{trend.total.characters:,} 字" in shown


def test_periods_without_text_are_one_row_and_one_gap(
    client: Client, corpus: dict[str, Speech]
) -> None:
    early = make_speech("很早的讲话", ["代表家站很早就有。"], date="1957-05")
    index_speeches([early.pk])
    page = read(client, QUERY)
    rows = list_rows(page)
    assert [row[0].split()[0] for row in rows[:3]] == ["1957", "1958—2019", "2020"]
    assert rows[1] == ["1958—2019 无文稿", "—", "—", "0", "0"]
    (figure, *_rest) = page.xpath("//figure[contains(@class, 'trend-panel')]")
    gaps = figure.xpath(".//rect[@class='bar-gap']/title/text()")
    assert gaps == ["1958—2019：没有文稿，不是零", "2021：没有文稿，不是零"]
    assert figure.xpath(".//polyline[@class='own-line']")
    assert len(figure.xpath(".//circle")) == 3


def test_many_months_ask_for_years_first(client: Client, corpus: dict[str, Speech]) -> None:
    early = make_speech("很早的讲话", ["代表家站很早就有。"], date="1957-05")
    index_speeches([early.pk])
    page = read(client, QUERY + "&period=month&min_speeches=1&measure=rate")
    assert not page.xpath("//figure")
    assert "请先选定年份" in page.xpath("string(//section[@class='empty']/h2)")
    (form,) = page.xpath("//section[@class='empty']/form")
    sent = form.form_values()
    assert [value for name, value in sent if name == "expression"] == ["代表家站", "监督"]
    kept = {("period", "month"), ("min_speeches", "1"), ("measure", "rate")}
    assert kept <= set(sent)
    narrowed = read(client, QUERY + "&period=month&year_from=2020&year_to=2023")
    assert narrowed.xpath("//figure")
    assert [row[0].split()[0] for row in list_rows(page)] == ["日期不够具体", "合计"]
