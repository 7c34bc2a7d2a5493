"""Read made pages of strangers' sites and print how well.

    python -m benchmarks.page_reading [fields|peers|calibration|batches|speed|all]
        [--set SET] [--pages N] [--families] [--record]

Families kept aside are printed in sum only, so that who tunes cannot look at them by chance.
--record writes the figures of fields and body to benchmarks/results/page_reading.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.page_reading.batches import print_batches
from benchmarks.page_reading.calibration import print_calibration
from benchmarks.page_reading.catalogue import (
    HANDS,
    list_aside,
    list_families,
    list_hand,
    list_tuning,
    list_unseen,
    make_page,
)
from benchmarks.page_reading.heads import score_heads
from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.peers import print_peers
from benchmarks.page_reading.report import print_carriers, print_families, print_set
from benchmarks.page_reading.scoring import list_figures, score_pages
from benchmarks.page_reading.speed import list_raws, print_speed, time_jieba
from benchmarks.recording import write_record
from corpus_app.ingest.pipeline import parse_bytes

# Whoever trains draws pages below this number, a run those above: no page is scored that was
# learnt from.
FIRST_SEED = 100_000
RESULTS = Path(__file__).resolve().parents[1] / "results/page_reading.md"
SETS: dict[str, Callable[[], list[str]]] = {
    "tuning": list_tuning,
    "aside": list_aside,
    "unseen": list_unseen,
    **{hand: partial(list_hand, hand) for hand in HANDS},
}
MEASURES = ("fields", "peers", "calibration", "batches", "speed")


def print_fields(name: str, pages: Sequence[Page], families: bool) -> dict[str, str]:
    """Print what became of fields and body of one set of pages; return the figures in percent."""
    scores = score_pages(pages, parse_bytes)
    print_set(name, scores)
    print_carriers(scores, list_families())
    if families and name == "tuning":
        print_families(scores)
    figures = {"families": str(len({page.family for page in pages})), "pages": str(len(pages))}
    return figures | {key: f"{100 * part:.2f}" for key, part in list_figures(scores).items()}


def print_beside_peers(name: str, pages: Sequence[Page]) -> None:
    """Print the body of the pages in mark-up, ours beside the peers'."""
    carriers = list_families()
    marked = [page for page in pages if carriers[page.family].startswith("html")]
    print_peers(name, marked, time_jieba(list_raws(marked)))


def main() -> int:
    """Print the tables asked for; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("measure", nargs="?", choices=(*MEASURES, "all"), default="fields")
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--pages", type=int, default=10, help="pages of each family")
    parser.add_argument("--families", action="store_true", help="the tuning families one by one")
    parser.add_argument("--record", action="store_true", help="write the figures down")
    options = parser.parse_args()
    recorded: dict[str, dict[str, str]] = {}
    chosen = {name: families() for name, families in SETS.items()}
    seeds = range(FIRST_SEED, FIRST_SEED + options.pages)
    prints: dict[str, Callable[[str, Sequence[Page]], None]] = {
        "fields": lambda name, pages: recorded.update(
            {name: print_fields(name, pages, options.families)}
        ),
        "peers": print_beside_peers,
        "calibration": print_calibration,
        "speed": print_speed,
    }
    wanted = MEASURES if options.measure == "all" else (options.measure,)
    for name, families in chosen.items():
        if options.set in (name, "all"):
            pages = [make_page(family, seed) for family in families for seed in seeds]
            for measure in wanted:
                if measure in prints:
                    prints[measure](name, pages)
    if "batches" in wanted:
        print_batches()
    if "fields" in wanted and (heads := score_heads(parse_bytes)):
        print_set("heads of real kinds", heads)
    if options.record and recorded:
        write_record(RESULTS, "Pages of strangers' sites, in percent", recorded)
    return 0


if __name__ == "__main__":
    sys.exit(main())
