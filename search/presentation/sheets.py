"""A table with what must be known about it, written as CSV that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Cell = str | int | float | None

_BOM: Final = "\ufeff"
# A cell that begins so may be run as a formula; full-width forms count for some programs.
_RISKY: Final = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class Sheet:
    """Notes (what, value) on the query, filters, date and size; column names; rows; how many."""

    notes: Sequence[tuple[str, Cell]]
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    # 0: few, and nobody counted them.
    total: int = 0


def write_csv(sheet: Sheet) -> Iterator[str]:
    """Yield the sheet as CSV after RFC 4180, a byte order mark first, then a line at a time.

    Every line has the same number of fields. The columns come first, as programs expect; notes
    stand after the rows and an empty line. Text that a spreadsheet would take for a formula gets
    an apostrophe in front.
    """
    width = max(len(sheet.columns), 2)
    yield _BOM
    yield _write_row(sheet.columns, width)
    for row in sheet.rows:
        yield _write_row(row, width)
    yield _write_row((), width)
    for note in sheet.notes:
        yield _write_row(note, width)


def _write_row(cells: Sequence[Cell], width: int) -> str:
    buffer = io.StringIO()
    padded = [*map(make_safe, cells), *[""] * (width - len(cells))]
    csv.writer(buffer, lineterminator="\r\n").writerow(padded)
    return buffer.getvalue()


def make_safe(cell: Cell) -> Cell:
    """Return the cell so that no spreadsheet runs it: make_safe("=1+1") == "'=1+1"."""
    return f"'{cell}" if isinstance(cell, str) and is_risky(cell) else cell


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet could run the text as a formula."""
    return text.lstrip(" \u3000").startswith(_RISKY)
