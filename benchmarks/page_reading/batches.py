"""Batches of files of sites that nobody has seen: read alone, and with what the site tells.

All files of a batch are known before any is read, as in an upload. What a site's other files
tell comes from corpus_app.ingest.site; a reader without it is scored alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.scoring import VERDICTS, Reader, Score, list_figures, score_pages
from benchmarks.page_reading.sites import make_site_page
from corpus_app.ingest.pipeline import parse_bytes

SITES = 10
SIZES = (1, 5, 20, 50)
# These sites are no families of the catalogue, so none of them was trained on.
_NAME = "batch-site-{:02}"
_FIRST_SEED = 500_000


def make_batch(site: int, size: int) -> list[Page]:
    """Return so many pages of one unseen site."""
    name = _NAME.format(site)
    return [make_site_page(name, _FIRST_SEED + number) for number in range(size)]


def find_collector() -> Callable[[list[str], str], Any] | None:
    """Return what makes evidence of the raw texts of a site's other files, None without it."""
    try:
        module = importlib.import_module("corpus_app.ingest.site")
    except ImportError:
        return None
    found: Callable[[list[str], str], Any] | None = getattr(module, "collect_lines", None)
    return found


def score_alone(batch: Sequence[Page]) -> list[Score]:
    """Return the marks of a batch whose files know nothing of each other."""
    return score_pages(batch, parse_bytes)


def score_together(batch: Sequence[Page], collect: Callable[[list[str], str], Any]) -> list[Score]:
    """Return the marks of a batch whose files know the lines of the others."""
    raws = [parse_bytes(page.data, page.name).raw for page in batch]
    scores = []
    for number, page in enumerate(batch):
        evidence = collect([*raws[:number], *raws[number + 1 :]], page.family)
        scores += score_pages([page], _read_with(evidence))
    return scores


def _read_with(evidence: Any) -> Reader:
    return lambda data, name: parse_bytes(data, name, evidence=evidence)  # type: ignore[call-arg]


def print_batches(sites: int = SITES, sizes: Sequence[int] = SIZES) -> None:
    """Print a row for each size of batch, alone and together."""
    collect = find_collector()
    print(f"\n{sites} unseen sites, fields right / missing / wrong, body lost, noise left")
    for size in sizes:
        batches = [make_batch(site, size) for site in range(sites)]
        _print_row(f"{size:3} files, each alone", [s for b in batches for s in score_alone(b)])
        if collect is not None:
            both = [score for batch in batches for score in score_together(batch, collect)]
            _print_row(f"{size:3} files, together", both)
    if collect is None:
        print("  the reader takes no evidence of other files")


def _print_row(name: str, scores: Sequence[Score]) -> None:
    figures = list_figures(scores)
    shares = " / ".join(f"{figures[verdict]:6.1%}" for verdict in VERDICTS)
    print(f"  {name:<22} {shares}  {figures['lost']:7.3%} {figures['left']:7.3%}")
