"""By how much the labels of a page are better together than the best without each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.model import NEVER, HeadModel, Scores, list_near

# No margin is told as wider: nothing else comes near.
WIDEST: Final = 20.0


def measure_margins(model: HeadModel, scores: Scores, labels: Sequence[Label]) -> list[float]:
    """Return for each unit how far behind the best labelling is that gives it another label.

    labels are the best for these scores, as model.decode returns them; 0 to WIDEST.
    """
    moves, into = model.transitions, tuple(zip(*model.transitions, strict=True))
    before: list[dict[int, float]] = []
    for row in scores:
        near = list_near(row)
        steps = before[-1] if before else {}
        before.append({b: row[b] + _best(steps, into[b]) for b in near})
    after: list[dict[int, float]] = []
    for place in reversed(range(len(scores))):
        follow = scores[place + 1] if after else []
        ahead = {b: value + follow[b] for b, value in after[-1].items()} if after else {}
        after.append({a: _best(ahead, moves[a]) for a in before[place]})
    found = []
    for label, left, right in zip(labels, before, reversed(after), strict=True):
        others = max((left[b] + right[b] for b in left if b != label), default=NEVER)
        found.append(max(0.0, min(WIDEST, left[label] + right[label] - others)))
    return found


def _best(steps: Mapping[int, float], moves: Sequence[float]) -> float:
    """Return the best score of a step on from these labels; 0 where there is none yet."""
    return max([score + moves[label] for label, score in steps.items()], default=0.0)
