"""Characters per second of parsing, against jieba cutting the same texts in the same run.

python benchmarks/parse_speed.py [FOLDER]   (default: the corpora beside the project)
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import jieba  # noqa: E402

from corpus_app.ingest.pipeline import parse_bytes  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "corpora"
FALLBACK = ROOT / "fixtures"
ROUNDS = 3


def find_files(folder: Path) -> list[Path]:
    """Return the raw text files under folder, in order."""
    scraped = sorted(folder.glob("**/raw_scrape/*.txt"))
    return scraped or sorted(folder.glob("**/*.txt"))


def measure(job: Callable[[], object]) -> float:
    """Return the best of a few runs, in seconds of the processor."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print both speeds and their ratio; exit 1 if parsing is the slower of the two."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    files = find_files(given if given.is_dir() else FALLBACK)
    if not files:
        print("no text files found; give a folder")
        return 2
    sources = [(path.read_bytes(), path.name) for path in files]
    drafts = [parse_bytes(data, name) for data, name in sources]
    chars = sum(len(draft.raw) for draft in drafts)
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    parsing = measure(lambda: [parse_bytes(data, name) for data, name in sources])
    cutting = measure(lambda: [sum(1 for _ in jieba.cut(draft.raw)) for draft in drafts])
    print(f"{len(files)} files, {chars:,} characters, best of {ROUNDS} runs")
    print(f"parse   {chars / parsing:>12,.0f} characters/s")
    print(f"jieba   {chars / cutting:>12,.0f} characters/s")
    print(f"parsing takes {parsing / cutting:.2f} of the time of segmenting")
    return 0 if parsing <= cutting else 1


if __name__ == "__main__":
    sys.exit(main())
