"""A linear-chain model of heads and tails: weights from a file, the best labels, their chances.

Trained elsewhere (benchmarks/page_reading) and kept as plain numbers, so that reading needs no
library. What may never follow what is set here, not learnt.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.ingest.labelling.features import Features
from corpus_app.ingest.labelling.labels import HEAD, SPEECH, TAIL, WITHIN, Label
from corpus_app.ingest.rule_files import RULES

LABELS: Final = tuple(Label)
COUNT: Final = len(LABELS)
NEVER: Final = -1e9
BODY: Final = int(Label.BODY)
# A label this far behind the best for its unit is not looked at: one in 400,000.
FAR: Final = 13.0

# A row for each unit, a column for each label.
Scores = npt.NDArray[np.float64]
Steps = npt.NDArray[np.intp]
_NEVER_FIRST: Final = [*map(int, TAIL), int(Label.INNER)]
_ONES: Final = np.ones(COUNT)


@dataclass(frozen=True, slots=True)
class HeadModel:
    """Weights of features for labels, and of labels for their successors."""

    weights: dict[str, tuple[tuple[int, float], ...]]
    transitions: tuple[tuple[float, ...], ...]
    # The same as tables: the row of each feature, the transitions, what they are by chance.
    places: dict[str, int] = field(compare=False, repr=False)
    table: Scores = field(compare=False, repr=False)
    moves: Scores = field(compare=False, repr=False)
    chances: Scores = field(compare=False, repr=False)

    def score(self, features: Features) -> Scores:
        """Return the score of each label for each unit by its own features."""
        places, table = self.places, self.table
        scores = np.zeros((len(features), COUNT))
        for names, row in zip(features, scores, strict=True):
            rows = [places[name] for name in names if name in places]
            np.add.reduce(table.take(rows, axis=0), axis=0, out=row)
        scores[:1, _NEVER_FIRST] = NEVER
        return scores

    def decode(self, scores: Scores) -> list[Label]:
        """Return the labels that are best together."""
        return self.read_path(*self.climb(scores))

    def climb(self, scores: Scores) -> tuple[Scores, Steps]:
        """Return how good the best way to each label of each unit is, and where it comes from.

        Labels that are out of the question for a unit can't be reached (minus infinity).
        """
        reached = np.where(_mark_near(scores), scores, -np.inf)
        steps = np.zeros(reached.shape, dtype=np.intp)
        into = np.ascontiguousarray(self.moves.T)
        for place in range(1, len(reached)):
            ways = into + reached[place - 1]
            ways.argmax(axis=1, out=steps[place])
            reached[place] += np.maximum.reduce(ways, axis=1)
        return reached, steps

    def read_path(self, reached: Scores, steps: Steps) -> list[Label]:
        """Return the best labels by what climb has found."""
        if not len(reached):
            return []
        label = int(reached[-1].argmax())
        path = [label]
        for step in steps[:0:-1].tolist():
            label = step[label]
            path.append(label)
        return [LABELS[label] for label in reversed(path)]

    def estimate(self, scores: Scores) -> list[dict[Label, float]]:
        """Return, for each unit, the probability of each label that is not out of the question."""
        if not len(scores):
            return []
        near = _mark_near(scores)
        rows = np.where(near, np.exp(scores - np.max(scores, axis=1, keepdims=True)), 0.0)
        whole = self._go_on(rows) * self._go_back(rows, near)
        whole /= whole.sum(axis=1, keepdims=True)
        pairs = zip(whole.tolist(), near.tolist(), strict=True)
        return [
            dict(zip(compress(LABELS, told), compress(row, told), strict=True))
            for row, told in pairs
        ]

    def _go_on(self, rows: Scores) -> Scores:
        """Return how likely each label is by what stands above it."""
        found, chances = rows.copy(), self.chances
        found[0] /= found[0].dot(_ONES)
        for place in range(1, len(rows)):
            row = found[place]
            row *= found[place - 1].dot(chances)
            row /= row.dot(_ONES) or 1.0
        return found

    def _go_back(self, rows: Scores, near: npt.NDArray[np.bool_]) -> Scores:
        """Return how likely each label is by what stands below it."""
        found, chances = near.astype(np.float64), self.chances
        for place in range(len(rows) - 1, 0, -1):
            row = found[place - 1]
            row *= chances.dot(found[place] * rows[place])
            row /= row.dot(_ONES) or 1.0
        return found


def _mark_near(scores: Scores) -> npt.NDArray[np.bool_]:
    """Return which labels may be each unit's; the speech always may, so that a way remains."""
    near: npt.NDArray[np.bool_] = scores >= np.max(scores, axis=1, keepdims=True) - FAR
    near[:, BODY] = True
    return near


@cache
def load_model() -> HeadModel:
    """Return the model that rules/head_model.json holds."""
    return build_model(json.loads((RULES / "head_model.json").read_text(encoding="utf-8")))


def build_model(numbers: dict[str, object]) -> HeadModel:
    """Return the model of plain numbers.

    "weights": {feature: {label: weight}}, "transitions": rows.
    """
    weights: dict[str, dict[str, float]] = numbers["weights"]  # type: ignore[assignment]
    rows: list[list[float]] = numbers["transitions"]  # type: ignore[assignment]
    listed = {
        name: tuple((int(label), weight) for label, weight in row.items())
        for name, row in weights.items()
    }
    moves = tuple(tuple(NEVER if is_forbidden(a, b) else rows[a][b] for b in Label) for a in Label)
    table = np.zeros((len(listed), COUNT))
    for place, row in enumerate(listed.values()):
        for label, weight in row:
            table[place, label] = weight
    places = {name: place for place, name in enumerate(listed)}
    chances = np.array([[math.exp(max(weight, -700.0)) for weight in row] for row in moves])
    return HeadModel(listed, moves, places, table, np.array(moves), chances)


def is_forbidden(before: Label, after: Label) -> bool:
    """Say whether a label can never follow another: no head below the speech, no speech below
    the tail, and no tail where no speech stands above it.
    """
    if after in HEAD:
        return before not in HEAD
    if after in SPEECH:
        return before in TAIL
    return before not in (WITHIN if after == Label.INNER else WITHIN | TAIL)
