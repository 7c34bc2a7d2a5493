"""Every page by how it grows with the corpus, beside an empty view in the same run.

    python -m benchmarks.bench_pages [--sizes 26 350 3500] [--rounds 15] [--stores DIR] [--record]

The sample speeches are loaded as `make run` does; to them made speeches are added until there are
as many as asked for. With --stores the sites are kept there and used again. Every address that
answers a GET is asked for in one process, through all middleware, as a visitor, (those of the
desk) as an editor, and those pages that are kept as a reader who is signed in, too: the first
answer, the median and the 95th percentile in milliseconds of the processor, the median of answers
of which no page was kept, queries, bytes, and how many times as long the largest site takes as the
smallest. Addresses that no line
asks for are named at the end. Results go to benchmarks/results/pages.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.page_reading.catalogue import list_families, make_page
from benchmarks.recording import write_record
from benchmarks.search_bench.loading import open_site

RESULTS = Path(__file__).resolve().parent / "results/pages.md"
SAMPLES = 26
EMPTY = "empty view"
# How often a page is made of which none was kept.
MADE = 5
# Text files of one speech each, read in no time.
CARRIERS = ("government", "congress", "newspapers")
VISITOR = (
    *("/", "/search/", "/search/?q=人民", "/search/?q=代表+监督", "/search/?q=提法:四个机关"),
    *("/concordance/?q=监督", "/trends/?expression=监督", "/suggest/?q=代表", "/numbers/"),
    *("/speeches/", "/speeches/{speech}/", "/themes/", "/themes/{theme}/"),
    *("/slogans/", "/slogans/?sort=first", "/slogans/{slogan}/"),
    *("/structure/", "/structure/openings/", "/structure/parallels/"),
    *("/structure/parallels/?form=sentence", "/structure/speeches/{speech}/skeleton.txt"),
    *("/desk/cite/?speech={speech}&start=0&end=20", "/login/"),
    *("/search/export/?q=监督&format=csv", "/concordance/export/?q=监督&format=csv"),
    *("/trends/export/?expression=监督&format=csv", "/speeches/{speech}/sections/1/"),
    *("/healthz", "/readyz", "/api/v1/slogans", "/api/v1/slogans/{slogan}"),
    *("/api/v1/slogans/{slogan}/mentions", "/api/v1/themes", "/api/v1/themes/{theme}"),
    *("/api/v1/themes/{theme}/passages", "/api/v1/citations?speech={speech}"),
    *("/api/v1/speeches/{speech}/sections/1",),
    *("/api/v1/", "/api/v1/openapi.json", "/api/v1/speeches", "/api/v1/speeches/{speech}"),
    *("/api/v1/speeches/{speech}/text", "/api/v1/speeches/{speech}/sections"),
    *("/api/v1/search?q=人民", "/api/v1/suggestions?q=代表", "/api/v1/concordance?q=监督"),
    *("/api/v1/trends?expression=监督",),
)
EDITOR = (
    *("/intake/", "/intake/{speech}/", "/intake/batches/", "/intake/batches/bell/"),
    *("/intake/queue/?status=all&view=all", "/intake/bulk/", "/intake/rules/", "/intake/sites/"),
    *("/intake/rereadings/", "/intake/{speech}/difference/", "/intake/{speech}/history/"),
    *("/desk/", "/api/v1/tokens/", "/intake/rules/new/"),
    *("/intake/rereadings/new/?speech={speech}", "/intake/queue/next/", "/intake/health/"),
    *("/intake/bulk/table/", "/intake/bulk/table/rows/?as=csv", "/intake/sites/export/"),
    *("/speeches/{speech}/original/", "/account/", "/account/password/", "/account/two-factor/"),
    *("/users/", "/users/new/", "/users/1/", "/activity/", "/activity/export/?format=csv"),
    *("/intake/samples/remove/", "/admin/"),
)
# What is kept stands apart for each audience.
READER = (
    *("/", "/speeches/", "/speeches/{speech}/", "/themes/", "/themes/{theme}/", "/slogans/"),
    *("/slogans/{slogan}/", "/search/?q=人民", "/structure/", "/structure/openings/"),
    *("/structure/parallels/", "/structure/parallels/?form=sentence"),
)
ROLES = {"visitor": VISITOR, "editor": EDITOR, "reader": READER}


@dataclass(frozen=True)
class PageTimes:
    """Milliseconds of one address, the queries and bytes of an answer."""

    status: int
    first: float
    middle: float
    high: float
    made: float
    queries: int
    size: int


def add_speeches(count: int) -> None:
    """Store and publish made speeches, and build the index anew."""
    from django.db import transaction

    from corpus_app.catalog.services import store_draft
    from corpus_app.catalog.uploads import keep_upload
    from corpus_app.ingest.draft import RejectedFile
    from corpus_app.ingest.pipeline import parse_bytes
    from corpus_app.intake.indexing import leave_index
    from corpus_app.intake.revisions.derived import derive
    from search import rebuild_index

    families = [name for name, carrier in list_families().items() if carrier in CARRIERS]
    seed = 0
    with leave_index(), transaction.atomic():
        while count > 0:
            page = make_page(families[seed % len(families)], 700_000 + seed)
            seed += 1
            try:
                draft = parse_bytes(page.data, page.name)
            except RejectedFile:
                continue
            upload = keep_upload(page.data, page.name, file_format=draft.format)
            # Which texts are one is looked for where files come in, and shown on no page here.
            derive(store_draft(draft, upload, publish=True), slogans=draft.slogans, reuse=[])
            count -= 1
    rebuild_index()


def list_addresses() -> list[tuple[str, str]]:
    """Return the addresses, and as whom each is asked for."""
    from corpus_app.catalog.models import Speech
    from corpus_app.slogans.querysets import list_counted_slogans
    from corpus_app.themes.models import Theme

    speech = Speech.objects.real().latest("pk").pk
    slogan, theme = list_counted_slogans()[0].pk, Theme.objects.order_by("pk")[0].slug
    return [
        (address.format(speech=speech, slogan=slogan, theme=theme), role)
        for role, group in ROLES.items()
        for address in group
    ]


def measure_pages(rounds: int) -> dict[str, PageTimes]:
    """Ask for every address and for an empty view so often; return the times of each."""
    from django.contrib.auth.models import User
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from corpus_app import urls

    urls.urlpatterns.append(path("empty", lambda _request: HttpResponse("")))
    clients = {role: Client(SERVER_NAME="localhost") for role in ROLES}
    clients["editor"].force_login(User.objects.filter(is_superuser=True)[0])
    clients["reader"].force_login(User.objects.get(username="researcher"))
    found = {EMPTY: _measure(clients["visitor"], "/empty", rounds * 10)}
    for address, role in list_addresses():
        name = f"{address} ({role})" if role == "reader" else address
        found[name] = _measure(clients[role], address, rounds)
    return found


def list_uncovered() -> list[str]:
    """Return the names of the addresses that no line above asks for."""
    from django.urls import get_resolver, resolve

    asked = {resolve(address.partition("?")[0]).view_name for address, _ in list_addresses()}
    found: list[str] = []

    def walk(resolver: Any, space: str) -> None:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            elif pattern.name:
                found.append(f"{space}{pattern.name}")

    walk(get_resolver(), "")
    return sorted({name for name in found if not name.startswith("admin:")} - asked)


def _measure(client: Any, address: str, rounds: int) -> PageTimes:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from corpus_app.pages.kept_pages import PAGES

    with CaptureQueriesContext(connection) as queries:
        started = time.process_time()
        answer = client.get(address)
        first = 1000 * (time.process_time() - started)
    # The next request empties the list.
    count = len(queries)
    times = []
    for at in range(rounds + MADE):
        if at >= rounds:
            PAGES.clear()
        started = time.process_time()
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        times.append(1000 * (time.process_time() - started))
    made = median(times[rounds:])
    times = sorted(times[:rounds])
    high = times[min(len(times) - 1, round(0.95 * len(times)))]
    middle = median(times)
    return PageTimes(answer.status_code, first, middle, high, made, count, len(content))


def measure_size(size: int, rounds: int, stores: Path | None) -> dict[str, Any]:
    """Make a site of so many speeches in a data folder of its own and measure its pages."""
    for name in ("CORPUS_API_ANONYMOUS_RATE", "CORPUS_API_RATE", "CORPUS_PAGE_RATE"):
        os.environ[name] = "9999/s"
    os.environ["CORPUS_EXPORT_RATE"] = "9999/s"
    with tempfile.TemporaryDirectory() as passing:
        folder = stores / str(size) if stores else Path(passing)
        is_made = (folder / "made").exists()
        open_site(folder)
        if not is_made:
            _make_site(size)
            (folder / "made").touch()
        found = {name: asdict(times) for name, times in measure_pages(rounds).items()}
        print("asked for by no line: " + ", ".join(list_uncovered()), file=sys.stderr)
        return found


def _make_site(size: int) -> None:
    from django.core.management import call_command

    call_command("bootstrap", stdout=sys.stderr)
    if size > SAMPLES:
        add_speeches(size - SAMPLES)


def print_growth(tables: dict[int, dict[str, Any]]) -> dict[str, str]:
    """Print each address at each size, in times of the empty view; return the rows."""
    rows = {}
    for address in next(iter(tables.values())):
        cells = []
        for size, table in tables.items():
            # Addresses hold the ids of each corpus: they stand at the same place in each.
            place = list(next(iter(tables.values()))).index(address)
            one = list(table.values())[place]
            times = one["middle"] / table[EMPTY]["middle"]
            cells.append(
                f"{size}: {one['middle']:.1f} ms ({times:.0f} ×), 95 % {one['high']:.1f},"
                f" first {one['first']:.0f}, made {one['made']:.1f},"
                f" {one['queries']} queries, {one['size']:,} bytes"
                + ("" if one["status"] == 200 else f", STATUS {one['status']}")
            )
        ends = [list(table.values())[place]["middle"] for table in tables.values()]
        cells.append(f"grows {ends[-1] / ends[0]:.1f} ×")
        rows[address] = "; ".join(cells)
        print(f"{address}\n    " + "\n    ".join(cells))
    return rows


def main() -> int:
    """Measure each size in a process of its own and print the table; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[SAMPLES, 350, 3500])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--record", action="store_true", help="write the figures down")
    parser.add_argument("--stores", type=Path, help="keep the sites here and use them again")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure_size(options.one, options.rounds, options.stores)))
        return 0
    tables = {}
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.bench_pages", "--one", str(size)]
        command += ["--rounds", str(options.rounds)]
        command += ["--stores", str(options.stores)] if options.stores else []
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        tables[size] = json.loads(answer.splitlines()[-1])
    rows = print_growth(tables)
    if options.record:
        write_record(RESULTS, "Pages by the size of the corpus", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
