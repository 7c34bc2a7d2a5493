"""Quoted words are offered as a set expression only where the text takes them up as its own."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from benchmarks.quoted_words import judge_all
from corpus_app.ingest.set_expressions import is_taken_up
from corpus_app.ingest.slogans import find_slogans
from tests.ingest.shared_texts import needs_shared


def list_offered(text: str) -> list[str]:
    return [slogan.text for slogan in find_slogans(text) if slogan.offered]


@pytest.mark.parametrize(
    "text",
    [
        "有的同志满不在乎地说“没有毛病”，这种态度要不得。",
        "我们没有“西游记”上那种本领，只能一步一步来。",
        "反对别有用心的人制造的“青丘联邦”。",
        "审议不是“走过场”，代表不能当“挂名人”。",
        "所谓“绝对自由”的说法站不住脚。",
        "坚决克服“大而全、小而全”的倾向。",
        "授予李明“蒲原好人”称号，被誉为“蒲原愚公”。",
        "第五条规定的“书面材料”，是指纸质文件。",
        "散布“开会无用”的谬论",
    ],
)
def test_names_plain_words_and_what_is_turned_against_are_not_offered(text: str) -> None:
    assert list_offered(text) == []
    assert find_slogans(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("坚持“边议边改、未议先改”的原则，提高质量。", ["边议边改、未议先改"]),
        ("深入实施“蒲原英才”计划。", ["蒲原英才"]),
        ("按照“一线走访、一周回访”的要求抓落实", ["一线走访、一周回访"]),
        ("开展“代表回家乡”“委员进社区”活动", ["代表回家乡", "委员进社区"]),
        ("增强“四个意识”", ["四个意识"]),
    ],
)
def test_what_the_sentence_takes_up_is_offered(text: str, words: list[str]) -> None:
    assert list_offered(text) == words


def test_one_place_that_turns_against_the_words_is_enough() -> None:
    text = "有人鼓吹“先干后议”的做法。推行“先干后议”办法的，要纠正。"
    assert list_offered(text) == []


def test_what_is_not_offered_is_still_listed() -> None:
    (found,) = find_slogans("他们认为“没有毛病”，不对。")
    assert (found.text, found.offered, found.mentions) == ("没有毛病", False, [(5, 9)])


@needs_shared
def test_on_families_kept_aside_nine_of_ten_offered_are_expressions() -> None:
    verdicts = list(judge_all("aside"))
    offered = [one for one in verdicts if one.offered]
    assert len(verdicts) >= 300
    assert sum(one.judged for one in offered) >= 0.9 * len(offered)
    assert sum(one.judged for one in offered) >= 0.55 * sum(one.judged for one in verdicts)


@given(st.lists(st.sampled_from([*"“”‘’、，。和坚持的方针所谓甲乙\n"]), max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    for start in range(len(text)):
        assert is_taken_up(text, start, min(len(text), start + 2)) in {True, False, None}


def test_a_long_row_of_quotes_is_read_in_time() -> None:
    text = "坚持" + "“甲乙丙丁”、" * 20_000 + "的方针"
    assert find_slogans(text)
