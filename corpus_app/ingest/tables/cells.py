"""A table's bytes (CSV, XLSX, ODS, JSON) to numbered rows of words; bounded throughout."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import Any, Final

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE, Limits, check_size, get_limits
from corpus_app.ingest.tables.opendocument import is_opendocument, read_opendocument
from corpus_app.ingest.tables.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    NO_RESULT,
    TableRow,
    TableSheet,
    refuse_length,
    refuse_row,
)
from corpus_app.ingest.tables.sheets import read_sheets
from corpus_app.text.folding import fold

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".ods", ".fods", ".json")
_JSON_NAMES: Final = frozenset({"manifest", "metadata", "元数据", "元数据表", "目录", "清单"})
MOST_BYTES: Final = 20 * MEGABYTE
# A quotation mark that is never closed swallows all rows behind it.
MOST_LINES_OF_CELL: Final = 200
SAMPLED_ROWS, SAMPLED_CHARS = 20, 50_000
_DELIMITERS: Final = ",\t;，|；"
_SEPARATOR: Final = re.compile(r"sep=(.)\r?\n", re.I)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


def is_table_name(name: str) -> bool:
    """Return whether a file among others may be a table of metadata by its name.

    JSON is what pages of programs are in, too: only some names are a table's.
    """
    path = PurePath(name)
    suffix = path.suffix.lower()
    return suffix in SUFFIXES and (suffix != ".json" or path.stem.lower() in _JSON_NAMES)


def read_table(
    data: bytes, name: str, heads: Collection[str] = (), limits: Limits | None = None
) -> list[TableSheet]:
    """Return the sheets of a table. Raises RejectedFile, with the line where one can be named.

    heads are what its columns may be called: by them the delimiter is found. Runs here and
    without bounds on time: tables from outside go through sandbox.parsing instead.
    """
    bounds = limits or get_limits()
    check_size(len(data), replace(bounds, file_bytes=min(MOST_BYTES, bounds.file_bytes)))
    if is_opendocument(data):
        return read_opendocument(data, bounds)
    if data.startswith(_ZIP):
        return list(read_sheets(data, bounds))
    if data.startswith(_OLE):
        raise RejectedFile("unsupported", "旧式 .xls 表格不能读取，请另存为 .xlsx、.ods 或 .csv。")
    text = decode_text(data).text
    if text.lstrip().startswith(("[", "{")) and PurePath(name).suffix.lower() != ".csv":
        return [TableSheet("", _read_objects(text.strip()))]
    return [TableSheet("", _read_delimited(text, {fold_head(head) for head in heads}))]


def fold_head(head: str) -> str:
    """Return the head of a column as it is compared here: folded, in small letters."""
    return fold(head).lower()


def _read_delimited(text: str, heads: set[str]) -> list[TableRow]:
    """Return the rows, numbered as a spreadsheet shows them.

    There a cell of several lines is in one row, and a line with the delimiter (sep=;) is no row.
    """
    if (match := _SEPARATOR.match(text)) is not None:
        text = text[match.end() :]
    delimiter = match[1] if match else _find_delimiter(text, heads)
    rows: list[TableRow] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            number = len(rows) + 1
            _check_row(number, cells, len(rows))
            if any(cell.count("\n") > MOST_LINES_OF_CELL for cell in cells):
                raise refuse_row(number, ("引号没有配对，后面的行都连成了一格"))
            rows.append(_read_plain(number, cells))
    except csv.Error as error:
        raise refuse_row(len(rows) + 1, str(error)) from error
    return rows


def _read_plain(line: int, cells: list[str]) -> TableRow:
    """Return a row of CSV; ="…" is how spreadsheets are told to leave words alone."""
    words: list[str] = []
    faults: list[tuple[int, str]] = []
    for number, cell in enumerate(cells):
        quoted = re.fullmatch(r'="((?:[^"]|"")*)"', cell)
        if quoted is not None:
            words.append(quoted[1].replace('""', '"'))
        elif cell.startswith("=") and len(cell) > 1:
            faults.append((number, NO_RESULT))
            words.append("")
        else:
            words.append(cell)
    return TableRow(line, words, faults)


def _find_delimiter(text: str, heads: set[str]) -> str:
    """Return the sign with which most heads of columns are found in the first lines.

    Where none is, the one with which most rows have as many cells as the first has.
    """
    lines = text.splitlines()[:20]

    def count(sign: str) -> tuple[int, float, int]:
        cut = (next(csv.reader([line], delimiter=sign), []) for line in lines)
        known = (len({fold_head(cell) for cell in cells} & heads) for cells in cut)
        even = _measure_evenness(text, sign)
        return max(known, default=0), even, sum(line.count(sign) for line in lines)

    return max(_DELIMITERS, key=count)


def _measure_evenness(text: str, sign: str) -> float:
    """Return the share of the first rows that have as many cells as the first, which has several.

    Commas in running text part it anyhow.
    """
    reader = csv.reader(io.StringIO(text[:SAMPLED_CHARS], newline=""), delimiter=sign)
    try:
        counts = [len(cells) for cells in islice(reader, SAMPLED_ROWS) if cells]
    except csv.Error:
        return 0.0
    # The last may be cut off.
    whole = counts[:-1] or counts
    return whole.count(whole[0]) / len(whole) if whole and whole[0] > 1 else 0.0


def _read_objects(text: str) -> list[TableRow]:
    """Return the objects of a JSON array, of {"rows": […]}, or of one object a line, as rows.

    The first row has their keys, as if it were the head of a table.
    """
    found = [one for one in _list_objects(text) if one]
    if len(found) > MOST_ROWS:
        raise refuse_length()
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
            raise refuse_row(line, ("不是 JSON")) from error
        if isinstance(one, dict):
            yield one


def _spell(value: Any) -> str:
    """Return a JSON value as a cell's words; an object stays JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _check_row(line: int, cells: list[str], count: int) -> None:
    if count > MOST_ROWS:
        raise refuse_length()
    if len(cells) > MOST_COLUMNS:
        raise refuse_row(line, f"列数超过 {MOST_COLUMNS}")
