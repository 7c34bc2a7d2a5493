"""Says of each family of pages how many we read as Chromium shows them, and where we do not.

python -m benchmarks.browser_pages [--pages] [--record] [NAME...]: families whose names hold a NAME.
--pages prints each page that is read otherwise; --record keeps what the browser shows in
shown.json, which tests/ingest/test_page_styles.py holds the reader to, without a browser.
"""

from __future__ import annotations

import argparse
import json

from benchmarks.browser_pages.families import SHOWN, iter_families, read_page
from benchmarks.browser_pages.oracle import Chromium


def main() -> None:
    """Print a line a family, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--record", action="store_true")
    chosen = parser.parse_args()
    recorded = json.loads(SHOWN.read_text("utf-8")) if SHOWN.exists() else {}
    sums: dict[str, list[int]] = {}
    with Chromium() as browser:
        for kind, name, pages in iter_families(chosen.names):
            shown = [browser.read(page) for page in pages]
            ours = [read_page(page) for page in pages]
            recorded[name] = shown
            same = sum(one == other for one, other in zip(shown, ours, strict=True))
            total = sums.setdefault(kind, [0, 0])
            total[0], total[1] = total[0] + same, total[1] + len(pages)
            print(f"{kind:6} {same:4} of {len(pages):4}  {name}", flush=True)
            for page, one, other in zip(pages, shown, ours, strict=True):
                if one != other and chosen.pages:
                    print(f"    {page}\n        browser {one!r} ours {other!r}")
    for kind, (same, count) in sums.items():
        print(f"{kind:6} {same:4} of {count:4}  {100 * same / count:.1f} %")
    if chosen.record:
        SHOWN.write_text(json.dumps(recorded, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
