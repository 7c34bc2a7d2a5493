"""What reading costs beside segmenting the same pages by jieba, in processor time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

import jieba

from benchmarks.page_reading.pages import Page
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.pipeline import parse_bytes

ROUNDS = 3
# Pages that are read before, so that rules and models are loaded.
WARM = 10


def list_raws(pages: Sequence[Page]) -> list[str]:
    """Return the raw text of each page, as read."""
    raws = []
    for page in pages:
        try:
            raws.append(parse_bytes(page.data, page.name).raw)
        except RejectedFile:
            raws.append("")
    return raws


def measure(job: Callable[[], object]) -> float:
    """Return the best of a few runs, in seconds of the processor."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        job()
        best = min(best, time.process_time() - start)
    return best


def time_jieba(raws: Sequence[str]) -> float:
    """Return the seconds that segmenting takes, its dictionary loaded before."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return measure(lambda: [sum(1 for _ in jieba.cut(raw)) for raw in raws])


def print_speed(name: str, pages: Sequence[Page]) -> None:
    """Print the seconds of both over the same pages, none of which was read before.

    The reader keeps what it found out about lines, so a page that is read again costs it less.
    """
    list_raws(pages[:WARM])
    pages = pages[WARM:]
    start = time.process_time()
    raws = list_raws(pages)
    reading = time.process_time() - start
    cutting = time_jieba(raws)
    chars = sum(map(len, raws))
    print(f"\n{name}: {len(pages)} pages, {chars:,} characters")
    each = 1000 * reading / len(pages)
    print(f"  read   {chars / reading:>12,.0f} characters/s, {each:.1f} ms a page")
    print(f"  jieba  {chars / cutting:>12,.0f} characters/s")
    print(f"  reading takes {reading / cutting:.2f} of the time of segmenting")
