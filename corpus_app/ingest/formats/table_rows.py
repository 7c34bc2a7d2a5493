"""A row of a table with one speech a row, kept as JSON: its words, and what other cells say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.formats.extracted import Extracted, Statement
from corpus_app.ingest.formats.records import RecordValue
from corpus_app.ingest.formats.web import extract_page

KEY: Final = "table_row"
TEXT: Final = "text"
RULE: Final = "table"
# What a column says that a page may state, by the names of a speech's fields.
_STATED: Final = {
    **{name: name for name in ("title", "delivered", "published", "updated", "speaker")},
    **{name: name for name in ("organisation", "occasion", "source")},
    "speaker_role": "role",
    "source_url": "url",
}


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


def read_row(decoded: Decoded) -> Extracted | None:
    """Return the speech of a kept row, its other cells as marked lines; None for another text."""
    row = read_table_row(decoded.text)
    if row is None:
        return None
    if not row.text.strip():
        raise RejectedFile("no_text", "这一行没有正文。")
    parts: list[str] = []
    marks: list[Removed] = []
    stated: list[Statement] = []
    start = 0
    for head, words in row.cells.items():
        role = row.columns.get(head, "")
        if role == TEXT or not words.strip():
            continue
        name = _STATED.get(role)
        line = words.strip() if role == "title" else f"{head}: {words.strip()}"
        kind = "title" if role == "title" else "metadata" if name else "site"
        marks.append(Removed(kind, line, start, start + len(line), RULE))
        parts.append(line)
        start += len(line) + 1
        if name:
            stated.append(Statement(name, words.strip(), RULE))
    text = row.text
    if RecordValue(TEXT, text).is_markup:
        text = extract_page(Decoded(text, "utf-8")).raw
    raw = "\n".join([*parts, text.strip()]) + "\n"
    return Extracted(raw, "utf-8", "row", tuple(marks), (), tuple(stated))
