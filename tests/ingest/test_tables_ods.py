"""OpenDocument spreadsheets: cells as a person sees them, what is repeated, hidden and merged."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats import extract
from corpus_app.ingest.tables.cells import read_table
from corpus_app.ingest.tables.rows import MOST_ROWS
from tests.intake.manifests.tables import write_ods, write_ods_rows

MADE = Path(__file__).parent / "files" / "table.ods"
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
REPEATED = "<table:table-row table:number-rows-repeated='{}'>{}</table:table-row>"


def write_sheet(rows: str, name: str = "表") -> bytes:
    return write_ods(f'<table:table table:name="{name}">{rows}</table:table>')


def test_a_sheet_of_libreoffice_is_read_as_it_is_shown() -> None:
    first, second = read_table(MADE.read_bytes(), "table.ods")
    assert (first.name, second.name) == ("讲话", "空")
    assert [(row.line, row.cells) for row in first.rows] == [
        (1, ["讲话汇编"]),
        (2, ["标题", "日期", "单位", "正文"]),
        (3, ["一", "2024-04", "甲县", "第一行\n第二行"]),
        (4, ["二", "2024-04-01", "甲县", "xxx"]),
        (5, ["三", "2024", "", "一二"]),
        (7, ["四", "2024", "", "  前 两个  空格"]),
    ]
    assert [row.faults for row in first.rows[-2:]] == [
        [(2, "公式出错：#DIV/0!")],
        [(2, "公式出错：#NAME?")],
    ]
    told = "；".join(first.remarks)
    assert "合并的单元格" in told
    assert "1 行没有读（第 8 行）" in told
    assert "隐藏的列也读了：C" in told
    assert "隐藏的工作表没有读：藏" in told


def test_hidden_rows_columns_and_sheets_of_a_workbook_are_told_too() -> None:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["标题", "正文"], ["一", "甲"], ["二", "乙"], ["三", "丙"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(stream)
    (read,) = read_table(stream.getvalue(), "a.xlsx")
    assert [(row.line, row.cells[0]) for row in read.rows] == [(1, "标题"), (2, "一"), (4, "三")]
    told = "；".join(read.remarks)
    assert "1 行没有读（第 3 行）" in told
    assert "隐藏的列也读了：B" in told
    assert "没有读：藏" in told


def test_rows_and_cells_are_repeated_within_bounds() -> None:
    blank = REPEATED.format(1_048_000, "<table:table-cell/>")
    twice = REPEATED.format(
        2,
        TEXT.format("同")
        + TEXT.replace("cell ", "cell {} ", 1).format("table:number-columns-repeated='3'", "样"),
    )
    (sheet,) = read_table(write_sheet(REPEATED.format(3, "") + twice + blank), "a.ods")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (4, ["同", "样", "样", "样"]),
        (5, ["同", "样", "样", "样"]),
    ]
    with pytest.raises(RejectedFile, match="表格超过"):
        read_table(write_sheet(REPEATED.format(MOST_ROWS + 2, TEXT.format("同"))), "a.ods")
    with pytest.raises(RejectedFile, match="重复"):
        read_table(write_sheet(REPEATED.format(40_000, TEXT.format("长" * 1000))), "a.ods")
    wide = TEXT.replace("cell ", "cell table:number-columns-repeated='201' ", 1).format("宽")
    with pytest.raises(RejectedFile, match="列数超过"):
        read_table(write_sheet(REPEATED.format(1, wide)), "a.ods")


def test_readings_comments_and_hidden_words_are_none_of_a_cell() -> None:
    base, reading = "<text:ruby-base>履</text:ruby-base>", "<text:ruby-text>lǚ</text:ruby-text>"
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    words = f"<text:p><text:ruby>{base}{reading}</text:ruby>职<text:s text:c='2'/>尽责</text:p>"
    cell = f"<table:table-cell>{note}{words}</table:table-cell>"
    (sheet,) = read_table(write_sheet(REPEATED.format(1, cell)), "a.ods")
    assert sheet.rows[0].cells == ["履职  尽责"]


def test_what_is_no_table_is_told() -> None:
    text = MADE.with_name("speech.odt").read_bytes()
    for data in (text, b"PK\x03\x04 content.xml"):
        with pytest.raises(RejectedFile):
            read_table(data, "a.ods")
    with pytest.raises(RejectedFile, match="讲话表"):
        extract(write_ods_rows([["标题", "正文"]]), "a.ods")
