"""The texts of the corpus as reuse is looked for in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.arrays.seeds import Content, SeedPlaces
from search.arrays.tables import Array, Mask


@dataclass(frozen=True)
class ReuseCorpus:
    """All texts of the index, numbered through its segments; only alive ones may be told of.

    sources has the number of each text's independent source, versions the smallest speech id
    among the versions of a text; days are ordinals, 0 where none is known.
    """

    segments: tuple[SeedPlaces, ...]
    speech_ids: Array
    revision_ids: Array
    alive: Array
    first_days: Array
    last_days: Array
    versions: Array
    sources: Array

    @cached_property
    def bases(self) -> Array:
        """Return the number of the first text of each segment, and of all texts."""
        return np.cumsum([0, *(len(seeds.starts) - 1 for seeds in self.segments)])

    def find_texts(self, segment: int, places: Array) -> Array:
        """Return the number of the text in which each place of a segment's content is."""
        texts: Array = self.segments[segment].starts.searchsorted(places, side="right") - 1
        return texts + self.bases[segment]

    def find_text(self, speech_id: int) -> int | None:
        """Return the number of a speech's text, None where it is not there or not to be told of."""
        found = ((self.speech_ids == speech_id) & self.alive).nonzero()[0]
        return int(found[0]) if len(found) else None

    def list_versions(self, texts: Array) -> Mask:
        """Return which texts are versions of the same speech as one of those numbered."""
        return np.isin(self.versions, self.versions[texts])

    def get_days(self, text: int) -> tuple[int, int]:
        """Return the first and last day of a text, 0 where none is known."""
        return int(self.first_days[text]), int(self.last_days[text])

    def read_content(self, text: int) -> Content:
        """Return the content of a text."""
        segment = int(self.bases.searchsorted(text, side="right")) - 1
        seeds, at = self.segments[segment], text - int(self.bases[segment])
        return seeds.content[int(seeds.starts[at]) : int(seeds.starts[at + 1])]
