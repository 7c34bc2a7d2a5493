"""All entries as one array of symbols, where a symbol is a character with its reading in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.suggest.entries import KINDS, Offer, merge_entries, read_match_form
from search.suggest.readings import read_syllables

Codes = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]

# Symbol number 0 stands behind each entry, so that no match runs on into the next.
END: Final = 0


@dataclass(frozen=True, slots=True)
class Symbol:
    """A character as it is read in a context: 行 in 银行 is not the symbol of 行 in 行动."""

    char: str
    reading: str


class EntryArray:
    """The symbols of all entries in one array, the best entry first; made once, then only read.

    entries[i] has its symbols at codes[starts[i] : starts[i] + lengths[i]]; owners gives the
    entry of each place, and places(ids) the places of symbols.
    """

    def __init__(self, entries: Iterable[Offer]) -> None:
        forms = [(e, read_match_form(e.text)) for e in merge_entries(entries)]
        forms = sorted(((e, f) for e, f in forms if f.chars), key=lambda pair: _rank(pair[0]))
        self.entries = [entry for entry, _ in forms]
        self.forms = [form for _, form in forms]
        self.lengths: Places = np.array([len(f.chars) for f in self.forms], dtype=np.int64)
        self.starts: Places = np.cumsum(self.lengths + 1) - (self.lengths + 1)
        self.owners = np.repeat(np.arange(len(forms)), self.lengths + 1)
        self.symbols, self.codes = self._number_symbols()
        self._order = np.argsort(self.codes, kind="stable")
        self._bounds = np.searchsorted(
            self.codes[self._order], np.arange(len(self.symbols) + 1), side="left"
        )

    def places(self, ids: Iterable[int]) -> Places:
        """Return the places of all symbols with these numbers."""
        parts = [self._order[self._bounds[i] : self._bounds[i + 1]] for i in ids]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    def source_span(self, place: int, length: int) -> tuple[int, tuple[int, int]]:
        """Return the entry at a place and the span of its text that length symbols cover."""
        owner = int(self.owners[place])
        first = place - int(self.starts[owner])
        origins = self.forms[owner].origins
        return owner, (origins[first], origins[first + length - 1] + 1)

    def _number_symbols(self) -> tuple[list[Symbol], Codes]:
        numbers: dict[tuple[str, str], int] = {("", ""): END}
        codes: list[int] = []
        for form in self.forms:
            pairs = zip(form.chars, read_syllables(form.chars), strict=True)
            codes += [numbers.setdefault(pair, len(numbers)) for pair in pairs]
            codes.append(END)
        return [Symbol(*pair) for pair in numbers], np.array(codes, dtype=np.int32)


def _rank(entry: Offer) -> tuple[int, int, int, str]:
    return KINDS.index(entry.kind), -entry.weight, len(entry.text), entry.text
