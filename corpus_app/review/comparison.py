"""Two texts side by side: their paragraphs in rows, what is the same in both, and the gaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus_app.catalog.models import Gap, Revision
from corpus_app.text.alignment import LEAST, align_texts, slide_blocks
from corpus_app.text.chars import Compact
from corpus_app.text.paragraphs import list_paragraphs
from corpus_app.text.spans import Block

# Two paragraphs stand side by side where the shorter has this share in common, or so many signs.
BESIDE: Final = 0.3
BESIDE_SIGNS: Final = 24
# Rows beyond this of one text alone, or of nothing but the same, are folded.
FOLDED_AFTER: Final = 2


@dataclass(frozen=True)
class ComparedSpan:
    """A stretch of a paragraph; same says that the other text has it too, or it is a gap."""

    text: str = ""
    same: bool = False
    gap: Gap | None = None


@dataclass
class ComparisonRow:
    """Paragraphs of the one text beside those of the other; a side may be empty."""

    left: list[list[ComparedSpan]] = field(default_factory=list)
    right: list[list[ComparedSpan]] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        """Return whether both sides say the same, signs and all."""
        pieces = [piece for side in (self.left, self.right) for part in side for piece in part]
        return bool(self.left and self.right) and all(piece.same for piece in pieces)

    @property
    def side(self) -> str:
        """Return "left" or "right" where only that text has words here, else "both"."""
        words = [any(p.text for part in side for p in part) for side in (self.left, self.right)]
        return "both" if all(words) else "left" if words[0] else "right"


@dataclass(frozen=True)
class Fold:
    """Rows of one kind in a row; folded ones are opened by the reader."""

    kind: str
    rows: list[ComparisonRow]

    @property
    def is_folded(self) -> bool:
        """Return whether the rows are shown on request only: all the same on both sides."""
        return self.kind == "same" and len(self.rows) > FOLDED_AFTER


@dataclass(frozen=True)
class Comparison:
    """Two revisions aligned: rows in folds, and how many signs both have in common."""

    folds: list[Fold]
    common: int
    left_signs: int
    right_signs: int

    @property
    def left_share(self) -> int:
        """Return the percentage of the left text that stands in the right one in this order."""
        return _percent(self.common, self.left_signs)

    @property
    def right_share(self) -> int:
        """Return the percentage of the right text that stands in the left one in this order."""
        return _percent(self.common, self.right_signs)


def compare_revisions(left: Revision, right: Revision) -> Comparison:
    """Return the two texts in rows, paragraph beside paragraph."""
    sides = _Side(left), _Side(right)
    texts = sides[0].compact.chars, sides[1].compact.chars
    blocks = align_texts(*texts, least=LEAST)
    blocks = slide_blocks(blocks, texts, (set(sides[0].starts), set(sides[1].starts)))
    sides[0].mark([(block.first, block.length) for block in blocks])
    sides[1].mark([(block.second, block.length) for block in blocks])
    rows = list(_build_rows(*sides, _pair_paragraphs(*sides, blocks)))
    counts = [len(side.compact.chars) for side in sides]
    return Comparison(list(_fold(rows)), sum(block.length for block in blocks), *counts)


class _Side:
    """One text: its paragraphs, its gaps, and which of its signs the other has."""

    def __init__(self, revision: Revision) -> None:
        self.compact = Compact(revision.text)
        self.gaps = list(revision.gaps.order_by("offset"))
        self.paragraphs = list(list_paragraphs(revision.text))
        self.starts = [self.compact.count_before(start) for start, _ in self.paragraphs]
        self.same = bytearray(len(revision.text))
        self.shown = 0

    def mark(self, stretches: list[tuple[int, int]]) -> None:
        """Note which signs the other text has."""
        for start, length in stretches:
            for place in self.compact.offsets[start : start + length]:
                self.same[place] = 1

    def count_signs(self, number: int) -> int:
        """Return how many signs a paragraph has."""
        ends = [*self.starts[1:], len(self.compact.chars)]
        return ends[number] - self.starts[number]

    def cut(self, number: int) -> list[ComparedSpan]:
        """Return a paragraph in pieces, with the gaps in it and those right before it."""
        start, end = self.paragraphs[number]
        last = number == len(self.paragraphs) - 1
        pieces: list[ComparedSpan] = []
        at = start
        for gap in self._take_gaps(end + 1 if last else end):
            place = max(gap.offset, at)
            pieces += [*self._cut_same(at, place), ComparedSpan(gap=gap)]
            at = place
        return [*pieces, *self._cut_same(at, end)]

    def take_gaps_before(self, number: int) -> list[ComparedSpan]:
        """Return the gaps between the paragraphs shown and the one with this number."""
        ends = [start for start, _ in self.paragraphs] + [len(self.compact.text)]
        return [ComparedSpan(gap=gap) for gap in self._take_gaps(ends[number] + 1)]

    def _take_gaps(self, end: int) -> Iterator[Gap]:
        while self.shown < len(self.gaps) and self.gaps[self.shown].offset < end:
            self.shown += 1
            yield self.gaps[self.shown - 1]

    def _cut_same(self, start: int, end: int) -> Iterator[ComparedSpan]:
        """Yield the stretch in pieces; blanks go with the sign before them."""
        text, at, same = self.compact.text, start, None
        for place in range(start, end):
            if text[place].isspace():
                continue
            if same is not None and bool(self.same[place]) != same:
                yield ComparedSpan(text[at:place], same)
                at = place
            same = bool(self.same[place])
        if at < end:
            yield ComparedSpan(text[at:end], bool(same))


def _pair_paragraphs(left: _Side, right: _Side, blocks: list[Block]) -> list[tuple[int, int]]:
    """Return the pairs of paragraphs (numbers) that say the same for a good part, in order."""
    common: Counter[tuple[int, int]] = Counter()
    for block in blocks:
        common.update(dict(_split_block(left, right, block)))
    pairs = []
    for (a, b), count in common.items():
        least = BESIDE * min(left.count_signs(a), right.count_signs(b))
        if count >= min(least, BESIDE_SIGNS):
            pairs.append((a, b))
    return sorted(pairs)


def _split_block(left: _Side, right: _Side, block: Block) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield how many of the block's signs fall into each pair of paragraphs."""
    cuts = {block.length}
    for starts, first in ((left.starts, block.first), (right.starts, block.second)):
        inside = slice(bisect_right(starts, first), bisect_left(starts, first + block.length))
        cuts.update(start - first for start in starts[inside])
    at = 0
    for cut in sorted(cuts):
        pair = _locate(left, block.first + at), _locate(right, block.second + at)
        yield pair, cut - at
        at = cut


def _locate(side: _Side, sign: int) -> int:
    """Return the number of the paragraph that a sign stands in."""
    return max(0, bisect_right(side.starts, sign) - 1)


def _build_rows(left: _Side, right: _Side, pairs: list[tuple[int, int]]) -> Iterator[ComparisonRow]:
    a = b = 0
    for low, high, first, last in _group(pairs):
        yield from _list_alone(left, right, (a, low), (b, first))
        a, b = high + 1, last + 1
        yield ComparisonRow(
            [left.cut(number) for number in range(low, a)],
            [right.cut(number) for number in range(first, b)],
        )
    ends = len(left.paragraphs), len(right.paragraphs)
    yield from _list_alone(left, right, (a, ends[0]), (b, ends[1]))


def _list_alone(
    left: _Side, right: _Side, mine: tuple[int, int], theirs: tuple[int, int]
) -> Iterator[ComparisonRow]:
    """Yield the paragraphs that only one text has; a gap stands beside what it hides."""
    rows = [ComparisonRow([left.cut(number)], []) for number in range(*mine)]
    added = [ComparisonRow([], [right.cut(number)]) for number in range(*theirs)]
    if added and (gaps := left.take_gaps_before(mine[1])):
        added[0].left.append(gaps)
    if rows and (gaps := right.take_gaps_before(theirs[1])):
        rows[0].right.append(gaps)
    yield from [*rows, *added]


def _group(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (first and last left paragraph, first and last right one) of linked pairs."""
    group: tuple[int, int, int, int] | None = None
    for a, b in pairs:
        if group and (a <= group[1] or b <= group[3]):
            group = (group[0], max(a, group[1]), min(b, group[2]), max(b, group[3]))
            continue
        if group:
            yield group
        group = (a, a, b, b)
    if group:
        yield group


def _fold(rows: list[ComparisonRow]) -> Iterator[Fold]:
    kind = ""
    run: list[ComparisonRow] = []
    for row in rows:
        now = "same" if row.is_same else row.side
        if run and now != kind:
            yield Fold(kind, run)
            run = []
        kind = now
        run.append(row)
    if run:
        yield Fold(kind, run)


def _percent(part: int, whole: int) -> int:
    return int(100 * part / whole) if whole else 0
