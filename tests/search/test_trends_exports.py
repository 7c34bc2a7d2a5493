from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from search.index.indexing import index_speeches
from search.request import SearchRequest
from search.trends import count_trend, write_trend_csv
from tests.search.factories import make_speech


@pytest.mark.django_db
def test_it_exports_every_point_with_what_was_asked(index_folder: Path) -> None:
    for date in ("2019-05", "2021-02", "2021", ""):
        index_speeches([make_speech("题", ["代表" * 50], date=date, level="county").pk])
    trend = count_trend(["代表", '-"信访"'], filters=SearchRequest(level=("county",)))
    text = "".join(write_trend_csv(trend))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    border = rows.index([""] * 9)
    notes = [row[:2] for row in rows[border + 1 :]]
    assert rows[0][:2] == ["表达式", "时期"]
    assert ["筛选条件", "级别：县级"] in notes
    assert ["时期单位", "年"] in notes
    assert {name for name, _ in notes} >= {"表达式", "导出日期", "语料库规模", "检索范围"}
    first = [row for row in rows[1:border] if row[0] == "代表"]
    assert [row[1] for row in first] == ["2019", "2020", "2021", "日期不详", "合计"]
    assert first[0] == ["代表", "2019", "50", "4950.495", "1", "1.0", "1", "101", "是"]
    assert first[1][2:6] == ["", "", "", ""]
    assert rows[border - 1][0] == '\'-"信访"'


@pytest.mark.django_db
def test_speeches_that_no_month_holds_have_a_row(index_folder: Path) -> None:
    index_speeches([make_speech("题", ["代表"], date=date).pk for date in ("2021-02", "2021")])
    text = "".join(write_trend_csv(count_trend(["代表"], "month")))
    assert "\r\n代表,2021-02,1," in text
    assert "\r\n代表,日期不够具体,1," in text
