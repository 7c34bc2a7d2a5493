"""A linear-chain model of heads and tails: weights from a file, the best labels, their chances.

Trained elsewhere (benchmarks/page_reading) and kept as plain numbers, so that reading needs no
library. What may never follow what is set here, not learnt.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus_app.ingest.labelling.features import Features
from corpus_app.ingest.labelling.labels import HEAD, SPEECH, TAIL, WITHIN, Label
from corpus_app.ingest.rule_files import RULES

LABELS: Final = tuple(Label)
COUNT: Final = len(LABELS)
NEVER: Final = -1e9
BODY: Final = int(Label.BODY)
# A label this far behind the best for its unit is not looked at: one in 400,000.
FAR: Final = 13.0

Scores = list[list[float]]


@dataclass(frozen=True, slots=True)
class HeadModel:
    """Weights of features for labels, and of labels for their successors."""

    weights: dict[str, tuple[tuple[int, float], ...]]
    transitions: tuple[tuple[float, ...], ...]
    moves: tuple[tuple[float, ...], ...]
    # The transitions by what follows.
    into: tuple[tuple[float, ...], ...]

    def score(self, features: Features) -> Scores:
        """Return the score of each label for each unit by its own features."""
        rows = []
        weights = self.weights
        for names in features:
            row = [0.0] * COUNT
            for name in names:
                if name in weights:
                    for label, weight in weights[name]:
                        row[label] += weight
            rows.append(row)
        for label in (*TAIL, Label.INNER) if rows else ():
            rows[0][label] = NEVER
        return rows

    def decode(self, scores: Scores) -> list[Label]:
        """Return the labels that are best together."""
        return self.read_path(*self.climb(scores))

    def climb(self, scores: Scores) -> tuple[list[dict[int, float]], list[dict[int, int]]]:
        """Return how good the best way to each label of each unit is, and where it comes from.

        Labels that are out of the question for a unit are left out.
        """
        reached: list[dict[int, float]] = []
        steps: list[dict[int, int]] = []
        for row in scores:
            best: dict[int, float] = {}
            step: dict[int, int] = {}
            before = tuple(reached[-1].items()) if reached else ()
            for label in list_near(row):
                into = self.into[label]
                came, most = -1, 0.0
                for one, value in before:
                    way = value + into[one]
                    if came < 0 or way > most:
                        came, most = one, way
                step[label] = came
                best[label] = most + row[label]
            reached.append(best)
            steps.append(step)
        return reached, steps

    def read_path(
        self, reached: Sequence[Mapping[int, float]], steps: Sequence[Mapping[int, int]]
    ) -> list[Label]:
        """Return the best labels by what climb has found."""
        if not reached:
            return []
        label = max(reached[-1], key=reached[-1].__getitem__)
        path = [label]
        for step in reversed(steps[1:]):
            label = step[label]
            path.append(label)
        return [LABELS[label] for label in reversed(path)]

    def estimate(self, scores: Scores) -> list[dict[Label, float]]:
        """Return, for each unit, the probability of each label that is not out of the question."""
        rows = [_raise(row) for row in scores]
        forward: list[dict[int, float]] = []
        for row in rows:
            forward.append(_scale(self._go_on(forward[-1], row) if forward else row))
        backward: list[dict[int, float]] = [dict.fromkeys(rows[-1], 1.0)] if rows else []
        for row in reversed(rows[1:]):
            backward.append(self._go_back(backward[-1], row, rows[len(rows) - len(backward) - 1]))
        return [
            {LABELS[b]: p for b, p in _scale({b: f[b] * r[b] for b in f}).items()}
            for f, r in zip(forward, reversed(backward), strict=True)
        ]

    def _go_on(self, before: dict[int, float], row: dict[int, float]) -> dict[int, float]:
        moves = self.moves
        if len(before) == 1:
            (a, p), *_ = before.items()
            return {b: own * p * moves[a][b] for b, own in row.items()}
        return {b: own * sum(p * moves[a][b] for a, p in before.items()) for b, own in row.items()}

    def _go_back(
        self, after: dict[int, float], row: dict[int, float], own: dict[int, float]
    ) -> dict[int, float]:
        moves = self.moves
        weighed = {b: after[b] * row[b] for b in row}
        if len(weighed) == 1:
            (b, p), *_ = weighed.items()
            return _scale({a: moves[a][b] * p for a in own})
        return _scale({a: sum(moves[a][b] * p for b, p in weighed.items()) for a in own})


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
    chances = tuple(tuple(math.exp(max(weight, -700.0)) for weight in row) for row in moves)
    return HeadModel(listed, moves, chances, tuple(zip(*moves, strict=True)))


def is_forbidden(before: Label, after: Label) -> bool:
    """Say whether a label can never follow another: no head below the speech, no speech below
    the tail, and no tail where no speech stands above it.
    """
    if after in HEAD:
        return before not in HEAD
    if after in SPEECH:
        return before in TAIL
    return before not in (WITHIN if after == Label.INNER else WITHIN | TAIL)


def list_near(row: Sequence[float]) -> list[int]:
    """Return the labels that may be the unit's; the speech always may, so that a way remains."""
    floor = max(row) - FAR
    near = [label for label, score in enumerate(row) if score >= floor]
    return near if row[BODY] >= floor else sorted([*near, BODY])


def _raise(row: Sequence[float]) -> dict[int, float]:
    """Return the weights of the labels that may be the unit's, that of the best as one."""
    top = max(row)
    return {label: math.exp(row[label] - top) for label in list_near(row)}


def _scale(row: dict[int, float]) -> dict[int, float]:
    whole = sum(row.values()) or 1.0
    return {label: value / whole for label, value in row.items()}
