"""Merge small segments now and then; never so much that publishing has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pickle import load, loads
from struct import Struct
from typing import Any, Final, NamedTuple
from zlib import decompress

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

# More segments of one size than this are merged into one of the next size.
MAX_PER_TIER: Final = 8
_TIER: Final = 8
# More documents are not merged while somebody waits; a rebuild makes one segment of all.
MAX_DOCUMENTS: Final = 5_000
_LENGTH: Final = Struct("!i")


class TermPostings(NamedTuple):
    """A term's postings in a segment, some at a time; values as Whoosh packs them."""

    field: str
    term: bytes
    documents: list[int]
    weights: list[float]
    values: bytes | None


def choose_small(segments: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the segments to keep and those to merge; one without living documents is neither."""
    tiers: dict[int, list[Any]] = {}
    alive = [segment for segment in segments if segment.doc_count()]
    for segment in alive:
        tier, size = 0, segment.doc_count()
        while size >= _TIER**tier:
            tier += 1
        tiers.setdefault(tier, []).append(segment)
    for tier in sorted(tiers):
        group = tiers[tier]
        if len(group) > MAX_PER_TIER and sum(s.doc_count_all() for s in group) <= MAX_DOCUMENTS:
            return [segment for segment in alive if segment not in group], group
    return alive, []


def iter_postings(reader: Any) -> Iterator[TermPostings]:
    """Yield all postings of a segment's reader, deleted documents' too, block by block.

    Whoosh opens a matcher for each term and yields each posting; most terms have one.
    """
    terms = reader._terms
    for (field, term), info in terms.items():
        if info.is_inlined():
            documents, weights, values = info.inlined_postings()
            packed = None if values[0] is None else b"".join(values)
            yield TermPostings(field, term, list(documents), list(weights), packed)
            continue
        offset, length = info.extent()
        data = terms._postfile.get(offset, length[0] if isinstance(length, tuple) else length)
        for documents, weights, packed in _read_blocks(data):
            yield TermPostings(field, term, documents, weights, packed)


def _read_blocks(data: bytes) -> Iterator[tuple[list[int], list[float], bytes | None]]:
    at, last = len(WHOOSH3_HEADER_MAGIC), False
    while not last:
        (size,) = _LENGTH.unpack_from(data, at)
        last, size = size < 0, abs(size)
        file = BytesIO(data[at + _LENGTH.size : at + _LENGTH.size + size])
        at += _LENGTH.size + size
        compression = load(file)[3]
        body = file.read()
        steps, weights, values = loads(decompress(body) if compression else body)
        documents, number = [], 0
        for step in steps:
            number += step
            documents.append(number)
        if not isinstance(weights, tuple | list):
            weights = [1.0 if weights is None else weights] * len(documents)
        yield documents, list(weights), values
