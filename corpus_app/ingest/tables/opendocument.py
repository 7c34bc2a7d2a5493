"""Sheets of an OpenDocument spreadsheet (.ods, .fods): cells as a person sees them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.elements import FileAccount, load_elements
from corpus_app.ingest.formats.opendocument.inline import OdtInlineReader, OdtSurroundings
from corpus_app.ingest.formats.opendocument.looks import OdtStyles
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.opendocument.objects import ObjectParts
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.formats.visibility import ExtractedText
from corpus_app.ingest.limits import MEGABYTE, Limits
from corpus_app.ingest.tables.appearance import (
    MERGED,
    MergedCell,
    drop_hidden,
    fill_merged,
    spell_day,
    tell_hidden_columns,
    tell_left_sheets,
)
from corpus_app.ingest.tables.rows import (
    MOST_BLANK,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NO_RESULT,
    UNPACKED,
    TableRow,
    TableSheet,
    refuse_length,
    refuse_row,
)

LABEL: Final = "OpenDocument 表格"
# Characters that repeated rows and cells may make, all together.
MOST_REPEATED: Final = 20 * MEGABYTE
_ZIP: Final = b"PK\x03\x04"
_CELL, _COVERED = qualify("table:table-cell"), qualify("table:covered-table-cell")
_ROW, _COLUMN = qualify("table:table-row"), qualify("table:table-column")
_INSIDE: Final = frozenset(
    qualify(f"table:table-{name}")
    for name in ("rows", "header-rows", "row-group", "columns", "header-columns", "column-group")
)
_STYLE, _DEFAULT_STYLE = qualify("table:style-name"), qualify("table:default-cell-style-name")
_DATE_STYLE: Final = qualify("number:date-style")


def is_opendocument(data: bytes) -> bool:
    """Return whether the bytes are those of an OpenDocument file, packed or in one XML file."""
    if not data.startswith(_ZIP):
        return b"<office:document" in data[:4096]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "content.xml" in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_opendocument(data: bytes, limits: Limits) -> list[TableSheet]:
    """Return the sheets that people can see. Raises RejectedFile."""
    common: list[etree._Element] = []
    if data.startswith(_ZIP):
        check_package(
            data, replace(limits, unpacked_bytes=min(limits.unpacked_bytes, UNPACKED)), LABEL
        )
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if b"encryption-data" in (read_member(package, "META-INF/manifest.xml") or b""):
                raise RejectedFile("unsupported", f"{LABEL}设有密码，请解除密码后再上传。")
            root = parse_part(read_member(package, "content.xml") or b"", LABEL)
            if styles := read_member(package, "styles.xml"):
                common.append(parse_part(styles, LABEL))
    else:
        root = parse_part(data.lstrip(b"\xef\xbb\xbf \r\n\t"), LABEL)
    body = root.find(f"{qualify('office:body')}/{qualify('office:spreadsheet')}")
    if body is None:
        raise RejectedFile("unsupported", "这不是表格：OpenDocument 文件里没有工作表。")
    return list(_CellReader([*common, root], root).read_sheets(body))


@dataclass
class _Sheet:
    """A sheet as it is read; hidden are numbers of rows from 1 and of columns from 0."""

    # The style of each column's cells, columns from 0.
    styles: list[str] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    rows: list[TableRow] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[MergedCell] = field(default_factory=list)
    line: int = 1
    blank: int = 0


class _CellReader:
    """Reads rows and cells; what is repeated counts against one budget."""

    def __init__(self, parts: list[etree._Element], root: etree._Element) -> None:
        self.styles = OdtStyles(parts)
        objects = ObjectParts(lambda name: None, root)
        self.inline = OdtInlineReader(
            load_elements("opendocument"), self.styles, FileAccount(), objects
        )
        self.days = {
            node.get(qualify("style:name")) or "": node
            for part in parts
            for node in part.iter(_DATE_STYLE)
        }
        self.left_to_repeat = MOST_REPEATED

    def read_sheets(self, body: etree._Element) -> Iterator[TableSheet]:
        """Yield the sheets that people can see, the first of them."""
        tables = body.findall(qualify("table:table"))
        shown = [table for table in tables if self._is_shown(table)]
        names = [_read_name(table) for table in tables if table not in shown]
        left = tell_left_sheets(names, map(_read_name, shown[MOST_SHEETS:]))
        for table in shown[:MOST_SHEETS]:
            sheet = _Sheet()
            self._read_table(table, sheet)
            remarks = [MERGED] if fill_merged(sheet.rows, sheet.merged) else []
            rows, told = drop_hidden(sheet.rows, sheet.hidden_rows)
            told += tell_hidden_columns(rows, sheet.hidden_columns)
            yield TableSheet(_read_name(table), rows, [*remarks, *told, *left])

    def _is_shown(self, table: etree._Element) -> bool:
        for style in self.styles.list_chain("table", table.get(_STYLE) or ""):
            look = style.find(qualify("style:table-properties"))
            display = look.get(qualify("table:display")) if look is not None else None
            if display is not None:
                return display != "false"
        return True

    def _read_table(self, table: etree._Element, sheet: _Sheet) -> None:
        for node in table:
            if node.tag in _INSIDE:
                self._read_table(node, sheet)
            elif node.tag == _COLUMN:
                self._read_column(node, sheet)
            elif node.tag == _ROW and sheet.blank <= MOST_BLANK:
                self._read_row(node, sheet)

    def _read_column(self, node: etree._Element, sheet: _Sheet) -> None:
        first = len(sheet.styles)
        count = min(_read_count(node, "number-columns-repeated"), MOST_COLUMNS + 1)
        sheet.styles += [node.get(_DEFAULT_STYLE) or ""] * count
        if _is_hidden(node):
            sheet.hidden_columns |= set(range(first, first + count))

    def _read_row(self, node: etree._Element, sheet: _Sheet) -> None:
        """Add a row as often as it is repeated; blank ones move the next ones down alone."""
        count = _read_count(node, "number-rows-repeated")
        row = self._read_cells(node, sheet)
        last = sheet.line + count - 1
        if row.is_blank:
            sheet.blank += count
        else:
            sheet.blank = 0
            if len(sheet.rows) + count > MOST_ROWS + 1:
                raise refuse_length()
            self._spend((count - 1) * sum(map(len, row.cells)))
            lines = range(sheet.line, last + 1)
            sheet.rows += [TableRow(line, [*row.cells], [*row.faults]) for line in lines]
            if _is_hidden(node):
                sheet.hidden_rows |= set(lines)
        sheet.line = last + 1

    def _read_cells(self, node: etree._Element, sheet: _Sheet) -> TableRow:
        row = TableRow(sheet.line, [])
        for cell in node.iterchildren(_CELL, _COVERED):
            number = len(row.cells)
            style = cell.get(_STYLE) or node.get(_DEFAULT_STYLE)
            if not style and number < len(sheet.styles):
                style = sheet.styles[number]
            covered = cell.tag == _COVERED
            words, fault = ("", "") if covered else self._read_cell(cell, style or "")
            count = _read_count(cell, "number-columns-repeated")
            if (words or fault) and number + count > MOST_COLUMNS:
                raise refuse_row(sheet.line, f"列数超过 {MOST_COLUMNS}")
            count = min(count, MOST_COLUMNS - number)
            self._spend((count - 1) * len(words))
            row.cells.extend([words] * count)
            row.faults.extend((one, fault) for one in range(number, number + count) if fault)
            spanned = _read_count(cell, "number-rows-spanned")
            if not covered and spanned > 1:
                sheet.merged.append(MergedCell(number, sheet.line, sheet.line + spanned - 1))
        while row.cells and not row.cells[-1]:
            row.cells.pop()
        return row

    def _spend(self, chars: int) -> None:
        self.left_to_repeat -= max(chars, 0)
        if self.left_to_repeat < 0:
            raise RejectedFile("too_large", "表格中重复的行或列过多，请删去多余的再上传。")

    def _read_cell(self, cell: etree._Element, style: str) -> tuple[str, str]:
        """Return the words of a cell, and what is wrong with it, "" for nothing."""
        shown = "\n".join(self._read_paragraph(one) for one in cell.iterchildren(qualify("text:p")))
        kind = cell.get(qualify("office:value-type")) or ""
        if cell.get(qualify("calcext:value-type")) == "error":
            return "", f"公式出错：{shown}"
        value = cell.get(qualify(f"office:{_VALUES.get(kind, 'value')}"))
        if kind == "date" and (day := _read_day(value or "")) is not None:
            return self._spell_day(day, style), ""
        if kind in ("float", "currency", "percentage") and value:
            return _spell_number(value), ""
        if kind == "boolean" and value:
            return value.upper(), ""
        words = shown or (value if kind == "string" and value else "")
        formula = cell.get(qualify("table:formula")) is not None
        return words, NO_RESULT if formula and not words else ""

    def _read_paragraph(self, node: etree._Element) -> str:
        line = ExtractedText()
        self.inline.read_inline(node, line, OdtSurroundings(ground="unknown"))
        return "".join(words for words, unseen in line.iter_stretches() if unseen is None)

    def _spell_day(self, day: dt.date, style: str) -> str:
        for node in self.styles.list_chain("table-cell", style):
            form = self.days.get(node.get(qualify("style:data-style-name")) or "")
            if form is not None:
                parts = {etree.QName(part).localname for part in form if isinstance(part.tag, str)}
                exact = "year" not in parts or "day" in parts
                return spell_day(day, month="month" in parts, exact=exact)
        return day.isoformat()


_VALUES: Final = {
    "date": "date-value",
    "string": "string-value",
    "boolean": "boolean-value",
    "time": "time-value",
}


def _read_name(table: etree._Element) -> str:
    return table.get(qualify("table:name")) or ""


def _read_count(node: etree._Element, name: str) -> int:
    """Return how often a node is repeated or how far it reaches; 1 where it says nothing sound."""
    said = node.get(qualify(f"table:{name}")) or ""
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _is_hidden(node: etree._Element) -> bool:
    return node.get(qualify("table:visibility")) in ("collapse", "filter")


def _read_day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None


def _spell_number(value: str) -> str:
    try:
        return f"{float(value):.10g}"
    except ValueError:
        return value
