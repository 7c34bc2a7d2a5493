"""A row of a table with one speech a row, as it is kept: JSON that tells where it stood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

KEY: Final = "table_row"
TEXT: Final = "text"
# The format of a speech that is read from such a row.
ROW: Final = "row"


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """A row as it is kept: where it stood, its cells by head, and what columns are (by head).

    digest tells one state of the table's file from another; sheet is "" where there is but one.
    """

    file: str
    sheet: str
    line: int
    digest: str
    cells: dict[str, str]
    columns: dict[str, str]

    @property
    def text(self) -> str:
        """Return the words of the speech, "" where the row has none."""
        return "\n".join(
            words for head, words in self.cells.items() if self.columns.get(head) == TEXT
        )


def write_table_row(row: SpeechRow) -> bytes:
    """Return the row as it is kept; the same row always gives the same bytes."""
    told = {"file": row.file, "sheet": row.sheet, "line": row.line, "digest": row.digest}
    record = {KEY: {**told, "columns": row.columns}, "cells": row.cells}
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def read_table_row(data: bytes | str) -> SpeechRow | None:
    """Return the row that was kept so; None where the bytes are something else."""
    head = data[:40] if isinstance(data, str) else data[:40].decode("utf-8", "replace")
    if f'"{KEY}"' not in head:
        return None
    try:
        record: Any = json.loads(data)
        told = record[KEY]
        cells = {str(name): str(words) for name, words in record["cells"].items()}
        columns = {str(name): str(role) for name, role in told["columns"].items()}
        where = str(told["file"]), str(told["sheet"]), int(told["line"]), str(told["digest"])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return SpeechRow(*where, cells, columns)
