"""A reader who searches while ten others export: the server as `make run` starts it.

    python -m benchmarks.bench_exports                     (900 made speeches, 20 seconds each)
    python -m benchmarks.bench_exports --folder DIR        (a data folder that has a corpus)

One client searches, at rest first, then while ten each fetch one table after another (hits,
concordance and trends, CSV and XLSX), then at rest again: all in one run, for a machine that is
busy with other things is slower in all three. Ends with 1 if an answer was an error.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from benchmarks.bench_http import Answers, describe_times, get, list_pages, run_client, serve

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = (
    *("/search/export/?q={}&format=xlsx", "/search/export/?q={}&unit=section&format=csv"),
    *("/concordance/export/?q={}&format=csv", "/concordance/export/?q={}&format=xlsx"),
    "/trends/export/?expression={}&format=xlsx",
)
# Common words: few tables are longer.
WORDS = ("人民", "监督", "代表", "发展", "工作")
# A reader asks for two of these: so many queries that hardly one is asked twice, for answers are
# kept.
ASKED = (
    *("人民", "监督", "代表", "预算", "票决", "履职", "民生", "立法", "审议"),
    *("询问", "视察", "调研", "乡村", "教育", "养老", "环境", "法治", "宪法"),
    *("任命", "选举", "联络站", "建议", "办理", "评议", "改革", "创新", "安全"),
    *("质量", "服务", "群众", "干部", "作风", "纪律", "会议", "计划", "报告"),
)
# In a process of its own, for Django works in one data folder only.
MADE = """
import sys
from pathlib import Path
from benchmarks.search_bench.loading import open_site
open_site(Path(sys.argv[1]))
from django.core.management import call_command
call_command("bootstrap", stdout=sys.stderr)
from benchmarks.bench_pages import add_speeches
add_speeches(int(sys.argv[2]))
"""


def export_all(port: int, number: int, until: float, statuses: Counter[int]) -> None:
    """Fetch one table after another until the time is over, whatever is answered."""
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        word = quote(WORDS[number % len(WORDS)])
        status, _body = get(connection, EXPORTS[number // 2 % len(EXPORTS)].format(word))
        connection.close()
        statuses[status] += 1
        number += 1
        if status == 429:
            # Who is asked to wait does not hammer the door.
            time.sleep(0.1)


def measure(port: int, pages: dict[str, list[str]], seconds: float, exports: int) -> Answers:
    """Return a reader's answers while so many others export; print what became of these."""
    until, statuses = time.monotonic() + seconds, Counter[int]()
    others = [
        threading.Thread(target=export_all, args=(port, number, until, statuses))
        for number in range(exports)
    ]
    for thread in others:
        thread.start()
    answers = run_client(port, pages, 1, until)
    for thread in others:
        thread.join()
    times = [each for found in answers.times.values() for each in found]
    slowest = [round(each) for each in sorted(times)[-5:]]
    print(f"{exports:2} exports {dict(statuses)}: {describe_times(times)}, {slowest}", flush=True)
    return answers


def main() -> int:
    """Measure at rest, beside exports and at rest again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speeches", type=int, default=900)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yanku-exports-") as temporary:
        folder = options.folder or Path(temporary) / "data"
        if options.folder is None:
            made = [sys.executable, "-c", MADE, str(folder), str(options.speeches)]
            subprocess.run(made, cwd=ROOT, check=True)
        with serve(folder, Path(temporary) / "server.log") as port:
            asked = [f"/search/?q={quote(f'{one} {two}')}" for one in ASKED for two in ASKED]
            pages = {"search": asked}
            # Every process makes what its first search makes.
            for path in list_pages(folder)["search"] * 3:
                get(http.client.HTTPConnection("127.0.0.1", port, timeout=60), path)
            runs = [measure(port, pages, options.seconds, count) for count in (0, 10, 0)]
    errors = [error for run in runs for error in run.errors]
    print("\n".join(errors[:5]))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
