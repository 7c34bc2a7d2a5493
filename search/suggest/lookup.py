"""Suggestions while typing: by characters, pinyin, initials, or a mixture of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.suggest.entries import KINDS, Offer
from search.suggest.pieces import LONGEST_PIECE, NO_MATCH, OTHER_READING, Costs, Pieces
from search.suggest.readings import read_typed
from search.suggest.symbols import EntryArray, Places

Ranks = npt.NDArray[np.int64]

LONGEST_TYPED: Final = 2_000
_COSTS: Final = 16
_WHOLE, _START, _INSIDE = range(3)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry to offer; entry.text[start:end] is what the typed text stands for."""

    entry: Offer
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Matches:
    """Places where what was typed so far begins, each once, with the cost of the match."""

    places: Places
    costs: Costs


class SuggestionIndex:
    """Entries ready to be looked up at every keystroke; made once, then only read."""

    def __init__(self, entries: Iterable[Offer]) -> None:
        self.array = EntryArray(entries)
        self._pieces = Pieces(self.array.symbols)
        self._kinds: Ranks = np.array(
            [KINDS.index(entry.kind) for entry in self.array.entries], dtype=np.int64
        )

        self._heads = np.zeros(len(self.array.codes), dtype=np.bool_)
        self._heads[self.array.starts] = True

    def __len__(self) -> int:
        return len(self.array.entries)

    def suggest(self, prefix_text: str, limit: int = 10) -> list[Suggestion]:
        """Return the best entries for what is typed, the best first, at most limit.

        A match of the whole text comes before one of its beginning, that before one inside;
        then common readings before rarer ones, then by kind, by how it was typed (characters,
        syllables, initials), by weight and length. suggest("qgcrmmz") and suggest("全guoch")
        find 全过程人民民主.
        """
        typed = read_typed(prefix_text)
        if not typed or len(typed) > LONGEST_TYPED or limit < 1 or not len(self):
            return []
        found = self._match(typed)
        return self._choose_best(self._leave_out_insides(found, limit), limit)

    def _match(self, typed: str) -> dict[int, _Matches]:
        """Return the matches of all that is typed, by the number of characters they cover."""
        states: list[dict[int, _Matches]] = [{} for _ in range(len(typed) + 1)]
        for at in range(len(typed)):
            if at and not states[at]:
                continue
            for end in range(at + 1, min(at + LONGEST_PIECE, len(typed)) + 1):
                last = end == len(typed)
                costs = self._pieces.costs(typed[at:end], last)
                if costs is None:
                    continue
                if not at:
                    places = self.array.places(self._pieces.symbols(typed[:end], last))
                    first = _Matches(places, costs[self.array.codes[places]])
                    _add_matches(states[end], 1, first)
                for taken, matches in states[at].items():
                    _add_matches(states[end], taken + 1, self._go_on(matches, taken, costs))
            if at:
                states[at] = {}
        return states[-1]

    def _go_on(self, matches: _Matches, taken: int, costs: Costs) -> _Matches:
        """Return the matches that have a symbol of these costs after the taken ones."""
        more = costs[self.array.codes[matches.places + taken]]
        kept = more != NO_MATCH
        return _Matches(matches.places[kept], matches.costs[kept] | more[kept])

    def _leave_out_insides(self, found: dict[int, _Matches], limit: int) -> dict[int, _Matches]:
        """Return the matches at beginnings alone where these are enough, for they come first.

        A single letter stands inside nearly every entry; ranking all that would take the time.
        """
        heads = {taken: self._heads[m.places] for taken, m in found.items()}
        if not any(np.count_nonzero(head) >= limit for head in heads.values()):
            return found
        return {t: _Matches(m.places[heads[t]], m.costs[heads[t]]) for t, m in found.items()}

    def _choose_best(self, found: dict[int, _Matches], limit: int) -> list[Suggestion]:
        count = len(self)
        best: Ranks = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
        ranked = [(taken, m.places, self._rank(taken, m)) for taken, m in sorted(found.items())]
        for _, places, ranks in ranked:
            np.minimum.at(best, self.array.owners[places], ranks)
        chosen = np.argpartition(best, limit - 1)[:limit] if limit < count else np.arange(count)
        order = chosen[np.argsort(best[chosen], kind="stable")]
        return [
            self._describe(owner, int(best[owner]), ranked)
            for owner in order.tolist()
            if best[owner] < np.iinfo(np.int64).max
        ]

    def _rank(self, taken: int, matches: _Matches) -> Ranks:
        """Return a number for each match, smaller for better, that no two entries share."""
        owners = self.array.owners[matches.places]
        starts = self.array.starts[owners]
        whole = self.array.lengths[owners] == taken
        where = np.where(matches.places > starts, _INSIDE, np.where(whole, _WHOLE, _START))
        # A rarer reading is most often a chance hit, and no kind makes up for that.
        rank: Ranks = where * 2 + (matches.costs >= OTHER_READING)
        rank = (rank * len(KINDS) + self._kinds[owners]) * _COSTS + matches.costs
        # Entries stand in the array by kind, weight and length.
        return rank * len(self) + owners

    def _describe(
        self, owner: int, rank: int, ranked: list[tuple[int, Places, Ranks]]
    ) -> Suggestion:
        """Return the suggestion for an entry: its first match of that rank."""
        for taken, places, ranks in ranked:
            hits = places[ranks == rank]
            if len(hits):
                _, (start, end) = self.array.source_span(int(hits.min()), taken)
                return Suggestion(self.array.entries[owner], start, end)
        raise AssertionError("a rank that no match has")


def _add_matches(state: dict[int, _Matches], taken: int, more: _Matches) -> None:
    if not len(more.places):
        return
    known = state.get(taken)
    state[taken] = more if known is None else _join_matches(known, more)


def _join_matches(left: _Matches, right: _Matches) -> _Matches:
    """Return both, a place that both have once and with the lesser cost.

    Without it the ways to cut letters into pieces would multiply with every letter.
    """
    places = np.concatenate([left.places, right.places])
    costs = np.concatenate([left.costs, right.costs])
    order = np.lexsort((costs, places))
    places, costs = places[order], costs[order]
    fresh = np.ones(len(places), dtype=np.bool_)
    fresh[1:] = places[1:] != places[:-1]
    return _Matches(places[fresh], costs[fresh])
