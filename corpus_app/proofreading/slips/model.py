"""The model of slips as it is used: counts, table of likeness and trees of one file."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from corpus_app.proofreading.slips.characters import CharacterNumbers
from corpus_app.proofreading.slips.correcting import Judge, Proposer, SlipCorrector
from corpus_app.proofreading.slips.counts import CharacterCounts, Reals
from corpus_app.proofreading.slips.likeness import LikeCharacters
from corpus_app.proofreading.slips.model_file import ModelFile, open_model
from corpus_app.proofreading.slips.replacing import ReplacementProposer
from corpus_app.proofreading.slips.shifting import ShiftProposer
from corpus_app.proofreading.slips.trees import BoostedTrees
from corpus_app.proofreading.slips.words import ListedWords

# Of the sentences that replacements are learnt from more than half bear a slip, of a draft's few.
# With the odds lowered so much reports that nobody mistyped are told of less than once in 10,000
# characters from 0.9 on. Made slips need it not: they are learnt among as many sound sentences.
_RARER: Final = 0.45
MODEL: Final = Path(__file__).with_name("data") / "model.bin"


class SlipModel:
    """What proposes edits of a text; file is where its counts and trees come from."""

    def __init__(self, file: ModelFile) -> None:
        self.file = file
        self.characters = CharacterNumbers(file.facts["characters"])
        counts = CharacterCounts(file.arrays)
        words = ListedWords(file.arrays)
        likes = LikeCharacters(file.arrays)
        self.replacements = ReplacementProposer(counts, words, likes, self.characters)
        self.shifts = ShiftProposer(counts, words, self.characters, file.arrays)

    def build_corrector(
        self, replacements: BoostedTrees, shifts: BoostedTrees, least: tuple[float, float]
    ) -> SlipCorrector:
        """Return what corrects by these trees from these probabilities on, each kind its own."""

        def judge_replacements(rows: Reals) -> Reals:
            return temper(replacements.judge(rows))

        kinds: list[tuple[Proposer, Judge]] = [
            (self.replacements, judge_replacements),
            (self.shifts, shifts.judge),
        ]
        return SlipCorrector(self.characters, kinds, list(least))


def temper(chances: Reals) -> Reals:
    """Return probabilities as they are in drafts, where slips are rarer than among the learnt."""
    return chances * _RARER / (1 - chances * (1 - _RARER))


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
