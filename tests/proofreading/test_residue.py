"""Words left over from another draft, told by the draft's own day and place."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.draft_days import load_rules, read_day
from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.residue import find_residue

OWN = DraftFacts(place="望岫县", level="county", day="2026-05-12")


def find(text: str, facts: DraftFacts = OWN) -> list[tuple[str, str | None]]:
    return [(one.text, one.suggestion) for one in find_residue(text, facts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("要深入学习党的十九届四中全会精神。", ("党的十九届四中全会", None)),
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今年是2024年，任务很重。", ("2024", "2026")),
        ("今年是新中国成立75周年。", ("75周年", "77周年")),
        ("今年恰逢改革开放四十周年。", ("四十周年", "四十八周年")),
        ("2025年，我们将迎来中国共产党成立100周年。", ("100周年", "104周年")),
        ("今年是“十四五”规划的开局之年。", ("“十四五”规划的开局之年", "“十五五”规划的开局之年")),
        ("2021年是本届任期的重要一年，我们要乘势而上。", ("2021", "2026")),
        ("要落实第十三个五年规划。", ("第十三个五年规划", "第十五个五年规划")),
        (
            "刚刚闭幕的十四届全国人大二次会议是一次重要的大会。",
            ("十四届全国人大二次会议", "十四届全国人大四次会议"),
        ),
        (
            "2023年3月召开的第十四届全国人民代表大会第二次会议",
            ("第十四届全国人民代表大会第二次会议", "第十四届全国人民代表大会第一次会议"),
        ),
        ("我代表麓禾县人大常委会，向大家表示感谢。", ("麓禾县", "望岫县")),
        ("在麓禾县委的坚强领导下，我们要再接再厉。", ("麓禾县", "望岫县")),
        ("全县齐心，我县开局良好。要为我区发展作出贡献。", ("我区", "我县")),
        ("我县开局良好，全县齐心。会后，区人大必须抓好落实。", ("区人大必须", "县人大必须")),
    ],
)
def test_years_sessions_and_bodies_of_another_draft_are_told(
    text: str, found: tuple[str, str | None]
) -> None:
    assert find(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "今年是2026年，去年（2025年）办了几件大事，今年是建党105周年。",
        "2019年是新中国成立70周年。中国共产党成立100周年时，我们全面建成了小康社会。",
        "2021年是“十四五”开局之年，我们顶住压力，取得了好成绩，曾获表彰。",
        "2018年3月，第十三届全国人民代表大会第一次会议通过宪法修正案。",
        "十三届全国人大一次会议以来，立法步伐加快。要学习十四届全国人大四次会议精神。",
        "我县全县一盘棋。一位代表说：“我镇的路修好了。”我省、我市出台了意见。",
        "我们通过县人大网站征求意见。镇人大要抓好落实。",
        "麓禾县人大常委会作了交流发言。",
    ],
)
def test_other_years_and_other_bodies_rightly_named_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_second_session_of_the_own_congress_contradicts_the_first() -> None:
    opening = "望岫县第十八届人民代表大会第三次会议今天隆重开幕。\n县第十八届人大常委会要尽责。\n"
    assert find(opening + "望岫县第十七届人民代表大会第五次会议以来，常委会依法履职。") == []
    closing = "现在，我宣布：望岫县第十七届人民代表大会第三次会议闭幕！"
    assert find(opening + closing) == [("第十七届人民代表大会第三次会议", None)]
    assert find(opening + "县十七届人大常委会要接过接力棒。") == [("十七", "十八")]
