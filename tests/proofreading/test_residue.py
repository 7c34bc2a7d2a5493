"""Words left over from another draft, told by the draft's own day and place."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.residue import find_residue, load_rules, read_day

OWN = DraftFacts(place="望岫县", level="county", day="2026-05-12")


def find(text: str, facts: DraftFacts = OWN) -> list[tuple[str, str | None]]:
    return [(one.text, one.suggestion) for one in find_residue(text, facts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("要深入学习党的十九届四中全会精神。", ("党的十九届四中全会", "党的二十大")),
        ("要认真落实“十三五”规划。", ("“十三五”规划", "“十五五”规划")),
        ("一、2024年工作任务", ("2024年", "2026年")),
        ("会议总结去年工作，安排部署2025年重点工作。", ("2025年", "2026年")),
        ("麓禾县人大常委会党组要发挥作用。", ("麓禾县", "望岫县")),
    ],
)
def test_what_does_not_fit_the_own_day_or_place_is_told(
    text: str, found: tuple[str, str | None]
) -> None:
    assert find(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "要深入学习党的二十大和二十届四中全会精神。",
        "党的十九大以来，人大工作取得新成效。",
        "深入学习贯彻党的十八大、十九大、二十大精神。",
        "要落实“十五五”规划。",
        "“十三五”时期，我们落实了各项任务。",
        "完成2025年工作任务的情况",
        "年初研究部署了2025年重点工作，现在已经全部完成。",
        "回顾去年，2025年重点工作成效明显。",
        "一、2026年工作任务",
        "要学习麓禾县人大的经验。",
        "望岫县人大常委会党组要发挥作用。",
        "今天召开县人大常委会会议，要研究三件事。",
    ],
)
def test_history_and_what_is_ones_own_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_another_places_name_is_told_where_the_draft_speaks_of_its_own() -> None:
    found = find("麓禾县人大常委会党组要发挥作用，为建设美丽的新麓禾而奋斗。")
    assert found == [("麓禾县", "望岫县"), ("新麓禾", "新望岫")]


def test_nothing_is_judged_by_a_day_or_place_that_is_not_known() -> None:
    text = "麓禾县人大常委会党组要深入学习党的十七大精神，落实“十一五”规划。"
    assert find(text, DraftFacts()) == []
    assert [words for words, _ in find(text, DraftFacts(day="2008-05"))] == []


@pytest.mark.parametrize(
    ("day", "number"), [("2022-10-20", "十九"), ("2023-01-01", "二十"), ("2012-11-20", "十七")]
)
def test_the_newest_congress_is_that_of_the_day(day: str, number: str) -> None:
    rules, moment = load_rules(), read_day(day)
    assert moment is not None
    assert rules.congresses[rules.find_congress(moment)][0] == number


@pytest.mark.parametrize("words", ["", "2026-13", "2026-02-30", "昨天", "26-05-12"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert read_day(words) is None
