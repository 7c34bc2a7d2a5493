"""Whoosh's posting lists as NumPy arrays, read once and kept within a bound.

Whoosh hands postings out one by one, at about 3 µs each. The blocks on disk hold them by the
hundred, so they are read block by block. A segment never changes, so what is read of it holds
until it goes; deletions are kept apart from it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pickle import loads
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3LeafMatcher
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

Array = npt.NDArray[Any]

CACHE_BYTES: Final = 48 * 1024 * 1024
_LENGTHS: Final = np.array([byte_to_length(code) for code in range(256)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a term, rising, and the term's weight in each."""

    documents: Array
    weights: Array

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        return int(self.documents.nbytes + self.weights.nbytes)


NO_POSTINGS: Final = Postings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64))


def read_postings(reader: Any, field: str, term: bytes) -> Postings:
    """Return a term's postings in one segment's reader, those of deleted documents too."""
    try:
        matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    except TermNotFound:
        return NO_POSTINGS
    documents: list[Array] = []
    weights: list[Array] = []
    while True:
        block, weight = _read_block(matcher)
        documents.append(block)
        weights.append(weight)
        if matcher._lastblock:
            break
        matcher._next_block()
    return Postings(np.concatenate(documents), np.concatenate(weights))


def _read_block(matcher: W3LeafMatcher) -> tuple[Array, Array]:
    """Return a block's document numbers, kept as steps from the first, and the weights."""
    data = matcher._postfile.get(matcher._dataoffset, matcher._nextoffset - matcher._dataoffset)
    steps, weights, _ = loads(zlib.decompress(data) if matcher._compression else data)
    documents = np.cumsum(np.array(steps, dtype=np.int64))
    if weights is None or isinstance(weights, float):
        return documents, np.full(len(documents), 1.0 if weights is None else weights)
    return documents, np.array(weights, dtype=np.float64)


def read_lengths(per_document: Any, field: str) -> Array:
    """Return the length in words of a field in each document of a segment, as Whoosh keeps it."""
    return _LENGTHS[read_length_codes(per_document, field)]


def read_length_codes(per_document: Any, field: str) -> Array:
    """Return the bytes that stand for a field's length in each document."""
    name = f"_{field}_len"
    count = per_document.doc_count_all()
    codes = np.zeros(count, dtype=np.uint8)
    if per_document.has_column(name):
        column = per_document.column_reader(name, LENGTHS_COLUMN)
        raw = column._dbfile.get(column._basepos, column._count)
        codes[: column._count] = np.frombuffer(raw, dtype=np.uint8)[:count]
    return codes


def read_numbers(reader: Any, field: str) -> Array:
    """Return a column of 64-bit numbers of all documents of a segment, 0 where there is none."""
    count = reader.doc_count_all()
    values = np.zeros(count, dtype=np.int64)
    if reader.has_column(field):
        column = reader._perdoc.column_reader(field, reader.schema[field].column_type)
        raw = column._dbfile.get(column._basepos, column._count * 8)
        values[: column._count] = np.frombuffer(raw, dtype=">i8")[:count]
    return values


def read_alive(reader: Any) -> Array:
    """Return the mask of a segment's documents that are not deleted."""
    alive = np.ones(reader.doc_count_all(), dtype=np.bool_)
    alive[list(reader.segment().deleted_docs())] = False
    return alive
