"""Load a corpus into the database, and write its sections with their words for the peers.

python -m benchmarks.search_bench.preparing FOLDER SIZE
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.search_bench.corpora import Source, read_sources, take_sections
from benchmarks.search_bench.loading import load_sources, open_site
from benchmarks.search_bench.running import make_row


def write_rows(sources: list[Source], path: Path) -> None:
    """Write one line for each section, with the words of its fields parted by blanks."""
    from search.analysis.words import cut_for_index

    def join_words(text: str) -> str:
        return " ".join(word.text for word in cut_for_index(text))

    number = 0
    with path.open("w", encoding="utf-8") as file:
        for source in sources:
            title_words = join_words(source.title)
            headings = {part.heading: join_words(part.heading) for part in source.parts}
            for at in range(len(source.parts)):
                row = make_row(number := number + 1, source, at)
                row |= {"title_words": title_words, "heading_words": headings[row["heading"]]}
                row["words"] = join_words(row["text"])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> int:
    """Prepare one size and print the seconds that took."""
    folder, size = Path(sys.argv[1]), int(sys.argv[2])
    open_site(folder / "site")
    sources = take_sections(read_sources(), size)
    started = time.perf_counter()
    load_sources(sources)
    loaded = time.perf_counter()
    write_rows(sources, folder / "rows.jsonl")
    cut = time.perf_counter()
    print(json.dumps({"database": loaded - started, "words for the peers": cut - loaded}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
