"""The model of slips as it is used: counts, table of likeness and trees of one file."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from corpus_app.proofreading.slips.characters import CharacterNumbers
from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.companions import Companions
from corpus_app.proofreading.slips.correcting import Judge, Proposer, SlipCorrector
from corpus_app.proofreading.slips.counts import CharacterCounts
from corpus_app.proofreading.slips.likeness import LikeCharacters
from corpus_app.proofreading.slips.model_file import ModelFile, open_model
from corpus_app.proofreading.slips.replacing import ReplacementProposer
from corpus_app.proofreading.slips.shifting import KIND, Shift, ShiftProposer
from corpus_app.proofreading.slips.trees import BoostedTrees
from corpus_app.proofreading.slips.words import ListedWords

# Of the sentences that replacements are learnt from more than half bear a slip, of a draft's few.
# With the odds lowered so much reports that nobody mistyped are told of less than once in 10,000
# characters from 0.9 on.
_RARER: Final = 0.45
# Among made slips each kind stands as often as it was made; in sound texts swapped characters are
# hardly ever taken for slips, single ones for left over the most.
_ODDS: Final = {Shift.DOUBLED: 1.0, Shift.SURPLUS: 0.3, Shift.SWAPPED: 2.0, Shift.DROPPED: 1.0}
# From these probabilities on a slip is told; people see what is likelier still (SHOWN_FROM).
REPLACED: Final = 0.5
SHIFTED: Final = 0.7
MODEL: Final = Path(__file__).with_name("data") / "model.bin"


class SlipModel:
    """What proposes edits of a text; file is where its counts and trees come from."""

    def __init__(self, file: ModelFile) -> None:
        self.file = file
        self.characters = CharacterNumbers(file.facts["characters"])
        counts = CharacterCounts(file.arrays)
        words = ListedWords(file.arrays)
        likes = LikeCharacters(file.arrays)
        companions = Companions(self.characters, file.arrays)
        self.replacements = ReplacementProposer(counts, words, likes, companions, self.characters)
        self.shifts = ShiftProposer(counts, words, self.characters, file.arrays)

    def build_corrector(
        self, replacements: BoostedTrees, shifts: BoostedTrees, least: tuple[float, float]
    ) -> SlipCorrector:
        """Return what corrects by these trees from these probabilities on, each kind its own."""

        def judge_replacements(rows: Reals) -> Reals:
            return temper(replacements.judge(rows), _RARER)

        def judge_shifts(rows: Reals) -> Reals:
            return temper(shifts.judge(rows), read_odds(rows))

        kinds: list[tuple[Proposer, Judge]] = [
            (self.replacements, judge_replacements),
            (self.shifts, judge_shifts),
        ]
        return SlipCorrector(self.characters, kinds, list(least))


def temper(chances: Reals, odds: float | Reals) -> Reals:
    """Return probabilities as they are in drafts, where slips are rarer than among the learnt."""
    return np.asarray(chances * odds / (1 - chances * (1 - odds)))


def read_odds(rows: Reals) -> Reals:
    """Return for rows of proposed shifts how their odds differ in drafts, by kind."""
    odds = np.ones(max(Shift) + 1, np.float32)
    odds[list(_ODDS)] = list(_ODDS.values())
    return odds[rows[:, KIND].astype(np.int64)]


@lru_cache(20_000)
def is_listed(word: str) -> bool:
    """Say whether a common dictionary has a word of two to four characters."""
    characters, words = _load_words()
    return words.has(characters.read(word))


@cache
def _load_words() -> tuple[CharacterNumbers, ListedWords]:
    file = open_model(MODEL)
    return CharacterNumbers(file.facts["characters"]), ListedWords(file.arrays)


@cache
def load_corrector(replaced: float, shifted: float) -> SlipCorrector:
    """Return the corrector of the shipped model, opened once; the probabilities are the least."""
    file = open_model(MODEL)
    trees = [BoostedTrees.read(file.arrays, name) for name in ("replacements", "shifts")]
    return SlipModel(file).build_corrector(trees[0], trees[1], (replaced, shifted))
