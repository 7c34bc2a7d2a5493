from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from search.concordance import (
    ConcordanceRequest,
    write_concordance_csv,
)
from search.index.indexing import index_speeches
from search.presentation.sheets import Sheet, make_safe, write_csv
from search.request import SearchRequest
from tests.search.factories import make_speech


@pytest.mark.django_db
def test_it_exports_all_lines_with_what_was_asked(index_folder: Path) -> None:
    index_speeches([make_speech("=题", ["代表，" * 60], date="2021", level="county").pk])
    search = SearchRequest(text="“代表”", level=("county",))
    text = "".join(write_concordance_csv(ConcordanceRequest(search), "https://x.example"))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    border = rows.index([""] * 26)
    notes = {row[0]: row[1] for row in rows[border + 1 :]}
    assert text.startswith("\ufeff序号,上文,关键词,")
    assert notes["检索式"] == "“代表”"
    assert (notes["出现次数"], notes["筛选条件"]) == ("60", "级别：县级")
    assert "1 篇" in notes["语料库规模"]
    table = rows[:border]
    assert (table[0][2], len(table)) == ("关键词", 61)
    assert table[1][5] == "'=题"
    assert table[1][25].startswith("https://x.example/speeches/")
    assert {len(row) for row in rows} == {26}


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_csv_gives_back_every_cell(rows: list[list[str]]) -> None:
    width = 4
    text = "".join(write_csv(Sheet([], ["a"] * width, rows)))
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1 : len(rows) + 1]
    assert back == [[*map(make_safe, row), *[""] * (width - len(row))] for row in rows]


@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", " =", "　+"]), st.text())
def test_no_cell_is_run_as_a_formula(start: str, rest: str) -> None:
    assert make_safe(start + rest) == "'" + start + rest
