"""A table's row gives the head of its speech: the cell of words is body, and a head in it known."""

from __future__ import annotations

from typing import Any

import pytest

from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.tables.speech_rows import SpeechRow, write_table_row
from tests.ingest.invariants import check_invariants

ROLES = {
    "标题": "title",
    "副标题": "subtitle",
    "讲话人": "speaker",
    "日期": "delivered",
    "正文": "text",
}
GIVEN = {"标题": "在全县代表工作会议上的讲话", "讲话人": "林知远", "日期": "2024年3月1日"}
BODY = (
    "代表工作是人大工作的基础。一年来，全县各级代表认真履职，提出建议一百二十件。\n"
    "一是抓学习。要组织代表深入学习，提高履职能力。\n"
    "二是抓督办。要把代表建议办实办好，件件有回音。"
)


def parse(text: str, given: dict[str, str] | None = None) -> dict[str, Any]:
    cells = (GIVEN if given is None else given) | {"正文": text}
    columns = {head: ROLES[head] for head in cells if head in ROLES}
    row = SpeechRow("讲话.xlsx", "", 2, "0" * 12, cells, columns)
    found = parse_bytes(write_table_row(row), "讲话 第2行.json").to_json()
    check_invariants(found)
    return found


@pytest.mark.parametrize(
    "first",
    [
        "深入贯彻新时代代表工作要求",
        "2024年3月1日，我们在青芜县召开会议。",
        "一、提高认识",
        "提高政治站位，扛起使命担当",
        "（掌声）大家好",
        "周文举同志作了很好的发言",
        "关于督办的几点意见",
        "青芜县人大常委会主任 周文举",
    ],
)
def test_the_first_words_of_the_cell_are_body_however_they_look(first: str) -> None:
    found = parse(f"{first}\n{BODY}")
    assert found["text"].startswith(first)
    assert found["title"] == GIVEN["标题"]
    assert found["speaker"] == GIVEN["讲话人"]
    assert not any(span["kind"] == "unread" for span in found["removed"])


@pytest.mark.parametrize(
    "head",
    [
        "在全县代表工作会议上的讲话\n林知远\n（2024年3月1日）",
        "《在全县代表工作会议上\n的讲话》\n时间：2024-03-01  讲话人：林知远",
        "（2024年3月1日，林知远）",
        "在全县代表工作会议上的讲话\n青芜县人大常委会主任 林知远",
        "来源：青芜日报",
    ],
)
def test_a_head_in_the_cell_that_says_what_the_row_gives_is_the_head(head: str) -> None:
    found = parse(f"{head}\n同志们：\n{BODY}\n林知远\n二〇二四年三月")
    assert found["text"].startswith("同志们：\n代表工作")
    assert found["text"].endswith("件件有回音。")
    assert {name: date["value"] for name, date in found["dates"].items()} == {
        "delivered": "2024-03-01"
    }
    assert not [one for one in found["notices"] if one["code"] == "table_head"]


def test_another_head_in_the_cell_is_body_and_told() -> None:
    found = parse(f"在全县法治工作会议上的讲话\n周文举\n同志们：\n{BODY}")
    assert found["text"].startswith("在全县法治工作会议上的讲话\n周文举\n")
    assert (found["title"], found["speaker"]) == (GIVEN["标题"], GIVEN["讲话人"])
    assert [one["code"] for one in found["notices"]].count("table_head") == 1


def test_columns_that_nobody_uses_and_those_of_a_row_without_a_title() -> None:
    found = parse(BODY, GIVEN | {"发布时间": "2020-01-01", "副标题": "林知远书记"})
    assert list(found["dates"]) == ["delivered"]
    assert found["subtitle"] == "林知远书记"
    found = parse(f"在全县法治工作会议上的讲话\n周文举\n同志们：\n{BODY}", {"日期": "2024"})
    assert found["title"] == "在全县法治工作会议上的讲话"
    assert found["text"].startswith("同志们：")
