"""What changed between two texts: paragraph by paragraph, then word sign by word sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

Kind = Literal["kept", "added", "deleted"]
# Longer paragraphs are compared as wholes: the comparison takes quadratic time.
MOST_SIGNS: Final = 8_000
# Above this product of paragraph counts a block is shown as deleted and added as a whole.
MOST_PAIRS: Final = 40_000
# Paragraphs less alike than this are two, not one that was changed.
LIKE: Final = 40.0
# A stretch of common signs shorter than this, between changes, is noise to the reader.
SHORT: Final = 2
CONTEXT: Final = 30


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """A paragraph that differs, as pieces; before and after count paragraphs from 1, 0 for none."""

    before: int
    after: int
    pieces: tuple[Piece, ...]

    @property
    def excerpt(self) -> tuple[Piece, ...]:
        """Return the pieces with long stretches that stayed cut short."""
        last = len(self.pieces) - 1
        return tuple(
            _clip(piece, at > 0, at < last) if piece.kind == "kept" else piece
            for at, piece in enumerate(self.pieces)
        )


def compare_texts(old: str, new: str) -> list[Change]:
    """Return the paragraphs of two texts that differ, in reading order."""
    before = [line for line in old.split("\n") if line.strip()]
    after = [line for line in new.split("\n") if line.strip()]
    changes: list[Change] = []
    for tag, i, j, k, m in _merge_blocks(before, after):
        if tag != "equal":
            changes += _compare_block(before[i:j], after[k:m], i + 1, k + 1)
    return changes


def count_signs(changes: Sequence[Change]) -> tuple[int, int]:
    """Return how many word signs came and how many went."""
    counts = {"added": 0, "deleted": 0, "kept": 0}
    for change in changes:
        for piece in change.pieces:
            counts[piece.kind] += sum(not sign.isspace() for sign in piece.text)
    return counts["added"], counts["deleted"]


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return two paragraphs as one list of pieces."""
    if max(len(old), len(new)) > MOST_SIGNS:
        return tuple(p for p in (Piece("deleted", old), Piece("added", new)) if p.text)
    pieces: list[Piece] = []
    for code in Indel.opcodes(old, new):
        kept = code.tag == "equal"
        _append(pieces, "kept" if kept else "deleted", old[code.src_start : code.src_end])
        if not kept:
            _append(pieces, "added", new[code.dest_start : code.dest_end])
    return tuple(_order(_smooth(pieces)))


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
) -> Iterator[Change]:
    """Pair the paragraphs that are alike, in order; the others went or came."""
    k = 0
    for i, old in enumerate(before):
        match = _find_like(old, after, k, len(before) * len(after))
        if match is None:
            yield Change(first + i, 0, (Piece("deleted", old),))
            continue
        for at in range(k, match):
            yield Change(0, second + at, (Piece("added", after[at]),))
        yield Change(first + i, second + match, compare_words(old, after[match]))
        k = match + 1
    for at in range(k, len(after)):
        yield Change(0, second + at, (Piece("added", after[at]),))


def _find_like(old: str, after: Sequence[str], start: int, pairs: int) -> int | None:
    if pairs > MOST_PAIRS:
        return None
    scores = [
        (fuzz.ratio(old, after[at], score_cutoff=LIKE), -at) for at in range(start, len(after))
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _append(pieces: list[Piece], kind: Kind, text: str) -> None:
    if text:
        pieces.append(Piece(kind, text))


def _smooth(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn the shortest common stretches between changes into a change of their own."""
    smooth: list[Piece] = []
    for at, piece in enumerate(pieces):
        inside = 0 < at < len(pieces) - 1
        if piece.kind == "kept" and inside and len(piece.text) < SHORT:
            smooth += [Piece("deleted", piece.text), Piece("added", piece.text)]
        else:
            smooth.append(piece)
    return smooth


def _order(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield for each changed stretch what went, then what came."""
    went = came = ""
    for piece in [*pieces, Piece("kept", "")]:
        if piece.kind == "deleted":
            went += piece.text
        elif piece.kind == "added":
            came += piece.text
        else:
            yield from (p for p in (Piece("deleted", went), Piece("added", came), piece) if p.text)
            went = came = ""


def _clip(piece: Piece, after_change: bool, before_change: bool) -> Piece:
    text = piece.text
    head = text[:CONTEXT] if after_change else ""
    tail = text[-CONTEXT:] if before_change else ""
    if len(head) + len(tail) + 1 >= len(text):
        return piece
    return Piece("kept", f"{head}…{tail}")
