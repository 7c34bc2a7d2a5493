"""Which symbols a typed piece can stand for: a character, a syllable, an initial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from search.suggest.readings import list_initials, list_readings, list_spellings
from search.suggest.symbols import END, Symbol

Costs = npt.NDArray[np.uint8]

# How a piece matched, as bits: the costs of a match's pieces are joined by "or", and a smaller
# number is the better match. The character itself costs nothing.
SYLLABLE: Final = 1
UNFINISHED: Final = 2
INITIAL: Final = 4
OTHER_READING: Final = 8
NO_MATCH: Final = 255

LONGEST_PIECE: Final = 6


class Pieces:
    """The typed pieces that some symbol answers to, each with the cost per symbol number."""

    def __init__(self, symbols: list[Symbol]) -> None:
        self._size = len(symbols)
        self._whole: dict[str, dict[int, int]] = {}
        self._last: dict[str, dict[int, int]] = {}
        self._tables: dict[tuple[str, bool], Costs] = {}
        for number, symbol in enumerate(symbols):
            if number != END:
                self._add_symbol(number, symbol)

    def symbols(self, piece: str, last: bool) -> Iterable[int]:
        """Return the numbers of the symbols a piece can stand for, in order."""
        return sorted({**self._whole.get(piece, {}), **(self._last.get(piece, {}) if last else {})})

    def costs(self, piece: str, last: bool) -> Costs | None:
        """Return the cost of the piece for every symbol number, None where nothing matches.

        The last piece of what is typed may be an unfinished syllable.
        """
        known = self._tables.get((piece, last))
        if known is None and (piece in self._whole or (last and piece in self._last)):
            known = self._tables[piece, last] = self._fill_table(piece, last)
        return known

    def _fill_table(self, piece: str, last: bool) -> Costs:
        table = np.full(self._size, NO_MATCH, dtype=np.uint8)
        for found in (self._last if last else {}, self._whole):
            for number, cost in found.get(piece, {}).items():
                table[number] = min(int(table[number]), cost)
        return table

    def _add_symbol(self, number: int, symbol: Symbol) -> None:
        _keep_least(self._whole, symbol.char, number, 0)
        for syllable, cost in _list_syllables(symbol):
            for initial in list_initials(syllable):
                _keep_least(self._whole, initial, number, cost | INITIAL)
            for spelling in list_spellings(syllable):
                _keep_least(self._whole, spelling, number, cost | SYLLABLE)
                for end in range(2, len(spelling)):
                    _keep_least(self._last, spelling[:end], number, cost | UNFINISHED)


def _list_syllables(symbol: Symbol) -> Iterator[tuple[str, int]]:
    if symbol.reading != symbol.char:
        yield symbol.reading, 0
        for other in list_readings(symbol.char):
            if other != symbol.reading:
                yield other, OTHER_READING


def _keep_least(costs: dict[str, dict[int, int]], piece: str, number: int, cost: int) -> None:
    known = costs.setdefault(piece, {})
    known[number] = min(cost, known.get(number, NO_MATCH))
