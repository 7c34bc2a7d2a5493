"""Marks of headings beyond 一、 and how a heading ends. All texts are invented."""

from __future__ import annotations

import pytest

from corpus_app.ingest.outline import split_sections

BODY = "要把这件事办好办实，办到群众心坎上，一年接着一年干，一件接着一件办。"
NAMES = ["提高认识", "突出重点", "加强领导"]


def read_sections(text: str) -> list[tuple[str | None, int | None, str | None]]:
    found = split_sections(text)
    return [(s.marker, s.ordinal, s.heading) for s in found if s.kind == "section"]


@pytest.mark.parametrize(
    "marks",
    [
        ("Ⅰ、", "Ⅱ、", "Ⅲ、"),
        ("1\ufe0f\u20e3", "2\ufe0f\u20e3", "3\ufe0f\u20e3"),
        ("(一)", "(二)", "(三)"),
        ("１．", "２．", "３．"),
        ("1、", "2、", "3、"),
        ("第一部分", "第二部分", "第三部分"),
        ("第壹部分", "第貳部分", "第參部分"),
        ("第1部分", "第2部分", "第3部分"),
        ("第 1 章", "第 2 章", "第 3 章"),
        ("壹、", "贰、", "叁、"),
        ("I.", "II.", "III."),
        ("⒈", "⒉", "⒊"),
        ("⑴", "⑵", "⑶"),
        ("㊀", "㊁", "㊂"),
    ],
)
def test_it_knows_a_heading_by_any_of_these_marks(marks: tuple[str, ...]) -> None:
    gap = " " if marks[0].startswith("第") else ""
    text = "同志们：\n我讲三点意见。\n" + "\n".join(
        f"{mark}{gap}{name}\n{BODY}" for mark, name in zip(marks, NAMES, strict=True)
    )
    assert read_sections(text) == list(zip(marks, (1, 2, 3), NAMES, strict=True))


def test_it_takes_the_line_below_a_number_for_the_heading() -> None:
    text = "同志们：\n我讲三点意见。\n" + "\n".join(
        f"0{n}\n{name}\n{BODY}" for n, name in enumerate(NAMES, 1)
    )
    assert read_sections(text) == [("01", 1, NAMES[0]), ("02", 2, NAMES[1]), ("03", 3, NAMES[2])]


def test_it_takes_no_figures_of_a_table_for_headings() -> None:
    text = f"同志们：\n{BODY}\n1\n{BODY}\n2\n{BODY}\n3\n{BODY}"
    assert read_sections(text) == []


def test_it_ends_a_heading_at_a_colon_before_a_sentence() -> None:
    text = "同志们：\n" + "\n".join(
        f"{n}、{name}：{BODY}" for n, name in zip("一二三", NAMES, strict=True)
    )
    assert [row[2] for row in read_sections(text)] == NAMES


def test_a_list_that_begins_with_a_numeral_of_accounts_is_no_heading() -> None:
    text = (
        f"同志们：\n一、提高认识\n{BODY}\n陆、海、空三军代表踊跃参加。\n二、加强领导\n{BODY}\n陆 明"
    )
    assert [marker for marker, _, _ in read_sections(text)] == ["一、", "二、"]
