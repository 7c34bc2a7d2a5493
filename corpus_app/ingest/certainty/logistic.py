"""From signs to a probability: weights learnt on made pages, kept as plain numbers.

rules/doubt_model.json is written by `python -m benchmarks.page_reading.doubting`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from corpus_app.ingest.rule_files import RULES

FILE: Final = RULES / "doubt_model.json"
# No probability is told as nearer to none or to all than these odds let it be.
MOST_ODDS: Final = 7.0
LEAST: Final = 1e-6

# Names of signs with how strongly each is there; what is absent is 0.
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of signs; a sign that nobody weighed counts nothing."""

    weights: Mapping[str, float]

    def estimate(self, signs: Signs) -> float:
        """Return the probability, 0 to 1, that what bears these signs is right."""
        odds = sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-MOST_ODDS, min(MOST_ODDS, odds))))


@dataclass(frozen=True, slots=True)
class CertaintyModel:
    """What is weighed of a file: the values of its head, and its text.

    A value less probable than least (by field) is not stated: null beats wrong.
    """

    values: Logistic
    text: Logistic
    least: Mapping[str, float] = field(default_factory=dict)


@cache
def load_doubt_model() -> CertaintyModel:
    """Return the model that rules/doubt_model.json holds."""
    return build_doubt_model(json.loads(FILE.read_text(encoding="utf-8")))


def build_doubt_model(numbers: Mapping[str, Any]) -> CertaintyModel:
    """Return the model of plain numbers: "values" and "text" weigh signs, "least" by field."""
    return CertaintyModel(Logistic(numbers["values"]), Logistic(numbers["text"]), numbers["least"])


def find_odds(probability: float) -> float:
    """Return the natural logarithm of a probability's odds, bounded at both ends."""
    return math.log(max(probability, LEAST) / max(1 - probability, LEAST))
