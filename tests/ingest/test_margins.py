"""How far the labels of a page are ahead of any others, against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given

from corpus_app.ingest.labelling.margins import WIDEST, measure_margins
from corpus_app.ingest.labelling.model import COUNT, load_model
from tests.ingest.test_labelling_model import FEW, make_scores, rows, weigh_path


@given(rows)
def test_a_margin_is_the_lead_over_the_best_path_with_another_label_there(
    drawn: list[tuple[float, ...]],
) -> None:
    model, scores = load_model(), make_scores(drawn)
    weighed = {
        path: weigh_path(model, scores, path) for path in itertools.product(FEW, repeat=len(drawn))
    }
    reached, steps = model.climb(scores)
    best = model.read_path(reached, steps)
    for place, margin in enumerate(measure_margins(model, scores, reached, best)):
        others = max(w for path, w in weighed.items() if path[place] != best[place])
        lead = weighed[tuple(best)] - others
        assert margin == pytest.approx(min(WIDEST, max(0.0, lead)), abs=1e-6)


def test_no_line_has_no_margin() -> None:
    nothing = np.empty((0, COUNT))
    assert measure_margins(load_model(), nothing, nothing, []) == []
