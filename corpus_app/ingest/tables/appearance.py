"""What a person sees of a sheet besides words: merged cells, what is hidden, days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter

from corpus_app.ingest.tables.rows import MOST_SHEETS, TableRow

MERGED: Final = "合并的单元格按其所占各行填入"
# Rows that merged cells may reach over, all together.
_MOST_MERGED: Final = 500_000
# Of hidden rows and columns, so many are named.
_NAMED: Final = 10


class MergedCell(NamedTuple):
    """A cell over several rows: its first column from 0, its first and last row from 1."""

    column: int
    top: int
    bottom: int


def fill_merged(rows: list[TableRow], merged: Iterable[MergedCell]) -> bool:
    """Write the words of each merged cell into all its rows, in its first column; say if any was.

    A title over the whole table is one cell in one row and stays so.
    """
    by_line = {row.line: row for row in rows}
    last, left_to_fill = max(by_line, default=0), _MOST_MERGED
    for column, top, bottom in merged:
        first = by_line.get(top)
        if first is None or top == bottom or column >= len(first.cells):
            continue
        faults = [fault for fault in first.faults if fault[0] == column]
        for line in range(top + 1, min(bottom, last, top + left_to_fill) + 1):
            left_to_fill -= 1
            if line in by_line:
                _fill(by_line[line].cells, column, first.cells[column])
                by_line[line].faults.extend(faults)
    return left_to_fill < _MOST_MERGED


def drop_hidden(rows: list[TableRow], hidden: Collection[int]) -> tuple[list[TableRow], list[str]]:
    """Return the rows that a person sees, and the remark on those of hidden numbers left out."""
    left = [row.line for row in rows if row.line in hidden and not row.is_blank]
    shown = [row for row in rows if row.line not in hidden]
    if not left:
        return shown, []
    named = "、".join(map(str, left[:_NAMED])) + ("…" if len(left) > _NAMED else "")
    return shown, [
        f"隐藏或被筛选掉的 {len(left)} 行没有读（第 {named} 行）；"
        "要读入，请取消隐藏和筛选后重新上传"
    ]


def tell_hidden_columns(rows: Iterable[TableRow], hidden: Collection[int]) -> list[str]:
    """Return the remark on hidden columns (numbers from 0) with words: they are read."""
    numbers = sorted(hidden)
    filled = {n for row in rows for n in numbers if n < len(row.cells) and row.cells[n].strip()}
    if not filled:
        return []
    named = "、".join(get_column_letter(number + 1) for number in sorted(filled)[:_NAMED])
    return [f"隐藏的列也读了：{named}"]


def tell_left_sheets(hidden: Iterable[str], shown: Iterable[str]) -> list[str]:
    """Return the remarks on sheets that were not looked at: hidden ones, and those too many."""
    kinds = (("隐藏的工作表没有读", hidden), (f"只看前 {MOST_SHEETS} 张工作表，没有读", shown))
    told = ((words, "、".join(names)) for words, names in kinds)
    return [f"{words}：{names}" for words, names in told if names]


def spell_day(day: dt.date, *, month: bool = True, exact: bool = True) -> str:
    """Return the day, or its month or year where no more is shown of it.

    month and exact say whether month and day show. A month typed as 2024-04 is kept as its first
    day: another day is not cut.
    """
    whole = exact or day.day != 1
    return day.isoformat() if whole else day.isoformat()[: 7 if month else 4]


def _fill(words: list[str], number: int, value: str) -> None:
    words.extend([""] * (number + 1 - len(words)))
    words[number] = value
