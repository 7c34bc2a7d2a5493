"""Measure how slips of the pen are found.

    python -m benchmarks.slips [--folds] [--record]

Counts what the shipped model tells of State Council reports, which are in none of its counts, and
the time. --folds learns the trees five times, each time without the sentences that are scored
(needs lightgbm): F1 and sound sentences told, those that stand in the counted laws apart, and made
slips by kind.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.recording import write_record  # noqa: E402
from benchmarks.slips.samples import (  # noqa: E402
    FOLDS,
    SCORED_YEARS,
    TypedSentence,
    fold_of,
    make_slips,
    read_reports,
    read_rows,
)
from benchmarks.slips.scoring import apply_edits, correct_all, score  # noqa: E402
from benchmarks.slips.sources import read_sources  # noqa: E402
from corpus_app.proofreading.slips.correcting import SlipEdit  # noqa: E402
from corpus_app.proofreading.slips.model import (  # noqa: E402
    MODEL,
    REPLACED,
    SHIFTED,
    SlipModel,
    load_corrector,
)
from corpus_app.proofreading.slips.model_file import open_model  # noqa: E402

RESULTS: Final = ROOT / "benchmarks" / "results" / "slips.md"
LEASTS: Final = (0.5, 0.7, 0.9)


def score_reports() -> dict[str, Any]:
    """Return how often reports that nobody mistyped are told of, and the time it takes."""
    texts = read_reports(SCORED_YEARS)
    corrector = load_corrector(REPLACED, SHIFTED)
    began = time.process_time()
    edits = [edit for text in texts for edit in corrector.correct(text)]
    took, tens = time.process_time() - began, sum(map(len, texts)) / 10_000
    told = {
        f"told on 10,000 characters from {least} on": round(
            sum(edit.chance >= least for edit in edits) / tens, 2
        )
        for least in LEASTS
    }
    milliseconds = round(took / tens * 100)
    return {"characters": sum(map(len, texts)), "ms on 1,000 characters": milliseconds} | told


def correct_by_folds(
    model: SlipModel, rows: Sequence[TypedSentence], made: Sequence[TypedSentence]
) -> Iterator[tuple[TypedSentence, list[SlipEdit]]]:
    """Yield each sentence with its edits by trees that were learnt without what it means."""
    from benchmarks.slips.learning import learn_both

    folds = dict(zip((row.meant for row in rows), fold_of(rows), strict=True))
    kinds = learn_both(model, rows)
    for fold in range(FOLDS):
        left_out = {meant for meant, number in folds.items() if number == fold}
        trees = {name: one.fit(name, left_out) for name, one in kinds.items()}
        corrector = model.build_corrector(
            trees["replacements"], trees["shifts"], (REPLACED, SHIFTED)
        )
        aside = [one for one in (*rows, *made) if folds[one.meant] == fold]
        yield from zip(aside, correct_all(corrector, aside), strict=True)


def score_folds() -> dict[str, Any]:
    """Return F1 and the rest by folds, and what is found of made slips."""
    rows = read_rows()
    made = [one for one in make_slips([*dict.fromkeys(row.meant for row in rows)]) if one.kind]
    pairs = list(correct_by_folds(SlipModel(open_model(MODEL)), rows, made))
    real = [pair for pair in pairs if not pair[0].kind]
    counted = "\n".join(one.text for one in read_sources())
    strange = [pair for pair in real if pair[0].meant.rstrip("。；，") not in counted]
    numbers: dict[str, Any] = {}
    for least in LEASTS:
        for name, some in (("all", real), ("not in the laws", strange)):
            sentences, edits = [one for one, _ in some], [edits for _, edits in some]
            numbers[f"{name}, from {least} on"] = score(sentences, edits, least)
        numbers[f"made, from {least} on"] = score_kinds(pairs, least)
    return numbers


def score_kinds(
    pairs: Sequence[tuple[TypedSentence, list[SlipEdit]]], least: float
) -> dict[str, float]:
    """Return by kind of made slip the share that is told of, and that is mended."""
    counts: Counter[str] = Counter()
    for sentence, edits in pairs:
        if kind := sentence.kind:
            sure = [one for one in edits if one.chance >= least]
            counts[kind] += 1
            counts[f"{kind} told"] += bool(sure)
            counts[f"{kind} mended"] += apply_edits(sentence.typed, sure) == sentence.meant
    kinds = [name for name in counts if " " not in name]
    return {
        f"{kind} {what}": round(counts[f"{kind} {what}"] / counts[kind], 3)
        for kind in kinds
        for what in ("told", "mended")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    numbers = {"clean reports": score_reports()}
    if options.folds:
        numbers |= score_folds()
    for name, value in numbers.items():
        print(name, value)
    if options.record:
        write_record(RESULTS, "Slips of the pen", numbers)


if __name__ == "__main__":
    main()
