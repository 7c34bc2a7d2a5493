"""Several speeches in one file are told, one notice for each but the first, at its title."""

from __future__ import annotations

import pytest

from corpus_app.ingest.pipeline import parse_bytes

BODY = """同志们：
今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。
一、把站点建到群众身边
去年以来，全县新建站点十六个，代表接待选民四千余人次。
二、把意见办到群众心里
要一件一件办，办一件，回一件，让群众看得见。
"""
FIRST, SECOND = "在枫岭县代表工作推进会上的讲话", "在枫岭县人大工作会议上的讲话"


def tell(text: str) -> list[str]:
    draft = parse_bytes(text.encode(), "a.txt")
    found = [notice for notice in draft.notices if notice.code == "several_speeches"]
    assert all("篇讲话" in notice.message for notice in found)
    return [draft.text[notice.start : notice.end] for notice in found]


@pytest.mark.parametrize(
    ("head", "start"),
    [
        (f"{SECOND}\n（2023年5月6日）\n顾云舟\n", SECOND),
        (f"篇二：{SECOND}\n", f"篇二：{SECOND}"),
        (f"篇二：\n{SECOND}\n", "篇二："),
        (f"【第二篇】\n{SECOND}\n", "【第二篇】"),
        (f"范文二：{SECOND}\n", f"范文二：{SECOND}"),
        ("枫岭县人大常委会工作报告\n", "枫岭县人大常委会工作报告"),
    ],
)
def test_a_further_speech_is_told_at_its_title(head: str, start: str) -> None:
    assert tell(f"{FIRST}\n{BODY}{head}{BODY}") == [start]


def test_three_speeches_give_two_notices() -> None:
    assert len(tell(f"{FIRST}\n{BODY}{SECOND}\n{BODY}{FIRST}\n{BODY}")) == 2


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "各位代表：\n",
        "要学好省委书记在全省人大工作会议上的讲话\n",
        "第二篇\n",
        "三、认真落实工作报告\n同志们：\n",
    ],
)
def test_one_speech_is_one(inside: str) -> None:
    assert tell(f"{FIRST}\n{BODY}{inside}大家回去以后，要把会议精神落实好。\n") == []
