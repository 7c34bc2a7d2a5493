"""Whoosh's writer with its two slow parts replaced: cutting words again, and sorting postings."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final

from whoosh.formats import Frequency
from whoosh.writing import SegmentWriter

from search.analysis import load_segmenter, split_runs
from search.engine.analyzer import WordAnalyzer
from search.engine.mapping import MappedIndex
from search.engine.merging import choose_small, iter_postings
from search.engine.numbering import WordNumbers
from search.engine.pool import ArrayPool, FieldPostings, write_field
from search.engine.postings import read_length_codes

# Values of other fields whose terms are remembered.
_MAX_VALUES: Final = 100_000


class ArrayWriter(SegmentWriter):
    """Writes the same segment as Whoosh's own writer, many times faster.

    A section's words are also its speech's words: what stands between two punctuation marks is
    cut once and then known.
    """

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, **options)
        self.pool: ArrayPool = ArrayPool()
        self._cut: dict[str, list[str]] = {}
        self._split: dict[str, list[str]] = {}
        self._words: dict[str, WordNumbers] = {}
        self._worded: dict[str, bool] = {}
        self._terms: dict[tuple[str, Any], tuple[list[int], list[Any]]] = {}

    def learn(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Cut all that is new in documents that are about to be added."""
        new: dict[str, None] = {}
        self._split.clear()
        for document in documents:
            for name, value in document.items():
                if self._has_words(name) and value not in self._split:
                    known = self._number(name).runs
                    runs = self._split[value] = split_runs(value)
                    new.update((run, None) for run in runs if run not in known)
        self._cut = dict(zip(new, load_segmenter().cut_runs(list(new)), strict=True))

    def _has_words(self, name: str) -> bool:
        """Tell whether a field holds words; asked for every value."""
        if name not in self._worded:
            self._worded[name] = _holds_words(self.schema[name])
        return self._worded[name]

    def _number(self, name: str) -> WordNumbers:
        """Return the numbers of a field's words."""
        if name not in self._words:
            self._words[name] = WordNumbers(self.pool.field(name))
        return self._words[name]

    def add_document(self, **fields: Any) -> None:
        """Add a document of the schema's fields; None stands for a field that is not there."""
        self._check_state()
        given = {name: value for name, value in sorted(fields.items()) if value is not None}
        self._check_fields(self.schema, given)
        self.perdocwriter.start_doc(self.docnum)
        for name, value in given.items():
            spec = self.schema[name]
            length = self._post(name, spec, value) if spec.indexed else 0
            self.perdocwriter.add_field(name, spec, value if spec.stored else None, length)
            if spec.column_type:
                column = spec.to_column_value(value)
                self.perdocwriter.add_column_value(name, spec.column_type, column)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _post(self, name: str, spec: Any, value: Any) -> int:
        """Put the terms of a value into the pool; return the length to keep."""
        postings = self.pool.field(name)
        if self._has_words(name):
            counts = Counter(self._list_words(name, value))
            boost = spec.format.field_boost
            postings.extend(self.docnum, counts.keys(), list(counts.values()), boost)
            return counts.total()
        key = (name, value)
        if key not in self._terms:
            self._terms[key] = self._index(postings, spec, value)
        numbers, items = self._terms[key]
        for number, (frequency, weight) in zip(numbers, items, strict=True):
            postings.term.append(number)
            postings.document.append(self.docnum)
            postings.weight.append(weight)
            postings.frequency.append(frequency)
        return sum(frequency for frequency, _ in items) if spec.scorable else 0

    def _index(self, postings: FieldPostings, spec: Any, value: Any) -> tuple[list[int], list[Any]]:
        if len(self._terms) > _MAX_VALUES:
            self._terms.clear()
        items = list(spec.index(value))
        numbers = [postings.number(term) for term, _, _, _ in items]
        return numbers, [(frequency, weight) for _, frequency, weight, _ in items]

    def _list_words(self, name: str, text: str) -> chain[int]:
        """Return the numbers of the words of a text."""
        numbers, cut = self._number(name), self._cut
        runs = self._split.get(text)
        runs = split_runs(text) if runs is None else runs
        known = numbers.runs.get
        return chain.from_iterable([known(run) or numbers.read(run, cut.get(run)) for run in runs])

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


def _holds_words(spec: Any) -> bool:
    return isinstance(spec.analyzer, WordAnalyzer) and type(spec.format) is Frequency
