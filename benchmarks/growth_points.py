"""What a corpus of so many laws costs: one measured point of growth, printed as TOML.

    python -m benchmarks.growth_points (--every 32 | --rows 150000) [--folder DIR]

With --every, every n-th of the laws beside the project comes in through `import_speeches` as a
file of its own; what is held as another version of one that is there is published afterwards.
With --rows, texts of so many sections are put into the database as the search benchmark does:
what comes of the index is the same, and nothing is told of import and database. Times are of the
processor, those of all processes together, so that a busy machine changes them little. The
points that docs/scaling.md rests on lie in benchmarks/growth.toml.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from benchmarks.search_bench.corpora import (
    LAWS,
    SHARED,
    find_missing,
    read_sources,
    take_sections,
)
from benchmarks.search_bench.loading import load_sources, open_site

# What a worker is asked before its memory is read.
QUERIES = ("人民", "代表 监督", "应当", "行政处罚", "环境 保护", "违法所得", "农村土地", "责任")
PAGES = ("/", "/speeches/", "/themes/", "/slogans/", "/structure/openings/")
CHANGES = 8
ROOT = Path(__file__).resolve().parents[1]
# Tables, with their indexes, by what they hold; all others are "other".
TABLES = {
    "catalog_revision": "texts",
    "catalog_section": "sections",
    "themes_sectiontheme": "tags",
    "slogans_mention": "mentions",
    "slogans_parallelsentence": "sentences",
    "intake_sitepage": "pages",
    "intake_siteline": "pages",
    "intake_textsignature": "likeness",
    "intake_minhashband": "likeness",
    "intake_sampledshingle": "likeness",
}


def write_laws(every: int, folder: Path) -> None:
    """Write every n-th law, in the order of their names, as a text file into the folder."""
    folder.mkdir(parents=True)
    with tarfile.open(SHARED / LAWS) as archive:
        laws = {Path(one.name).name: one for one in archive if one.name.endswith(".txt")}
        for name in sorted(laws)[::every]:
            file = archive.extractfile(laws[name])
            assert file is not None
            (folder / name).write_bytes(file.read())


def run_command(*arguments: str) -> tuple[float, float]:
    """Run a command of manage.py; return its seconds of the processor and its peak in MB.

    Both are of it and of the processes that it waited for; the peak is that of the largest.
    """
    command = [sys.executable, "manage.py", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def publish_held() -> float:
    """Publish what was held; return the seconds of the processor."""
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.indexing import index_together
    from corpus_app.intake.revisions.editing import publish

    started = time.process_time()
    with index_together():
        for speech in Speech.objects.exclude(status=Speech.Status.PUBLISHED):
            publish(speech)
    return time.process_time() - started


def time_changes() -> float:
    """Withdraw and publish some speeches; return the median seconds of one change."""
    from corpus_app.catalog.models import Speech
    from corpus_app.intake.revisions.editing import publish, withdraw

    times = []
    speeches = list(Speech.objects.published().order_by("pk"))
    for speech in speeches[:: max(1, len(speeches) // CHANGES)][:CHANGES]:
        for change in (withdraw, publish):
            started = time.process_time()
            change(speech)
            times.append(time.process_time() - started)
    return median(times)


def measure_database(path: Path) -> dict[str, int]:
    """Return the bytes of the database by what they hold."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        owners = dict(database.execute("SELECT name, tbl_name FROM sqlite_master"))
        found: Counter[str] = Counter()
        for name, size in database.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"):
            owner = owners.get(name, name)
            found[TABLES.get(owner, "other")] += size
            if owner not in TABLES and size > 200_000:
                print(f"{size:12,} {name}", file=sys.stderr)
    return dict(found)


def measure_folder(folder: Path) -> dict[str, int]:
    """Return the bytes of what lies in a data folder, by what it is."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            top, *below = path.relative_to(folder).parts
            name = below[0] if top == "index" and len(below) > 1 else top.partition(".")[0]
            found[name] += path.stat().st_size
    return dict(found)


def measure_workers() -> tuple[float, float]:
    """Fork two workers as the server does and ask them; return MB of one, and of it alone."""
    from django.conf import settings
    from django.db import connections

    from corpus_app.serving.warming import warm_up
    from corpus_app.wsgi import application

    settings.ALLOWED_HOSTS = ["localhost"]
    warm_up(application, "localhost", https=False)
    connections.close_all()
    gc.collect()
    gc.freeze()
    asked, ask_off = os.pipe()
    measured, tell = os.pipe()
    for _ in range(2):
        if os.fork() == 0:
            _ask_as_worker(asked, tell)
    found = os.read(measured, 100)
    while found.count(b"\n") < 2:
        found += os.read(measured, 100)
    os.write(ask_off, b"..")
    for _ in range(2):
        os.wait()
    sizes = [[int(cell) / 1024 for cell in line.split()] for line in found.splitlines()]
    return (sizes[1][0], sizes[1][1])


def _ask_as_worker(asked: int, tell: int) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    for query in QUERIES:
        client.get("/search/", {"q": query})
    for page in PAGES:
        client.get(page)
    time.sleep(1)  # so that both hold what they need while either is measured
    rows = dict(
        line.split(":") for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    )
    private = sum(int(rows[name].split()[0]) for name in ("Private_Clean", "Private_Dirty"))
    os.write(tell, f"{rows['Pss'].split()[0]} {private}\n".encode())
    os.read(asked, 1)
    os._exit(0)


def measure_files(every: int, folder: Path) -> dict[str, float]:
    """Make a site of every n-th law in the empty folder and measure it; sizes are in bytes."""
    write_laws(every, folder / "laws")
    open_site(folder / "data")
    run_command("bootstrap", "--no-samples")
    bare = sum(measure_folder(folder / "data").values())
    seconds, peak = run_command("import_speeches", str(folder / "laws"))
    point = {"bare_bytes": bare, "import_seconds": seconds, "import_peak_mb": peak}
    point["publish_seconds"] = publish_held()
    point |= measure_index(folder / "data")
    database = measure_database(folder / "data/corpus.sqlite3")
    return point | {f"database_{name}": size for name, size in database.items()}


def measure_rows(sections: int, folder: Path) -> dict[str, float]:
    """Make a site of texts that have so many sections, and measure its index."""
    open_site(folder / "data")
    load_sources(take_sections(read_sources(), sections))
    return measure_index(folder / "data")


def measure_index(data: Path) -> dict[str, float]:
    """Measure a rebuild of a site's index, its folder, changes and workers."""
    seconds, peak = run_command("rebuild_corpus_index")
    point = {"rebuild_seconds": seconds, "rebuild_peak_mb": peak}
    point |= count_corpus()
    point |= {f"folder_{name}": size for name, size in measure_folder(data).items()}
    point["change_seconds"] = time_changes()
    point["worker_mb"], point["worker_own_mb"] = measure_workers()
    return point


def count_corpus() -> dict[str, int]:
    """Return the numbers of speeches, of sections and of characters of texts that are shown."""
    from corpus_app.catalog.models import Revision, Section, Speech

    current = Revision.objects.filter(pk__in=Speech.objects.published().values("current"))
    total = sum(map(len, current.values_list("text", flat=True).iterator(chunk_size=200)))
    sections = Section.objects.filter(revision__in=current).count()
    return {"speeches": current.count(), "sections": sections, "characters": total}


def main() -> int:
    """Measure one point and print it; exit 0, 1 where the laws are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument("--every", type=int, help="import every n-th law")
    kinds.add_argument("--rows", type=int, help="put texts of so many sections into the database")
    parser.add_argument("--folder", type=Path, help="an empty folder to keep the site in")
    options = parser.parse_args()
    if missing := find_missing():
        print(missing, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as passing:
        folder = options.folder or Path(passing)
        if options.every:
            point = measure_files(options.every, folder)
        else:
            point = measure_rows(options.rows, folder)
    print(f'\n[[point]]\nfrom = "{"files" if options.every else "rows"}"')
    for name, value in point.items():
        print(f"{name} = {value:.4g}" if value < 1000 else f"{name} = {value:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
