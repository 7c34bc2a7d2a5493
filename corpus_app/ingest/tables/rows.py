"""What reading a table yields: sheets of rows of words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
MOST_SHEETS: Final = 5
# What the package of a spreadsheet may unpack to.
UNPACKED: Final = 60 * MEGABYTE
# Blank rows behind the last words: a sheet may be formatted to its last row.
MOST_BLANK: Final = 2_000
NO_RESULT: Final = "是公式，没有算出的值"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The words of a row's cells and its number, from 1 as a spreadsheet shows it.

    faults are cells that could not be read: their numbers from 0, each with the reason.
    """

    line: int
    cells: list[str]
    faults: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(map(str.strip, self.cells)) and not self.faults


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet: its name, "" where there is but one, its rows, and what to know of the reading."""

    name: str
    rows: list[TableRow]
    remarks: list[str] = field(default_factory=list)


def refuse_row(line: int, reason: str) -> RejectedFile:
    """Return the refusal of a table for what stands in one of its rows."""
    return RejectedFile("damaged", f"表格第 {line} 行读不出来：{reason}。")


def refuse_length() -> RejectedFile:
    """Return the refusal of a table with more rows than are read."""
    return RejectedFile("too_large", f"表格超过 {MOST_ROWS} 行，请分成几个再用。")
