"""One field of a segment being written: from a document's value to postings and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

from whoosh.formats import Frequency

from search.analysis.words import list_inner_words, load_segmenter
from search.engine.pool import FieldPostings
from search.engine.schema import WordAnalyzer

# Runs whose words are remembered; about 200 bytes each.
_MAX_RUNS: Final = 200_000

Numbers = tuple[int, ...]
# Values whose terms are remembered: levels and organisations come again and again.
_MAX_VALUES: Final = 100_000


class WordNumbers:
    """The numbers that a field's postings give to words.

    A section's runs are also its speech's, and laws and speeches repeat each other's.
    """

    def __init__(self, postings: FieldPostings) -> None:
        self._postings = postings
        self._pieces: dict[str, Numbers] = {}
        self.runs: dict[str, Numbers] = {}

    def read(self, run: str, pieces: Sequence[str] | None) -> Numbers:
        """Return the numbers of a run's words and the words inside them; pieces if it is cut."""
        numbers = self.runs.get(run)
        if numbers is None:
            if pieces is None:
                pieces = load_segmenter().cut_run(run)
            if len(self.runs) > _MAX_RUNS:
                self.runs.clear()
            numbers = tuple(chain.from_iterable(map(self._number_piece, pieces)))
            self.runs[run] = numbers
        return numbers

    def _number_piece(self, piece: str) -> Numbers:
        numbers = self._pieces.get(piece)
        if numbers is None:
            words: list[str] = []
            if any(char.isalnum() for char in piece):
                words = [piece, *(inner for _, inner in list_inner_words(piece))]
            numbers = tuple(self._postings.number(word.encode()) for word in words)
            self._pieces[piece] = numbers
        return numbers


class FieldFiller:
    """Writes the values of one field; what they have in common is looked up once."""

    def __init__(self, name: str, spec: Any, postings: FieldPostings) -> None:
        self.name = name
        self.has_words = isinstance(spec.analyzer, WordAnalyzer) and type(spec.format) is Frequency
        self._spec = spec
        self._postings = postings
        self._stored = bool(spec.stored)
        self._column = spec.column_type
        self._values: dict[Any, tuple[list[int], list[float], int]] = {}
        self.words = WordNumbers(postings)

    def write(self, per_document: Any, value: Any, length: int) -> None:
        """Hand a value and its length to the codec's writer of stored fields and columns."""
        per_document.add_field(self.name, self._spec, value if self._stored else None, length)
        if self._column:
            column = self._spec.to_column_value(value)
            per_document.add_column_value(self.name, self._column, column)

    def post_runs(
        self, document: int, runs: Sequence[str], cut: Mapping[str, Sequence[str]]
    ) -> int:
        """Put the words of a text's runs into the postings; return how many they are."""
        known, read = self.words.runs.get, self.words.read
        found = [known(run) or read(run, cut.get(run)) for run in runs]
        counts = Counter(chain.from_iterable(found))
        frequencies = list(counts.values())
        self._postings.extend(document, counts, frequencies, self._spec.format.field_boost)
        return sum(frequencies)

    def post_value(self, document: int, value: Any) -> int:
        """Put the terms of any other value into the postings; return the length to keep."""
        if not self._spec.indexed:
            return 0
        kept = self._values.get(value)
        if kept is None:
            kept = self._index(value)
        terms, weights, length = kept
        postings = self._postings
        postings.term.extend(terms)
        postings.document.extend([document] * len(terms))
        postings.weight.extend(weights)
        return length

    def _index(self, value: Any) -> tuple[list[int], list[float], int]:
        if len(self._values) > _MAX_VALUES:
            self._values.clear()
        items = list(self._spec.index(value))
        kept = self._values[value] = (
            [self._postings.number(term) for term, _, _, _ in items],
            [weight for _, _, weight, _ in items],
            sum(frequency for _, frequency, _, _ in items) if self._spec.scorable else 0,
        )
        return kept
