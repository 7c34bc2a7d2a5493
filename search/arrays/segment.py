"""A segment on disk: the tables of some speeches, and for each pair of characters its places."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cached_property
from itertools import count, pairwise
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.text.chars import Offsets, write_text
from search.arrays.keys import list_key_values
from search.arrays.letters import Letters, Numbers
from search.arrays.memory import map_array
from search.arrays.pairs import PairPlaces
from search.arrays.seeds import SeedPlaces, TextContents
from search.arrays.small_numbers import SortedHashes, SplitNumbers
from search.arrays.tables import (
    AXES,
    COLUMNS,
    STRINGS,
    ZONES,
    Array,
    Mask,
    StringColumn,
    Tables,
)
from search.arrays.words import SegmentWords, build_words
from search.errors import IndexProblem
from search.query.patterns import Pattern

SUMMARY: Final = "summary.json"
SEEDS: Final = ("content_starts", "seed_hashes", "seed_buckets", "seed_low", "seed_high")
PAIRS: Final = {
    "low": "places_low",
    "high": "places_high",
    "pairs": "pairs",
    "ends": "pair_ends",
    "pieces": "pair_pieces",
}
WORDS: Final = tuple(field.name for field in fields(SegmentWords))
_KEYS: Final = count()
# Places whose node is found by looking near instead of by halving, where there are many.
_BLOCK: Final = 64
_FEW: Final = 2_000
# Places of pairs and seeds are numbers of 32 bits.
MOST_CODES: Final = 2**32

# The places of the patterns asked for last: one search asks for each several times, and so do
# its next page and the views beside it.
PLACES: Final = BoundedCache(16 * 1024 * 1024, attrgetter("nbytes"))


class Segment:
    """A segment open for reading; its arrays are memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        # No other segment opened by this process has it, even under the same name.
        self.key = next(_KEYS)
        # Room for what is worked out once per segment and kept while it is open.
        self.notes: dict[str, tuple[Array, Array]] = {}
        try:
            self.tables = _read_tables(folder)
            self._pairs = PairPlaces(*(map_array(folder, name) for name in PAIRS.values()))
            self.seeds = self._read_seeds(folder)
            self.words = SegmentWords(*(map_array(folder, f"words.{name}") for name in WORDS))
            summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        except (OSError, ValueError, EOFError) as error:
            raise IndexProblem(f"segment {folder.name}: {error}") from error
        if summary != {
            "speeches": self.tables.speech_count,
            "codes": len(self.codes),
            "nodes": self.node_count,
        } or not (
            self._pairs.is_whole and self._pairs.count == len(self.codes) and self.words.is_whole
        ):
            raise IndexProblem(f"segment {folder.name} is cut short")
        if not self.seeds.is_whole:
            raise IndexProblem(f"the seeds of segment {folder.name} are cut short")

    def _read_seeds(self, folder: Path) -> SeedPlaces:
        starts, *kept = (map_array(folder, name) for name in SEEDS)
        contents = TextContents(self.codes, *self.zone("text"), starts)
        return SeedPlaces(contents, starts, SortedHashes(*kept[:2]), SplitNumbers(*kept[2:]))

    @property
    def codes(self) -> Letters:
        """Return the folded characters of all speeches."""
        return cast(Letters, self.tables.columns["codes"])

    @property
    def node_count(self) -> int:
        """Return the number of nodes, roots included."""
        return len(self.tables.columns["node_start"])

    @cached_property
    def node_start(self) -> Array:
        """Return where each node starts."""
        return np.array(self.tables.columns["node_start"], dtype=np.int64)

    @cached_property
    def node_end(self) -> Array:
        """Return where each node ends."""
        return np.array(self.tables.columns["node_end"], dtype=np.int64)

    @cached_property
    def node_last(self) -> Array:
        """Return for each node the node after its subtree."""
        return np.array(self.tables.columns["node_last"])

    @cached_property
    def node_parent(self) -> Array:
        """Return the node above each node, -1 above a root."""
        return np.array(self.tables.columns["node_parent"], dtype=np.int64)

    @cached_property
    def leaves(self) -> Mask:
        """Return for each node whether no other lies in it."""
        return self.node_last == np.arange(self.node_count) + 1

    @cached_property
    def _block_nodes(self) -> Array:
        """Return the last node that starts before or with each block of places."""
        blocks = np.arange(0, len(self.codes) + _BLOCK, _BLOCK)
        return self.node_start.searchsorted(blocks, side="right") - 1

    @cached_property
    def _next_start(self) -> Array:
        """Return where the node after each node starts."""
        return np.append(self.node_start[1:], np.iinfo(np.int64).max)

    def find_nodes(self, places: Array) -> Array:
        """Return the last node that starts before or with each place, -1 where there is none."""
        if len(places) < _FEW:
            return self.node_start.searchsorted(places, side="right") - 1
        nodes = self._block_nodes[places // _BLOCK]
        late = (self._next_start[nodes] <= places).nonzero()[0]
        while len(late):
            nodes[late] += 1
            late = late[self._next_start[nodes[late]] <= places[late]]
        return nodes

    @cached_property
    def roots(self) -> Array:
        """Return the root node of each speech."""
        return np.append([0], self.tables.ends["nodes"][:-1])[: self.tables.speech_count]

    @cached_property
    def node_speech(self) -> Array:
        """Return for each node its speech's place in the segment."""
        return np.repeat(np.arange(self.tables.speech_count), self.tables.lengths("nodes"))

    @cached_property
    def speech_ids(self) -> Array:
        """Return the speeches' ids."""
        return np.array(self.tables.columns["speech_id"])

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Return the speakers' names as folded, each once."""
        starts, ends = self.zone("speaker")
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        return frozenset(write_text(self.codes[start:end]) for start, end in spans if end > start)

    @cached_property
    def _encoded(self) -> dict[str, tuple[list[str], Array]]:
        return {}

    def encode(self, name: str) -> tuple[list[str], Array]:
        """Return a speech column's distinct strings and for each speech the number of its one.

        The column may also be a key that is none, such as "year" or "speaker"; "" is unknown.
        """
        if name not in self._encoded:
            values = list_key_values(self.tables, name)
            distinct, codes = np.unique(np.array(values, dtype=object), return_inverse=True)
            self._encoded[name] = ([str(value) for value in distinct], codes)
        return self._encoded[name]

    def zone(self, name: str) -> tuple[Array, Array]:
        """Return where each speech's zone ("title", "speaker" …) starts and ends."""
        at = ZONES.index(name)
        return self.tables.columns["zone_start"][:, at], self.tables.columns["zone_end"][:, at]

    def find(self, pattern: Pattern) -> Offsets:
        """Return the sorted places where a pattern starts; not to be written to."""
        key = tuple(pattern)
        found: Offsets = PLACES.get((self.key, key), lambda: self._find(key))
        return found

    def find_gram(self, gram: Pattern) -> Offsets:
        """Return the places of one character or of two in a row, in no order and not kept."""
        find = self._pairs.find_single if len(gram) == 1 else self._pairs.find_stretches
        return self._pairs.gather_places(find(*self.codes.find_numbers(gram)))

    def _find(self, pattern: Pattern) -> Offsets:
        """The rarest pair gives the candidates, the other characters are tested."""
        letters = self.codes.find_numbers(pattern)
        if not all(letters):
            starts = np.zeros(0, dtype=np.int64)
        elif len(letters) == 1:
            starts = self._pairs.list_single(letters[0])
        else:
            starts = self._find_pairs(letters)
        starts.flags.writeable = False
        return starts

    def _find_pairs(self, pattern: list[tuple[int, ...]]) -> Offsets:
        stretches = [self._pairs.find_stretches(*pair) for pair in pairwise(pattern)]
        sizes = [sum(end - start for start, end in each) for each in stretches]
        rarest = min(range(len(sizes)), key=sizes.__getitem__)
        if not sizes[rarest]:
            return np.zeros(0, dtype=np.int64)
        starts = self._pairs.list_places(stretches[rarest]) - rarest
        low, high = starts.searchsorted((0, len(self.codes) - len(pattern) + 1))
        starts = starts[low:high]
        others = (at for at in range(len(pattern)) if at not in (rarest, rarest + 1))
        for at in sorted(others, key=lambda at: min(sizes[max(at - 1, 0) : at + 1])):
            if not len(starts):
                break
            starts = starts[is_one_of(self.codes.numbers[starts + at], pattern[at])]
        return starts


class LooseSegment(Segment):
    """Tables in memory, read as a segment is; its pairs are laid out when first asked for."""

    def __init__(self, tables: Tables, name: str) -> None:
        self.name, self.tables = name, tables
        self.key = next(_KEYS)
        self.notes = {}

    @cached_property
    def codes(self) -> Letters:
        """Return the folded characters of all speeches."""
        return Letters.build(self.tables.columns["codes"])

    @cached_property
    def _pairs(self) -> PairPlaces:  # type: ignore[override]
        return PairPlaces.build(self.codes.numbers)

    @cached_property
    def words(self) -> SegmentWords:  # type: ignore[override]
        return build_words(self.tables)


def is_one_of(codes: Numbers, alternatives: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Return for each code point, or letter by number, whether it is one of the alternatives."""
    found = codes == alternatives[0]
    for other in alternatives[1:]:
        found |= codes == other
    return found


def _read_tables(folder: Path) -> Tables:
    columns = {name: map_array(folder, name) for name in COLUMNS}
    # Asked for a part it gives an array of code points; nothing asks for more.
    columns["codes"] = cast(Array, Letters(columns["codes"], map_array(folder, "alphabet")))
    return Tables(
        columns,
        {
            name: StringColumn(map_array(folder, f"{name}.blob"), map_array(folder, f"{name}.ends"))
            for name in STRINGS
        },
        {axis: map_array(folder, f"{axis}.ends") for axis in AXES},
    )
