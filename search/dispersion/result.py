"""What a dispersion answers; plain values that pages, exports and the API print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.dispersion.request import DispersionRequest
from search.study.answer import StudyAnswer

PER_CHARACTERS: Final = 10_000
# Fewer occurrences than these fall unevenly by chance.
FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of speeches or a tenth of their texts, with what stands there.

    position is as the concordance's `where` names it. characters are those of the part in all
    speeches that were looked through, None where they can't be told apart.
    """

    position: str
    label: str
    occurrences: int
    speeches: int
    characters: int | None

    @property
    def rate(self) -> float | None:
        """Return the occurrences per 10,000 characters."""
        if not self.characters:
            return None
        return self.occurrences * PER_CHARACTERS / self.characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersion(StudyAnswer):
    """The answer to a request: parts in reading order, tenths of the text, evenness over speeches.

    dp is Gries' deviation of proportions: half the sum, over all speeches looked through, of the
    differences between a speech's share of the characters and its share of the occurrences; 0 is
    even, near 1 all in a small one. dp_norm is dp divided by the most that it could be here, 1
    less the smallest speech's share. Both are None without an occurrence or with one speech.
    """

    request: DispersionRequest
    total: int
    speeches: int
    searched_speeches: int
    parts: list[Slice]
    tenths: list[Slice]
    dp: float | None
    dp_norm: float | None

    @property
    def is_few(self) -> bool:
        """Tell whether there are too few occurrences for evenness to tell anything."""
        return self.total < FEWEST
