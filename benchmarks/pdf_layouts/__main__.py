"""Prints what the reader makes of made PDF pages, by family; --kept those that tuning never saw."""

from __future__ import annotations

import sys
import time
from random import Random

from benchmarks.pdf_layouts.catalogue import KEPT, list_families, make
from benchmarks.pdf_layouts.scoring import Score, score
from corpus_app.ingest.formats import extract

SEEDS = 4


def main(words: list[str]) -> int:
    """Print a table; words are names of families, none for all that are not kept."""
    kept = "--kept" in words
    named = [word for word in words if not word.startswith("--")]
    names = named or [name for name in list_families() if (name in KEPT) == kept]
    whole, started = Score(), time.process_time()
    print(f"{'family':24} {'lost':>7} {'added':>7} {'order':>7}  paragraphs   of 10,000 characters")
    for name in names:
        own = Score()
        for seed in range(SEEDS):
            laid = make(name, Random(f"{name} {seed}"))
            if laid is not None:
                own.add(score(extract(laid.data, laid.name), laid))
        _print(name, own)
        whole.add(own)
    _print("all", whole)
    print(f"{time.process_time() - started:.1f} s of the processor")
    return 0


def _print(name: str, own: Score) -> None:
    lost, added, misordered = own.per_10000()
    counts = f"{own.right}/{own.paragraphs}"
    faults = "; ".join(sorted(set(own.faults)))[:90]
    print(f"{name:24} {lost:7.1f} {added:7.1f} {misordered:7.1f}  {counts:>11}  {faults}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
