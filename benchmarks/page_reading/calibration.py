"""Whether doubt is true: stated probability against measured error, and what the queue catches.

A value's probability is that of its evidence (Evidence.probability), that of the text stands
there, too. The queue's order is the product's own: the probability that something is stated
falsely (intake/quality/misreading.py).

Two counts of errors: what is shown as truth and is none (wrong values, words of the speech lost
outside flagged places, noise left, an end said wrongly), and the same with values that are missing.
Each share stands beside that of an oracle, which puts the pages with most errors first.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import django

from benchmarks.page_reading.doubting import EVIDENCE
from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.scoring import Score, judge, read_fields, score_page
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.pipeline import parse_bytes

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
CUTS = (0.1, 0.2, 0.3)


@dataclass(slots=True)
class Judged:
    """One page: its values as (probability, right), its errors, its place in the queue.

    text is (probability, right) of the text; spoilt counts what is amiss with it: words lost,
    noise left, an end said wrongly.
    """

    values: list[tuple[float, bool]] = field(default_factory=list)
    text: tuple[float, bool] | None = None
    wrong: int = 0
    missing: int = 0
    spoilt: int = 0
    doubt: float = 0.0

    @property
    def least_sure(self) -> float:
        """The doubt of the page's least sure value, 0 where none states a probability."""
        return 1 - min((chance for chance, _ in self.values), default=1.0)

    @property
    def false(self) -> int:
        """What is shown as truth and is none."""
        return self.wrong + self.spoilt

    @property
    def errors(self) -> int:
        """The same, with the values that are missing."""
        return self.false + self.missing


def open_queue() -> Callable[[Draft], float]:
    """Return what weighs a draft as the review queue does, 0 to 1; starts Django without data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    django.setup()
    from corpus_app.intake.quality.facts import collect_draft_facts
    from corpus_app.intake.quality.misreading import estimate_misread
    from corpus_app.intake.quality.reasons import find_reasons

    today = dt.date(2026, 11, 30)

    def weigh(draft: Draft) -> float:
        facts = collect_draft_facts(draft, today)
        return estimate_misread(facts, find_reasons(facts))

    return weigh


def judge_pages(pages: Sequence[Page], weigh: Callable[[Draft], float]) -> list[Judged]:
    """Return the judgement on each page that was read at all."""
    judged = []
    for page in pages:
        try:
            draft = parse_bytes(page.data, page.name)
        except RejectedFile:
            continue
        judged.append(_judge(page, draft, weigh(draft)))
    return judged


def _judge(page: Page, draft: Draft, weight: float) -> Judged:
    score: Score = score_page(page, draft)
    verdicts = list(score.fields.values())
    one = Judged(wrong=verdicts.count("wrong"), missing=verdicts.count("missing"))
    one.spoilt = (score.lost > 0) + (score.left > 0) + (not score.complete)
    told = draft.text_evidence
    if told is not None and told.probability is not None:
        one.text = told.probability, not one.spoilt
    said = read_fields(draft)
    for name, stated in page.fields.items():
        found = draft.metadata.evidence.get(EVIDENCE.get(name, name))
        chance = getattr(found, "probability", None)
        if said[name] and chance is not None:
            right = judge(stated, page.others.get(name, ()), said[name]) == "right"
            one.values.append((float(chance), right))
    one.doubt = weight
    return one


def list_bands(values: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return stated probability, measured share right and count by band, empty bands left out."""
    bands = []
    for low, high in pairwise(EDGES):
        here = [v for v in values if low <= v[0] < high or (high == 1.0 and v[0] == 1.0)]
        if here:
            said = sum(chance for chance, _ in here) / len(here)
            bands.append((said, sum(right for _, right in here) / len(here), len(here)))
    return bands


def measure_error(values: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over the bands, 0.0 for no values."""
    gaps = (abs(said - true) * count for said, true, count in list_bands(values))
    return sum(gaps) / max(1, len(values))


def share_in_worst(
    judged: Sequence[Judged],
    count: Callable[[Judged], int],
    doubt: Callable[[Judged], float],
    part: float = CUTS[0],
) -> float:
    """Return what part of all errors stands in the worst part by doubt; ties by chance alike."""
    total = sum(map(count, judged))
    room = part * len(judged)
    caught = 0.0
    for weight in sorted(set(map(doubt, judged)), reverse=True):
        tied = [one for one in judged if doubt(one) == weight]
        caught += sum(map(count, tied)) * min(1.0, room / len(tied))
        room -= len(tied)
        if room <= 0:
            break
    return caught / total if total else 1.0


def print_calibration(name: str, pages: Sequence[Page]) -> None:
    """Print the reliability table and what the worst tenth of the queue holds."""
    judged = judge_pages(pages, open_queue())
    values = [value for one in judged for value in one.values]
    texts = [one.text for one in judged if one.text is not None]
    pages_said = [(1 - one.doubt, not one.false) for one in judged]
    print(f"\n{name}: {len(judged)} pages")
    for kind, marks in (("values", values), ("texts", texts), ("pages", pages_said)):
        _print_table(kind, marks)
    _print_worst_values(values)
    _print_queue(judged)


def _print_table(kind: str, marks: Sequence[tuple[float, bool]]) -> None:
    """Print stated probability beside measured share right."""
    print(f"  {'stated':>8} {'right':>8} {kind:>7}")
    for said, true, count in list_bands(marks):
        print(f"  {said:8.3f} {true:8.3f} {count:7}")
    print(f"  expected calibration error {measure_error(marks):.3f}")


def _print_worst_values(values: Sequence[tuple[float, bool]]) -> None:
    """Print how many of the wrong values are among the least sure tenth."""
    ordered = sorted(values)
    worst = ordered[: round(CUTS[0] * len(ordered))]
    wrong = sum(not right for _, right in ordered)
    caught = sum(not right for _, right in worst)
    print(f"  of {wrong} wrong values {caught} are among the least sure tenth of values")


def _print_queue(judged: Sequence[Judged]) -> None:
    """Print for several cuts the shares by the product's order, beside the best there is."""
    kinds: dict[str, Callable[[Judged], int]] = {
        "wrong values": lambda one: one.wrong,
        "spoilt texts": lambda one: one.spoilt,
        "errors shown as truth": lambda one: one.false,
        "pages with such": lambda one: int(one.false > 0),
        "errors and missing": lambda one: one.errors,
    }
    print(
        f"  held by the worst part of the queue (at best) {'':5}"
        + "  ".join(f"{cut:>15.0%}" for cut in CUTS)
    )
    for kind, count in kinds.items():
        shares = []
        for cut in CUTS:
            queue = share_in_worst(judged, count, lambda one: one.doubt, cut)
            best = share_in_worst(judged, count, count, cut)
            shares.append(f"{queue:6.1%} ({best:6.1%})")
        print(f"  {sum(map(count, judged)):6} {kind:<42} " + "  ".join(shares))
