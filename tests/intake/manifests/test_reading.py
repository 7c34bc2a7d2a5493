"""Tables of metadata as they come: in any encoding and format, whole or with their faults told."""

import datetime as dt
import json
import time

import pytest
from openpyxl import Workbook

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.tables.rows import MOST_ROWS
from corpus_app.intake.manifests.reading import MetadataTable, names_files, read_manifest
from tests.intake.manifests.tables import save, write_csv, write_xlsx

ROWS = [
    ["文件", "标题", "讲话日期", "讲话人", "页数"],
    ["甲/一.txt", "在青芜县人大工作会议上的讲话", "2023年5月", "林知远", "3"],
    [],
    ["乙,二.txt", '题目里有“引号”，"和逗号"', "坏日期", "不详", ""],
]


def read(text: str, name: str = "表.csv", encoding: str = "utf-8") -> MetadataTable:
    return read_manifest(text.encode(encoding), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    rows = ROWS if encoding != "big5hkscs" else [["文件", "日期"], ["林大明講話.txt", "2023年5月"]]
    manifest = read(write_csv(rows, delimiter), encoding=encoding)
    assert manifest.rows[0].values["delivered"] == "2023-05"
    assert manifest.rows[0].line == 2
    if rows is ROWS:
        assert manifest.rows[0].file == "甲/一.txt"
        assert manifest.rows[0].values["speaker"] == "林知远"


def test_blank_rows_quotes_faults_and_unknown_columns_are_told_with_their_lines() -> None:
    manifest = read(write_csv(ROWS))
    assert [row.line for row in manifest.rows] == [2, 4]
    second = manifest.rows[1]
    assert second.file == "乙,二.txt"
    assert second.values == {"title": '题目里有“引号”，"和逗号"'}
    assert len(second.faults) == 1
    assert "坏日期" in second.faults[0]
    assert manifest.unknown == ["页数"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    rows = [["文件", "日期", "讲话\r\n场合"], [], ["a.txt", "2023", "一\n二\n三"], ["b.txt", "坏"]]
    for start, delimiter in (("", ","), ("sep=;\r\n", ";")):
        manifest = read(start + write_csv(rows, delimiter))
        assert [row.line for row in manifest.rows] == [3, 4]
    with pytest.raises(RejectedFile, match="第 4 行"):
        read(write_csv(rows[:3]) + '"b.txt,2023\n' + "x\n" * 400)


def test_a_title_over_the_table_and_words_about_it_do_not_hide_the_heads() -> None:
    manifest = read("青芜县讲话目录\n制表：办公室\n文件,日期\na.txt,2023\n")
    assert manifest.rows[0].line == 4
    assert manifest.rows[0].values == {"delivered": "2023"}


def test_formulas_are_never_values() -> None:
    manifest = read('文件,标题,日期\na.txt,=HYPERLINK("x"),"=""2023"""\n')
    row = manifest.rows[0]
    assert row.values == {"delivered": "2023"}
    assert "公式" in row.faults[0]
    book = read_manifest(
        write_xlsx([["文件", "日期"], ["a.txt", "=TODAY()"], ["b.txt", "2023"]]), "表.xlsx"
    )
    assert "公式" in book.rows[0].faults[0]
    assert book.rows[1].values == {"delivered": "2023"}


def test_an_apostrophe_that_guards_words_from_spreadsheets_is_none_of_them() -> None:
    assert read("文件,副标题,日期\na.txt,'-一-,2023\n").rows[0].values["subtitle"] == "-一-"


def test_two_columns_of_one_field_must_say_the_same() -> None:
    manifest = read("文件,日期,讲话日期\na.txt,2023,2023-05\nb.txt,2022,2023\n")
    assert manifest.rows[0].values == {"delivered": "2023-05"}
    assert manifest.rows[1].values == {}
    assert manifest.rows[1].faults
    assert manifest.remarks


def test_days_months_and_years_of_a_workbook_are_as_precise_as_they_are_shown() -> None:
    day = dt.date(2024, 4, 1)
    rows = [["文件", "日期"], ["a", day], ["b", day], ["c", day], ["d", 2024], ["e", 2024.1]]
    shapes = {"B2": "yyyy-mm-dd", "B3": 'yyyy"年"m"月"', "B4": "yyyy", "B5": "0"}
    manifest = read_manifest(write_xlsx(rows, formats=shapes), "表.xlsx")
    found = [row.values.get("delivered") for row in manifest.rows]
    assert found == ["2024-04-01", "2024-04", "2024", "2024", None]


def test_merged_cells_hold_for_all_their_rows() -> None:
    rows = [
        ["青芜县讲话目录", None, None],
        ["文件", "单位", "日期"],
        ["a.txt", "青芜县人大常委会", "2023"],
        ["b.txt", None, "2022"],
        ["c.txt", None, None],
    ]
    manifest = read_manifest(write_xlsx(rows, merged=["A1:C1", "B3:B4"]), "表.xlsx")
    assert [row.values.get("organisation") for row in manifest.rows] == [
        "青芜县人大常委会",
        "青芜县人大常委会",
        None,
    ]
    assert manifest.remarks


def test_the_sheet_with_heads_is_read_and_others_like_it_are_told() -> None:
    book = Workbook()
    book.active.title = "说明"  # type: ignore[union-attr]
    for name, year in (("甲", "2023"), ("乙", "2022")):
        sheet = book.create_sheet(name)
        sheet.append(["文件", "日期"])
        sheet.append([f"{name}.txt", year])
    manifest = read_manifest(save(book), "表.xlsx")
    assert [row.file for row in manifest.rows] == ["甲.txt"]
    assert "乙" in manifest.remarks[0]


def test_our_own_json_is_read_as_an_array_and_line_by_line() -> None:
    one = {
        "file": "a.txt",
        "title": "讲话",
        "dates": {"delivered": {"value": "2023-05", "precision": "month"}},
        "source": {"name": "青芜人大网", "url": "https://example.gov.cn/1"},
    }
    wanted = {
        "title": "讲话",
        "delivered": "2023-05",
        "source": "青芜人大网",
        "source_url": "https://example.gov.cn/1",
    }
    for text in (json.dumps([one]), json.dumps(one) + "\n" + json.dumps({"file": "b.txt"})):
        assert read(text, "表.json").rows[0].values == wanted


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        ("只是一篇讲话，没有列。".encode(), "unsupported"),
        ("标题,页数\n甲,1\n".encode(), "unsupported"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        ('文件,日期\na,"2023\n'.encode() + b"x\n" * 400, "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(RejectedFile) as caught:
        read_manifest(data, "表.csv")
    assert caught.value.code == code


def test_fifty_thousand_rows_are_read_and_one_more_is_refused() -> None:
    line = "甲/{}.txt,在第{}次会议上的讲话,2023-05-06,林知远"
    rows = [line.format(number, number) for number in range(MOST_ROWS)]
    text = "\n".join(["文件,标题,日期,讲话人", *rows])
    started = time.process_time()
    assert len(read(text).rows) == MOST_ROWS
    assert time.process_time() - started < 60
    with pytest.raises(RejectedFile) as caught:
        read(text + "\n" + rows[0])
    assert caught.value.code == "too_large"


def test_a_table_that_names_files_is_told_from_any_other() -> None:
    assert names_files(read(write_csv(ROWS)))
    assert not names_files(read("标题,日期\n讲话,2023\n"))
