"""Read made pages of strangers' sites and print how well.

    python -m benchmarks.page_reading [fields|peers|calibration|batches|speed|all]
        [--set tuning|aside|both] [--pages N] [--families]

Families kept aside are printed in sum only, so that who tunes cannot look at them by chance.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from benchmarks.page_reading.batches import print_batches
from benchmarks.page_reading.calibration import print_calibration
from benchmarks.page_reading.catalogue import list_aside, list_families, list_tuning, make_page
from benchmarks.page_reading.heads import score_heads
from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.peers import print_peers
from benchmarks.page_reading.report import print_families, print_set
from benchmarks.page_reading.scoring import score_pages
from benchmarks.page_reading.speed import list_raws, print_speed, time_jieba
from corpus_app.ingest.pipeline import parse_bytes

# Whoever trains draws pages below this number, a run those above: no page is scored that was
# learnt from.
FIRST_SEED = 100_000
MEASURES = ("fields", "peers", "calibration", "batches", "speed")


def print_fields(name: str, pages: Sequence[Page], families: bool) -> None:
    """Print what became of the fields and the body of one set of pages."""
    scores = score_pages(pages, parse_bytes)
    print_set(name, scores)
    if families and name == "tuning":
        print_families(scores)


def print_beside_peers(name: str, pages: Sequence[Page]) -> None:
    """Print the body of the pages in mark-up, ours beside the peers'."""
    carriers = list_families()
    marked = [page for page in pages if carriers[page.family].startswith("html")]
    print_peers(name, marked, time_jieba(list_raws(marked)))


def main() -> int:
    """Print the tables asked for; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("measure", nargs="?", choices=(*MEASURES, "all"), default="fields")
    parser.add_argument("--set", choices=("tuning", "aside", "both"), default="both")
    parser.add_argument("--pages", type=int, default=10, help="pages of each family")
    parser.add_argument("--families", action="store_true", help="the tuning families one by one")
    options = parser.parse_args()
    chosen = {"tuning": list_tuning(), "aside": list_aside()}
    seeds = range(FIRST_SEED, FIRST_SEED + options.pages)
    prints: dict[str, Callable[[str, Sequence[Page]], None]] = {
        "fields": lambda name, pages: print_fields(name, pages, options.families),
        "peers": print_beside_peers,
        "calibration": print_calibration,
        "speed": print_speed,
    }
    wanted = MEASURES if options.measure == "all" else (options.measure,)
    for name, families in chosen.items():
        if options.set in (name, "both"):
            pages = [make_page(family, seed) for family in families for seed in seeds]
            for measure in wanted:
                if measure in prints:
                    prints[measure](name, pages)
    if "batches" in wanted:
        print_batches()
    if "fields" in wanted and (heads := score_heads(parse_bytes)):
        print_set("heads of real kinds", heads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
