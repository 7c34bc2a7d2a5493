"""Scores by characters, against BM25 counted by hand over every visible unit."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus_app.text.chars import write_text
from search import rebuild_index
from search.arrays.building import SectionRecord, SpeechRecord
from search.arrays.store import ArrayIndex, mask_speeches, put_speeches, read_arrays
from search.matching.hits import HitTable
from search.ranking.closeness import COMMON, QUESTION, TOPIC, Manner, score_closeness
from search.ranking.grams import MAX_CHARACTERS, GramWeights, list_grams
from tests.search.asking import ask
from tests.search.factories import Part, make_speech
from tests.thoroughness import draw

PARAGRAPHS = st.lists(
    st.text(alphabet="人大代表履职，。", min_size=1, max_size=12), min_size=1, max_size=4
)
ALL = GramWeights(1.0, 0.5, 0.8)


def make_record(pk: int, paragraphs: list[str]) -> SpeechRecord:
    """Return a speech of paragraphs; the second is in the first, with a heading of its own."""
    text, sections = "", []
    for at, paragraph in enumerate(paragraphs):
        parent, start = (0, len(text)) if at == 1 else (-1, len(text))
        text += paragraph + "\n"
        sections.append(SectionRecord(pk * 10 + at, f"{at}", "", parent, start, len(text), False))
    if len(sections) > 1:
        first = sections[0]
        sections[0] = SectionRecord(first.pk, first.key, "", -1, 0, sections[1].end, False)
    return SpeechRecord(pk, pk, "人大", "", text, sections=tuple(sections))


def make_index(folder: str, groups: list[list[SpeechRecord]]) -> ArrayIndex:
    for records in groups:
        put_speeches(Path(folder), "stamp", records)
    index = read_arrays(Path(folder))
    assert index is not None
    return index


def list_nodes(index: ArrayIndex, *, whole: bool) -> HitTable:
    rows = [
        (number, node, int(live.segment.node_speech[node]))
        for number, live in enumerate(index.segments)
        for node in range(live.segment.node_count)
        if live.node_alive[node] and (not whole or node in live.segment.roots)
    ]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 3).T
    return HitTable(index.segments, *columns)


def score_by_hand(table: HitTable, texts: list[str], manner: Manner, *, whole: bool) -> list[float]:
    """Return the rows' scores, each text counted by Python."""
    every = list_nodes_by_hand(table)
    leaves = {key: text for key, (text, is_leaf, _) in every.items() if is_leaf}
    roots = {key: text for key, (text, _, root) in every.items() if key == root}

    def weigh(key: tuple[int, int], among: dict[tuple[int, int], str]) -> float:
        mean, total = sum(map(len, among.values())) / len(among), 0.0
        text = every[key][0]
        slack = manner.saturation * (1 - manner.length + manner.length * len(text) / mean)
        for gram in list_grams(texts, manner.weights):
            chars = "".join(chr(one[0]) for one in gram.pattern)
            if len(chars) == 1 and sum(chars in one for one in leaves.values()) > COMMON * len(
                leaves
            ):
                continue
            held, times = sum(chars in one for one in among.values()), count(text, chars)
            rarity = math.log(1 + (len(among) - held + 0.5) / (held + 0.5))
            total += gram.weight * rarity * times * (manner.saturation + 1) / (times + slack)
        return total

    scores = []
    for key in zip(table.segment.tolist(), table.node.tolist(), strict=True):
        root = every[key][2]
        if whole:
            own = [other for other in leaves if every[other][2] == root]
            best = max((weigh(other, leaves) for other in own), default=0.0)
            scores.append(weigh(root, roots) + manner.section * best)
        else:
            scores.append(weigh(key, leaves) + manner.speech * weigh(root, roots))
    return scores


def list_nodes_by_hand(table: HitTable) -> dict[tuple[int, int], tuple[str, bool, tuple[int, int]]]:
    """Return for each visible node its text, whether it is a leaf, and its speech's root."""
    found = {}
    for number, live in enumerate(table.segments):
        segment = live.segment
        for node in range(segment.node_count):
            if live.node_alive[node]:
                codes = segment.codes[segment.node_start[node] : segment.node_end[node]]
                # The border between title and text is no character.
                text = write_text(np.where(codes > 0xFFFF, 0x20, codes).astype(np.uint32))
                is_leaf = not (segment.node_parent == node).any()
                root = int(segment.roots[segment.node_speech[node]])
                found[number, node] = (text, is_leaf, (number, root))
    return found


def count(text: str, chars: str) -> int:
    return sum(text.startswith(chars, at) for at in range(len(text)))


@draw(40)
@given(
    st.lists(PARAGRAPHS, min_size=2, max_size=5),
    st.text(alphabet="人大代表履职怎么", min_size=1, max_size=8),
    st.sampled_from([QUESTION, TOPIC]),
    st.booleans(),
)
def test_scores_are_those_counted_by_hand_and_what_is_hidden_has_no_part_in_them(
    speeches: list[list[str]], query: str, manner: Manner, whole: bool
) -> None:
    records = [make_record(pk, paragraphs) for pk, paragraphs in enumerate(speeches, start=1)]
    hidden = make_record(99, ["代表履职，代表人大。" * 9, "大表。"])
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        masked = mask_speeches(make_index(one, [[*records[:2], hidden], records[2:]]), {99})
        table = list_nodes(masked, whole=whole)
        scores = score_closeness(table, [query], manner)
        by_hand = score_by_hand(table, [query], manner, whole=whole)
        assert scores == pytest.approx(by_hand, rel=1e-5)
        plain = list_nodes(make_index(other, [records]), whole=whole)
        assert np.sort(scores) == pytest.approx(
            np.sort(score_closeness(plain, [query], manner)), rel=1e-5
        )


def read(texts: list[str]) -> dict[str, float]:
    return {
        "".join(chr(one[0]) for one in gram.pattern): gram.weight for gram in list_grams(texts, ALL)
    }


def test_a_pair_inside_a_word_counts_more_than_one_across_a_border() -> None:
    found = read(["代表", "履职"])
    assert (found["代表"], found["表履"], found["履"]) == (1.0, 0.5, 0.8)
    assert read(["，代，表。"]) == {"代": 0.8, "表": 0.8}


def test_what_only_asks_is_not_weighed() -> None:
    assert set(read(["试用期最长多久？"])) >= {"试用", "最长"}
    assert not set(read(["试用期最长多久？"])) & {"多", "多久", "长多", "久"}
    assert "几点" not in read(["谈几点意见"])
    assert "谁" in read(["谁执法谁普法"])


def test_a_pasted_page_asks_for_few_grams() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(2_000))
    assert len(list_grams([text], ALL)) < 2 * MAX_CHARACTERS


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_a_phrase_hidden_by_word_borders_lifts_its_section() -> None:
    filler = "会议听取了报告，大家发表了意见。" * 3
    hidden = make_speech("甲", [Part(f"要提升履职尽责能力，做好代表工作。{filler}")])
    make_speech("乙", [Part(f"职责清单要有能力支撑，代表尽力履行。尽责为民，履职有为。{filler}")])
    rebuild_index()
    result = ask("履职尽责 能力 代表工作")
    assert (result.hits or result.partial_matches)[0].speech_id == hidden.pk


@pytest.mark.django_db
@pytest.mark.usefixtures("index_folder")
def test_a_question_finds_what_answers_it_in_other_words() -> None:
    answer = make_speech("甲", ["饮酒后驾驶机动车的，暂扣机动车驾驶证六个月。"])
    for at in range(4):
        make_speech("乙", [f"会议听取第{at}项报告，大家发表了意见，多久都不嫌长。"])
    rebuild_index()
    for unit in ("speech", "section"):
        result = ask("喝了酒开车驾照扣多久？", unit=unit)
        assert [*result.hits, *result.partial_matches][0].speech_id == answer.pk
