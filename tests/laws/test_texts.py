"""A law's text is read into dates and articles, whatever way it is published."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.laws.texts import join_parts, list_article_paragraphs, read_law
from corpus_app.text.numerals import read_count, write_count
from tests.laws.statutes import NEW, OLD, TITLE


def test_title_dates_and_articles_are_read() -> None:
    law = read_law(OLD)
    assert law
    assert (law.title, law.day, law.since) == (TITLE, "2006-08-27", "2007-01-01")
    assert [(one.number, one.branch) for one in law.articles] == [(1, 0), (2, 0), (3, 0), (4, 0)]
    assert law.articles[0].text == "为了保障灯塔守望，根据宪法，制定本法。"


def test_an_amended_law_in_markdown_stands_from_its_amendment_on() -> None:
    law = read_law(NEW)
    assert law
    assert law.amended == ("2006-08-27", "2024-11-08")
    assert (law.day, law.since) == ("2024-11-08", "2024-11-08")
    assert (3, 1) in {(one.number, one.branch) for one in law.articles}
    assert all("章" not in one.text for one in law.articles)


def test_paragraphs_and_items_are_lines_of_an_article() -> None:
    text = "行使下列职权：\n（一）听取报告；\n（二）检查油灯。\n前款所列，逐年公布。"
    (first, items), (second, none) = list_article_paragraphs(text)
    assert (first, len(items), second, none) == ("行使下列职权：", 2, "前款所列，逐年公布。", [])


def test_books_of_a_code_are_one_text() -> None:
    head = "中华人民共和国航海法典\n2020年5月28日 灯塔大会通过\n2021年1月1日 施行\n"
    first = read_law(head + "第一条 甲。\n第二条 乙。")
    second = read_law(head.replace("2021年1月1日 施行\n", "") + "第三条 丙。\n第二条 丁。")
    assert first
    assert second
    joined = join_parts(second, first)
    assert [(one.number, one.text) for one in joined.articles] == [
        (1, "甲。"), (2, "丁。"), (3, "丙。"),
    ]  # fmt: skip
    assert joined.since == "2021-01-01"


@pytest.mark.parametrize("text", ["", " \n ", "# \n"])
def test_what_bears_no_title_is_no_law(text: str) -> None:
    assert read_law(text) is None


def test_a_date_that_is_none_is_left_out() -> None:
    law = read_law("浮标条例\n2019年2月30日通过\n２０１８年１１月２５日 修正\n第一条 甲。")
    assert law
    assert law.amended == ("2018-11-25",)


@given(st.integers(1, 9999))
def test_a_count_is_read_as_it_is_written(number: int) -> None:
    assert read_count(write_count(number)) == number
    assert read_count(str(number)) == number


@pytest.mark.parametrize("word", ["", "零", "百", "十百", "二百千", "一一", "12345", "0", "甲"])
def test_what_is_no_count_is_none(word: str) -> None:
    assert read_count(word) is None
