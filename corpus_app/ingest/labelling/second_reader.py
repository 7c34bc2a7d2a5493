"""A second opinion on the labels of a page: weights set by hand over the same signs."""

from __future__ import annotations

from functools import cache

from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.labelling.model import HeadModel, build_model
from corpus_app.ingest.rule_files import read_rules


@cache
def load_second_reader() -> HeadModel:
    """Return the model that rules/second_reader.toml holds, under the same prohibitions."""
    rules = read_rules("second_reader")
    weights: dict[str, dict[str, float]] = {}
    for name, signs in rules["weights"].items():
        for sign, weight in signs.items():
            weights.setdefault(sign, {})[str(int(Label[name.upper()]))] = weight
    follows = rules["follows"]
    rows = [[float(follows.get(_name(a), {}).get(_name(b), 0)) for b in Label] for a in Label]
    return build_model({"weights": weights, "transitions": rows})


def _name(label: Label) -> str:
    return label.name.lower()
