"""What slips are judged by: counts of runs by brute force, trees node by node, the model's file."""

from __future__ import annotations

import json
import math
import mmap
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from benchmarks.slips.companions import learn_companions
from benchmarks.slips.counting import learn_counts, list_characters, pack_table, pack_words
from benchmarks.slips.samples import LEARNT_YEARS, SCORED_YEARS
from benchmarks.slips.sources import KEPT_OUT, LEARNT, read_sources
from corpus_app.proofreading.slips.characters import CharacterNumbers
from corpus_app.proofreading.slips.codes import COMPANIONS, LONGEST_RUNS, RUNS, WORDS, CodeBook
from corpus_app.proofreading.slips.companions import FARTHEST, NEAREST, Companions, join_pairs
from corpus_app.proofreading.slips.counts import (
    LONGEST,
    CharacterCounts,
    hash_runs,
    read_table,
)
from corpus_app.proofreading.slips.model import MODEL
from corpus_app.proofreading.slips.model_file import ModelFile, open_model, write_model
from corpus_app.proofreading.slips.replacing import ReadText
from corpus_app.proofreading.slips.trees import BoostedTrees
from corpus_app.proofreading.slips.words import MEASURES, ListedWords
from tests.thoroughness import draw

TEXT = "\n".join(["甲乙丙丁甲乙丙戊", "乙丙丁甲乙", "丙丁甲乙丙丁", "戊甲乙丙丁戊乙"] * 2)
ALL = (1, 1, 1, 1, 1)


def reckon(text: str, words: str) -> float:
    """Return the logarithm of a last character's probability after the words, run by run."""
    runs = [Counter(text[at : at + n] for at in range(len(text) - n + 1)) for n in range(1, 6)]
    values = [
        Counter({run: len(_before(runs[n + 1], run)) or 1 for run in runs[n]}) for n in range(4)
    ]
    values.append(runs[4])
    total = sum(values[0].values())
    chance = (values[0][words[-1]] + 0.5) / (total + 2048)
    for n in range(1, LONGEST):
        value, run = values[n], words[-n - 1 :]
        once, twice = (sum(1 for v in value.values() if v == k) for k in (1, 2))
        discount = once / max(1, once + 2 * twice)
        further = [v for longer, v in value.items() if longer[:-1] == run[:-1]]
        if further:
            kept = max(value[run] - discount, 0) / sum(further)
            chance = kept + discount * len(further) / sum(further) * chance
    return math.log(chance)


def _before(longer: Counter[str], run: str) -> list[str]:
    return [one for one in longer if one[1:] == run]


def test_probabilities_are_those_of_kneser_ney_by_brute_force() -> None:
    characters = CharacterNumbers(list_characters(TEXT))
    counts = CharacterCounts(learn_counts(TEXT, characters, ALL))
    numbers = characters.read(TEXT)
    logs = counts.score_text(numbers)
    for at in range(4, len(TEXT)):
        assert logs[at - 4] == pytest.approx(reckon(TEXT, TEXT[at - 4 : at + 1]), abs=0.25)


def test_each_run_is_found_with_its_count_and_others_are_not() -> None:
    characters = CharacterNumbers(list_characters(TEXT))
    counts = CharacterCounts(learn_counts(TEXT, characters, ALL))
    for run in ("甲乙丙", "丙丁戊", "戊戊戊", "乙甲丙"):
        key = np.array([0], np.int64)
        for number in characters.read(run):
            key = (key << 12) | number
        assert counts.count_runs(key, 3)[0] == pytest.approx(math.log1p(TEXT.count(run)), abs=0.04)


def test_a_line_is_read_by_itself() -> None:
    characters = CharacterNumbers(list_characters(TEXT))
    alone, among = (ReadText.read(words, characters) for words in ("乙丙", "甲甲\n乙丙\n丁"))
    windows = among.cut_windows(np.array([3, 4]), 1)
    assert (windows == alone.cut_windows(np.array([0, 1]), 1)).all()


@st.composite
def grow_trees(make: st.DrawFn) -> BoostedTrees:
    """Return trees of three nodes as they may be learnt: a root, and nodes below it or leaves."""
    count = make(st.integers(1, 4))
    shapes = [((1, 2), (~0, ~1), (~2, ~3)), ((1, ~0), (2, ~1), (~2, ~3)), ((~0, ~0),) * 3]
    below = [make(st.sampled_from(shapes)) for _ in range(count)]
    number = st.integers(-2, 2)
    columns = [[make(st.integers(0, 2)) for _ in range(3)] for _ in range(count)]
    bounds = [[make(number) for _ in range(3)] for _ in range(count)]
    leaves = [[make(number) / 4 for _ in range(4)] for _ in range(count)]
    return BoostedTrees(
        np.array(columns, np.uint8),
        np.array(bounds, np.float32),
        np.array(below, np.int8),
        np.array(leaves, np.float32),
    )


def walk(trees: BoostedTrees, row: list[int]) -> float:
    """Return what trees say of a row, one node after the other."""
    logit = 0.0
    for tree in range(len(trees.leaves)):
        node = 0
        while node >= 0:
            right = row[trees.columns[tree, node]] > trees.bounds[tree, node]
            node = int(trees.below[tree, node, int(right)])
        logit += float(trees.leaves[tree, ~node])
    return 1 / (1 + math.exp(-logit))


@draw(100)
@given(grow_trees(), st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), max_size=5))
def test_trees_judge_all_rows_as_they_would_one_by_one(
    trees: BoostedTrees, rows: list[list[int]]
) -> None:
    table = np.array(rows, np.float32).reshape(-1, 3)
    assert trees.judge(table) == pytest.approx([walk(trees, row) for row in rows], abs=1e-5)


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    arrays = {"甲": np.arange(5, dtype=np.uint16), "none": np.zeros((0, 2), np.float32)}
    write_model(tmp_path / "model.bin", ModelFile({"sources": ["乙"]}, arrays))
    read = open_model(tmp_path / "model.bin")
    assert read.facts == {"sources": ["乙"]}
    assert all((read.arrays[name] == array).all() for name, array in arrays.items())
    (tmp_path / "other.bin").write_bytes(b"PK" + bytes(100))
    with pytest.raises(ValueError):
        open_model(tmp_path / "other.bin")


def test_what_is_scored_on_is_never_counted(tmp_path: Path) -> None:
    for name in ("proofreading", "proofreading/odw.train", "cpc_congress/../proofreading"):
        with pytest.raises(ValueError):
            list(read_sources(tmp_path, [name]))
    assert not any(kept in name for name in LEARNT for kept in KEPT_OUT)


def is_mapped(array: np.ndarray) -> bool:
    """Say whether what an array is a view of lies in a file mapped into memory."""
    owner: object = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    return isinstance(owner, mmap.mmap)


@draw(50)
@given(st.lists(st.integers(0, 999), min_size=1, max_size=200), st.integers(0, 2**31))
def test_runs_are_found_where_they_stand_however_full_their_buckets_are(
    runs: list[int], seed: int
) -> None:
    keys = np.array(sorted(set(runs)), np.int64) * 4_099
    seen = np.random.default_rng(seed).integers(1, 50, len(keys))
    table = read_table(pack_table("2", keys, WORDS, seen), "2", WORDS)
    asked = np.arange(1_000, dtype=np.int64) * 4_099
    marks = [tuple(map(int, pair)) for pair in zip(*hash_runs(asked, table.bits), strict=True)]
    rows = table.find(asked.reshape(-1, 4)).ravel()
    for pair, row in zip(marks, rows.tolist(), strict=True):
        bucket = range(int(table.starts[pair[0]]), int(table.starts[pair[0] + 1]))
        assert row == next((r for r in bucket if table.marks[r] == pair[1]), table.size)


def test_the_shipped_model_names_its_sources_and_is_mapped_from_its_file() -> None:
    model = open_model(MODEL)
    assert [one["name"] for one in model.facts["sources"]] == list(LEARNT)
    assert is_mapped(model.arrays["marks_5"])
    assert MODEL.stat().st_size < 20_000_000
    # Nothing in it is a run of text: characters stand once each, words are hashes and pairs.
    assert max(Counter(model.facts["characters"]).values()) == 1
    assert len(json.dumps(model.facts)) < 40_000


@draw(50)
@given(
    st.sampled_from((RUNS, LONGEST_RUNS)),
    st.lists(st.tuples(st.integers(1, 10**5), st.floats(1e-4, 1), st.floats(0.01, 1)), max_size=9),
)
def test_a_code_says_the_steps_that_are_nearest(
    book: CodeBook, values: list[tuple[int, float, float]]
) -> None:
    columns = [np.array([row[at] for row in values], float) for at in range(3)]
    counts, shares, rests = (part[book.pack(*columns)] for part in book.meanings)
    steps = (np.log1p(book.counts[1:]), np.log(book.shares[1:]), np.log(book.rests))
    for found, part, of_part in zip(
        (counts, np.log(shares), np.log(rests)), columns, steps, strict=True
    ):
        assert all(min(abs(of_part - one)) < 1e-5 for one in found)
        asked = np.log(part) if of_part is not steps[0] else np.log1p(part)
        near = [min(abs(of_part - one)) for one in asked]
        assert abs(found - asked) == pytest.approx(near, abs=0.2)
    assert [float(part[0]) for part in book.meanings] == [0, 0, 1]


WORD_COUNTS = {
    "甲": 90,
    "乙": 40,
    "丙": 9,
    "丁": 9,
    "甲乙": 70,
    "乙丙": 300,
    "丙丁甲": 50,
    "丁甲乙丙": 8,
}


def divide(words: str) -> float:
    """Return the logarithm of the likeliest division of a text, tried one by one."""
    if not words:
        return 0.0
    logs = {word: math.log1p(count) for word, count in WORD_COUNTS.items() if len(word) > 1}
    logs |= {word: math.log(count) for word, count in WORD_COUNTS.items() if len(word) == 1}
    return max(
        logs.get(words[:size], -1.0) - 17.9 + divide(words[size:])
        for size in range(1, len(words) + 1)
        if size == 1 or words[:size] in logs
    )


@draw(50)
@given(st.text("甲乙丙丁戊", min_size=9, max_size=9))
def test_a_window_is_divided_into_words_at_the_best_places(words: str) -> None:
    characters = CharacterNumbers("甲乙丙丁戊")
    listed = ListedWords(pack_words(WORD_COUNTS, characters))
    measured = dict(zip(MEASURES, listed.measure(characters.read(words)[None], 1)[0], strict=True))
    assert measured["s_likely"] == pytest.approx(divide(words), abs=0.2)
    holding = [word for word in WORD_COUNTS if len(word) > 1 and word in words]
    over = [w for w in holding if any(words[at:].startswith(w) for at in range(5 - len(w), 5))]
    assert measured["_length"] == max(map(len, over), default=0)


def test_company_is_what_stands_in_the_same_sentence_a_few_characters_away() -> None:
    characters = CharacterNumbers("。；！？甲乙丙丁戊")
    keys = join_pairs(*(characters.read(one) for one in ("甲丁", "戊戊")))
    arrays = pack_table("companions", keys, COMPANIONS, np.expm1(np.array([2.0, 1.5])))
    words = "戊乙乙甲乙乙乙乙乙乙乙戊。戊乙丁"
    numbers = characters.read(words)
    meant, at = characters.read("丁"), np.array([7])
    ones = np.ones(1, np.int64)
    row = Companions(characters, arrays).measure(numbers, at, ones, meant)[0]
    # 戊 keeps 丁 company before and after, nothing 乙; the next sentence says nothing.
    assert row == pytest.approx([3, 1.5, 0, 3], abs=0.01)
    assert (NEAREST, FARTHEST) == (3, 15)


def test_characters_of_one_sentence_are_learnt_as_companions() -> None:
    sentences = ("甲一二三四乙五六", "丙一二三四丁五六")
    text = "。".join([*sentences] * 150)
    characters = CharacterNumbers(list_characters(text))
    companions = Companions(characters, learn_companions(text, characters))
    at, ones = np.array([0]), np.ones(1, np.int64)
    gains = [
        companions.measure(characters.read(words), at, ones, characters.read("甲"))[0][0]
        for words in ("丙一二三四乙", "丙一二三四丁")
    ]
    assert gains[0] > 0 >= gains[1]


def test_slips_are_made_in_other_reports_than_false_alarms_are_counted_on() -> None:
    assert not set(LEARNT_YEARS) & set(SCORED_YEARS)
