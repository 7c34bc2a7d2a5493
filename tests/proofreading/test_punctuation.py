"""Marks without their pair, of half width, doubled; blanks inside a sentence."""

from __future__ import annotations

import pytest

from corpus_app.proofreading.punctuation import find_punctuation_faults

LONG = "各部门要对照任务清单，把每一件事情落到具体的人和具体的时间上，做一件成一件"


def find(text: str) -> list[tuple[str, str | None]]:
    return [(one.text, one.suggestion) for one in find_punctuation_faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}。",
        f"要反对“四风”，做到“两个维护”。{LONG}。",
        f"他说：“{LONG}。\n“{LONG}。”",  # a quotation over two paragraphs opens each
        f"中国—东盟合作不断加强，同比增长3.5%，达到1,200万元。{LONG}。",
        f"1）早谋划；2）快落实。{LONG}。",
        f"时间定在9:30，网址是http://www.example.cn/a,b。{LONG}。",
        "主任　李 明",
        "附件1,2;表3",
        f"{LONG}，做到事事有回应……",
        "沈　知远（二〇二六年五月）",
    ],
)
def test_what_is_written_as_usual_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"要反对“四风’，{LONG}。", ("’", "”")),
        (f"要反对“四风，{LONG}。", ("“", None)),
        (f"要反对四风”，{LONG}。", ("”", None)),
        (f"要早谋划,{LONG}。", (",", "，")),
        (f"{LONG}.", (".", "。")),
        (f"{LONG}。。", ("。。", "。")),
        (f"要早谋划，，{LONG}。", ("，，", "，")),
        (f"要早 谋划，{LONG}。", (" ", "")),
        (f'要坚持"严"字当头，{LONG}。', ('"严"', "“严”")),
        (f"要早谋划...{LONG}。", ("...", "……")),
        (f"要早谋划--{LONG}。", ("--", "——")),
        (f"{LONG}。{LONG}", ("件", "件。")),
        ("一、提高站位,深化认识", (",", "，")),
    ],
)
def test_a_fault_is_told_with_what_is_usual(text: str, found: tuple[str, str | None]) -> None:
    assert find(text) == [found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"要反对“四风’，{LONG}。", "与前面的左双引号不成对。"),
        (f"要学习《条例，{LONG}。", "这个左书名号后面没有右书名号。"),
        (f"各县（市、区要落实，{LONG}。", "这个左括号后面没有右括号。"),
        (f"各县市、区）要落实，{LONG}。", "这个右括号前面没有左括号。"),
    ],
)
def test_marks_without_their_pair_are_called_by_name(text: str, words: str) -> None:
    assert [one.message for one in find_punctuation_faults(text)] == [words]


def test_a_sentence_cut_by_a_line_break_is_told_as_such() -> None:
    (found,) = find_punctuation_faults(f"{LONG}。{LONG}\n而且要常抓不懈，{LONG}。")
    assert "断了行" in found.message
