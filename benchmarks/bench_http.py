"""The real server under load: gunicorn as `make run` starts it, asked by 1, 8 and 32 clients.

    python -m benchmarks.bench_http                  (30 seconds for each number of clients)
    python -m benchmarks.bench_http --seconds 5 --clients 1 8

The sample speeches are served from a data folder of their own. Results are kept in
benchmarks/results/http.json and http.md. It ends with 1 if any answer was an error.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.search_bench.machine import describe_machine  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results"
WORDS = ("代表履职", "全过程人民民主", "监督 预算", '"人大代表"', "民生实事 OR 票决", "人民")
_START_SECONDS = 120


@dataclass
class Answers:
    """Milliseconds by kind of page, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def join(self, other: Answers) -> None:
        """Take another client's answers in."""
        self.errors += other.errors
        for kind, values in other.times.items():
            self.times.setdefault(kind, []).extend(values)


def find_port() -> int:
    """Return a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path, log: Path) -> Iterator[int]:
    """Run the two commands of `make run` in a data folder; yield the port, stop at the end."""
    port = find_port()
    environment = {
        **os.environ,
        "CORPUS_DATA_DIR": str(folder),
        "CORPUS_MODE": "demo",
        "PORT": str(port),
        # All clients are of one address, from which nobody is signed in.
        "CORPUS_PAGE_RATE": "1000000/m",
        "CORPUS_EXPORT_RATE": "1000000/m",
        "CORPUS_PAGES_AT_ONCE": "1000",
    }
    python = [sys.executable, "manage.py", "bootstrap"]
    with log.open("w") as output:
        subprocess.run(python, cwd=ROOT, env=environment, check=True, stdout=output, stderr=output)
        command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        server = subprocess.Popen(
            [*command, "corpus_app.wsgi"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; raise RuntimeError if it does not."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            status, _ = get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/healthz")
        except OSError:
            time.sleep(0.2)
            continue
        if status == 200:
            return
    raise RuntimeError("the server did not start")


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Return status and body of a page."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def list_pages(folder: Path) -> dict[str, list[str]]:
    """Return the paths of the pages to ask for, by kind."""
    import sqlite3

    base = sqlite3.connect(folder / "corpus.sqlite3")
    speeches = base.execute("SELECT id FROM catalog_speech WHERE status = 'published'").fetchall()
    themes = base.execute("SELECT slug FROM themes_theme").fetchall()
    base.close()
    searches = [f"/search/?q={quote(word)}" for word in WORDS]
    return {
        "search": [*searches, *(f"{path}&unit=section" for path in searches)],
        "speech": [f"/speeches/{key}/" for (key,) in speeches],
        "theme": [f"/themes/{quote(slug)}/" for (slug,) in themes],
    }


def run_client(port: int, pages: dict[str, list[str]], seed: int, until: float) -> Answers:
    """Ask for pages of all kinds in turn until the time is over."""
    chance, answers = random.Random(seed), Answers()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        kind = chance.choice(list(pages))
        path = chance.choice(pages[kind])
        started = time.perf_counter()
        try:
            status, _ = get(connection, path)
        except (OSError, http.client.HTTPException) as error:
            answers.errors.append(f"{path}: {error!r}")
            connection.close()
            continue
        answers.times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        if status != 200:
            answers.errors.append(f"{path}: {status}")
    connection.close()
    return answers


def load(port: int, pages: dict[str, list[str]], clients: int, seconds: float) -> dict[str, Any]:
    """Return throughput, percentiles and errors with so many clients at once."""
    until = time.monotonic() + seconds
    everything, lock = Answers(), threading.Lock()

    def work(seed: int) -> None:
        answers = run_client(port, pages, seed, until)
        with lock:
            everything.join(answers)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(clients)]
    started, worked = time.monotonic(), read_server_ms()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, worked = time.monotonic() - started, read_server_ms() - worked
    kinds = {"all": [time for times in everything.times.values() for time in times]}
    kinds |= everything.times
    return {
        "clients": clients,
        "seconds": round(took, 1),
        "per second": round(len(kinds["all"]) / took, 1),
        # What other programs on the machine change little.
        "processor ms an answer": round(worked / max(len(kinds["all"]), 1), 2),
        "errors": len(everything.errors),
        "first errors": everything.errors[:5],
        "ms": {kind: describe_times(times) for kind, times in sorted(kinds.items())},
    }


def read_server_ms() -> int:
    """Return the milliseconds of the processor that the processes below this one have taken."""
    ticks, waiting = 0, [os.getpid()]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            for thread in (folder / "task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
            values = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if folder.name != str(os.getpid()):
            ticks += int(values[11]) + int(values[12])
    return 1000 * ticks // os.sysconf("SC_CLK_TCK")


def describe_times(times: list[float]) -> dict[str, float]:
    """Return number and percentiles in milliseconds."""
    ordered = sorted(times)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "worst": 1.0}
    places = {name: max(0, round(len(ordered) * share) - 1) for name, share in shares.items()}
    return {"n": len(ordered), **{n: round(ordered[at], 1) for n, at in places.items() if ordered}}


def write_results(results: dict[str, Any], output: Path) -> str:
    """Write the results and return them as a table."""
    lines = ["# The server under load", "", f"{results['machine']}", ""]
    lines += [
        "| clients | page | answers | per second | p50 ms | p95 ms | p99 ms | worst | errors |"
    ]
    lines += ["| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for run in results["runs"]:
        for kind, times in run["ms"].items():
            rate = round(times["n"] / run["seconds"], 1)
            cells = [run["clients"], kind, times["n"], rate]
            cells += [times.get(name, "–") for name in ("p50", "p95", "p99", "worst")]
            lines.append(f"| {' | '.join(map(str, [*cells, run['errors']]))} |")
    lines += [
        "",
        "| clients | milliseconds of the server's processor an answer |",
        "| ---: | ---: |",
    ]
    lines += [f"| {run['clients']} | {run['processor ms an answer']} |" for run in results["runs"]]
    return keep_results(results, lines, output)


def keep_results(results: dict[str, Any], lines: list[str], output: Path) -> str:
    """Keep results as JSON and lines as Markdown at output (no suffix); return the Markdown."""
    output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, ensure_ascii=False, indent=1)
    output.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    table = "\n".join(lines) + "\n"
    output.with_suffix(".md").write_text(table, encoding="utf-8")
    return table


def main() -> int:
    """Start the server, load it, print and keep the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--output", type=Path, default=RESULTS / "http", help="without suffix")
    options = parser.parse_args()
    results: dict[str, Any] = {"machine": describe_machine(), "runs": []}
    with tempfile.TemporaryDirectory(prefix="yanku-http-") as temporary:
        folder = Path(temporary) / "data"
        with serve(folder, Path(temporary) / "server.log") as port:
            pages = list_pages(folder)
            for clients in options.clients:
                results["runs"].append(load(port, pages, clients, options.seconds))
    print(write_results(results, options.output))
    errors = [error for run in results["runs"] for error in run["first errors"]]
    print("\n".join(errors))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
