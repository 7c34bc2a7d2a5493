"""Places left to be filled in."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.placeholders import find_placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我代表XX县人大常委会作报告", "XX"),
        ("全年完成投资×亿元", "×"),
        ("20XX年是攻坚之年", "20XX年"),
        ("某某同志主持会议", "某某"),
        ("于____年召开", "____"),
        ("增长X个百分点", "X"),
        ("建成**个站点", "**"),
        ("（此处填写数据）", "（此处填写数据）"),
        ("【待补充】", "【待补充】"),
        ("共有（ ）人", "（ ）"),
        ("力推X经济社会发展", "X"),
        ("高度契合*经济社会发展实际", "*"),
        ("实现建成600亿x的奋斗目标", "x"),
        ("学习贯彻党的xx大精神", "党的xx大"),
        ("学习贯彻党的十X大精神", "党的十X大"),
        ("学习二十届X中全会精神", "二十届X中全会"),
    ],
)
def test_a_blank_is_found_whole(text: str, found: str) -> None:
    assert [one.text for one in find_placeholders(text)] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "配备X光机三台",
        "做好医用X射线防护",
        "面积3×4米",
        "二○○○年的报告",
        "开展5G+XR应用",
        "某县的做法很好",
        "A+B模式",
    ],
)
def test_words_that_look_like_a_blank_are_none(text: str) -> None:
    assert list(find_placeholders(text)) == []


def test_an_example_between_quotation_marks_is_less_sure() -> None:
    (quoted,) = find_placeholders("不要写“加快发展某某产业”这样的空话")
    (bare,) = find_placeholders("加快发展某某产业")
    assert quoted.confidence < bare.confidence
