"""Two titles of one speaker on one day: two events, or one that is called by two names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus_app.catalog.identity import Agreement, Head, compare_heads
from corpus_app.catalog.identity.differences import find_difference

DAY = Head(speaker="林知远", delivered="2023-05-06")


def compare(first: str, second: str) -> Agreement:
    heads = [replace(DAY, title=f"在青芜县人大{one}上的讲话") for one in (first, second)]
    there, back = compare_heads(*heads), compare_heads(*reversed(heads))
    assert there.agreement is back.agreement
    return there.agreement


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("上午会议", "下午会议"),
        ("上旬调度会", "下旬调度会"),
        ("春季培训班", "秋季培训班"),
        ("东片座谈会", "西片座谈会"),
        ("甲组讨论会", "乙组讨论会"),
        ("A班开班式", "B班开班式"),
        ("一班开班式", "二班开班式"),
        ("初审会议", "二审会议"),
        ("一审会议", "二审会议"),
        ("男职工座谈会", "女职工座谈会"),
        ("老代表座谈会", "新代表座谈会"),
        ("3月份例会", "四月份例会"),
        ("Ⅰ期培训班", "Ⅱ期培训班"),
        ("十周年座谈会", "二十周年座谈会"),
        ("启动仪式", "闭幕仪式"),
    ],
)
def test_members_of_one_row_are_two_events(first: str, second: str) -> None:
    assert compare(first, second) is Agreement.CONTRADICT


@pytest.mark.parametrize(
    ("first", "second"),
    [("党组会议", "主任会议"), ("立法工作会", "监督工作会"), ("城区片会", "乡镇片会")],
)
def test_another_word_in_the_same_place_proves_neither(first: str, second: str) -> None:
    assert compare(first, second) is Agreement.UNKNOWN


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("工作会议", "工作会议"),
        ("立法工作会议", "立法工作会"),
        ("立法工作动员会", "立法工作部署会"),
        ("二十周年座谈会", "20周年座谈会"),
        ("第一期培训班", "第1期培训班"),
        ("立法工作会议", "立法工作会仪"),
    ],
)
def test_one_event_may_be_written_in_two_ways(first: str, second: str) -> None:
    assert compare(first, second) is Agreement.AGREE


def test_a_difference_lies_between_common_beginning_and_end() -> None:
    assert find_difference("上上", "上") == ("上", "")
    assert find_difference("同", "同") == ("", "")
