"""Numbers that jump, levels out of order, promises of points that are not kept."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.drafts import lay_out
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.structure import find_outline_faults

BODY = "各部门要对照任务清单，把每一件事情落到具体的人和具体的时间上，做一件成一件。"
HEADS = ["统一思想认识", "突出工作重点", "改进工作方法", "加强组织领导"]


def make_draft(marks: list[str], opening: str = "同志们：\n今天我讲几点意见。") -> str:
    parts = [f"{mark}{head}\n{BODY}" for mark, head in zip(marks, HEADS, strict=False)]
    return "\n".join([opening, *parts])


def find(text: str) -> list[DraftFinding]:
    return sorted(find_outline_faults(lay_out(text)), key=lambda one: one.start)


@pytest.mark.parametrize(
    "marks",
    [
        ["一、", "二、", "三、", "四、"],
        ["（一）", "（二）", "（三）", "（四）"],
        ["第一部分 ", "第二部分 ", "第三部分 "],
        ["壹、", "贰、", "叁、"],
    ],
)
def test_numbers_that_count_on_are_no_fault(marks: list[str]) -> None:
    assert find(make_draft(marks)) == []


@pytest.mark.parametrize(
    ("marks", "text", "suggestion"),
    [
        (["一、", "二、", "四、"], "四、", "三、"),
        (["一、", "二、", "二、"], "二、", "三、"),
        (["（一）", "（三）", "（四）"], "（三）", "（二）"),
        (["1. ", "2. ", "4. "], "4.", "3."),
    ],
)
def test_a_number_that_jumps_or_comes_twice_is_told_with_the_right_one(
    marks: list[str], text: str, suggestion: str
) -> None:
    draft = make_draft(marks)
    (found,) = find(draft)
    assert (found.kind, found.text.strip(), (found.suggestion or "").strip()) == (
        "outline",
        text,
        suggestion,
    )
    assert draft[found.start : found.end] == found.text
    assert draft.rfind("\n", 0, found.start) + 1 == found.start


def test_an_announcement_is_held_against_the_parts_that_are_there() -> None:
    draft = make_draft(["一、", "二、", "三、"], "同志们：\n下面，我讲四点意见。")
    (found,) = find(draft)
    assert found.kind == "announced"
    assert "实际找到3个部分" in found.message
    assert find(make_draft(["一、", "二、", "三、"], "同志们：\n下面，我讲三点意见。")) == []


@pytest.mark.parametrize("marks", [["一、", "三、", "四、"], ["一、", "二、", "二、"]])
def test_a_wrong_number_is_told_once_where_the_parts_are_as_many_as_announced(
    marks: list[str],
) -> None:
    (found,) = find(make_draft(marks, "同志们：\n下面，我讲三点意见。"))
    assert found.kind == "outline"


def test_a_first_number_that_comes_twice_is_told_where_it_comes_again() -> None:
    parts = "\n".join(f"（{n}）{head}\n{BODY}" for n, head in zip("一一三", HEADS, strict=False))
    text = f"同志们：\n一、统一思想认识\n{BODY}\n{parts}\n二、突出工作重点\n{BODY}"
    (found,) = find(text)
    assert (found.text, found.suggestion) == ("（一）", "（二）")
    assert text.count("（一）", 0, found.start) == 1


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("一是早谋划，二是快落实，三是严督查。", 0),
        ("一是早谋划，二是快落实。", 1),
        ("一是早谋划，二是快落实。三要把前面说的两件事也记在心上。", 1),
    ],
)
def test_a_promise_inside_a_paragraph_is_counted_too(points: str, told: int) -> None:
    text = f"同志们：\n做好这项工作，要抓住三个方面：{points}\n{BODY}"
    found = [one for one in find(text) if one.kind == "announced"]
    assert len(found) == told
    assert all("列了两条" in one.message for one in found)


def test_what_a_paragraph_promises_and_lists_is_no_number_of_parts() -> None:
    listed = "要抓住三个环节：一是早谋划，二是快落实，三是严督查。"
    draft = make_draft(["一、", "二、", "三、", "四、"]).replace(BODY, f"{BODY}{listed}", 1)
    assert find(draft) == []
    (found,) = find(draft.replace("，三是严督查", ""))
    assert "列了两条" in found.message


def test_a_level_above_inside_one_below_is_told_once() -> None:
    heads = ("（一）统一思想认识", "一、早谋划", "二、快落实", "（二）突出重点")
    text = "\n".join(f"{head}\n{BODY}" for head in heads)
    turned = [one for one in find(text) if "层次颠倒" in one.message]
    assert len(turned) <= 1
