"""Columns of which all characters lie in one place: read in the order in which they were drawn."""

from __future__ import annotations

from benchmarks.pdf_layouts.sheets import Sheet, build_file
from corpus_app.ingest.formats import extract

COLUMNS = ("今年三月常委会组成检查小队，对供水工", "程进行了访问并提出意见。", "请各位代表审议")


def test_columns_drawn_into_one_place_are_spread_and_told() -> None:
    sheet = Sheet()
    for number, column in enumerate(COLUMNS):
        for char in column:
            sheet.write(char, 480 - 20 * number, 106, 12)
    found = extract(build_file([sheet]), "page.pdf")
    assert "".join(found.raw.split()) == "".join(COLUMNS)
    assert [notice.code for notice in found.notices] == ["unread_part"]


def test_a_line_of_which_some_characters_touch_is_no_such_column() -> None:
    sheet = Sheet()
    sheet.write(COLUMNS[0] + COLUMNS[1], 60, 100, 12)
    sheet.write("印", 62, 100, 12)
    assert extract(build_file([sheet]), "page.pdf").notices == ()
