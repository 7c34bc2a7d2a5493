"""Build or ask one engine in a process of its own, so that its memory can be told.

python -m benchmarks.search_bench.stages build|ask|publish ENGINE FOLDER ROWS ROUNDS
The result is one JSON object on the last line of the output.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.search_bench.loading import open_site
from benchmarks.search_bench.peers import Fts5, Peer, StockWhoosh, Tantivy
from benchmarks.search_bench.questions import QUESTIONS, Question
from benchmarks.search_bench.writers import OurWriter, StockWriter

OURS: Final = ("ours", "ours-matching", "ours-ranking")
# Views over our index, and counting without it.
STUDIES: Final = ("ours-breakdown", "ours-dispersion", "ours-spread", "plain-counting")
# Only built, never asked.
WRITERS: Final = ("ours-writer", "whoosh-writer")
PEERS: Final = ("whoosh", "fts5-words", "fts5-trigram", "tantivy")
# One question is repeated no longer than this, so that a slow engine can't hold up the run.
_QUESTION_SECONDS: Final = 4.0
# Characters of a speech as people publish them.
_USUAL_LENGTH: Final = 6_000


def make_peer(name: str) -> Peer:
    """Return the engine of that name."""
    from benchmarks.search_bench.ours import Facade, Matching, Ranking
    from benchmarks.search_bench.studies import Breakdown, Dispersion, PlainCounting, Spread

    makers: dict[str, Callable[[], Peer]] = {
        "ours": Facade,
        "ours-matching": Matching,
        "ours-ranking": Ranking,
        "ours-breakdown": Breakdown,
        "ours-dispersion": Dispersion,
        "ours-spread": Spread,
        "plain-counting": PlainCounting,
        "whoosh": StockWhoosh,
        "fts5-words": lambda: Fts5("fts5-words"),
        "fts5-trigram": lambda: Fts5("fts5-trigram"),
        "tantivy": Tantivy,
        "ours-writer": OurWriter,
        "whoosh-writer": StockWriter,
    }
    return makers[name]()


def measure_folder(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def read_memory() -> dict[str, int]:
    """Return this process's memory in kB: all that is resident, and its own part of it."""
    wanted = {"VmRSS": "resident", "RssAnon": "own"}
    found = {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        name, _, value = line.partition(":")
        if name in wanted:
            found[wanted[name]] = int(value.split()[0])
    return found


def _clock(job: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = job()
    return (time.perf_counter() - started) * 1000, result


def build(peer: Peer, folder: Path, rows: Path) -> dict[str, Any]:
    """Build and return seconds, bytes and memory."""
    took, _ = _clock(lambda: peer.build(rows, folder))
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    processor = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    memory = read_memory() | {"peak of a child": children}
    return {
        "seconds": took / 1000,
        "processor seconds": processor,
        "bytes": measure_folder(folder),
        "memory": memory,
    }


def ask(peer: Peer, folder: Path, rounds: int) -> dict[str, Any]:
    """Ask all questions cold and warm; return milliseconds, counts and memory."""
    peer.open(folder)
    peer.ask(QUESTIONS[0])  # modules are imported by now
    answers = {q.name: _ask_one(peer, folder, q, rounds) for q in QUESTIONS}
    known = {name: answer for name, answer in answers.items() if answer}
    return {"questions": known, "memory": read_memory()}


def _ask_anew(peer: Peer, folder: Path, question: Question) -> Any:
    peer.open(folder)
    return peer.ask(question)


def _ask_one(peer: Peer, folder: Path, question: Question, rounds: int) -> dict[str, Any] | None:
    """Cold: everything is opened anew and then asked once. Warm: asked again and again."""
    cold = []
    for _ in range(3):
        took, answer = _clock(lambda: _ask_anew(peer, folder, question))
        if answer is None:
            return None
        cold.append(took)
    warm: list[float] = []
    processor: list[float] = []
    deadline = time.perf_counter() + _QUESTION_SECONDS
    while len(warm) < rounds and (len(warm) < 3 or time.perf_counter() < deadline):
        before = time.process_time()
        warm.append(_clock(lambda: peer.ask(question))[0])
        processor.append((time.process_time() - before) * 1000)
    return {
        "count": peer.count(question),
        "cold": statistics.median(cold),
        "cold_worst": max(cold),
        "median": statistics.median(warm),
        "processor": statistics.median(processor),
        "p95": sorted(warm)[max(0, round(len(warm) * 0.95) - 1)],
        "rounds": len(warm),
    }


def publish(rounds: int) -> dict[str, Any]:
    """Put a speech of usual length anew, again and again; return seconds until it is found."""
    import search
    from corpus_app.catalog.models import Speech

    search.prepare_search()
    rows = Speech.objects.filter(current__isnull=False).values_list("pk", "current__text")
    sizes = {pk: abs(len(text) - _USUAL_LENGTH) for pk, text in rows.iterator(chunk_size=200)}
    speech = Speech.objects.get(pk=min(sizes, key=lambda pk: (sizes[pk], pk)))
    taken, processor = [], []
    for at in range(rounds):
        title = f"第{at}次发布之讲话"
        Speech.objects.filter(pk=speech.pk).update(title=title)
        started, before = time.perf_counter(), time.process_time()
        search.index_speeches([speech.pk])
        found = search.run_search(search.SearchRequest(text=f'"{title}"'))
        taken.append(time.perf_counter() - started)
        processor.append(time.process_time() - before)
        assert speech.pk in [hit.speech_id for hit in found.hits], title
    Speech.objects.filter(pk=speech.pk).update(title=speech.title)
    search.index_speeches([speech.pk])
    return {
        "median": statistics.median(taken),
        "worst": max(taken),
        "processor": statistics.median(processor),
        "rounds": rounds,
    }


def main() -> int:
    """Run one stage and print its result."""
    stage, name, folder, rows, rounds = sys.argv[1:]
    open_site(Path(rows).parent / "site")
    peer = make_peer(name)
    if stage == "build":
        result = build(peer, Path(folder), Path(rows))
    elif stage == "ask":
        result = ask(peer, Path(folder), int(rounds))
    else:
        result = publish(int(rounds))
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
