"""Printed lines to paragraphs, by where the lines stand alone."""

from __future__ import annotations

import pytest

from corpus_app.ingest.formats.printed_pages import PrintedLine, lay_out

RIGHT = 440.0


def make_page(
    *rows: tuple[str, float, float], size: float = 10.0, gap: float = 16.0
) -> list[PrintedLine]:
    """Return lines from (text, left, right), one below the other from the page's middle."""
    lines = []
    for number, (text, left, right) in enumerate(rows):
        top = (300 + number * gap) / 800
        lines.append(PrintedLine(text, left, right, top, top + size / 800, size, 800.0))
    return lines


FULL = "要把各项工作抓紧抓实抓出成效，让群众看到变化"


def test_it_joins_full_lines_and_parts_indented_ones() -> None:
    rows = [(FULL, 60.0, RIGHT), (FULL, 40.0, RIGHT), ("得到实惠。", 40.0, 90.0)]
    raw, marks = lay_out([make_page(*rows, *rows)])
    assert raw == f"{FULL}{FULL}得到实惠。\n" * 2
    assert marks == []


def test_it_parts_paragraphs_without_indent_by_their_distance() -> None:
    page = make_page(*[(FULL, 40.0, RIGHT)] * 4)
    lower = [
        PrintedLine(f"{FULL[:-1]}。", 40.0, RIGHT, line.top + 0.1, line.bottom + 0.1, 10.0, 800.0)
        for line in page
    ]
    raw, _ = lay_out([[*page, *lower]])
    assert raw.count("\n") == 2


def test_it_keeps_a_heading_of_other_type_apart() -> None:
    head = make_page((FULL, 40.0, RIGHT), size=16.0)
    body = [
        PrintedLine(
            line.text, line.left, line.right, line.top + 0.1, line.bottom + 0.1, 10.0, 800.0
        )
        for line in make_page(*[(FULL, 40.0, RIGHT)] * 3)
    ]
    raw, _ = lay_out([[*head, *body]])
    assert raw == f"{FULL}\n{FULL * 3}\n"


@pytest.mark.parametrize(
    "text",
    [
        *("— 12 —", "12", "第 3 页", "第3页 共12页", "3/12", "https://a.example/b 1/3"),
        *("2024/3/12 10:20 讲话", "11/21/26, 10:06 PM"),
    ],
)
def test_it_sets_a_page_line_aside_after_the_paragraph_that_it_cuts(text: str) -> None:
    foot = PrintedLine(text, 200.0, 260.0, 0.96, 0.97, 10.0, 800.0)
    first = make_page(*[(FULL, 40.0, RIGHT)] * 2)
    second = make_page((FULL, 40.0, RIGHT), ("完。", 40.0, 60.0))
    raw, marks = lay_out([[*first, foot], second])
    assert raw == f"{FULL * 3}完。\n{text}\n"
    assert [(mark.kind, mark.text, raw[mark.start : mark.end]) for mark in marks] == [
        ("pager", text, text)
    ]


def test_it_takes_no_number_in_the_text_for_a_page_number() -> None:
    raw, marks = lay_out([make_page(("一、", 40.0, 60.0), ("2024", 40.0, 60.0))])
    assert (raw, marks) == ("一、\n2024\n", [])


def test_it_takes_no_paragraph_at_a_pages_foot_for_a_running_head() -> None:
    words = ["今天开会。", "明天也开会。", "后天不开会。"]
    pages = [[PrintedLine(text, 40.0, 100.0, 0.9, 0.91, 10.0, 800.0)] for text in words]
    raw, marks = lay_out(pages)
    assert raw.split() == words
    assert marks == []
