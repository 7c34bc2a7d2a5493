"""The difference between two texts, as a reader is shown it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.text.alignment import align_texts, list_steps
from corpus_app.text.spans import Block

# A number stands as one character that no writing uses while two texts are compared.
_PRIVATE: Final = 0xE000
_MOST_NUMBERS: Final = 0x1000
_PRIVATE_CHAR: Final = re.compile("[\ue000-\uf8ff]")
_NUMBER: Final = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")

Kind = Literal["kept", "added", "deleted"]


@dataclass(frozen=True)
class DiffSpan:
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


def compare_words(old: str, new: str, least: int = 1) -> tuple[DiffSpan, ...]:
    """Return two texts as one list of pieces in reading order, at each place what went first.

    Between two changes a stretch in common of fewer than least characters counts as changed.
    """
    blocks = [b for b in align_texts(old, new) if b.length >= least or _is_edge(b, old, new)]
    return tuple(_list_pieces(blocks, old, new))


def compare_with_numbers(old: str, new: str, least: int = 1) -> tuple[DiffSpan, ...]:
    """Return the pieces as compare_words does, no number in figures cut: 12 became 15, not 2 5."""
    numbers: dict[str, str] = {}

    def hide(found: re.Match[str]) -> str:
        return numbers.setdefault(found.group(), chr(_PRIVATE + len(numbers)))

    hidden = _NUMBER.sub(hide, old), _NUMBER.sub(hide, new)
    if len(numbers) > _MOST_NUMBERS or any(_PRIVATE_CHAR.search(text) for text in (old, new)):
        return compare_words(old, new, least)
    shown = str.maketrans({char: number for number, char in numbers.items()})
    pieces = compare_words(hidden[0], hidden[1], least)
    return tuple(DiffSpan(piece.kind, piece.text.translate(shown)) for piece in pieces)


def _is_edge(block: Block, old: str, new: str) -> bool:
    ends = block.first + block.length, block.second + block.length
    return block[:2] == (0, 0) or ends == (len(old), len(new))


def _list_pieces(blocks: list[Block], old: str, new: str) -> Iterator[DiffSpan]:
    for step in list_steps(blocks, len(old), len(new)):
        went, came = old[slice(*step.first)], new[slice(*step.second)]
        pieces = [("kept", went)] if step.equal else [("deleted", went), ("added", came)]
        yield from (DiffSpan(kind, text) for kind, text in pieces if text)  # type: ignore[arg-type]
