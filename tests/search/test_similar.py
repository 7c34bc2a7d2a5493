"""Words used alike: learnt from texts made so that who stands where whom is known."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus_app.catalog.models import Speech
from search import find_similar, is_learning_due, learn_similar, rebuild_index
from search.index.indexing import index_speeches
from search.similar import store
from search.similar.units import LEAST, read_units
from search.similar.vectors import WINDOW, count_meetings, find_directions, weigh_meetings
from tests.search.factories import Part, make_speech
from tests.thoroughness import draw

# Words of a row stand in the same company, those of two rows never.
ROWS = (("水稻", "小麦"), ("法院", "检察院"))
AROUND = (("农民", "种植", "收割", "施肥", "灌溉"), ("案件", "审理", "判决", "起诉", "证据"))


def write_texts(count: int = 12) -> list[str]:
    """Return texts in which the words of a row are used alike."""
    draw = random.Random(7)
    texts = []
    for _ in range(count):
        lines = []
        for _ in range(30):
            row = draw.randrange(2)
            before, behind = draw.sample(AROUND[row], 2)
            lines.append(f"{before}，{draw.choice(ROWS[row])}，{behind}。")
        texts.append("".join(lines))
    return texts


@draw(60)
@given(st.lists(st.integers(-1, 5), min_size=1, max_size=40), st.integers(1, 6))
def test_meetings_are_those_of_plain_counting(numbers: list[int], columns: int) -> None:
    counts = count_meetings(np.array(numbers, dtype=np.int32), 6, columns)
    plain: Counter[tuple[int, int]] = Counter()
    for at, one in enumerate(numbers):
        for step in range(1, WINDOW + 1):
            for other in (at - step, at + step):
                if 0 <= other < len(numbers) and one >= 0 and 0 <= numbers[other] < columns:
                    plain[one, numbers[other]] += WINDOW + 1 - step
    expected = np.zeros((6, columns))
    for place, count in plain.items():
        expected[place] = count / WINDOW
    assert np.allclose(counts, expected)


def test_directions_keep_how_alike_rows_are() -> None:
    counts = np.random.default_rng(3).integers(0, 9, (12, 8)).astype(np.float32)
    weights = weigh_meetings(counts)
    vectors = find_directions(weights, dimensions=8)
    values, directions = np.linalg.eigh((weights @ weights.T).astype(np.float64))
    # By the other side: the same lengths and angles from the table of rows.
    rooted = directions * np.maximum(values, 0) ** 0.25
    lengths = np.maximum(np.linalg.norm(rooted, axis=1, keepdims=True), 1e-9)
    assert np.allclose(vectors @ vectors.T, (rooted / lengths) @ (rooted / lengths).T, atol=1e-3)


def test_neighbours_that_belong_together_are_one_unit_and_rare_ones_are_none() -> None:
    texts = (
        ["优化营商环境，改善环境，说营商。推动发展。"] * 3
        + ["营商环境好。"] * 40
        + ["环境美。"] * 5
    )
    run = read_units(texts)
    assert "营商环境" in run.names
    assert "说" not in run.names
    assert (run.counts >= LEAST).all()
    assert len(run.names) == len(set(run.names))


@pytest.fixture
def learnt(index_folder: object, db: None) -> list[Speech]:
    speeches = [make_speech(f"第{n}篇", [Part("", text)]) for n, text in enumerate(write_texts())]
    speeches.append(make_speech("独有", [Part("", "农民，高粱，收割。种植，高粱，灌溉。" * 15)]))
    rebuild_index()
    assert is_learning_due(1000)
    assert learn_similar(1000) is not None
    return speeches


def names(word: str) -> list[str]:
    return [one.word for one in find_similar(word).words]


@pytest.mark.django_db
def test_words_used_alike_are_found_the_same_each_time_and_what_is_gone_is_not_offered(
    learnt: list[Speech],
) -> None:
    assert names("水稻")[0] in ("小麦", "高粱")
    assert {"小麦", "高粱"} <= set(names("水稻"))
    assert names("法院")[0] == "检察院"
    first = store.open_thesaurus()
    learn_similar(1000)
    again = store.open_thesaurus()
    assert first is not None
    assert again is not None
    assert first.names == again.names
    assert (first.vectors == again.vectors).all()
    assert not is_learning_due(1000)
    assert find_similar("乙镇").outcome == "absent"
    assert find_similar("第1篇").outcome == "rare"
    # Withdrawn: at the next learning gone (at once not offered: test_similar_page.py).
    Speech.objects.filter(title="独有").update(status=Speech.Status.WITHDRAWN)
    index_speeches([learnt[-1].pk])
    assert find_similar("高粱").outcome == "absent"
    assert is_learning_due(1000)
    kept = learn_similar(1000)
    assert kept is not None
    assert "高粱" not in kept.names
    # Too little is left: what was learnt goes.
    assert is_learning_due()
    assert learn_similar() is None
    assert find_similar("水稻").outcome == "unlearnt"


@pytest.mark.django_db
def test_a_damaged_file_is_nothing_and_is_made_anew(learnt: list[Speech]) -> None:
    path = store._find_file()
    path.write_bytes(path.read_bytes()[:500])
    assert store.open_thesaurus() is None
    assert find_similar("水稻").outcome == "unlearnt"
    assert is_learning_due(1000)
