"""Small parts of the pages: dates in words, options, excerpts, charts."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from corpus_app.catalog.periods import YearTotal
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.pages.charts import BASE, build_year_chart
from corpus_app.pages.display import Display
from corpus_app.pages.labels import PARSER_WORDS, spell_characters, spell_date
from search import quote_words


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("2024", "2024年", "2024"),
        ("2024-04", "2024年4月", "April 2024"),
        ("2024-04-05", "2024年4月5日", "5 April 2024"),
        ("", "", ""),
        ("2024-13", "2024-13", "2024-13"),
        ("unclear", "unclear", "unclear"),
    ],
)
def test_it_spells_a_date_no_more_precisely_than_it_is_known(
    value: str, chinese: str, english: str
) -> None:
    assert spell_date(value) == chinese
    with override("en"):
        assert spell_date(value) == english


def test_it_counts_large_numbers_of_characters_in_ten_thousands() -> None:
    assert spell_characters(8120) == "8,120 字"
    assert spell_characters(123_456) == "12.3 万字"


def test_every_level_and_genre_is_marked_for_translation() -> None:
    words = {str(word) for word in PARSER_WORDS}
    assert {*LEVELS.values(), *GENRES.values()} == words
    with override("en"):
        assert not any(gettext(word) in words for word in words)


def test_it_reads_the_display_options_and_writes_them_back() -> None:
    display = Display.from_params(QueryDict("q=代表&rev=2&show=punct,slogans,nonsense").dict())
    assert display.shown == ("slogans", "punct")
    assert display.to_querystring(toggle="punct").endswith("rev=2&show=slogans")
    assert Display().to_querystring() == "?"
    assert Display.from_params({"rev": "x1"}).revision is None


def test_a_chart_has_a_bar_per_year_and_links_where_something_is_counted() -> None:
    counts = [YearTotal(2021, 3), YearTotal(2022, 0), YearTotal(2023, 1), YearTotal(None, 2)]
    chart = build_year_chart("题", counts, lambda year: f"/?year={year}")
    assert chart is not None
    assert [bar.url for bar in chart.bars] == ["/?year=2021", "", "/?year=2023", ""]
    assert chart.bars[1].height == 0
    assert all(abs(bar.y + bar.height - BASE) < 0.2 for bar in chart.bars)
    assert chart.bars[0].height == max(bar.height for bar in chart.bars)


def test_a_chart_of_nothing_is_not_drawn() -> None:
    assert build_year_chart("题", [], str) is None
    assert build_year_chart("题", [YearTotal(2020, 0)], str) is None


def test_quoted_words_keep_signs_that_the_query_language_reads() -> None:
    assert quote_words('甲"乙\\丙“丁”＂') == '"甲\\"乙\\\\丙“丁”\\＂"'


def test_a_year_without_text_is_a_gap_and_what_is_undated_stands_above() -> None:
    counts = [YearTotal(1988, 3), YearTotal(1989, None), YearTotal(1990, 0), YearTotal(None, 2)]
    chart = build_year_chart("题", counts, lambda year: f"/?year={year}")
    assert chart is not None
    assert [bar.count for bar in chart.bars] == [3, None, 0, 2]
    assert "".join(chart.notes).startswith("日期不详：2 处。没有文稿的年份：1989。")
    shown = render_to_string("pages/_bar_chart.html", {"chart": chart, "name": "x"})
    assert shown.count('class="bar-gap"') == 1
    assert shown.index("日期不详") < shown.index("<svg")


def test_what_is_shortened_ends_in_one_sign_in_every_language() -> None:
    shown = Template("{{ words|truncatechars:5 }}")
    context = Context({"words": "一二三四五六"})
    assert shown.render(context) == "一二三四…"
    with override("en"):
        assert shown.render(context) == "一二三四…"
    assert shown.render(Context({"words": "一二三四五"})) == "一二三四五"
    assert shown.render(Context({"words": "<b>&七八九"})) == "&lt;b&gt;&amp;…"
