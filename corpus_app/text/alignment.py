"""What two texts have in common, in the order of both, however long they are.

Short texts are compared character by character, which is exact. Long ones are cut at anchors,
stretches that stand equally often in both, and so on with shorter anchors between those, until
what is left is short. Texts that repeat themselves too much for anchors are walked through in
windows. Cost stays near linear and no length is given up on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from corpus_app.text.anchors import find_anchors
from corpus_app.text.chars import Compact
from corpus_app.text.spans import Block
from corpus_app.text.text_map import TextMap, join_offsets

# Texts are compared character by character up to so many machine words of work: milliseconds.
MOST_WORK: Final = 200_000
WORD_BITS: Final = 64
# Anchors at each level: their length, and how often they may stand in a text; shorter ones agree
# by chance. Those that stand once are found in half the time.
ANCHORS: Final = ((32, 1), (32, 8), (16, 1), (16, 8), (8, 1), (8, 8))
# A shorter stretch in common, between changes, is chance.
LEAST: Final = 3
LONGEST_SLIDE: Final = 40
# Both windows in which texts without anchors are compared; an insertion longer than half of
# one may be taken for a change.
WINDOW: Final = 2_000


class AlignmentStep(NamedTuple):
    """A stretch of two texts: equal in both, or of each what the other lacks."""

    equal: bool
    first: tuple[int, int]
    second: tuple[int, int]


def align_texts(first: str, second: str, least: int = 1) -> list[Block]:
    """Return the stretches that both texts have, ascending in both, none touching the next.

    least is the length, in characters, from which a stretch counts; between two changes
    shorter ones are mostly chance.
    """
    found = _join_blocks(_align_between(first, second, Block(0, 0, 0), _end_of(first, second), 0))
    return [block for block in found if block.length >= least]


def map_texts(first: str, second: str, least: int = LEAST) -> TextMap:
    """Return the map of one text to another that says much the same, white space aside."""
    one, other = Compact(first), Compact(second)
    here: list[int] = []
    there: list[int] = []
    blocks = align_texts(one.chars, other.chars, least)
    starts = one.find_line_starts(), other.find_line_starts()
    for block in slide_blocks(blocks, (one.chars, other.chars), starts):
        here += one.offsets[block.first : block.first + block.length]
        there += other.offsets[block.second : block.second + block.length]
    return TextMap(join_offsets(here, there))


def slide_blocks(
    blocks: Sequence[Block], texts: tuple[str, str], starts: tuple[set[int], set[int]]
) -> list[Block]:
    """Return the blocks with what one text alone has beginning where a paragraph does.

    Where 二是 ends one block and begins the words that follow it, either place would do. starts
    are the offsets at which the paragraphs of each text begin.
    """
    slid = list(blocks[:1])
    for block in blocks[1:]:
        last = slid.pop()
        by = _measure_slide(last, block, texts, starts)
        slid.append(Block(last.first, last.second, last.length - by))
        slid.append(Block(block.first - by, block.second - by, block.length + by))
    return slid


def _measure_slide(
    last: Block, block: Block, texts: tuple[str, str], starts: tuple[set[int], set[int]]
) -> int:
    """Return how many characters may go from the end of one block to the next one's beginning.

    Negative where they go the other way.
    """
    ends = last.first + last.length, last.second + last.length
    begins = block.first, block.second
    for side in (0, 1):
        # Only where one text goes on without a break can the other's insertion be moved.
        if ends[side] != begins[side]:
            continue
        text, end, begin = texts[1 - side], ends[1 - side], begins[1 - side]
        for by in range(min(last.length - 1, LONGEST_SLIDE) + 1):
            if end - by in starts[1 - side]:
                return by
            if text[end - by - 1] != text[begin - by - 1]:
                break
        for by in range(1, min(block.length - 1, LONGEST_SLIDE) + 1):
            if text[end + by - 1] != text[begin + by - 1]:
                break
            if end + by in starts[1 - side]:
                return -by
    return 0


def list_steps(blocks: Iterable[Block], first: int, second: int) -> Iterator[AlignmentStep]:
    """Yield the blocks, and between two of them what differs, for texts of these lengths."""
    a = b = 0
    for block in [*blocks, Block(first, second, 0)]:
        if (a, b) != (block.first, block.second):
            yield AlignmentStep(False, (a, block.first), (b, block.second))
        a, b = block.first + block.length, block.second + block.length
        if block.length:
            yield AlignmentStep(True, (block.first, a), (block.second, b))


def _end_of(first: str, second: str) -> Block:
    return Block(len(first), len(second), 0)


def _align_between(
    first: str, second: str, before: Block, behind: Block, level: int
) -> Iterator[Block]:
    """Yield the blocks between two others; level says which anchors are left to try."""
    low, high = before.first + before.length, behind.first
    other_low, other_high = before.second + before.length, behind.second
    left, right = first[low:high], second[other_low:other_high]
    head = count_common_start(left, right)
    tail = count_common_end(left[head:], right[head:])
    if head:
        yield Block(low, other_low, head)
    inner = left[head : len(left) - tail], right[head : len(right) - tail]
    for block in _align_inner(*inner, level):
        yield Block(low + head + block.first, other_low + head + block.second, block.length)
    if tail:
        yield Block(high - tail, other_high - tail, tail)


def _align_inner(first: str, second: str, level: int) -> Iterator[Block]:
    """Yield the blocks of two texts that neither begin nor end alike."""
    if not first or not second:
        return
    if _measure_work(first, second) <= MOST_WORK:
        yield from _compare_chars(first, second)
        return
    for at in range(level, len(ANCHORS)):
        anchors = find_anchors(first, second, *ANCHORS[at])
        if anchors:
            before = Block(0, 0, 0)
            for anchor in anchors:
                yield from _align_between(first, second, before, anchor, at + 1)
                yield anchor
                before = anchor
            yield from _align_between(first, second, before, _end_of(first, second), at + 1)
            return
    yield from _walk_windows(first, second)


def _measure_work(first: str, second: str) -> int:
    short, long = sorted((len(first), len(second)))
    return long * (short // WORD_BITS + 1)


def _compare_chars(first: str, second: str) -> Iterator[Block]:
    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            yield Block(code.src_start, code.dest_start, code.src_end - code.src_start)


def _walk_windows(first: str, second: str) -> Iterator[Block]:
    """Yield blocks found in windows that move on behind what the last one settled."""
    a = b = 0
    while a < len(first) and b < len(second):
        left, right = first[a : a + WINDOW], second[b : b + WINDOW]
        last = a + len(left) == len(first) and b + len(right) == len(second)
        reached = (0, 0)
        for block in _compare_chars(left, right):
            # Near the end of a window the best comparison depends on what follows it.
            if not last and max(block.first, block.second) > WINDOW // 2:
                if reached == (0, 0):
                    reached = block.first, block.second
                break
            yield Block(a + block.first, b + block.second, block.length)
            reached = block.first + block.length, block.second + block.length
        if reached == (0, 0):
            reached = len(left), len(right)
        a, b = a + reached[0], b + reached[1]


def count_common_start(first: str, second: str) -> int:
    """Return how many characters the two texts begin with in common."""
    low, high = 0, min(len(first), len(second))
    if first[:high] == second[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle
    return low


def count_common_end(first: str, second: str) -> int:
    """Return how many characters the two texts end with in common."""
    low, high = 0, min(len(first), len(second))
    if first[len(first) - high :] == second[len(second) - high :]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if (
            first[len(first) - middle : len(first) - low]
            == second[len(second) - middle : len(second) - low]
        ):
            low = middle
        else:
            high = middle
    return low


def _join_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with those that touch in both texts made one."""
    last = Block(0, 0, 0)
    for block in blocks:
        if (last.first + last.length, last.second + last.length) == block[:2]:
            last = Block(last.first, last.second, last.length + block.length)
            continue
        if last.length:
            yield last
        last = block
    if last.length:
        yield last
