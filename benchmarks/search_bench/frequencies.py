"""Collocates, keywords, strings and forms at several sizes, beside plain counting in one run.

    python -m benchmarks.search_bench.frequencies --sizes 10000 150000

Builds the arrays alone, without database and engine. Plain counting takes the words as lists of
strings that are cut already, and counts them by a Counter.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.corpora import Source, find_missing, read_sources, take_sections
from benchmarks.search_bench.loading import open_site

ROUNDS: Final = 3
WORD: Final = "人民"
RARE: Final = "人民代表大会"
YEARS: Final = "..2010"
# Characters that strings are counted in.
STRETCH: Final = 1_000_000


def build(sources: list[Source]) -> dict[str, Any]:
    """Build the arrays of the sources; return seconds, characters and bytes."""
    import datetime

    from search.arrays.building import SpeechRecord
    from search.arrays.store import collect_tables, switch_to
    from search.index.access import arrays_folder, current_stamp

    def make(number: int, source: Source) -> SpeechRecord:
        found = re.match(r"(\d{4})", source.date)
        day = datetime.date(int(found[1]), 1, 1) if found else None
        return SpeechRecord(
            number, number, source.title, "", source.text, date_first=day, date_last=day
        )

    records = [make(number, source) for number, source in enumerate(sources, start=1)]
    started = time.process_time()
    batches = (records[at : at + 200] for at in range(0, len(records), 200))
    tables = collect_tables(batches)
    switch_to(arrays_folder(), current_stamp(), tables)
    characters = len(tables.columns["codes"])
    files = list(arrays_folder().rglob("*.npy"))
    words = sum(file.stat().st_size for file in files if file.name.startswith("word"))
    return {
        "characters": characters,
        "speeches": len(records),
        "build s": round(time.process_time() - started, 1),
        "bytes a character, all": round(sum(f.stat().st_size for f in files) / characters, 2),
        "of them words": round(words / characters, 2),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def list_jobs(size: int) -> dict[str, Callable[[], Any]]:
    """Return what is measured, by its name."""
    from search.frequencies.collocates import CollocatesRequest, find_collocates
    from search.frequencies.forms import FormsRequest, count_forms
    from search.frequencies.keywords import KeywordsRequest, find_keywords
    from search.frequencies.ngrams import NgramsRequest, count_ngrams
    from search.request import SearchRequest

    some = SearchRequest(year=("2010",) if size > STRETCH * 2 else ())

    def ask(text: str) -> SearchRequest:
        return SearchRequest(text=text)

    return {
        "collocates of a frequent word": lambda: find_collocates(CollocatesRequest(ask(WORD))),
        "collocates of a rarer one": lambda: find_collocates(CollocatesRequest(ask(RARE))),
        "collocates, strings of two": lambda: find_collocates(
            CollocatesRequest(ask(RARE), of="char")
        ),
        "keywords of two halves": lambda: find_keywords(
            KeywordsRequest(SearchRequest(year=(YEARS,)))
        ),
        "keywords, repeats counted": lambda: find_keywords(
            KeywordsRequest(SearchRequest(year=(YEARS,)), repeats="all")
        ),
        "word list": lambda: count_ngrams(NgramsRequest(n="1")),
        "strings of characters": lambda: count_ngrams(NgramsRequest(some, unit="char")),
        "strings of words": lambda: count_ngrams(NgramsRequest(some)),
        "forms of a prefix": lambda: count_forms(FormsRequest(ask("人民*"))),
    }


def count_plainly(words: Sequence[list[str]], years: Sequence[int]) -> dict[str, float]:
    """Return the seconds that plain counting takes, by what is counted."""
    took = {}
    started = time.process_time()
    near: Counter[str] = Counter()
    for row in words:
        for at, word in enumerate(row):
            if word == WORD:
                near.update(row[max(at - 5, 0) : at] + row[at + 1 : at + 6])
    took["collocates of a frequent word"] = time.process_time() - started
    started = time.process_time()
    sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row, year in zip(words, years, strict=True):
        sides[year > int(YEARS[2:])].update(row)
    took["keywords, repeats counted"] = time.process_time() - started
    return took


def measure(size: int, folder: Path) -> dict[str, Any]:
    """Build one size and ask everything; milliseconds, of processor and clock, the least."""
    open_site(folder / "site")
    from search.analysis.words import cut_words
    from search.frequencies.corpus_words import load_corpus_words
    from search.index.access import open_index

    sources = take_sections(read_sources(), size)
    told = build(sources)
    index = open_index()[0]
    started = time.process_time()
    told["words"] = int(load_corpus_words(index).count([v.alive for v in index.segments]).sum())
    told["different words"] = len(load_corpus_words(index))
    told["vocabulary joined ms"] = round((time.process_time() - started) * 1000)
    told["ms"] = {}
    for name, job in list_jobs(told["characters"]).items():
        least, wall = float("inf"), float("inf")
        for _ in range(ROUNDS):
            began, clock = time.process_time(), time.perf_counter()
            answer = job()
            least = min(least, (time.process_time() - began) * 1000)
            wall = min(wall, (time.perf_counter() - clock) * 1000)
        told["ms"][name] = [round(least, 1), round(wall, 1), getattr(answer, "found", 0)]
    told["peak MB asked"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cut = [[word.text for word in cut_words(source.text)] for source in sources]
    years = [int(source.date[:4] or 0) if source.date[:4].isdigit() else 0 for source in sources]
    told["plain ms"] = {k: round(v * 1000) for k, v in count_plainly(cut, years).items()}
    return told


def main() -> int:
    """Measure all sizes and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 150_000])
    options = parser.parse_args()
    if missing := find_missing():
        print(f"Nothing measured: {missing}.")
        return 0
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="yanku-bench-") as folder:
            told = {"sections": size, **measure(size, Path(folder))}
            print(json.dumps(told, ensure_ascii=False, indent=1), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
