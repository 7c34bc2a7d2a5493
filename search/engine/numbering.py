"""Words as numbers: of a run of text that comes again, and of a piece that comes again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from search.analysis.words import list_inner_words, load_segmenter
from search.engine.pool import FieldPostings

# Runs whose words are remembered; about 200 bytes each.
_MAX_RUNS: Final = 200_000

Numbers = tuple[int, ...]


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
