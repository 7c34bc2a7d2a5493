"""A table's bytes (CSV, XLSX, JSON) to rows of words, each with its line; bounded throughout."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE, check_size, get_limits
from corpus_app.intake.manifests.sheets import read_sheets
from search import is_risky

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".json")
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
MOST_BYTES: Final = 20 * MEGABYTE
# A quotation mark that is never closed swallows all rows behind it.
MOST_LINES_OF_CELL: Final = 200
_DELIMITERS: Final = ",\t;，|；"
_SEPARATOR: Final = re.compile(r"sep=(.)\r?\n", re.I)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class TableRow:
    """The words of a row's cells and the line they stand in, counted from 1 as programs show it.

    faults are cells that could not be read, by number, each with the reason.
    """

    line: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(map(str.strip, self.cells)) and not self.faults


@dataclass(frozen=True)
class TableSheet:
    """A sheet of a table: its name, "" where there is but one, and its rows, blank ones as well."""

    name: str
    rows: list[TableRow]
    # What a person should know of how it was read.
    remarks: tuple[str, ...] = ()


def is_table_name(name: str) -> bool:
    """Return whether a file's name is one that a table of metadata may have."""
    return PurePath(name).suffix.lower() in SUFFIXES


def read_table(data: bytes, name: str, rate: Callable[[list[str]], int] = len) -> list[TableSheet]:
    """Return the sheets of a table. Raises RejectedFile, with the line where one can be named.

    rate says of a row how many of its cells are heads of columns: by it the delimiter is found.
    """
    limits = replace(get_limits(), file_bytes=min(MOST_BYTES, get_limits().file_bytes))
    check_size(len(data), limits)
    if data.startswith(_ZIP):
        return [
            TableSheet(sheet.name, [_make_row(*row) for row in sheet.rows], sheet.remarks)
            for sheet in read_sheets(data, limits, MOST_ROWS, MOST_COLUMNS)
        ]
    if data.startswith(_OLE):
        raise RejectedFile("unsupported", _("旧式 .xls 表格不能读取，请另存为 .xlsx 或 .csv。"))
    text = decode_text(data).text
    if text.lstrip().startswith(("[", "{")) and PurePath(name).suffix.lower() != ".csv":
        return [TableSheet("", _read_objects(text.strip()))]
    return [TableSheet("", _read_delimited(text, rate))]


def _make_row(line: int, cells: list[str], faults: dict[int, str]) -> TableRow:
    return TableRow(line, [_drop_guard(cell) for cell in cells], faults)


def _drop_guard(cell: str) -> str:
    """Return the words without the apostrophe that keeps a spreadsheet from running them."""
    return cell[1:] if cell.startswith("'") and is_risky(cell[1:]) else cell


def _read_delimited(text: str, rate: Callable[[list[str]], int]) -> list[TableRow]:
    skipped = 0
    if (match := _SEPARATOR.match(text)) is not None:
        text, skipped = text[match.end() :], 1
    delimiter = match[1] if match else _find_delimiter(text, rate)
    rows: list[TableRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = skipped + 1
    try:
        for cells in reader:
            _check_row(line, cells, len(rows))
            if any(cell.count("\n") > MOST_LINES_OF_CELL for cell in cells):
                raise _refuse(line, _("引号没有配对，后面的行都连成了一格"))
            rows.append(_read_plain(line, cells))
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise _refuse(line, str(error)) from error
    return rows


def _read_plain(line: int, cells: list[str]) -> TableRow:
    """Return a row of CSV; ="…" is how spreadsheets are told to leave words alone."""
    words, faults = [], {}
    for number, cell in enumerate(cells):
        quoted = re.fullmatch(r'="((?:[^"]|"")*)"', cell)
        if quoted is not None:
            words.append(quoted[1].replace('""', '"'))
        elif cell.startswith("=") and len(cell) > 1:
            faults[number] = _("是公式，没有算出的值")
            words.append("")
        else:
            words.append(_drop_guard(cell))
    return TableRow(line, words, faults)


def _find_delimiter(text: str, rate: Callable[[list[str]], int]) -> str:
    """Return the sign with which most heads of columns are found in the first lines."""
    lines = text.splitlines()[:20]

    def count(sign: str) -> tuple[int, int]:
        rated = [rate(next(csv.reader([line], delimiter=sign), [])) for line in lines]
        return max(rated, default=0), sum(line.count(sign) for line in lines)

    return max(_DELIMITERS, key=count)


def _read_objects(text: str) -> list[TableRow]:
    """Return the objects of a JSON array, of {"rows": […]}, or of one object a line, as rows.

    The first row has their keys, as if it were the head of a table.
    """
    found = [one for one in _list_objects(text) if one]
    if len(found) > MOST_ROWS:
        raise _refuse_length()
    heads = list(dict.fromkeys(key for one in found for key in one))[:MOST_COLUMNS]
    rows = [
        TableRow(line, [_spell(one.get(head)) for head in heads])
        for line, one in enumerate(found, 1)
    ]
    return [TableRow(0, heads), *rows]


def _list_objects(text: str) -> Iterator[dict[str, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _read_lines(text)
        return
    if isinstance(whole, dict):
        rows = whole.get("rows")
        if isinstance(rows, list):
            columns = whole.get("columns")
            named = (dict(zip(columns, row, strict=False)) for row in rows) if columns else rows
            whole = list(named)
        else:
            whole = [whole]
    yield from (one for one in whole if isinstance(one, dict))


def _read_lines(text: str) -> Iterator[dict[str, Any]]:
    for line, words in enumerate(text.splitlines(), 1):
        if not words.strip():
            continue
        try:
            one = json.loads(words)
        except (ValueError, RecursionError) as error:
            raise _refuse(line, _("不是 JSON")) from error
        if isinstance(one, dict):
            yield one


def _spell(value: Any) -> str:
    """Return a JSON value as a cell's words; an object stays JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _check_row(line: int, cells: list[str], count: int) -> None:
    if count > MOST_ROWS:
        raise _refuse_length()
    if len(cells) > MOST_COLUMNS:
        raise _refuse(line, _("列数超过 %(most)d") % {"most": MOST_COLUMNS})


def _refuse(line: int, reason: str) -> RejectedFile:
    message = _("表格第 %(line)d 行读不出来：%(reason)s。")
    return RejectedFile("damaged", message % {"line": line, "reason": reason})


def _refuse_length() -> RejectedFile:
    message = _("表格超过 %(most)d 行，请分成几个再用。")
    return RejectedFile("too_large", message % {"most": MOST_ROWS})
