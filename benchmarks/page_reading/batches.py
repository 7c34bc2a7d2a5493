"""Batches of files of sites that nobody has seen: read alone, and with what the others tell.

All files of a batch are known before any is read, as in an upload. One batch holds files of all
sites in any order, as a folder of a clerk's does. Then one page of a site is corrected as an editor
would, and the site's others are read by what that taught.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.scoring import (
    VERDICTS,
    Reader,
    Score,
    list_figures,
    list_verdicts,
    score_page,
    score_pages,
)
from benchmarks.page_reading.sites import make_site_page
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.site import SiteEvidence, SiteProfile, count_lines, list_page_lines
from corpus_app.ingest.site_lessons import learn_value
from corpus_app.text.chars import squeeze

SITES = 10
SIZES = (1, 5, 20, 50)
# Files of each site in the batch of all sites, and how many neighbours tell of a file.
MIXED, NEAREST = 30, 100
# Fields by the names that a profile has for them.
NAMES = {"role": "speaker_role", "url": "source_url"}
# These sites are no families of the catalogue, so none of them was trained on.
_NAME = "batch-site-{:02}"
_FIRST_SEED = 500_000


def make_batch(site: int, size: int) -> list[Page]:
    """Return so many pages of one unseen site."""
    name = _NAME.format(site)
    return [make_site_page(name, _FIRST_SEED + number) for number in range(size)]


def score_alone(batch: Sequence[Page]) -> list[Score]:
    """Return the marks of a batch whose files know nothing of each other."""
    return score_pages(batch, parse_bytes)


def score_together(batch: Sequence[Page]) -> list[Score]:
    """Return the marks of a batch whose files know the lines of the others."""
    return [
        score for page, rest in _pair_others(batch) for score in score_pages([page], _read_by(rest))
    ]


def _pair_others(batch: Sequence[Page]) -> list[tuple[Page, SiteEvidence]]:
    """Return each page of one site with what the others tell of it."""
    lines = [list_page_lines(parse_bytes(page.data, page.name).raw) for page in batch]
    return [
        (page, count_lines([*lines[:number], *lines[number + 1 :]], page.family))
        for number, page in enumerate(batch)
    ]


def _read_by(evidence: SiteEvidence) -> Reader:
    return lambda data, name: parse_bytes(data, name, evidence=evidence)


def score_mixed(batches: Sequence[Sequence[Page]]) -> list[Score]:
    """Return the marks of one batch of all sites in any order.

    A page knows those that lie near it and those of its own site, as in the product
    (corpus_app/intake/sites/evidence.py).
    """
    pages = [page for batch in batches for page in batch]
    Random(1).shuffle(pages)
    lines = [list_page_lines(parse_bytes(page.data, page.name).raw) for page in pages]
    scores = []
    for number, page in enumerate(pages):
        others = {
            other
            for other in range(len(pages))
            if abs(other - number) <= NEAREST or pages[other].family == page.family
        }
        evidence = count_lines((lines[other] for other in others - {number}), page.family)
        scores += score_pages([page], _read_by(evidence))
    return scores


def correct_first(batch: Sequence[Page]) -> tuple[list[Score], list[Score]]:
    """Return the marks of a site's other pages before and after the first faulty one is corrected.

    Two empty lists where no page has a fault, or its correction teaches nothing.
    """
    pairs = _pair_others(batch)
    drafts = [parse_bytes(page.data, page.name, evidence=known) for page, known in pairs]
    for number, ((page, known), draft) in enumerate(zip(pairs, drafts, strict=True)):
        profile = _learn(page, draft, known)
        if profile is None:
            continue
        rest = [*range(number), *range(number + 1, len(pairs))]
        before = [score_page(batch[n], drafts[n]) for n in rest]
        taught = [count_profile(pairs[n][1], profile) for n in rest]
        after = [
            score_page(batch[n], parse_bytes(batch[n].data, batch[n].name, evidence=evidence))
            for n, evidence in zip(rest, taught, strict=True)
        ]
        return before, after
    return [], []


def count_profile(evidence: SiteEvidence, profile: SiteProfile) -> SiteEvidence:
    """Return the evidence with a profile that an editor approved."""
    return SiteEvidence(evidence.site, evidence.files, evidence.lines, profile)


def _learn(page: Page, draft: Draft, evidence: SiteEvidence) -> SiteProfile | None:
    """Return what an editor teaches who sets each wrong value and takes out what was left."""
    marks = score_page(page, draft)
    faults = [name for name, verdict in marks.fields.items() if verdict in ("missing", "wrong")]
    learnt = [
        learn_value(draft.raw, NAMES.get(name, name), value, evidence)
        for name in faults
        if (value := page.fields[name])
    ]
    values = tuple(value for value in learnt if value is not None)
    body = squeeze(page.body)
    left = [squeeze(line) for line in draft.text.split("\n") if squeeze(line) not in body]
    lines = tuple(line for line in left if evidence.count(line))
    return SiteProfile(1, values, lines) if values or lines else None


def print_batches(sites: int = SITES, sizes: Sequence[int] = SIZES) -> None:
    """Print a row for each size of batch, alone and together; the batch of all; the corrections."""
    print(f"\n{sites} unseen sites, fields right / missing / wrong, body lost, noise left")
    for size in sizes:
        batches = [make_batch(site, size) for site in range(sites)]
        _print_row(f"{size:3} files, each alone", [s for b in batches for s in score_alone(b)])
        _print_row(f"{size:3} files, together", [s for b in batches for s in score_together(b)])
    batches = [make_batch(site, MIXED) for site in range(sites)]
    total = sites * MIXED
    alone = [score for batch in batches for score in score_alone(batch)]
    mixed = score_mixed(batches)
    print(f"\n{total} files of {sites} sites in one batch")
    _print_row(f"{total} files, each alone", alone)
    _print_row(f"{total} files, in one batch", mixed)
    _print_fields(alone, mixed)
    both = [correct_first(batch) for batch in batches]
    taught = [pair for pair in both if pair[0]]
    print(f"\none page corrected on each of {len(taught)} sites where that teaches, the others:")
    _print_row("before", [score for before, _after in taught for score in before])
    _print_row("after", [score for _before, after in taught for score in after])
    _print_fields(*([s for pair in taught for s in pair[side]] for side in (0, 1)))


def _print_row(name: str, scores: Sequence[Score]) -> None:
    figures = list_figures(scores)
    shares = " / ".join(f"{figures[verdict]:6.1%}" for verdict in VERDICTS)
    print(f"  {name:<26} {shares}  {figures['lost']:7.3%} {figures['left']:7.3%}")


def _print_fields(before: Iterable[Score], after: Iterable[Score]) -> None:
    """Print right / missing / wrong of each field on both sides."""
    tables = [list_verdicts(list(scores)) for scores in (before, after)]
    for name in sorted(tables[0]):
        sides = [
            " / ".join(f"{table[name][verdict]:4}" for verdict in VERDICTS) for table in tables
        ]
        print(f"    {name:<12} {sides[0]}   ->   {sides[1]}")
