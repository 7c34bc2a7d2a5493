"""Postings of a segment being written: gathered in arrays, sorted once, written block by block.

Whoosh's own pool pickles every posting, sorts in runs on disk and hands them to its writer one by
one. The files written here are the same and are read by Whoosh's own readers; only the blocks
are larger.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from pickle import dumps
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.system import pack_ushort
from whoosh.util.numeric import length_to_byte

Array = npt.NDArray[Any]
# Field, term, document, weight, value: as Whoosh passes postings around.
Item = tuple[str, bytes, int, float, bytes | None]

# Postings in a block; Whoosh's own 128 make many small pickles of a frequent word.
BLOCK: Final = 2048
# Less than this is not worth compressing.
_SMALL: Final = 400
_COMPRESSION: Final = 3


@dataclass(slots=True)
class FieldPostings:
    """One field's postings in the order they came; terms by number, lengths by document."""

    terms: dict[bytes, int] = field(default_factory=dict)
    term: Any = field(default_factory=lambda: array("I"))
    document: Any = field(default_factory=lambda: array("I"))
    weight: Any = field(default_factory=lambda: array("f"))
    frequency: Any = field(default_factory=lambda: array("I"))

    def number(self, term: bytes) -> int:
        """Return the term's number."""
        return self.terms.setdefault(term, len(self.terms))

    def extend(self, document: int, terms: Iterable[int], counts: list[int], boost: float) -> None:
        """Add a document's terms with their counts; boost is the weight of one."""
        self.term.extend(terms)
        self.document.extend([document] * len(counts))
        self.frequency.extend(counts)
        self.weight.extend([count * boost for count in counts] if boost != 1.0 else counts)


class ArrayPool:
    """All fields' postings; add is what Whoosh calls when it merges segments."""

    def __init__(self) -> None:
        self.fields: dict[str, FieldPostings] = {}

    def field(self, name: str) -> FieldPostings:
        """Return the postings of a field."""
        return self.fields.setdefault(name, FieldPostings())

    def add(self, item: Item) -> None:
        """Add one posting."""
        name, term, document, weight, value = item
        postings = self.field(name)
        postings.term.append(postings.number(term))
        postings.document.append(document)
        postings.weight.append(weight)
        postings.frequency.append(int.from_bytes(value, "big") if value else 1)

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()

    def __len__(self) -> int:
        return sum(len(postings.term) for postings in self.fields.values())


def write_field(writer: Any, name: str, spec: Any, postings: FieldPostings, lengths: Array) -> None:
    """Hand a field's postings to the codec's field writer, sorted by term and document.

    lengths gives the field's length in each document, 0 where it is not kept.
    """
    writer.start_field(name, spec)
    ordered = sorted(postings.terms)
    rank = np.empty(len(ordered), dtype=np.int64)
    rank[[postings.terms[term] for term in ordered]] = np.arange(len(ordered))
    documents = np.frombuffer(postings.document, dtype=np.uint32).astype(np.int64)
    key = rank[np.frombuffer(postings.term, dtype=np.uint32)] * (int(documents.max()) + 1)
    order = np.argsort(key + documents, kind="stable")
    sizes = np.bincount(np.frombuffer(postings.term, dtype=np.uint32), minlength=len(ordered))
    ends = np.cumsum(sizes[np.argsort(rank)])
    columns = _Columns(
        documents[order],
        np.frombuffer(postings.weight, dtype=np.float32)[order],
        np.frombuffer(postings.frequency, dtype=np.uint32)[order].astype(">u4"),
        lengths[documents[order]],
        spec.format.fixed_value_size() == 4,
    )
    start = 0
    for term, end in zip(ordered, ends.tolist(), strict=True):
        _write_term(writer, term, columns, start, end)
        start = end
    writer.finish_field()


@dataclass(frozen=True, slots=True)
class _Columns:
    """A field's postings sorted by term and document."""

    documents: Array
    weights: Array
    frequencies: Array
    lengths: Array
    has_values: bool


def _write_term(writer: Any, term: bytes, columns: _Columns, start: int, end: int) -> None:
    file = writer._postfile
    offset = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    for low in range(start, end, BLOCK):
        high = min(end, low + BLOCK)
        body = _pack_block(columns, slice(low, high))
        file.write_int(-len(body) if high == end else len(body))
        file.write(body)
    info = W3TermInfo()
    info._weight = float(columns.weights[start:end].sum())
    info._df = end - start
    info._minlength, info._maxlength = _read_bounds(columns.lengths[start:end])
    info._maxweight = float(columns.weights[start:end].max())
    info._minid, info._maxid = int(columns.documents[start]), int(columns.documents[end - 1])
    info.set_extent(offset, file.tell() - offset)
    writer._tindex.add(pack_ushort(writer._fieldid) + term, info.to_bytes())


def _read_bounds(lengths: Array) -> tuple[int | None, int]:
    """Return the smallest and largest length that is kept."""
    low, high = int(lengths.min()), int(lengths.max())
    if not low and high:
        low = int(lengths[lengths > 0].min())
    return low or None, high


def _pack_block(columns: _Columns, part: slice) -> bytes:
    """Return a block as Whoosh's W3PostingsWriter makes it."""
    documents, weights = columns.documents[part], columns.weights[part]
    steps = tuple(np.diff(documents, prepend=0).tolist())
    values = columns.frequencies[part].tobytes() if columns.has_values else None
    data = dumps((steps, _pack_weights(weights), values), 2)
    compression = _COMPRESSION if len(data) > _SMALL else 0
    if compression:
        data = zlib.compress(data, compression)
    low, high = _read_bounds(columns.lengths[part])
    head = (
        len(documents),
        int(documents[-1]),
        float(weights.max()),
        compression,
        length_to_byte(low),
        length_to_byte(high),
    )
    return dumps(head, 2) + data


def _pack_weights(weights: Array) -> float | tuple[float, ...] | None:
    first = float(weights[0])
    if (weights == first).all():
        return None if first == 1.0 else first
    return tuple(weights.tolist())
