"""Pages while five hundred files come in: server and worker as `make run` starts them.

    python -m benchmarks.bench_intake                    (500 files, 30 seconds of rest before)
    python -m benchmarks.bench_intake --files 100 --seconds 10 --clients 1

The sample speeches are served from a data folder of their own; pages are asked for at rest, then
from the moment the files are sent by the API until the worker is done with them. Results are kept
in benchmarks/results/intake.json and intake.md. It ends with 1 if any answer was an error or a
file was not taken in.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_http import (  # noqa: E402
    RESULTS,
    Answers,
    describe_times,
    keep_results,
    list_pages,
    run_client,
    serve,
)
from benchmarks.search_bench.machine import describe_machine  # noqa: E402
from tests.batches.processes import send_files  # noqa: E402
from tests.batches.random_speeches import write_speech  # noqa: E402

REQUEST_FILES = 50


def ask_pages(
    port: int, pages: dict[str, list[str]], clients: int, over: threading.Event
) -> Answers:
    """Return what clients that ask one page after another got until it was over."""
    together, lock = Answers(), threading.Lock()

    def ask(seed: int) -> None:
        while not over.is_set():
            answers = run_client(port, pages, seed, time.monotonic() + 1)
            with lock:
                together.join(answers)
            seed += clients

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return together


def measure(port: int, pages: dict[str, list[str]], clients: int, over: threading.Event) -> Any:
    """Return percentiles by kind of page, and errors."""
    started = time.monotonic()
    answers = ask_pages(port, pages, clients, over)
    kinds = {"all": [each for times in answers.times.values() for each in times], **answers.times}
    return {
        "clients": clients,
        "seconds": round(time.monotonic() - started, 1),
        "errors": len(answers.errors),
        "first errors": answers.errors[:5],
        "ms": {kind: describe_times(times) for kind, times in sorted(kinds.items())},
    }


def make_token(folder: Path) -> str:
    """Return a token of the demo's editor."""
    command = [sys.executable, "manage.py", "create_api_token", "editor"]
    env = {**os.environ, "CORPUS_DATA_DIR": str(folder)}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return next(word for word in done.stdout.split() if word.startswith("yanku_"))


def send_all(port: int, token: str, count: int, first: int) -> list[int]:
    """Send so many files, to be published where nothing is doubtful; return the batches' ids."""
    batches = []
    for start in range(first, first + count, REQUEST_FILES):
        numbers = range(start, min(start + REQUEST_FILES, first + count))
        files = {f"{number}.txt": write_speech(number).encode() for number in numbers}
        answer = send_files(f"http://127.0.0.1:{port}", token, files, {"publish": "true"})
        if answer is None:
            raise RuntimeError("the server did not take the files")
        batches.append(answer["id"])
    return batches


def count_states(folder: Path, batches: list[int]) -> dict[str, int]:
    """Return how many files of the batches are in each state."""
    base = sqlite3.connect(folder / "corpus.sqlite3")
    marks = ",".join("?" * len(batches))
    rows = base.execute(
        f"SELECT state, COUNT(*) FROM batches_batchfile WHERE batch_id IN ({marks}) GROUP BY state",
        batches,
    ).fetchall()
    base.close()
    return dict(rows)


def work(
    port: int, folder: Path, pages: dict[str, list[str]], clients: int, files: int, longest: float
) -> Any:
    """Send the files and ask for pages until all are done, or for so long; return the figures."""
    over = threading.Event()
    said: dict[str, Any] = {}
    token = make_token(folder)
    started = time.monotonic()
    batches = send_all(port, token, files, first=clients * 100_000)

    def watch() -> None:
        while time.monotonic() - started < longest:
            said["states"] = count_states(folder, batches)
            if not {"waiting", "working"} & set(said["states"]):
                break
            time.sleep(0.5)
        said["took"] = round(time.monotonic() - started, 1)
        over.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    run = measure(port, pages, clients, over)
    watcher.join()
    return {"while": "working", **run, **said, "files": files}


def rest(port: int, pages: dict[str, list[str]], clients: int, seconds: float) -> Any:
    """Ask for pages while nothing comes in; return what was measured."""
    over = threading.Event()
    threading.Timer(seconds, over.set).start()
    return {"while": "resting", **measure(port, pages, clients, over)}


def write_results(results: dict[str, Any], output: Path) -> str:
    """Write the results and return them as a table."""
    lines = ["# Pages while files come in", "", f"{results['machine']}", ""]
    lines += ["| clients | worker | page | answers | p50 ms | p95 ms | p99 ms | worst | errors |"]
    lines += ["| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for run in results["runs"]:
        for kind, times in run["ms"].items():
            cells = [run["clients"], run["while"], kind, times["n"]]
            cells += [times.get(name, "–") for name in ("p50", "p95", "p99", "worst")]
            lines.append(f"| {' | '.join(map(str, [*cells, run['errors']]))} |")
    for run in results["runs"]:
        if run["while"] == "working":
            rate = round(run["files"] / run["took"], 1)
            lines += ["", f"{run['clients']} clients: {run['files']} files in {run['took']} s"]
            lines[-1] += f" ({rate} a second): {run['states']}"
    return keep_results(results, lines, output)


def main() -> int:
    """Start the server, measure at rest and at work, print and keep the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 4])
    parser.add_argument("--longest", type=float, default=1800, help="seconds for all files")
    parser.add_argument("--output", type=Path, default=RESULTS / "intake", help="without suffix")
    options = parser.parse_args()
    results: dict[str, Any] = {"machine": describe_machine(), "runs": []}
    with tempfile.TemporaryDirectory(prefix="yanku-intake-") as temporary:
        folder = Path(temporary) / "data"
        with serve(folder, Path(temporary) / "server.log") as port:
            pages = list_pages(folder)
            time.sleep(5)  # the worker starts after the server
            for clients in options.clients:
                results["runs"].append(rest(port, pages, clients, options.seconds))
                done = work(port, folder, pages, clients, options.files, options.longest)
                results["runs"].append(done)
    print(write_results(results, options.output))
    errors = [error for run in results["runs"] for error in run["first errors"]]
    states = [state for run in results["runs"] for state in run.get("states", {})]
    print("\n".join(errors))
    return 1 if errors or set(states) - {"imported", "near_duplicate", "duplicate"} else 0


if __name__ == "__main__":
    sys.exit(main())
