"""How long a check takes, finder by finder, as the corpus grows.

    python -m benchmarks.draft_check.speed [--corpus 100 1000 10000] [--site FOLDER] [--record]

A corpus is pieces of laws and reports of about 1,500 characters under invented heads, put straight
into the tables; the texts of laws beside the project are loaded, too. The draft of 10,000
characters is put together from the project's sample speeches, with quotations from the corpus,
right and altered, and laws cited. Times are seconds of the processor, after a smaller draft has
been checked, as on a site that is running. --site keeps the corpus in a folder, or finds it there.
The index of words, which no finder asks, is not built.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.draft_check.__main__ import read_drafts, read_reports  # noqa: E402
from benchmarks.recording import write_record  # noqa: E402
from benchmarks.search_bench.corpora import (  # noqa: E402
    LAWS,
    SHARED,
    Part,
    Source,
    find_missing,
    read_sources,
)
from benchmarks.search_bench.loading import load_sources, open_site  # noqa: E402

RESULTS: Final = ROOT / "benchmarks" / "results" / "draft_check_speed.md"
SIZES: Final = (100, 1_000, 10_000)
PIECE: Final = 1_500
DRAFT: Final = 10_000
_PLACES: Final = ("青岚", "麦穗", "芦花", "苇塘", "石桥", "云溪", "白鹭", "松坡")


def cut_speeches(count: int) -> list[Source]:
    """Return so many short speeches, the same ones first in every corpus."""
    texts = [*read_reports(), *read_sources()]
    pieces = [piece for one in texts for piece in _cut(one.text)]
    draw = random.Random(16)
    draw.shuffle(pieces)
    return [_head(number, words, draw) for number, words in enumerate(pieces[:count])]


def _cut(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append(line)
        if sum(map(len, lines)) >= PIECE:
            yield "\n".join(lines)
            lines = []


def _head(number: int, words: str, draw: random.Random) -> Source:
    place = draw.choice(_PLACES) + draw.choice("市县区")
    day = f"{draw.randrange(2000, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    parts, at = [], 0
    for line in words.split("\n"):
        if line.strip():
            parts.append(Part("", "", at, at + len(line)))
        at += len(line) + 1
    title = f"在{place}人大常委会第{number}次会议上的讲话"
    return Source(title, day, f"{place}人大常委会", words, tuple(parts))


def write_draft(size: int, speeches: list[Source], seed: int = 1) -> Any:
    """Return a draft of so many characters, one quotation and one law cited on each 1,000."""
    from corpus_app.proofreading.drafts import DraftFacts, lay_out

    draw = random.Random(seed)
    bodies = [draft.text for draft in read_drafts()]
    clauses = re.compile(r"(?<=[。\n])[^。\n“”]{23,89}。")
    said = [words for one in speeches[:100] for words in clauses.findall(one.text)]
    lines: list[str] = []
    written = told = 0
    while written < size:
        for line in draw.choice(bodies).split("\n"):
            lines.append(line)
            written += len(line) + 1
            if written >= told + 1_000:
                told += 1_000
                words = draw.choice(said)
                if draw.random() < 0.5:
                    at = draw.randrange(4, len(words) - 4)
                    words = words[:at] + "民" + words[at + 1 :]
                lines.append(f"会议指出：“{words}”")
                lines.append("《中华人民共和国监督法》第二条规定了常务委员会的监督职权。")
    facts = DraftFacts("青岚市", "prefecture", "2024-05-12", "在青岚市人大常委会上的讲话")
    return lay_out("\n".join(lines)[:size], facts)


def time_steps(draft: Any) -> dict[str, float]:
    """Return the seconds of the processor that each finder takes."""
    from django.utils import timezone

    from corpus_app.proofreading import checking
    from corpus_app.proofreading.borrowing import compare_draft
    from corpus_app.proofreading.draft_days import read_day
    from corpus_app.proofreading.laws import review_laws

    day = draft.facts.day
    times: dict[str, float] = {}
    began = time.process_time()

    def lap(name: str) -> None:
        nonlocal began
        now = time.process_time()
        times[name] = round(now - began, 3)
        began = time.process_time()

    found = []
    for find in checking._BY_PARTS:
        parts = checking._cut_parts(draft.text)
        found.append([one.move(a) for a, b in parts for one in find(draft.text[a:b], day)])
        lap(find.__name__)
    laws = review_laws(draft.text, read_day(day) or timezone.localdate())
    lap("review_laws")
    reading = checking._Reading(draft, day, found[0], laws)
    names = ("counted", "quotations", "laws", "residue", "placeholders", "outline", "punctuation")
    for name, look in zip(names, checking._AT_ONCE, strict=True):
        list(look(reading))
        lap(name)
    compare_draft(draft.text)
    lap("compare_draft")
    return times


def fill_site(speeches: list[Source]) -> None:
    """Put speeches, registries and laws into an empty site."""
    from django.core.management import call_command

    from corpus_app.intake.importing.shipped import load_registries

    call_command("migrate", verbosity=0)
    load_registries(lambda _words: None)
    load_sources(speeches)
    call_command("load_laws", str(SHARED / LAWS), verbosity=0)


def index_first(count: int) -> None:
    """Let the arrays hold the first speeches of the site alone."""
    from search.arrays.store import collect_tables, switch_to
    from search.index.access import arrays_folder, current_stamp
    from search.index.published import make_record, read_speeches

    speeches = (speech for batch in read_speeches() for speech in batch)
    records = ([make_record(speech)] for speech in islice(speeches, count))
    switch_to(arrays_folder(), current_stamp(), collect_tables(records))


def measure(sizes: list[int], filled: bool) -> dict[str, Any]:
    """Return the seconds by size of the corpus and by finder."""
    speeches = cut_speeches(max(sizes))
    if not filled:
        fill_site(speeches)
    draft, first = write_draft(DRAFT, speeches), write_draft(DRAFT // 3, speeches, 2)
    numbers = {}
    for size in sizes:
        index_first(size)
        time_steps(first)
        times = time_steps(draft)
        numbers[f"{size} speeches"] = times | {"in all": round(sum(times.values()), 3)}
    return numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--site", type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if missing := find_missing():
        print(missing)
        return
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder)
        filled = (site / "corpus.sqlite3").exists()
        open_site(site)
        numbers = measure(sorted(options.corpus), filled)
    for name, value in numbers.items():
        print(name, value)
    if options.record:
        write_record(RESULTS, "Time of a check of 10,000 characters", numbers)


if __name__ == "__main__":
    main()
