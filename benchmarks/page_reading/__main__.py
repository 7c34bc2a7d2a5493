"""Read made pages of strangers' sites and print how well.

    python -m benchmarks.page_reading [--set tuning|aside|both] [--pages N] [--families]

Families kept aside are printed in sum only, so that who tunes cannot look at them by chance.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.page_reading.catalogue import list_aside, list_tuning, make_page
from benchmarks.page_reading.heads import score_heads
from benchmarks.page_reading.report import print_families, print_set
from benchmarks.page_reading.scoring import score_pages
from corpus_app.ingest.pipeline import parse_bytes

# Seeds of tuning begin here in other places, so that a run scores pages nobody trained on.
FIRST_SEED = 100_000


def main() -> int:
    """Print the tables asked for; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--set", choices=("tuning", "aside", "both"), default="both")
    parser.add_argument("--pages", type=int, default=10, help="pages of each family")
    parser.add_argument("--families", action="store_true", help="the tuning families one by one")
    options = parser.parse_args()
    chosen = {"tuning": list_tuning(), "aside": list_aside()}
    for name, families in chosen.items():
        if options.set not in (name, "both"):
            continue
        seeds = range(FIRST_SEED, FIRST_SEED + options.pages)
        scores = score_pages((make_page(f, n) for f in families for n in seeds), parse_bytes)
        print_set(name, scores)
        if options.families and name == "tuning":
            print_families(scores)
    heads = score_heads(parse_bytes)
    if heads:
        print_set("heads of real kinds", heads)
    return 0


if __name__ == "__main__":
    sys.exit(main())
