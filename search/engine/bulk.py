"""Whoosh's writer with its two slow parts replaced: cutting words again, and sorting postings."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from whoosh.writing import SegmentWriter

from search.analysis.words import load_segmenter, split_runs
from search.engine.filling import FieldFiller
from search.engine.mapping import MappedIndex
from search.engine.merging import choose_small, iter_postings
from search.engine.pool import ArrayPool, write_field
from search.engine.postings import read_length_codes


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

    def learn(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Cut all that is new in documents that are about to be added."""
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
            frequencies = array("I", found.values or b"")
            if sys.byteorder == "little":
                frequencies.byteswap()
            rows = zip(numbers, found.weights, frequencies or [1] * len(numbers), strict=True)
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
