"""By how much the labels of a page are better together than the best without each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.model import HeadModel, Scores

# No margin is told as wider: nothing else comes near.
WIDEST: Final = 20.0


def measure_margins(
    model: HeadModel, scores: Scores, reached: Scores, labels: Sequence[Label]
) -> list[float]:
    """Return for each unit how far behind the best labelling is that gives it another label.

    reached is what model.climb found on the way to the labels; 0 to WIDEST.
    """
    if not labels:
        return []
    after = np.zeros(reached.shape)
    own = np.where(np.isfinite(reached), scores, -np.inf)
    for place in range(len(labels) - 1, 0, -1):
        ways = model.moves + (after[place] + own[place])
        np.maximum.reduce(ways, axis=1, out=after[place - 1])
    whole = reached + after
    units = np.arange(len(labels))
    best = whole[units, labels]
    whole[units, labels] = -np.inf
    margins: list[float] = np.clip(best - whole.max(axis=1), 0.0, WIDEST).tolist()
    return margins
