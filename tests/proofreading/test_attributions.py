"""Quotations of another speaker or date, and those of which the corpus proves nothing."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.attributions import read_attribution
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.quotations import find_quotation_faults
from search import rebuild_index
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

WORDS = "调查研究要下到村组，不打招呼、不走过场，发现问题当场交办。"
OTHERS = "每季度至少走访二十户，把看到的、听到的如实记下来。"
# A later speech of the other county quotes the first one's words, and says some as its own.
QUOTING = TRAINING.replace(
    "一是逐条读。",
    f"林知远同志指出：“{WORDS}”一是逐条读。群众的事再小也是大事，要一件一件记在本子上。",
)


@pytest.fixture
def corpus(db: None, index_folder: object) -> None:
    store(WORK_CONFERENCE, "work.txt")
    store(QUOTING, "training.txt")
    rebuild_index()


def find(before: str, words: str = WORDS) -> list[DraftFinding]:
    return list(find_quotation_faults(f"{before}：“{words}”我们要认真领会。"))


@pytest.mark.usefixtures("corpus")
def test_words_of_one_speaker_given_to_another_are_told_with_the_proof() -> None:
    (found,) = find("苏晚晴主任强调")
    assert "是林知远说的，没有找到苏晚晴" in found.message
    assert found.confidence >= 0.8
    assert found.evidence[0].title == "在青芜县人大工作会议上的讲话"
    assert found.suggestion is None
    (other,) = find("林知远同志指出", "每季度至少走访二十户，把看到的、听到的如实记下来。")
    assert "是苏晚晴说的" in other.message
    assert other.confidence < 0.8


@pytest.mark.usefixtures("corpus")
def test_words_given_to_another_year_are_told_with_the_day_of_the_source() -> None:
    (found,) = find("2019年3月，林知远同志指出")
    assert "见于2023-05-06" in found.message
    assert "没有2019年的" in found.message


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("林知远同志指出", WORDS),
        ("2023年5月，林知远主任在全县人大工作会议上强调", WORDS),
        ("有人强调", WORDS),
        ("会议指出", WORDS),
        # Everybody repeats what the highest say, and what was said after proves nothing.
        ("张某某总书记强调", OTHERS),
        ("2018年，王远山书记指出", OTHERS),
        ("2020年建成的站点很多，林知远同志强调", WORDS),
    ],
)
def test_what_the_corpus_does_not_contradict_is_left_alone(before: str, words: str) -> None:
    assert find(before, words) == []


@pytest.mark.parametrize(
    ("before", "name", "year"),
    [
        ("2019年3月5日，林知远总书记强调，", "林知远", 2019),
        ("上文说完。党的十九大报告指出：", "", 2017),
        ("2020年政府工作报告指出：", "", 2020),
        ("林知远同志在2021年全县人大工作会议上指出：", "林知远", 2021),
        ("2020年修的路很多。有人说：", "", 0),
        ("会议强调", "", 0),
    ],
)
def test_speaker_and_year_are_read_before_the_quotation(before: str, name: str, year: int) -> None:
    found = read_attribution(before)
    assert (found.name, found.year) == (name, year)
