"""From a chance of the model to a probability: how often values were right on tuning families."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from benchmarks.page_reading.pages import Page
from benchmarks.page_reading.scoring import judge, read_fields
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.pipeline import parse_bytes

# Where the evidence of a field goes by another name than the benchmark's.
EVIDENCE: Final = {"role": "speaker_role", "url": "source_url"}
# Values read by one rule of which fewer were seen say nothing of the rule.
FEWEST: Final = 10
ROUNDS: Final = 200
LONGEST_STEP: Final = 0.1
LEAST: Final = 1e-6

# The chance of a value, None where its rule has none; the rule; whether the value was right.
Mark = tuple[float | None, str, bool]


def fit_calibration(pages: Iterable[Page]) -> dict[str, Any]:
    """Return slope and offset of the logistic map, and the share right of rules without chance."""
    marks = [mark for page in pages for mark in list_marks(page)]
    chances = [(chance, right) for chance, _, right in marks if chance is not None]
    rules: dict[str, list[bool]] = defaultdict(list)
    for chance, rule, right in marks:
        if chance is None:
            rules[rule].append(right)
    rates = {
        rule: round((sum(found) + 1) / (len(found) + 2), 3)
        for rule, found in sorted(rules.items())
        if len(found) >= FEWEST
    }
    slope, offset = fit_logistic(chances)
    return {"calibration": [round(slope, 3), round(offset, 3)], "rates": rates}


def list_marks(page: Page) -> Iterator[Mark]:
    """Yield a mark for each value that is said of a page, where the page tells what is right."""
    try:
        draft = parse_bytes(page.data, page.name)
    except RejectedFile:
        return
    said = read_fields(draft)
    for name, value in page.fields.items():
        verdict = judge(value, page.others.get(name, ()), said[name])
        found = draft.metadata.evidence.get(EVIDENCE.get(name, name))
        if verdict in ("right", "wrong") and said[name] and found is not None:
            yield found.probability, found.rule, verdict == "right"


def fit_logistic(marks: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and offset that fit right to the chance's odds best (Newton's steps).

    A little weight is laid on the identity, so that few marks do not run away.
    """
    points = [(math.log(max(p, LEAST) / max(1 - p, LEAST)), right) for p, right in marks]
    slope, offset = 1.0, 0.0
    for _ in range(ROUNDS):
        gradient = [1.0 - slope, -offset]
        hesse = [1.0, 0.0, 1.0]
        for odds, right in points:
            said = 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * odds + offset))))
            weight = said * (1 - said)
            gradient[0] += (right - said) * odds
            gradient[1] += right - said
            hesse[0] += weight * odds * odds
            hesse[1] += weight * odds
            hesse[2] += weight
        whole = hesse[0] * hesse[2] - hesse[1] ** 2
        slope += _hold((hesse[2] * gradient[0] - hesse[1] * gradient[1]) / whole)
        offset += _hold((hesse[0] * gradient[1] - hesse[1] * gradient[0]) / whole)
    return slope, offset


def _hold(step: float) -> float:
    """Return a step no longer than the map can bear: far steps run past the best place."""
    return max(-LONGEST_STEP, min(LONGEST_STEP, step))
