"""Write the divisions that the check of drafts knows from the table beside the project.

    python -m benchmarks.draft_check.divisions

One line a division: code, name, first year, year from which it was no more (or nothing), codes of
those that took its place. The table has nested objects and the decrees; a fifteenth is needed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.search_bench.corpora import SHARED  # noqa: E402

TARGET = ROOT / "corpus_app" / "proofreading" / "data" / "divisions.tsv"
HEAD = (
    "# Administrative divisions at and above county level since 1981: code, name, first year,\n"
    "# year from which it was no more, successors. From yescallop/areacodes (CC0 1.0), after the\n"
    "# Ministry of Civil Affairs; written by benchmarks/draft_check/divisions.py.\n"
)


def list_rows(items: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of nested objects, the outer before the inner."""
    for item in items:
        # A part that went to a neighbour while the division stayed is no successor.
        followed = item.get("succ", []) if "end" in item else []
        codes = dict.fromkeys(str(one["code"]) for one in followed)
        cells = (item["code"], item["name"], item["start"], item.get("end", ""), " ".join(codes))
        yield "\t".join(map(str, cells)).rstrip("\t")
        yield from list_rows(item.get("children", []))


def main() -> None:
    table = json.loads((SHARED / "divisions" / "codes.json").read_text("utf-8"))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(HEAD + "\n".join(list_rows(table["items"])) + "\n", "utf-8")


if __name__ == "__main__":
    main()
