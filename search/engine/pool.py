"""Postings of a segment being written: gathered in arrays, sorted once, written block by block.

Whoosh's own pool pickles every posting, sorts in runs on disk and hands them to its writer one by
one. The files written here are read by Whoosh's own readers and say the same; the blocks are
larger, and the frequencies are left out, for nobody asks for them: the weights have them.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import sub
from pickle import dumps
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.system import pack_int, pack_long, pack_ushort

Array = npt.NDArray[Any]
# Field, term, document, weight, value: as Whoosh passes postings around.
Item = tuple[str, bytes, int, float, bytes | None]

# Postings in a block; Whoosh's own 128 make many small pickles of a frequent word.
BLOCK: Final = 2048
# Less than this is not worth compressing.
_SMALL: Final = 60
_COMPRESSION: Final = 1
_MAX_SINGLES: Final = 10_000


@dataclass(slots=True)
class FieldPostings:
    """One field's postings in the order they came; terms by number, lengths by document."""

    terms: dict[bytes, int] = field(default_factory=dict)
    term: Any = field(default_factory=lambda: array("I"))
    document: Any = field(default_factory=lambda: array("I"))
    weight: Any = field(default_factory=lambda: array("f"))

    def number(self, term: bytes) -> int:
        """Return the term's number."""
        return self.terms.setdefault(term, len(self.terms))

    def extend(self, document: int, terms: Iterable[int], counts: list[int], boost: float) -> None:
        """Add a document's terms with their counts; boost is the weight of one."""
        self.term.extend(terms)
        self.document.extend([document] * len(counts))
        self.weight.extend([count * boost for count in counts] if boost != 1.0 else counts)

    def put(self, term: bytes, documents: Sequence[int], weights: Sequence[float]) -> None:
        """Add a term's documents with their weights."""
        self.term.extend([self.number(term)] * len(documents))
        self.document.extend(documents)
        self.weight.extend(weights)


class ArrayPool:
    """All fields' postings; add is what Whoosh calls when it merges segments."""

    def __init__(self) -> None:
        self.fields: dict[str, FieldPostings] = {}

    def field(self, name: str) -> FieldPostings:
        """Return the postings of a field."""
        return self.fields.setdefault(name, FieldPostings())

    def add(self, item: Item) -> None:
        """Add one posting."""
        name, term, document, weight, _ = item
        postings = self.field(name)
        postings.term.append(postings.number(term))
        postings.document.append(document)
        postings.weight.append(weight)

    def cleanup(self) -> None:
        """Forget everything."""
        self.fields.clear()

    def __len__(self) -> int:
        return sum(len(postings.term) for postings in self.fields.values())


def write_field(writer: Any, name: str, spec: Any, postings: FieldPostings, lengths: Array) -> None:
    """Hand a field's postings to the codec's field writer, sorted by term and document.

    lengths gives the byte of the field's length in each document, 0 where it is not kept.
    """
    writer.start_field(name, spec)
    ordered = sorted(postings.terms)
    rank = np.empty(len(ordered), dtype=np.uint32)
    rank[[postings.terms[term] for term in ordered]] = np.arange(len(ordered), dtype=np.uint32)
    ranks = rank[np.frombuffer(postings.term, dtype=np.uint32)]
    # Each term's documents came in rising order already.
    order = _sort_stable(ranks)
    ends = np.cumsum(np.bincount(ranks, minlength=len(ordered)))
    documents = np.frombuffer(postings.document, dtype=np.uint32)[order]
    columns = _Columns(
        documents,
        np.frombuffer(postings.weight, dtype=np.float32)[order],
        lengths[documents],
    )
    _write_terms(writer, ordered, columns, ends.tolist())
    writer.finish_field()


def _sort_stable(ranks: Array) -> Array:
    """Return the stable order of numbers, by halves: those of 16 bits are sorted fastest."""
    order = np.argsort((ranks & 0xFFFF).astype(np.uint16), kind="stable").astype(np.uint32)
    return order[np.argsort((ranks[order] >> 16).astype(np.uint16), kind="stable")]


@dataclass(frozen=True, slots=True)
class _Columns:
    """A field's postings sorted by term and document; lengths as bytes."""

    documents: Array
    weights: Array
    lengths: Array

    def read_one(self, at: int) -> Hashable:
        """Return a posting's values."""
        return (
            self.documents.item(at),
            self.weights.item(at),
            self.lengths.item(at),
        )

    def list_part(self, part: slice) -> _Part:
        """Return a part as plain values."""
        return _Part(
            self.documents[part].tolist(),
            self.weights[part].tolist(),
            self.lengths[part].tolist(),
        )


class _Part(NamedTuple):
    """Postings as plain values: most terms have few, for which arrays are slow."""

    documents: list[int]
    weights: list[float]
    lengths: list[int]

    def read_bounds(self) -> tuple[int, int]:
        """Return the smallest length that is kept, 0 if none is, and the largest."""
        low, high = min(self.lengths), max(self.lengths)
        if not low and high:
            low = min(length for length in self.lengths if length)
        return low, high


def _write_terms(writer: Any, terms: list[bytes], columns: _Columns, ends: list[int]) -> None:
    """Write the postings of all terms, and for each where they are and what is in them."""
    file, field_id = writer._postfile, pack_ushort(writer._fieldid)
    offset, start = file.tell(), 0
    # Most terms stand in one document, once: those of a document are all alike.
    singles: dict[Hashable, tuple[bytes, bytes]] = {}
    for term, end in zip(terms, ends, strict=True):
        key = columns.read_one(start) if end - start == 1 else None
        packed = singles.get(key) if key else None
        if packed is None:
            packed = _pack_term(columns, start, end)
        if key and len(singles) < _MAX_SINGLES:
            singles[key] = packed
        data, head = packed
        file.write(data)
        writer._tindex.add(field_id + term, head + pack_long(offset) + pack_int(len(data)))
        offset, start = offset + len(data), end


def _pack_term(columns: _Columns, start: int, end: int) -> tuple[bytes, bytes]:
    """Return a term's postings in blocks, and the head of its entry."""
    parts = [
        columns.list_part(slice(low, min(end, low + BLOCK))) for low in range(start, end, BLOCK)
    ]
    blocks = [_pack_block(part) for part in parts]
    sizes = [len(block) for block in blocks]
    sizes[-1] = -sizes[-1]
    pieces = chain.from_iterable(zip(map(pack_int, sizes), blocks, strict=True))
    return b"".join((WHOOSH3_HEADER_MAGIC, *pieces)), _pack_info(parts, end - start)


def _pack_info(parts: list[_Part], count: int) -> bytes:
    """Return the head of a term's entry as Whoosh's W3TermInfo writes it."""
    bounds = [part.read_bounds() for part in parts]
    head: bytes = W3TermInfo._struct.pack(
        0,
        sum(sum(part.weights) for part in parts),
        count,
        min((low for low, _ in bounds if low), default=0),
        max(high for _, high in bounds),
        max(max(part.weights) for part in parts),
        parts[0].documents[0],
        parts[-1].documents[-1],
    )
    return head


def _pack_block(part: _Part) -> bytes:
    """Return a block as Whoosh's W3PostingsWriter makes it."""
    documents, weights = part.documents, part.weights
    steps = (documents[0], *map(sub, documents[1:], documents))
    data = dumps((steps, _pack_weights(weights), None), 2)
    compression = _COMPRESSION if len(data) > _SMALL else 0
    if compression:
        data = zlib.compress(data, compression)
    head = (len(documents), documents[-1], max(weights), compression, *part.read_bounds())
    return dumps(head, 2) + data


def _pack_weights(weights: list[float]) -> float | tuple[float, ...] | None:
    first = weights[0]
    if weights.count(first) == len(weights):
        return None if first == 1.0 else first
    # A whole number takes two bytes, another nine.
    return tuple(int(weight) if weight.is_integer() else weight for weight in weights)
