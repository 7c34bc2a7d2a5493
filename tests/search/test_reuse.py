"""Shared passages beside plain counting, and what they are called."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, strategies as st

from search.arrays.seeds import LEAST_RUN, SEED
from search.reuse.finding import find_in_corpus
from search.reuse.refining import compare_pair
from search.reuse.table import PassageTable
from tests.search.reusing import HAN, list_common, make_corpus, read_text, write
from tests.thoroughness import draw


@st.composite
def texts_that_share(drawn: st.DrawFn) -> list[str]:
    """Texts of random characters into which stretches of one another were copied."""
    seed = drawn(st.integers(0, 1 << 30))
    chance = random.Random(seed)
    chars = HAN[: drawn(st.sampled_from([4, 40, 300]))]
    texts = [write(chance.randrange(0, 160), seed + at, chars) for at in range(6)]
    for _ in range(drawn(st.integers(0, 6))):
        one, other = chance.sample(range(6), 2)
        size = chance.randrange(8, 60)
        at = chance.randrange(len(texts[one]) + 1)
        to = chance.randrange(len(texts[other]) + 1)
        texts[other] = texts[other][:to] + texts[one][at : at + size] + texts[other][to:]
    return texts


def list_told(passages: PassageTable, other: int) -> set[int]:
    """Return the places of the first text that passages with another one cover."""
    rows = np.flatnonzero(passages.second_text == other).tolist()
    spans = [(int(passages.first_start[row]), int(passages.first_end[row])) for row in rows]
    return {place for start, end in spans for place in range(start, end)}


@draw(200)
@given(texts_that_share(), st.integers(0, 5))
def test_every_common_run_of_twelve_is_told_as_a_passage_or_as_a_formula(
    texts: list[str], cut: int
) -> None:
    found = find_in_corpus(read_text(texts[0]), make_corpus(texts, cut), own=[0])
    formula = set(np.flatnonzero(found.formula).tolist())
    for other in range(1, 6):
        told = list_told(found.passages, other)
        for at in list_common(texts[0], texts[other], LEAST_RUN):
            run = set(range(at, at + LEAST_RUN))
            assert run <= told or len(run & formula) >= SEED


@draw(200)
@given(texts_that_share())
def test_a_pair_looked_at_in_depth_shows_every_common_run_of_twelve(texts: list[str]) -> None:
    passages = compare_pair(read_text(texts[0]), read_text(texts[1]))
    told = list_told(passages, 0)
    for at in list_common(texts[0], texts[1], LEAST_RUN):
        assert told.issuperset(range(at, at + LEAST_RUN))
