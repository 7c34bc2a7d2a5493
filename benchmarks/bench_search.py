"""Search side by side: ours, stock Whoosh, SQLite FTS5 and Tantivy over the same sections.

    python -m benchmarks.bench_search                      (1,000, 10,000 and 100,000 sections)
    python -m benchmarks.bench_search --sizes 1000 --only ours fts5-words

Needs the corpora beside the project; without them it says so and ends well. Results are kept in
benchmarks/results/search.json and search.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search_bench.corpora import find_missing, read_sources  # noqa: E402
from benchmarks.search_bench.machine import describe_machine  # noqa: E402
from benchmarks.search_bench.report import write_report  # noqa: E402
from benchmarks.search_bench.running import Run, measure_size  # noqa: E402
from benchmarks.search_bench.stages import OURS, PEERS, STUDIES, WRITERS  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
RESULTS = ROOT / "benchmarks" / "results"


def read_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), metavar="SECTIONS")
    engines = [*OURS, *STUDIES, *PEERS, *WRITERS]
    parser.add_argument("--only", nargs="+", choices=engines, default=engines)
    parser.add_argument("--rounds", type=int, default=50, help="warm rounds of each question")
    parser.add_argument("--timeout", type=float, default=1500, help="seconds for one stage")
    parser.add_argument("--folder", type=Path, help="keep the indexes here (default: a new one)")
    parser.add_argument("--output", type=Path, default=RESULTS / "search", help="without suffix")
    return parser.parse_args()


def main() -> int:
    """Run all sizes, print the tables and keep them."""
    options = read_options()
    missing = find_missing()
    if missing:
        print(f"Nothing measured: {missing}.")
        return 0
    run = Run(tuple(options.only), options.rounds, options.timeout)
    sources = read_sources()
    results: dict[str, Any] = {"machine": describe_machine(), "sizes": []}
    with tempfile.TemporaryDirectory(prefix="yanku-bench-") as temporary:
        base = options.folder or Path(temporary)
        for size in options.sizes:
            results["sizes"].append(measure_size(run, sources, size, base / str(size)))
            write_report(results, options.output)
    print(options.output.with_suffix(".md").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
