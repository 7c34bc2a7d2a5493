"""Whoosh's writer with its slow parts replaced: cutting, sorting postings, merging segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pickle import load, loads
from struct import Struct
from typing import Any, Final, NamedTuple
from zlib import decompress

from haystack.constants import ID
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC
from whoosh.index import Index
from whoosh.writing import IndexWriter, SegmentWriter

from search.analysis.words import load_segmenter, split_runs
from search.engine.filling import FieldFiller
from search.engine.mapping import MappedIndex
from search.engine.pool import ArrayPool, write_field
from search.engine.postings import read_length_codes

WAIT_SECONDS: Final = 60.0
# More segments of one size than this are merged into one of the next size.
MAX_PER_TIER: Final = 8
_TIER: Final = 8
# More documents are not merged while somebody waits; a rebuild makes one segment of all.
MAX_DOCUMENTS: Final = 5_000
_LENGTH: Final = Struct("!i")


class ArrayWriter(SegmentWriter):
    """Writes the same segment as Whoosh's own writer, many times faster.

    A section's words are also its speech's words: what stands between two punctuation marks is
    cut once and then known.
    """

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, **options)
        self.pool: ArrayPool = ArrayPool()
        self._fillers: dict[str, FieldFiller] = {}
        self._split: dict[str, list[str]] = {}
        self._cut: dict[str, list[str]] = {}

    def add_documents(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """Add documents, all words that are new in them cut at once."""
        self._learn(documents)
        for document in documents:
            self.add_document(**document)

    def _learn(self, documents: Iterable[Mapping[str, Any]]) -> None:
        new: dict[str, None] = {}
        self._split.clear()
        for document in documents:
            for name, value in document.items():
                filler = self._fill(name)
                if filler.has_words and value not in self._split:
                    known = filler.words.runs
                    runs = self._split[value] = split_runs(value)
                    new.update((run, None) for run in runs if run not in known)
        self._cut = dict(zip(new, load_segmenter().cut_runs(list(new)), strict=True))

    def _fill(self, name: str) -> FieldFiller:
        """Return the filler of a field; raise UnknownFieldError for one not in the schema."""
        filler = self._fillers.get(name)
        if filler is None:
            self._check_fields(self.schema, [name])
            filler = FieldFiller(name, self.schema[name], self.pool.field(name))
            self._fillers[name] = filler
        return filler

    def add_document(self, **fields: Any) -> None:
        """Add a document of the schema's fields; None stands for a field that is not there."""
        self._check_state()
        given = [(self._fill(name), fields[name]) for name in sorted(fields)]
        self.perdocwriter.start_doc(self.docnum)
        for filler, value in given:
            if value is None:
                continue
            if filler.has_words:
                runs = self._split.get(value)
                runs = split_runs(value) if runs is None else runs
                length = filler.post_runs(self.docnum, runs, self._cut)
            else:
                length = filler.post_value(self.docnum, value)
            filler.write(self.perdocwriter, value, length)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def commit(self, mergetype: Any = None, optimize: Any = None, merge: Any = None) -> None:
        """Save all that was added and deleted; merge few small segments unless told otherwise."""
        if mergetype is None and not optimize and merge is not False:
            mergetype = _merge_small
        super().commit(mergetype, optimize, merge)

    def add_postings_to_pool(
        self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None
    ) -> None:
        """Put a segment's postings into the pool, those of deleted documents left out."""
        for found in iter_postings(reader):
            if found.field not in self.schema:
                continue
            numbers = (
                [startdoc + each for each in found.documents]
                if docmap is None
                else [docmap.get(each) for each in found.documents]
            )
            rows = zip(numbers, found.weights, strict=True)
            kept = [row for row in rows if row[0] is not None]
            if kept:
                self.pool.field(found.field).put(found.term, *zip(*kept, strict=True))

    def reader(self, reuse: Any = None) -> Any:
        """Return a reader of what is committed, less what was deleted since."""
        return MappedIndex._reader(self.storage, self.schema, self.segments, self.generation)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        reader = self.per_document_reader()
        for name, postings in sorted(self.pool.fields.items()):
            if len(postings.term):
                lengths = read_length_codes(reader, name)
                write_field(self.fieldwriter, name, self.schema[name], postings, lengths)
        self.fieldwriter.close()
        reader.close()


def _merge_small(writer: ArrayWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's hook: put what is to be merged into the writer, return what stays."""
    kept, merged = choose_small(segments)
    for segment in merged:
        reader = MappedIndex._reader(writer.storage, writer.schema, [segment], 0)
        writer.add_reader(reader)
        reader.close()
    return kept


class TermPostings(NamedTuple):
    """A term's postings in a segment, some at a time."""

    field: str
    term: bytes
    documents: list[int]
    weights: list[float]


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
            documents, weights, _ = info.inlined_postings()
            yield TermPostings(field, term, list(documents), list(weights))
            continue
        offset, length = info.extent()
        data = terms._postfile.get(offset, length[0] if isinstance(length, tuple) else length)
        for documents, weights in _read_blocks(data):
            yield TermPostings(field, term, documents, weights)


def _read_blocks(data: bytes) -> Iterator[tuple[list[int], list[float]]]:
    at, last = len(WHOOSH3_HEADER_MAGIC), False
    while not last:
        (size,) = _LENGTH.unpack_from(data, at)
        last, size = size < 0, abs(size)
        file = BytesIO(data[at + _LENGTH.size : at + _LENGTH.size + size])
        at += _LENGTH.size + size
        compression = load(file)[3]
        body = file.read()
        steps, weights, _ = loads(decompress(body) if compression else body)
        documents, number = [], 0
        for step in steps:
            number += step
            documents.append(number)
        if not isinstance(weights, tuple | list):
            weights = [1.0 if weights is None else weights] * len(documents)
        yield documents, list(weights)


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
    writer.add_documents(fresh)
