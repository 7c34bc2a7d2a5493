"""By how much the labels of a page are better together than the best without each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.model import NEVER, HeadModel, Scores

# No margin is told as wider: nothing else comes near.
WIDEST: Final = 20.0


def measure_margins(
    model: HeadModel,
    scores: Scores,
    reached: Sequence[Mapping[int, float]],
    labels: Sequence[Label],
) -> list[float]:
    """Return for each unit how far behind the best labelling is that gives it another label.

    reached is what model.climb found on the way to the labels; 0 to WIDEST.
    """
    moves = model.transitions
    found: list[float] = []
    after: dict[int, float] = {}
    for place in reversed(range(len(scores))):
        ways = reached[place]
        after = {one: _find_best(moves[one], after) for one in ways}
        label = labels[place]
        others = max((ways[b] + after[b] for b in ways if b != label), default=NEVER)
        found.append(max(0.0, min(WIDEST, ways[label] + after[label] - others)))
        row = scores[place]
        after = {one: value + row[one] for one, value in after.items()}
    return found[::-1]


def _find_best(moves: Sequence[float], ahead: Mapping[int, float]) -> float:
    """Return the best score of a step on to these labels; 0 where there is none any more."""
    best, known = 0.0, False
    for label, value in ahead.items():
        way = moves[label] + value
        if not known or way > best:
            best, known = way, True
    return best
