"""The exact map of offsets between two texts: raw to text, revision to revision."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import find_offsets, read_codes
from corpus_app.text.spans import Block, Span


class TextMap:
    """Which character of one text is which of another, white space aside.

    It is made of blocks that ascend in both texts. What stands in no block is in one text alone.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = list(blocks)
        self._starts = [block.first for block in self.blocks]
        self._counts = list(accumulate((block.length for block in self.blocks), initial=0))

    @classmethod
    def of_kept(cls, raw: str, kept: Iterable[Span | tuple[int, int]], text: str) -> TextMap:
        """Return the map from raw to the text that was laid out of its kept spans alone.

        It rests on nothing but that, white space aside, and so holds for texts laid out by older
        rules too. Raises ValueError where the text does not follow from the spans.
        """
        here, there = find_offsets(raw, kept), find_offsets(text)
        if not np.array_equal(read_codes(raw)[here], read_codes(text)[there]):
            raise ValueError("the text does not follow from the raw text")
        return cls(join_offsets(here, there))

    @classmethod
    def of_same(cls, length: int) -> TextMap:
        """Return the map of a text of this length to itself."""
        return cls([Block(0, 0, length)] if length else [])

    @cached_property
    def inverse(self) -> TextMap:
        """The map of the second text to the first."""
        return TextMap(Block(block.second, block.first, block.length) for block in self.blocks)

    def then(self, other: TextMap) -> TextMap:
        """Return the map through a text in the middle, to which other's first text is equal."""
        return TextMap(_compose(self.blocks, other.blocks))

    def find(self, offset: int) -> int | None:
        """Return where the character at offset stands in the second text, None for nowhere."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        inside = offset - block.first
        return block.second + inside if inside < block.length else None

    def find_span(self, start: int, end: int) -> Span:
        """Return the span from the first to the last character that is left of start to end.

        What only the second text has between the two lies inside it. Where nothing is left it
        is empty, at the next character that is, or behind the last one.
        """
        first, stop = self.count_before(start), self.count_before(end)
        if first < stop:
            return Span(self._find_counted(first), self._find_counted(stop - 1) + 1)
        at = self.find_next(start)
        return Span(at, at)

    def find_next(self, offset: int) -> int:
        """Return where the first character from offset on stands that the second text has, too.

        Where there is none, the offset behind the last one.
        """
        count = self.count_before(offset)
        if count < self._counts[-1]:
            return self._find_counted(count)
        return self._find_counted(count - 1) + 1 if count else 0

    def count(self, start: int, end: int) -> int:
        """Return how many characters of the span start to end the second text has, too."""
        return max(0, self.count_before(end) - self.count_before(start))

    def count_before(self, offset: int) -> int:
        """Return how many characters that both texts have stand before an offset of the first."""
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return 0
        block = self.blocks[at]
        return self._counts[at] + min(offset - block.first, block.length)

    def find_counted(self, first: int, stop: int) -> Span:
        """Return the span in the second text from one common character to before another.

        They are counted from 0. Raises ValueError where there are no such characters.
        """
        if not 0 <= first < stop <= self._counts[-1]:
            raise ValueError("no such characters")
        return Span(self._find_counted(first), self._find_counted(stop - 1) + 1)

    def _find_counted(self, number: int) -> int:
        at = bisect_right(self._counts, number) - 1
        return self.blocks[at].second + number - self._counts[at]


def join_offsets(here: npt.ArrayLike, there: npt.ArrayLike) -> Iterator[Block]:
    """Yield the blocks in which both rows of ascending offsets go on one by one."""
    first, second = np.asarray(here, np.int64), np.asarray(there, np.int64)
    if not len(first):
        return
    goes_on = (np.diff(first) == 1) & (np.diff(second) == 1)
    begins = np.concatenate(([0], np.flatnonzero(~goes_on) + 1))
    lengths = np.diff(np.append(begins, len(first)))
    rows = zip(first[begins].tolist(), second[begins].tolist(), lengths.tolist(), strict=True)
    yield from (Block(*row) for row in rows)


def _compose(one: Sequence[Block], two: Sequence[Block]) -> Iterator[Block]:
    i = j = 0
    while i < len(one) and j < len(two):
        a, b = one[i], two[j]
        low = max(a.second, b.first)
        end, other_end = a.second + a.length, b.first + b.length
        high = min(end, other_end)
        if low < high:
            yield Block(a.first + low - a.second, b.second + low - b.first, high - low)
        if end <= other_end:
            i += 1
        if other_end <= end:
            j += 1
