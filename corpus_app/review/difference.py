"""What changed between two texts: paragraph by paragraph, then word sign by word sign."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from rapidfuzz.distance import Indel

from corpus_app.text.alignment import align_texts
from corpus_app.text.chars import count_chars
from corpus_app.text.difference import DiffSpan, compare_words
from corpus_app.text.paragraphs import list_paragraphs

# Paragraphs less alike than this are two, not one that was changed.
LIKE: Final = 0.4
# A stretch in common shorter than this, between changes, is noise to the reader.
SHORT: Final = 2
CONTEXT: Final = 30


@dataclass(frozen=True)
class TextChange:
    """A paragraph that differs, as pieces; before and after count paragraphs from 1, 0 for none."""

    before: int
    after: int
    pieces: tuple[DiffSpan, ...]

    @property
    def excerpt(self) -> tuple[DiffSpan, ...]:
        """Return the pieces with long stretches that stayed cut short."""
        last = len(self.pieces) - 1
        return tuple(
            _clip(piece, at > 0, at < last) if piece.kind == "kept" else piece
            for at, piece in enumerate(self.pieces)
        )


def compare_texts(old: str, new: str) -> list[TextChange]:
    """Return the paragraphs of two texts that differ, in reading order."""
    before, after = ([text[a:b] for a, b in list_paragraphs(text)] for text in (old, new))
    changes: list[TextChange] = []
    for tag, i, j, k, m in _merge_blocks(before, after):
        if tag != "equal":
            changes += _compare_block(before[i:j], after[k:m], i + 1, k + 1)
    return changes


def count_signs(changes: Sequence[TextChange]) -> tuple[int, int]:
    """Return how many word signs came and how many went."""
    counts = {"added": 0, "deleted": 0, "kept": 0}
    for change in changes:
        for piece in change.pieces:
            counts[piece.kind] += count_chars(piece.text)
    return counts["added"], counts["deleted"]


def _merge_blocks(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield equal stretches and, between two of them, one block of all that differs."""
    i = k = 0
    for code in Indel.opcodes(before, after):
        if code.tag != "equal":
            continue
        if (i, k) != (code.src_start, code.dest_start):
            yield "change", i, code.src_start, k, code.dest_start
        yield "equal", code.src_start, code.src_end, code.dest_start, code.dest_end
        i, k = code.src_end, code.dest_end
    if (i, k) != (len(before), len(after)):
        yield "change", i, len(before), k, len(after)


def _compare_block(
    before: Sequence[str], after: Sequence[str], first: int, second: int
) -> Iterator[TextChange]:
    """Pair the paragraphs that are alike, in order; the others went or came."""
    common = _count_common(before, after)
    k = 0
    for i, old in enumerate(before):
        match = _find_like(i, old, after, k, common)
        if match is None:
            yield TextChange(first + i, 0, (DiffSpan("deleted", old),))
            continue
        for at in range(k, match):
            yield TextChange(0, second + at, (DiffSpan("added", after[at]),))
        yield TextChange(first + i, second + match, compare_words(old, after[match], SHORT))
        k = match + 1
    for at in range(k, len(after)):
        yield TextChange(0, second + at, (DiffSpan("added", after[at]),))


Common = dict[int, dict[int, int]]


def _count_common(before: Sequence[str], after: Sequence[str]) -> Common:
    """Return how many characters each paragraph has in common with which of the others."""
    ends = [list(accumulate(len(line) + 1 for line in lines)) for lines in (before, after)]
    common: Common = defaultdict(lambda: defaultdict(int))
    for block in align_texts("\n".join(before), "\n".join(after)):
        at, length = 0, block.length
        while at < length:
            i = bisect_right(ends[0], block.first + at)
            k = bisect_right(ends[1], block.second + at)
            left = min(ends[0][i] - block.first, ends[1][k] - block.second, length) - at
            common[i][k] += left
            at += left
    return common


def _find_like(i: int, old: str, after: Sequence[str], start: int, common: Common) -> int | None:
    """Return which paragraph from start on is most like the old one, None where none is."""
    found = ((2 * count / (len(old) + len(after[k])), -k) for k, count in common[i].items())
    best = max(((like, at) for like, at in found if -at >= start), default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None


def _clip(piece: DiffSpan, after_change: bool, before_change: bool) -> DiffSpan:
    text = piece.text
    head = text[:CONTEXT] if after_change else ""
    tail = text[-CONTEXT:] if before_change else ""
    if len(head) + len(tail) + 1 >= len(text):
        return piece
    return DiffSpan("kept", f"{head}…{tail}")
