"""Are words that are used alike found, beside plain co-occurrence in the same run?

    python -m benchmarks.similar_words [--characters N] [--record]

Learns from laws and State Council reports beside the project (20 million characters, or N of them)
and asks for both words of each pair of similar_words.toml: how often does the other one stand
among the first ten, and how far up (mean reciprocal rank)? Beside it plain co-occurrence, with the
same units: the words that stand most often near it, and cosine over the plain counts. Prints
seconds of the processor by stage and memory; --record writes benchmarks/results/similar_words.md;
exits 1 where it takes more than a minute or is no better than either.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.corpora import read_sources  # noqa: E402
from benchmarks.search_bench.loading import open_site  # noqa: E402

RESULTS: Final = ROOT / "benchmarks" / "results" / "similar_words.md"
PAIRS: Final = ROOT / "benchmarks" / "similar_words.toml"
FIRST: Final = 10
MOST_SECONDS: Final = 60.0


def judge(table: np.ndarray, asked: list[tuple[int, int]]) -> dict[str, float]:
    """Return how often the other word is among the first, by a table of closeness by row."""
    ranks = []
    for row, (one, other) in zip(table, asked, strict=True):
        row[one] = -np.inf
        ranks.append(int((row > row[other]).sum()) + 1)
    found = sum(rank <= FIRST for rank in ranks) / max(1, len(ranks))
    reciprocal = sum(1 / rank for rank in ranks) / max(1, len(ranks))
    return {f"among the first {FIRST}": round(found, 3), "reciprocal rank": round(reciprocal, 3)}


def run(characters: int) -> dict[str, Any]:
    """Learn, judge, and return the figures."""
    from search.similar.units import read_units
    from search.similar.vectors import COLUMNS, count_meetings, learn_vectors

    texts, size = [], 0
    for source in read_sources():
        if size < characters:
            texts.append(source.text)
            size += len(source.text)
    began = time.process_time()
    units = read_units(texts)
    cut = time.process_time()
    vectors = learn_vectors(units.numbers, len(units.names))
    done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    numbers = {name: number for number, name in enumerate(units.names)}
    pairs = [tuple(pair) for pair in tomllib.loads(PAIRS.read_text("utf-8"))["pairs"]]
    known = [(one, other) for one, other in pairs if one in numbers and other in numbers]
    asked = [(numbers[a], numbers[b]) for a, b in [*known, *((b, a) for a, b in known)]]
    rows = [one for one, _ in asked]
    plain = count_meetings(units.numbers, len(units.names), min(COLUMNS, len(units.names)))
    near = np.zeros((len(rows), len(units.names)), dtype=np.float32)
    near[:, : plain.shape[1]] = plain[rows]
    lengths = np.maximum(np.linalg.norm(plain, axis=1), 1e-9)
    return {
        "characters": size,
        "units": len(units.names),
        "seconds to units": round(cut - began, 1),
        "seconds to vectors": round(done - cut, 1),
        "MB at most": memory,
        "pairs asked": len(asked),
        "pairs without a vector": len(pairs) - len(known),
        "ours": judge(vectors[rows] @ vectors.T, asked),
        "stands near most often": judge(near, asked),
        "cosine of plain counts": judge(plain[rows] @ plain.T / lengths, asked),
    }


def main() -> None:
    """Run, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=20_000_000)
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_site(Path(folder))
        figures = run(asked.characters)
    for name, value in figures.items():
        print(f"{name}: {value}")
    if asked.record:
        write_record(RESULTS, "Words used alike", figures)
    key = f"among the first {FIRST}"
    peers = max(figures[name][key] for name in ("stands near most often", "cosine of plain counts"))
    seconds = figures["seconds to units"] + figures["seconds to vectors"]
    sys.exit(seconds > MOST_SECONDS or figures["ours"][key] <= peers)


if __name__ == "__main__":
    main()
