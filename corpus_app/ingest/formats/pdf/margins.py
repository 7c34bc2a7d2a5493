"""The edges of running text: a block's own by its longer lines, or those of a longer block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.formats.pdf.lines import LineBlock, PrintedLine

TERMINAL: Final = tuple("。！？；：…!?;:”’）)")
NEVER_FIRST: Final = "，。、；：！？”’」』）》】,.;:!?)%％"
LONG_LINE: Final = 12
FEW_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Margins:
    """The edges between which a block's running text stands; right is infinite if none shows."""

    left: float
    right: float


def iter_body(block: LineBlock, size: float) -> Iterator[PrintedLine]:
    """Yield the block's lines in about this size of type, rows of tables left out."""
    for line in block.lines:
        if not line.whole and abs(line.size - size) <= 0.2 * size + 0.6:
            yield line


def count_body(block: LineBlock, size: float) -> int:
    """Return how many lines of this size the block has."""
    return sum(1 for _ in iter_body(block, size))


def find_margins(block: LineBlock, size: float) -> Margins | None:
    """Return the edges of the block's text in type of this size, None where no line is long.

    A text of short lines alone shows no right margin, and none of its lines goes on.
    """
    body = list(iter_body(block, size))
    least = LONG_LINE
    if block.column:
        least = min(LONG_LINE, int(0.6 * max((len(line.text) for line in body), default=0)))
    long = [line for line in body if len(line.text) >= least]
    if not long:
        return None
    lefts = Counter(round(line.left) for line in long)
    left = float(min((x for x, n in lefts.items() if n >= 2), default=min(lefts)))
    # A sign at a line's end may hang over the edge, and one line may run out by chance.
    rights = sorted(line.right - (size if _hangs_over(line) else 0) for line in long)
    right = rights[-1]
    if len(rights) > FEW_LINES and right - rights[-2] > 0.75 * size:
        usual = sum(rights[-2] - edge <= 0.75 * size for edge in rights[:-1])
        right = rights[-2] if usual >= max(FEW_LINES, 0.4 * len(rights)) else right
    met = sum(abs(right - edge) <= 1.2 * size for edge in rights)
    if met > 1 and all(_ends_there(line, right, size) for line in long):
        met = 0
    return Margins(left, right if met > 1 or _is_even(block, left, right, size) else float("inf"))


def _ends_there(line: PrintedLine, right: float, size: float) -> bool:
    """Say whether a line ends before the edge, or with a sentence: then it shows no edge."""
    return right - line.right > 1.2 * size or line.text.endswith(TERMINAL)


def _is_even(block: LineBlock, left: float, right: float, size: float) -> bool:
    """Say whether the page has as much room to the right of a line as to the left of the text."""
    start, end = block.bounds
    return -3.5 * size < (end - right) - (left - start) < 1.5 * size


def _hangs_over(line: PrintedLine) -> bool:
    end = line.raised[-1][0] if line.raised and line.raised[-1][1] == len(line.text) else None
    return line.text[:end][-1:] in NEVER_FIRST


def widen_margins(
    blocks: Sequence[LineBlock], margins: Sequence[Margins | None], size: float
) -> list[Margins | None]:
    """Return the edges; what stands above and below a box or columns has those of the page."""
    widest: dict[int, Margins] = {}
    for block, own in zip(blocks, margins, strict=True):
        if own and not block.column and own.right < float("inf"):
            last = widest.get(block.page, own)
            near = abs(own.left - last.left) < 3 * size
            left = min(own.left, last.left) if near else max(own, last, key=_read_right).left
            widest[block.page] = Margins(left, max(own.right, last.right))
    return [
        widest[block.page]
        if own
        and not block.column
        and block.page in widest
        and abs(own.left - widest[block.page].left) < 3 * size
        else own
        for block, own in zip(blocks, margins, strict=True)
    ]


def _read_right(margins: Margins) -> float:
    return margins.right


def borrow_margins(
    block: LineBlock, own: Margins | None, count: int, settled: Sequence[Margins], size: float
) -> Margins:
    """Return the block's own edges, of count lines, or settled ones of a longer block.

    A block of few lines has those of a longer one, where it fits between them and is no box.
    """
    left = min((line.left for line in block.lines), default=0.0)
    right = max((line.right for line in block.lines), default=0.0)
    if own and count >= FEW_LINES:
        return own
    fitting = [
        m for m in settled if m.left - size < left < m.left + 2.5 * size and right <= m.right + size
    ]
    narrow = own if own and own.right < float("inf") else _find_box(block)
    if block.column and narrow and all(m.right - narrow.right > 2 * size for m in fitting):
        return Margins(min((m.left for m in fitting), default=left), narrow.right)
    if fitting:
        return min(fitting, key=lambda m: m.right)
    return own or Margins(left, float("inf"))


def _find_box(block: LineBlock) -> Margins | None:
    """Return the edges of a few lines of one size, all but the last of them about as wide."""
    lines = block.lines
    if len(lines) < 2:
        return None
    right, size = max(line.right for line in lines), lines[0].size
    alike = all(abs(line.size - size) < 0.06 * size and not line.whole for line in lines)
    if not alike or any(right - line.right > 1.5 * size for line in lines[:-1]):
        return None
    return Margins(min(line.left for line in lines), right)
