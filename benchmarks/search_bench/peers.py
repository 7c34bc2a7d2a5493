"""Other engines over the same rows: stock Whoosh, SQLite FTS5 twice, Tantivy.

Words come cut beforehand by our segmenter, so that all engines answer for the same words; only
stock Whoosh cuts while it builds, as its analyzer does. Every engine answers with its best 20.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from benchmarks.search_bench.questions import PAGE, Question

Row = dict[str, Any]


class Peer(Protocol):
    """An engine that is built once and then asked."""

    name: str

    def build(self, rows: Path, folder: Path) -> None:
        """Fill a new folder with the rows of a file."""

    def open(self, folder: Path) -> None:
        """Open what build made; also reopens."""

    def ask(self, question: Question) -> Any:
        """Return the best 20, None where the engine has no way to answer."""

    def count(self, question: Question) -> int | None:
        """Return how many match, None where the engine has no way to answer."""


def find_reason(peer: str) -> str:
    """Return why a peer can't take part here, "" if it can."""
    if peer == "tantivy" and importlib.util.find_spec("tantivy") is None:
        return "tantivy is not installed"
    if peer.startswith("fts5") and sqlite3.sqlite_version_info < (3, 34):
        return f"SQLite {sqlite3.sqlite_version} has no trigram tokenizer"
    return ""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class StockWhoosh:
    """Whoosh as its manual says, with our segmenter as analyzer."""

    name = "whoosh"

    def build(self, rows: Path, folder: Path) -> None:
        """Index with one writer and add_document."""
        from whoosh import fields, index

        from search.engine.schema import WordAnalyzer

        words = fields.TEXT(analyzer=WordAnalyzer())
        schema = fields.Schema(
            id=fields.STORED,
            text=words,
            heading=fields.TEXT(analyzer=WordAnalyzer(), field_boost=4.0),
            title=fields.TEXT(analyzer=WordAnalyzer()),
            year=fields.NUMERIC(sortable=True),
        )
        folder.mkdir()
        with index.create_in(str(folder), schema).writer(limitmb=256) as writer:
            for row in read_rows(rows):
                writer.add_document(
                    id=row["id"],
                    text=row["text"],
                    heading=row["heading"],
                    title=row["title"],
                    year=row["year"],
                )

    def open(self, folder: Path) -> None:
        """Open a searcher."""
        from whoosh import index

        self._searcher = index.open_dir(str(folder)).searcher()

    def _make(self, question: Question) -> Any:
        from whoosh import query as q

        if question.kind == "string":
            return None
        if question.kind == "prefix":
            return q.Or([q.Prefix(f, question.words[0]) for f in ("text", "heading")])
        each = [q.Or([q.Term("text", w), q.Term("heading", w)]) for w in question.words]
        parts: list[Any] = [q.Or(each) if question.any_word else q.And(each)]
        if question.title:
            parts.append(q.Term("title", question.title))
        if question.years:
            parts.append(q.NumericRange("year", *question.years))
        return q.And(parts) if len(parts) > 1 else parts[0]

    def ask(self, question: Question) -> Any:
        """Return the best hits, or the facet's groups."""
        query = self._make(question)
        if query is None:
            return None
        if question.kind == "facets":
            found = self._searcher.search(query, limit=PAGE, groupedby="year")
            return {year: len(docs) for year, docs in found.groups().items()}
        found = self._searcher.search(query, limit=question.offset + PAGE)
        return [hit["id"] for hit in found[question.offset :]]

    def count(self, question: Question) -> int | None:
        """Return how many match."""
        query = self._make(question)
        return None if query is None else len(list(self._searcher.docs_for_query(query)))


class Fts5:
    """SQLite FTS5; by words with unicode61, or by trigrams of the text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._by_words = name == "fts5-words"

    def build(self, rows: Path, folder: Path) -> None:
        """Index in one transaction, then merge."""
        folder.mkdir()
        base = sqlite3.connect(folder / "fts.sqlite3")
        base.execute("PRAGMA journal_mode=OFF")
        tokenizer = "unicode61" if self._by_words else "trigram"
        base.execute(
            "CREATE VIRTUAL TABLE t USING fts5"
            f"(heading, text, title, year UNINDEXED, tokenize='{tokenizer}')"
        )
        names = ("heading_words", "words", "title_words") if self._by_words else None
        columns = names or ("heading", "text", "title")
        base.executemany(
            "INSERT INTO t (rowid, heading, text, title, year) VALUES (?, ?, ?, ?, ?)",
            ((r["id"], *(r[name] for name in columns), r["year"]) for r in read_rows(rows)),
        )
        base.execute("INSERT INTO t (t, rank) VALUES ('rank', 'bm25(4.0, 1.0, 1.0)')")
        base.execute("INSERT INTO t (t) VALUES ('optimize')")
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        """Open the base."""
        self._base = sqlite3.connect(folder / "fts.sqlite3")

    def _make(self, question: Question) -> tuple[str, list[Any]] | None:
        if self._by_words == (question.kind == "string"):
            return None
        if not self._by_words:
            return self._make_string(question.string)
        star = "*" if question.kind == "prefix" else ""
        joined = (" OR " if question.any_word else " AND ").join(
            f'"{word}"{star}' for word in question.words
        )
        match = f"{{heading text}} : ({joined})"
        if question.title:
            match += f' AND title : "{question.title}"'
        if question.years:
            return "t MATCH ? AND year BETWEEN ? AND ?", [match, *question.years]
        return "t MATCH ?", [match]

    def _make_string(self, string: str) -> tuple[str, list[Any]]:
        if len(string) < 3:  # shorter than a trigram: SQLite reads every row
            return "instr(text, ?) > 0", [string]
        return "t MATCH ?", [f'text : "{string}"']

    def ask(self, question: Question) -> Any:
        """Return the best rows, or the facet's groups."""
        made = self._make(question)
        if made is None:
            return None
        where, values = made
        if question.kind == "facets":
            groups = f"SELECT year, count(*) FROM t WHERE {where} GROUP BY year"
            best = self._best(where, values, 0)
            return best, self._base.execute(groups, values).fetchall()
        return self._best(where, values, question.offset)

    def _best(self, where: str, values: list[Any], offset: int) -> list[Any]:
        order = "ORDER BY rank" if "MATCH" in where else ""
        sql = f"SELECT rowid FROM t WHERE {where} {order} LIMIT {PAGE} OFFSET {offset}"
        return self._base.execute(sql, values).fetchall()

    def count(self, question: Question) -> int | None:
        """Return how many match."""
        made = self._make(question)
        if made is None:
            return None
        sql = f"SELECT count(*) FROM t WHERE {made[0]}"
        return int(self._base.execute(sql, made[1]).fetchone()[0])


class Tantivy:
    """Tantivy through its Python binding, words parted by blanks."""

    name = "tantivy"

    def build(self, rows: Path, folder: Path) -> None:
        """Index with the default writer and merge."""
        import tantivy

        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        for name in ("heading", "text", "title"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        builder.add_integer_field("year", indexed=True, fast=True)
        builder.add_integer_field("id", stored=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for row in read_rows(rows):
            writer.add_document(
                tantivy.Document(
                    id=row["id"],
                    heading=row["heading_words"],
                    text=row["words"],
                    title=row["title_words"],
                    year=row["year"],
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index and a searcher."""
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._index.reload()
        self._searcher = self._index.searcher()

    def _make(self, question: Question) -> Any:
        import tantivy

        if question.kind == "string":
            return None
        if question.kind == "prefix":
            pattern = f"{question.words[0]}.*"
            return tantivy.Query.regex_query(self._index.schema, "text", pattern)
        joined = (" OR " if question.any_word else " AND ").join(question.words)
        text = f"({joined})"
        if question.title:
            text += f" AND title:{question.title}"
        if question.years:
            text += f" AND year:[{question.years[0]} TO {question.years[1]}]"
        return self._index.parse_query(text, ["text", "heading"], field_boosts={"heading": 4.0})

    def ask(self, question: Question) -> Any:
        """Return the best hits, or the facet's groups."""
        query = self._make(question)
        if query is None:
            return None
        found = self._searcher.search(query, PAGE, count=False, offset=question.offset)
        if question.kind == "facets":
            by_year = {"by": {"terms": {"field": "year", "size": 100}}}
            return found.hits, self._searcher.aggregate(query, by_year)
        return [self._searcher.doc(place)["id"][0] for _, place in found.hits]

    def count(self, question: Question) -> int | None:
        """Return how many match."""
        query = self._make(question)
        if query is None:
            return None
        found: Any = self._searcher.search(query, 1, count=True)
        return int(found.count)
