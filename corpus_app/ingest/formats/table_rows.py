"""A kept row of a table of speeches: its words, and what its other cells say."""

from __future__ import annotations

from typing import Final

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import RejectedFile, Removed
from corpus_app.ingest.formats.extracted import TABLE_RULE, Extracted, Statement
from corpus_app.ingest.formats.records import RecordValue
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.tables.speech_rows import ROW, TEXT, read_table_row

# What a column says that a page may state, by the names of a speech's fields.
_STATED: Final = {
    **{name: name for name in ("title", "delivered", "published", "updated", "speaker")},
    **{name: name for name in ("subtitle", "organisation", "occasion", "source")},
    "speaker_role": "role",
    "source_url": "url",
}


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
        titled = role in ("title", "subtitle")
        line = words.strip() if titled else f"{head}: {words.strip()}"
        kind = "title" if titled else "metadata" if name else "site"
        marks.append(Removed(kind, line, start, start + len(line), TABLE_RULE))
        parts.append(line)
        start += len(line) + 1
        if name:
            stated.append(Statement(name, words.strip(), TABLE_RULE))
    text = row.text
    if RecordValue(TEXT, text).is_markup:
        text = extract_page(Decoded(text, "utf-8")).raw
    raw = "\n".join([*parts, text.strip()]) + "\n"
    return Extracted(raw, "utf-8", ROW, tuple(marks), (), tuple(stated))
