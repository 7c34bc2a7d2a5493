"""A page cut into units: each sign of its lines stands in one of them, at its place in raw."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.labelling.parting import part_line
from corpus_app.ingest.labelling.units import cut_page

TITLE = "在枫岭县代表工作推进会上的讲话"


def cut(raw: str) -> list[str]:
    return [unit.text for unit in cut_page(raw, []).units]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (f"{TITLE}（2023年5月6日）", [TITLE, "（2023年5月6日）"]),
        (f"{TITLE} 县委书记 顾云舟", [TITLE, "县委书记 顾云舟"]),
        (f"{TITLE}　顾 云 舟", [TITLE, "顾 云 舟"]),
        ("（2023年5月6日） 县委书记 顾云舟", ["（2023年5月6日）", "县委书记 顾云舟"]),
        ("县委书记 顾云舟 2023 年 5 月 6 日", ["县委书记 顾云舟", "2023 年 5 月 6 日"]),
        ("政府工作报告 ━━2006年3月11日在枫岭省第十届人民代表大会第四次会议上", None),
        (f"{TITLE}同志们：今天开会。", [TITLE, "同志们：今天开会。"]),
        ("二〇二一年一月八日", ["二〇二一年一月八日"]),
        ("2011年玉南乡人", ["2011年玉南乡人"]),
        ("来源：枫岭日报 2023年5月6日", ["来源：枫岭日报 2023年5月6日"]),
        ("县长 顾 云", ["县长 顾 云"]),
    ],
)
def test_a_line_that_holds_several_things_is_parted(line: str, parts: list[str] | None) -> None:
    found = [line[a:b].strip() for a, b in part_line(line)]
    assert found == (parts if parts is not None else line.split(" ", 1))


def test_letters_set_apart_are_read_as_one_word() -> None:
    assert cut("政 府 工 作 报 告\n（2023年5月6日）\n") == ["政府工作报告", "（2023年5月6日）"]
    assert cut("大 中 小\n") == ["大 中 小"]


def test_a_mark_that_ends_the_words_of_a_long_line_is_not_read() -> None:
    body = "ftr   ".join(["（一）抓好农业生产，疏通沟渠一百二十公里，改造低产田三千亩。"] * 8)
    raw = f"政府工作报告ftr   县长 顾云舟ftr   各位代表：ftr   {body}ftr"
    assert cut(raw)[:3] == ["政府工作报告", "县长 顾云舟", "各位代表："]


def test_what_the_cleaning_took_is_shown_but_not_as_the_pages() -> None:
    raw = f"打印本页\n{TITLE}\n"
    page = cut_page(raw, [Removed("share", "打印本页", 0, 4, "test")])
    assert [(unit.text, unit.gone) for unit in page.units] == [("打印本页", "share"), (TITLE, "")]


SIGNS = st.sampled_from(list("一二年月日上在会讲话各位：（）—— \t\u3000\n\n。，aftr1|2023"))


@given(st.lists(SIGNS, max_size=120).map("".join), st.data())
def test_units_lie_in_order_in_what_is_left_of_raw(raw: str, data: st.DataObject) -> None:
    removed = []
    if raw:
        start = data.draw(st.integers(0, len(raw) - 1))
        end = data.draw(st.integers(start + 1, len(raw)))
        removed = [Removed("watermark", raw[start:end], start, end, "test")]
    reached = 0
    for unit in cut_page(raw, removed).units:
        assert unit.text.strip()
        for first, last in unit.spans:
            assert reached <= first < last <= len(raw)
            assert all(last <= span.start or span.end <= first for span in removed)
            reached = last
