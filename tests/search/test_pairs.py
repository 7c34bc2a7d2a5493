"""Scores by pairs of characters, against counting by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus_app.text.folding import fold_codes
from search import rebuild_index
from search.index.access import open_arrays
from search.matching.hits import collect_hits
from search.matching.names import DatabaseNames
from search.query import parse_query
from search.ranking.pairs import (
    BEST,
    MAX_PAIRS,
    Stretches,
    _begins_run,
    count_pairs,
    list_pairs,
    make_pairs,
    score_pairs,
)
from tests.search.asking import ask
from tests.search.factories import Part, make_speech

TEXTS = st.lists(st.text(alphabet="人大代表履职，", max_size=30), min_size=1, max_size=6)


def join(texts: list[str]) -> Stretches:
    codes = [fold_codes(text) for text in texts]
    return Stretches(np.concatenate(codes), np.cumsum([len(part) for part in codes]))


@given(TEXTS, st.text(alphabet="人大代表履职", min_size=2, max_size=8))
def test_pairs_are_counted_as_by_hand_and_never_across_rows(texts: list[str], word: str) -> None:
    wanted = list_pairs([word])
    counts = count_pairs(join(texts), wanted)
    for row, text in enumerate(texts):
        by_hand = Counter(make_pairs(fold_codes(text)).tolist()) if len(text) > 1 else Counter()
        assert counts[row].tolist() == [by_hand[key] for key in wanted.tolist()]


def test_words_in_a_row_make_a_pair_across_their_border() -> None:
    assert set(list_pairs(["代表", "履职"])) == set(make_pairs(fold_codes("代表履职")).tolist())


def test_signs_part_the_pairs() -> None:
    assert len(list_pairs(["代，表"])) == 0


def test_a_pasted_page_asks_for_few_pairs() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(2_000))
    assert len(list_pairs([text])) == MAX_PAIRS


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_what_is_added_never_lifts_a_row_that_was_not_looked_at() -> None:
    make_speech("讲话", [Part(f"代表履职第{at}段") for at in range(BEST + 20)])
    rebuild_index()
    arrays = open_arrays()
    assert arrays is not None
    table = collect_hits(arrays, parse_query("代表"), DatabaseNames(), "section")
    scores = np.arange(len(table), dtype=float)
    added = score_pairs(table, scores, ["代表", "履职"])
    looked_at = np.argsort(-scores)[:BEST]
    assert (added[looked_at] > 0).all()
    assert not np.delete(added, looked_at).any()


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_a_phrase_hidden_by_word_borders_lifts_its_section() -> None:
    filler = "会议听取了报告，大家发表了意见。" * 3
    hidden = make_speech("甲", [Part(f"要提升履职尽责能力，做好代表工作。{filler}")])
    make_speech("乙", [Part(f"职责清单要有能力支撑，代表尽力履行。尽责为民，履职有为。{filler}")])
    rebuild_index()
    best = ask("履职尽责 能力 代表工作").hits or ask("履职尽责 能力 代表工作").partial_matches
    assert best[0].speech_id == hidden.pk


@given(TEXTS)
def test_runs_begin_where_values_change(texts: list[str]) -> None:
    values = np.sort(join(texts).codes)
    assert values[_begins_run(values)].tolist() == sorted(set(values.tolist()))
