"""Tables of metadata for tests, as people and programs write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

from corpus_app.ingest.rule_files import read_rules

Rows = Sequence[Sequence[Any]]


def write_csv(rows: Rows, delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def write_xlsx(rows: Rows, merged: Sequence[str] = (), formats: Any = None) -> bytes:
    """Return a workbook; merged are ranges, formats the number formats of cells by name."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for cell, shape in (formats or {}).items():
        sheet[cell].number_format = shape
    return save(book)


def write_ods(body: str, styles: str = "") -> bytes:
    """Return a spreadsheet with these tables, and styles, as LibreOffice writes them."""
    spaces = " ".join(
        f'xmlns:{name}="{address}"'
        for name, address in read_rules("office_elements")["opendocument"]["namespaces"].items()
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def write_ods_rows(rows: Rows) -> bytes:
    """Return a spreadsheet with one sheet of words."""
    written = (
        "".join(
            f"<table:table-cell>{''.join(f'<text:p>{escape(line)}</text:p>' for line in lines)}"
            "</table:table-cell>"
            for lines in (str(cell).splitlines() for cell in row)
        )
        for row in rows
    )
    joined = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in written)
    return write_ods(f'<table:table table:name="表">{joined}</table:table>')


def save(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
