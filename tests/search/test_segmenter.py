"""The words are jieba's own, whatever the text and however much is cut at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from search.analysis import segmenter as module
from search.analysis.lexicon import Lexicon
from search.analysis.segmenter import Segmenter
from search.analysis.words import load_jieba, load_segmenter

# Words and pieces of words, rare characters, letters, digits and signs, that meet in all ways.
PARTS = [
    *(
        "全过程人民民主",
        "人民代表大会",
        "常务委员会",
        "代表",
        "履职",
        "尽责",
        "听取",
        "审议",
        "关于",
    ),
    *("报告", "二〇二三", "2023", "年", "5.6", "%", "ABC", "b-2", "，", "。", "\n", "龘", "靐"),
    *("云岭", "砚桥", "镇", "王小明", "张", "同志", "强调", "抓实", "抓好"),
    *"和了的市要一二不人",
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
CHARACTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=30)
SAMPLES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def tokenizer() -> jieba.Tokenizer:
    return load_jieba()


@settings(max_examples=300, deadline=None)
@given(text=TEXTS | CHARACTERS | st.text(max_size=40))
def test_a_text_is_cut_as_jieba_cuts_it(tokenizer: jieba.Tokenizer, text: str) -> None:
    assert _list_words(load_segmenter().cut(text)) == _list_words(tokenizer.cut(text))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS | CHARACTERS, max_size=12))
def test_many_at_once_are_cut_as_one_by_one(texts: list[str]) -> None:
    runs = [run for text in texts for run in jieba.re_han_default.split(text) if run]
    segmenter = load_segmenter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", 0)
        assert segmenter.cut_runs(runs) == [segmenter.cut_run(run) for run in runs]


def test_small_batches_and_long_runs_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = ["代表依法履职" * 40, "人民代表大会", "，", "要抓实", "A1", "全过程人民民主"]
    expected = [load_segmenter().cut_run(run) for run in runs]
    for few, batch, longest in ((0, 5, 1_000), (0, 1_000, 8), (0, 1, 1)):
        monkeypatch.setattr(module, "_FEW", few)
        monkeypatch.setattr(module, "_BATCH", batch)
        monkeypatch.setattr(module, "_LONGEST", longest)
        assert load_segmenter().cut_runs(runs) == expected


def test_our_own_texts_are_cut_as_jieba_cuts_them(tokenizer: jieba.Tokenizer) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob("*.txt"))[:40]]
    runs = [run for text in texts for run in jieba.re_han_default.split(text) if run.strip()]
    assert len(runs) > 100
    pieces = load_segmenter().cut_runs(runs)
    assert [_list_words(each) for each in pieces] == [
        _list_words(tokenizer.cut(run)) for run in runs
    ]


def test_the_dictionary_is_the_same_read_from_its_file(tmp_path: Path) -> None:
    built = Lexicon.build({"人": 3, "人大": 5, "人大代": 0, "人大代表": 2}, 10)
    built.save(tmp_path / "lexicon")
    built.save(tmp_path / "lexicon")  # as another process may have done meanwhile
    opened = Lexicon.open(tmp_path / "lexicon")
    assert opened is not None
    for word, held in {"人大代表": True, "人大代": False, "人大": True, "代": False}.items():
        assert built.holds(word) == opened.holds(word) == held
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon"]
    assert Lexicon.open(tmp_path / "none") is None


def test_without_room_for_its_file_the_dictionary_is_made_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    expected = load_segmenter().cut_run("代表要依法履职尽责")
    settings.CACHE_DIR = tmp_path
    monkeypatch.setattr(Lexicon, "save", fail)
    load_segmenter.cache_clear()
    try:
        assert load_segmenter().cut_run("代表要依法履职尽责") == expected
    finally:
        load_segmenter.cache_clear()


def test_looking_up_all_at_once_finds_what_one_by_one_finds() -> None:
    lexicon = Lexicon.build({"人": 3, "人大": 5, "大": 0, "大代": 2}, 10)
    nodes = np.array([0, 0, 0, lexicon.step(0, ord("人"))])
    codes = np.array([ord("人"), ord("大"), ord("表"), ord("大")])
    expected = [lexicon.step(n, c) for n, c in zip(nodes.tolist(), codes.tolist(), strict=True)]
    assert lexicon.step_all(nodes, codes).tolist() == expected
    assert expected[2] == 0


def test_a_segmenter_of_two_words_takes_the_likelier_way() -> None:
    lexicon = Lexicon.build({"人": 1, "大": 1, "人大": 9, "代": 0, "代表": 5}, 16)
    assert Segmenter(lexicon).cut_run("人大代表") == ["人大", "代表"]


def _list_words(pieces: Iterator[str] | list[str]) -> list[str]:
    """Return the pieces that are words; jieba keeps a line's end of two characters in one."""
    return [piece for piece in pieces if any(char.isalnum() for char in piece)]
