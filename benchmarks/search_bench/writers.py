"""Two writers over the same two fields of the same sections: ours and Whoosh's own.

Our whole build makes more than stock Whoosh's does: every text as speech and as sections, eleven
fields, the arrays, all of it from the database. So the writers are also measured alone: heading
and text without positions, cut by the same segmenter, one document for each section.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.peers import Row, read_rows
from benchmarks.search_bench.questions import Question

_BATCH: Final = 10_000


class _Writer:
    name = ""

    def open(self, folder: Path) -> None:
        """Nothing is asked."""

    def ask(self, question: Question) -> Any:
        """Return None: nothing is asked."""
        return None

    def count(self, question: Question) -> int | None:
        """Return None: nothing is asked."""
        return None


def _create(folder: Path) -> Any:
    from whoosh import fields, index

    from search.engine.schema import WordAnalyzer

    folder.mkdir()
    schema = fields.Schema(
        text=fields.TEXT(analyzer=WordAnalyzer(), phrase=False),
        heading=fields.TEXT(analyzer=WordAnalyzer(), phrase=False, field_boost=4.0),
    )
    return index.create_in(str(folder), schema)


def _read_documents(rows: Path) -> Iterator[dict[str, str]]:
    for row in read_rows(rows):
        yield _take(row)


def _take(row: Row) -> dict[str, str]:
    return {"text": row["text"], "heading": row["heading"]}


class OurWriter(_Writer):
    """Our writer, in batches as a rebuild gives them."""

    name = "ours-writer"

    def build(self, rows: Path, folder: Path) -> None:
        """Index all rows in one commit."""
        from search.engine.bulk import ArrayWriter

        writer = ArrayWriter(_create(folder))
        documents = _read_documents(rows)
        while batch := list(islice(documents, _BATCH)):
            writer.add_documents(batch)
        writer.commit()


class StockWriter(_Writer):
    """Whoosh's own writer."""

    name = "whoosh-writer"

    def build(self, rows: Path, folder: Path) -> None:
        """Index all rows in one commit."""
        with _create(folder).writer(limitmb=256) as writer:
            for document in _read_documents(rows):
                writer.add_document(**document)
