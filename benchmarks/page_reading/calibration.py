"""Whether doubt is true: stated probability against measured error, and what the queue catches.

A value's probability is that of its evidence (Evidence.probability); where the reader states
none, only the queue is judged. The queue's order is the product's own: the weights of all
reasons to look at a draft.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import django

from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.scoring import Score, judge, read_fields, score_page
from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.pipeline import parse_bytes

# The reader's names of fields in its evidence, where they differ from ours.
_EVIDENCE = {"role": "speaker_role", "url": "source_url"}
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
WORST = 0.1


@dataclass(slots=True)
class Judged:
    """One page: its values as (probability, right), its errors, its place in the queue."""

    values: list[tuple[float, bool]] = field(default_factory=list)
    wrong: int = 0
    missing: int = 0
    noisy: bool = False
    doubt: float = 0.0

    @property
    def least_sure(self) -> float:
        """The doubt of the page's least sure value, 0 where none states a probability."""
        return 1 - min((chance for chance, _ in self.values), default=1.0)

    @property
    def errors(self) -> int:
        """What is amiss: fields wrong or missing, and the body where it is not exact."""
        return self.wrong + self.missing + self.noisy


def open_queue() -> Callable[[Draft], float]:
    """Return what weighs a draft as the review queue does, 0 to 100; starts Django without data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    django.setup()
    from corpus_app.intake.quality.facts import collect_draft_facts
    from corpus_app.intake.quality.reasons import find_reasons, sum_weights

    today = dt.date(2026, 11, 30)

    def weigh(draft: Draft) -> float:
        reasons = find_reasons(collect_draft_facts(draft, today))
        return float(sum_weights(reason.weight for reason in reasons))

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
    one.noisy = score.lost + score.left > 0
    said = read_fields(draft)
    for name, stated in page.fields.items():
        found = draft.metadata.evidence.get(_EVIDENCE.get(name, name))
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
    judged: Sequence[Judged], count: Callable[[Judged], int], doubt: Callable[[Judged], float]
) -> float:
    """Return what part of all errors stands in the worst tenth by doubt; ties by chance alike."""
    total = sum(map(count, judged))
    room = WORST * len(judged)
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
    print(f"\n{name}: {len(judged)} pages")
    if values:
        print(f"  {'stated':>8} {'right':>8} {'values':>7}")
        for said, true, count in list_bands(values):
            print(f"  {said:8.3f} {true:8.3f} {count:7}")
        print(f"  expected calibration error {measure_error(values):.3f}")
        _print_worst_values(values)
    else:
        print("  the reader states no probabilities")
    _print_queue(judged)


def _print_worst_values(values: Sequence[tuple[float, bool]]) -> None:
    """Print how many of the wrong values are among the least sure tenth."""
    ordered = sorted(values)
    worst = ordered[: round(WORST * len(ordered))]
    wrong = sum(not right for _, right in ordered)
    caught = sum(not right for _, right in worst)
    print(f"  of {wrong} wrong values {caught} are among the least sure tenth of values")


def _print_queue(judged: Sequence[Judged]) -> None:
    """Print the shares by the product's order and by the least sure value, beside the best."""
    kinds: dict[str, Callable[[Judged], int]] = {
        "wrong values": lambda one: one.wrong,
        "missing values": lambda one: one.missing,
        "all errors": lambda one: one.errors,
        "pages amiss": lambda one: int(one.errors > 0),
    }
    for kind, count in kinds.items():
        total = sum(map(count, judged))
        best = sorted(map(count, judged), reverse=True)[: round(WORST * len(judged))]
        reach = sum(best) / total if total else 1.0
        queue = share_in_worst(judged, count, lambda one: one.doubt)
        sure = share_in_worst(judged, count, lambda one: one.least_sure)
        print(
            f"  worst tenth holds of {total:5} {kind:<15} {queue:6.1%} in the queue,"
            f" {sure:6.1%} by least sure value, at best {reach:.1%}"
        )
