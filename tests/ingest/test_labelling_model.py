"""The chain of labels against brute force: the best path and the chances of each label."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.labelling.labels import HEAD, SPEECH, TAIL, Label
from corpus_app.ingest.labelling.model import (
    COUNT,
    NEVER,
    HeadModel,
    Scores,
    build_model,
    is_forbidden,
    load_model,
)
from corpus_app.ingest.rule_files import RULES

LABELS = list(Label)
# Few labels, so that all paths can be tried: of the head, the speech, the tail.
FEW = (Label.CHROME, Label.TITLE, Label.BODY, Label.TAIL_CHROME)
weights = st.floats(-3, 3)
rows = st.lists(st.tuples(*[weights] * len(FEW)), min_size=1, max_size=4)


def make_scores(drawn: list[tuple[float, ...]]) -> Scores:
    scores = [[NEVER] * len(LABELS) for _ in drawn]
    for row, values in zip(scores, drawn, strict=True):
        for label, value in zip(FEW, values, strict=True):
            row[label] = value
    return np.array(scores)


def weigh_path(model: HeadModel, scores: Scores, path: tuple[Label, ...]) -> float:
    moves = sum(model.transitions[a][b] for a, b in itertools.pairwise(path))
    return moves + sum(row[label] for row, label in zip(scores, path, strict=True))


@given(rows)
def test_the_labels_are_the_best_of_all_paths(drawn: list[tuple[float, ...]]) -> None:
    model, scores = load_model(), make_scores(drawn)
    paths = itertools.product(FEW, repeat=len(drawn))
    best = max(weigh_path(model, scores, path) for path in paths)
    found = tuple(model.decode(scores))
    assert weigh_path(model, scores, found) == pytest.approx(best)


@given(rows)
def test_the_chances_are_those_of_all_paths(drawn: list[tuple[float, ...]]) -> None:
    model, scores = load_model(), make_scores(drawn)
    weighed = {
        path: math.exp(weigh_path(model, scores, path))
        for path in itertools.product(FEW, repeat=len(drawn))
    }
    whole = sum(weighed.values())
    for place, chances in enumerate(model.estimate(scores)):
        assert sum(chances.values()) == pytest.approx(1.0)
        for label in FEW:
            share = sum(w for path, w in weighed.items() if path[place] == label) / whole
            assert chances.get(label, 0.0) == pytest.approx(share, abs=1e-6)


def test_the_head_stands_above_the_speech_and_the_tail_below_it() -> None:
    for before, after in itertools.product(LABELS, repeat=2):
        if after in HEAD:
            assert is_forbidden(before, after) is (before not in HEAD)
        if after in SPEECH:
            assert is_forbidden(before, after) is (before in TAIL)
        if after in TAIL:
            assert is_forbidden(before, after) is (before in HEAD)


def test_nothing_is_labelled_where_nothing_stands() -> None:
    model = load_model()
    assert model.decode(np.empty((0, COUNT))) == []
    assert model.estimate(np.empty((0, COUNT))) == []


def test_the_model_is_numbers_and_names_of_signs() -> None:
    data = (RULES / "head_model.json").read_bytes()
    assert len(data) < 50_000
    numbers = json.loads(data)
    assert build_model(numbers) == load_model()
    words = [name for name in numbers["weights"] for sign in name if "\u4e00" <= sign <= "\u9fff"]
    assert words == []
