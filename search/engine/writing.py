"""One writer for what comes and what goes; nothing is lost because another writer is busy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from haystack.constants import ID
from whoosh.index import Index
from whoosh.writing import IndexWriter

from search.engine.bulk import ArrayWriter

WAIT_SECONDS: Final = 60.0


@contextmanager
def open_writer(index: Index) -> Iterator[ArrayWriter]:
    """Yield a writer that waits for its turn; it commits at the end, or cancels on an error."""
    writer = ArrayWriter(index, timeout=WAIT_SECONDS, delay=0.02)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def delete_terms(writer: IndexWriter, field: str, values: Iterable[Any]) -> None:
    """Delete all documents that have one of the values in a field.

    One reader serves all values; Whoosh's own delete_by_term opens every segment for each.
    """
    terms = [writer.schema[field].to_bytes(value) for value in values]
    with writer.reader() as reader:
        for term in terms:
            if (field, term) in reader:
                for number in list(reader.postings(field, term).all_ids()):
                    writer.delete_document(number)


def put_documents(
    writer: ArrayWriter, documents: Iterable[dict[str, Any]], removed: Iterable[str] = ()
) -> None:
    """Take documents out by id, and add documents in place of those with the same id."""
    fresh = list(documents)
    delete_terms(writer, ID, dict.fromkeys([*removed, *(document[ID] for document in fresh)]))
    for document in fresh:
        writer.add_document(**document)
