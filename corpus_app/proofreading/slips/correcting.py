"""Corrects a text a few characters at a time, looking again at each line that was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from corpus_app.proofreading.slips.characters import CharacterNumbers
from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.likeness import Proposals
from corpus_app.proofreading.slips.replacing import ReadText

# Slips so near each other change what the runs say of one another: the surer first, then again.
_APART: Final = 5
_ROUNDS: Final = 5
# So many characters at a time: each needs some kilobytes while it is looked at.
_PART: Final = 4_000

Judge = Callable[[Reals], Reals]


class Proposer(Protocol):
    """What proposes edits of a text, each with a row of numbers to judge it by."""

    def propose(self, read: ReadText) -> tuple[Proposals, Reals]:
        """Return proposals and their rows."""


@dataclass(frozen=True, slots=True)
class SlipEdit:
    """text[start:end] is to read new; chance is the probability, 0 to 1, that it is so."""

    start: int
    end: int
    new: str
    chance: float


@dataclass(slots=True)
class _Line:
    """A line as it stands now; origins are where its characters stood, -1 for those put in.

    chosen holds the characters that took another's place, by its origin: what was chosen before
    its neighbours were mended may be chosen anew. shifted holds what moved others.
    """

    text: str
    origins: list[int]
    chosen: dict[int, tuple[str, float]] = field(default_factory=dict)
    shifted: list[SlipEdit] = field(default_factory=list)

    def apply(self, start: int, end: int, new: str, chance: float) -> bool:
        """Change the line where all characters are still in their places; say whether it was."""
        touched = self.origins[start : max(end, start + 1)]
        if not touched or min(touched) < 0:
            return False
        self.text = self.text[:start] + new + self.text[end:]
        if len(new) == end - start:
            self.chosen |= {at: (char, chance) for at, char in zip(touched, new, strict=True)}
            return True
        for at in touched[: end - start]:
            self.chosen.pop(at, None)
        self.shifted.append(SlipEdit(touched[0], touched[0] + end - start, new, chance))
        self.origins[start:end] = [-1] * len(new)
        return True

    def list_edits(self, text: str) -> list[SlipEdit]:
        """Return what was changed in the end, in order; text is what all was read from."""
        chosen = [
            SlipEdit(at, at + 1, char, chance)
            for at, (char, chance) in self.chosen.items()
            if text[at] != char
        ]
        return sorted([*chosen, *self.shifted], key=lambda one: (one.start, one.end))


class SlipCorrector:
    """Proposals of several kinds, each judged by trees of its own."""

    def __init__(
        self, characters: CharacterNumbers, kinds: list[tuple[Proposer, Judge]], least: list[float]
    ) -> None:
        self._characters, self._kinds, self._least = characters, kinds, least

    def correct(self, text: str) -> Iterator[SlipEdit]:
        """Yield the edits of a text, in order within each part of it."""
        lines: list[_Line] = []
        size = 0
        for at, end in _cut_lines(text):
            if lines and size + end - at > _PART:
                yield from self._correct_lines(text, lines)
                lines, size = [], 0
            lines.append(_Line(text[at:end], list(range(at, end))))
            size += end - at + 1
        yield from self._correct_lines(text, lines)

    def _correct_lines(self, text: str, lines: list[_Line]) -> Iterator[SlipEdit]:
        changed = lines
        for _ in range(_ROUNDS):
            changed = self._look(changed)
            if not changed:
                break
        for line in lines:
            yield from line.list_edits(text)

    def _look(self, lines: list[_Line]) -> list[_Line]:
        """Change lines where something is likely wrong and return those."""
        read = ReadText.read("\n".join(line.text for line in lines), self._characters)
        begins = np.cumsum([0, *(len(line.text) + 1 for line in lines)])
        sure = []
        for (proposer, judge), least in zip(self._kinds, self._least, strict=True):
            proposals, rows = proposer.propose(read)
            chances = judge(rows)
            for row in np.flatnonzero(chances >= least):
                meant = "".join(chr(point) for point in proposals.meant[row] if point)
                place, width = int(proposals.place[row]), int(proposals.width[row])
                sure.append((float(chances[row]), place, width, meant))
        chosen: list[tuple[int, int, str, float]] = []
        for chance, place, width, meant in sorted(sure, key=lambda one: (-one[0], one[1])):
            if all(abs(place - other[0]) >= _APART for other in chosen):
                chosen.append((place, width, meant, chance))
        changed = {}
        # From the back, so that no place moves that is still to be changed.
        for place, width, meant, chance in sorted(chosen, reverse=True):
            number = int(np.searchsorted(begins, place, "right")) - 1
            start = place - int(begins[number])
            if lines[number].apply(start, start + width, meant, chance):
                changed[number] = lines[number]
        return [changed[number] for number in sorted(changed)]


def _cut_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line stands, a long one in parts that end as sentences do, if it has any.

    A draft without line ends must not be looked at all at once.
    """
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        while end - at > _PART:
            cut = max(text.rfind(sign, at, at + _PART) for sign in "。！？；") + 1
            cut = cut or at + _PART
            yield at, cut
            at = cut
        yield at, end
        at = end + 1
