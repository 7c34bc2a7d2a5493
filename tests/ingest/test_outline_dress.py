"""Headings are found in whatever weights, brackets and numerals people put around their numbers."""

from __future__ import annotations

import pytest

from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.pipeline import parse_bytes

HEADINGS = ("把站点建到群众身边", "把意见办到群众心里", "把制度落到日常之中")
BODIES = (
    "去年以来，全市新建站点四十六处，接待群众三千二百多人次，反映的事情更具体了。",
    "意见收上来只是开头，办得怎么样才是关键，要让群众看得见变化，逐项抓出结果来。",
    "制度要管用，关键在执行，关键在日常，不能写在纸上、挂在墙上，要一年接着一年干。",
)
OPENING = "同志们：\n今天开会部署联络站工作。下面，我讲三点意见。\n"
NUMERALS = {
    "C": "一二三",
    "N": "123",
    "L": "壹贰叁",
    "T": "壹貳參",
    "K": "⼀⼆三",
    "P": "㈠㈡㈢",
    "S": "㊀㊁㊂",
    "Q": "⑴⑵⑶",
    "D": "⒈⒉⒊",
    "R": "ⅠⅡⅢ",
    "G": "甲乙丙",
    "W": "１２３",
    "I": ("I", "II", "III"),
}
FORMS = [
    "**{C}、·**",
    "__（{C}）__·",
    "＃ {C}、·",
    "#{C}、·",
    "【{C}、·】",
    "【{C}】·",
    "〖{C}〗·",
    "**第{N}部分** ·",
    "{N}：·",
    "［{C}］·",
    "〔{C}〕·",
    "[{C}] ·",
    "{C}﹑·",
    "{C}､·",
    "{L}、·",
    "{T}、·",
    "（{L}）·",
    "{L}．·",
    "第 {N} 部分 ·",
    "第{N}部分　·",
    "第{N}部分：·",
    "第{L}部分 ·",
    "第 {C} 部分 ·",
    "第{N}章 ·",
    "第{C}节 ·",
    "{N} ·",
    "0{N} ·",
    "{K}、·",
    "{S}·",
    "{Q}·",
    "{D}·",
    "{R}、·",
    "{I}. ·",
    "{I}、·",
    "{G}、·",
    "{C}）·",
    "*{C}、·*",
    "＊＊{C}、·＊＊",
    "> {C}、·",
    "- {C}、·",
    "■ {C}、·",
    "◆{C}、·",
    "★{C}、·",
    "—— {C}、·",
    "== {C}、· ==",
    "{C}、**·**",
]
TRAPS = [
    "1.5亿元的投入今年已经全部到位，明年还要继续增加。",
    "2023年，全市新建站点四十六处。",
    "5 亿元投入已经到位，各地要管好用好。",
    "3 月以来，各地动作很快，成效也看得见。",
    "1.1 亿人受益，这个数字很说明问题。",
    "2.5 倍的增长，来之不易。",
    "5.12 地震以后，我们重建了家园。",
    "12 个乡镇的同志都来了，大家谈得很好。",
    "伍家岗的同志来了，陆续还有人来。",
    "陆明同志讲得很好。",
    "甲、乙双方都要守约，谁也不能例外。",
    "一、两年之内要见到成效，不能拖。",
    "VI系统已经上线。",
    "第1章程草案已经印发，请大家审议。",
    "《一、二、三》这篇文章写得好，大家可以看看。",
    "[1] 数据截至上月底。",
    "——这是群众的评价，也是对我们的鞭策。",
    "* 此处名单略",
]


def write(form: str) -> str:
    lines = []
    for place in range(3):
        numbers = {key: numerals[place] for key, numerals in NUMERALS.items()}
        lines += [form.format(**numbers).replace("·", HEADINGS[place]), BODIES[place]]
    return OPENING + "\n".join(lines) + "\n谢谢大家！"


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_is_found_in_any_dress(form: str) -> None:
    found = [s for s in split_sections(write(form)) if s.kind not in ("opening", "closing")]
    assert [(s.ordinal, s.heading) for s in found] == list(enumerate(HEADINGS, 1))


@pytest.mark.parametrize("line", TRAPS)
def test_a_number_that_only_begins_a_sentence_is_no_heading(line: str) -> None:
    text = f"{OPENING}{BODIES[0]}\n{line}\n{BODIES[1]}\n谢谢大家！"
    assert not [s for s in split_sections(text) if s.marker]


def test_decimal_numbers_nest_below_their_figure() -> None:
    lines = [
        "1 把站点建到群众身边",
        "1.1 抓布局",
        BODIES[0],
        "1.2 抓人员",
        BODIES[1],
        "1.2.1 抓培训",
    ]
    lines += [BODIES[2], "1.2.2 抓考核", BODIES[0], "2 把意见办到群众心里", BODIES[1]]
    found = split_sections(OPENING + "\n".join(lines) + "\n谢谢大家！")
    assert [(s.id, s.marker) for s in found if s.marker] == [
        ("1", "1"),
        ("1.1", "1.1"),
        ("1.2", "1.2"),
        ("1.2.1", "1.2.1"),
        ("1.2.2", "1.2.2"),
        ("2", "2"),
    ]


def test_signs_of_weight_around_headings_of_a_plain_text_are_not_its_words() -> None:
    draft = parse_bytes(write("**{C}、·**").encode(), "a.txt")
    assert "*" not in draft.text
    assert [s.heading for s in draft.sections if s.marker] == list(HEADINGS)


def test_no_heading_comes_out_of_a_sentence_that_a_hard_break_cut() -> None:
    lines = [OPENING.strip() + "今年的任务更重。"]
    for number, heading, body in zip("一二三", HEADINGS, BODIES, strict=True):
        lines.append(f"{number}、{heading}")
        lines += [body[at : at + 14] for at in range(0, len(body), 14)]
    draft = parse_bytes(("\n".join(lines) + "\n谢谢大家！").encode(), "a.txt")
    assert [s.heading for s in draft.sections if s.kind != "opening" and s.heading] == list(
        HEADINGS
    )
    assert all(body in draft.text for body in BODIES)
