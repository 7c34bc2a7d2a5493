from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook

from corpus_app.pages.workbooks import write_workbook
from search.presentation.sheets import Cell, Sheet


def reopen(rows: list[list[Cell]], columns: list[str] | None = None) -> Any:
    names = columns or [f"列{n}" for n in range(len(rows[0]))]
    book = write_workbook(Sheet([("检索式", "=代表"), ("出现次数", 3)], names, iter(rows)), "语境")
    return load_workbook(io.BytesIO(b"".join(book)))


def test_cells_have_the_types_of_what_they_hold() -> None:
    page = reopen([[1, 2.5, "代表", "2023-05-06", "2023-05", "", None]]).worksheets[0]
    values = [cell.value for cell in page[2]]
    assert values[:3] == [1, 2.5, "代表"]
    assert values[3] == dt.datetime(2023, 5, 6)  # noqa: DTZ001
    assert page["D2"].number_format == "yyyy-mm-dd"
    assert values[4] == "2023-05"
    assert not values[5]
    assert values[6] is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.sampled_from("=+-@＝\t"))
def test_no_text_becomes_a_formula(texts: list[str], sign: str) -> None:
    rows: list[list[Cell]] = [[sign + text for text in texts]]
    for page in reopen(rows, [sign + "列"] * len(texts)).worksheets:
        assert {cell.data_type for row in page for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@all", " =SUM(A1)", "＝1"])
def test_what_could_run_is_quoted_so_that_it_stays_text_when_edited(text: str) -> None:
    page = reopen([[text, "代表"]]).worksheets[0]
    assert (page["A2"].value, page["A2"].quotePrefix, page["A2"].data_type) == (text, True, "s")
    assert not page["B2"].quotePrefix


def test_the_header_stays_in_sight_and_filters_all_rows() -> None:
    page = reopen([["甲", 1], ["乙", 2], ["丙", 3]], ["名", "数"]).worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B4"
    assert [cell.value for cell in page[1]] == ["名", "数"]


def test_columns_are_as_wide_as_their_words_and_not_endless() -> None:
    page = reopen([["四个字吧" * 40, "x"]]).worksheets[0]
    assert page.column_dimensions["A"].width == 48
    assert page.column_dimensions["B"].width == 8


def test_the_second_sheet_says_what_the_first_is() -> None:
    book = reopen([["甲"]])
    assert book.sheetnames == ["语境", "说明"]
    notes = [[cell.value for cell in row] for row in book["说明"].iter_rows()]
    assert notes == [["检索式", "=代表"], ["出现次数", 3]]


def test_control_characters_and_endless_texts_are_cut() -> None:
    page = reopen([["前\x00\x0b后", "长" * 40_000]]).worksheets[0]
    assert page["A2"].value == "前后"
    assert len(page["B2"].value) == 32_767


def test_more_rows_than_are_measured_are_written() -> None:
    page = reopen([[number] for number in range(500)]).worksheets[0]
    assert [row[0].value for row in page.iter_rows(min_row=2)] == list(range(500))


@pytest.mark.parametrize(("count", "is_cut"), [(299, False), (300, False), (301, True)])
def test_a_table_that_is_cut_says_so(
    monkeypatch: pytest.MonkeyPatch, count: int, is_cut: bool
) -> None:
    monkeypatch.setattr("corpus_app.pages.workbooks.MAX_ROWS", 300)
    book = reopen([[number] for number in range(count)])
    assert book.worksheets[0].max_row == min(count, 300) + 1
    told = [row[1].value for row in book["说明"].iter_rows()]
    assert any("只写入前 300 行" in str(words) for words in told) == is_cut
