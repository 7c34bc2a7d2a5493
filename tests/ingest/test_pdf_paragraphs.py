"""Printed lines to paragraphs, by where the lines stand alone."""

from __future__ import annotations

import pytest

from corpus_app.ingest.formats.pdf.lines import LineBlock, PrintedLine
from corpus_app.ingest.formats.pdf.paragraphs import Joiner
from corpus_app.ingest.formats.pdf.wording import join_words
from corpus_app.ingest.formats.pdf.writing import Writer

RIGHT = 440.0
FULL = "要把各项工作抓紧抓实抓出成效，让群众看到变化"


def make_block(
    *rows: tuple[str, float, float], size: float = 10.0, start: float = 300.0, page: int = 1
) -> LineBlock:
    """Return lines from (text, left, right), one below the other."""
    lines = [
        PrintedLine(text, left, right, start + 16 * number, size)
        for number, (text, left, right) in enumerate(rows)
    ]
    return LineBlock(page, lines)


def write(*blocks: LineBlock) -> str:
    joiner, writer = Joiner(blocks), Writer()
    last = None
    for block in blocks:
        for line in block.lines:
            goes_on = last is not None and joiner.goes_on(last[0], line, block, last[1])
            writer.write(line.text, (), goes_on=goes_on)
            last = line, block
    writer.close()
    return writer.raw


def test_it_joins_full_lines_and_parts_indented_ones() -> None:
    rows = [(FULL, 60.0, RIGHT), (FULL, 40.0, RIGHT), ("得到实惠。", 40.0, 90.0)]
    assert write(make_block(*rows, *rows)) == f"{FULL}{FULL}得到实惠。\n" * 2


def test_it_parts_paragraphs_without_indent_by_their_distance() -> None:
    upper = make_block(*[(FULL, 40.0, RIGHT)] * 3, (f"{FULL[:-1]}。", 40.0, RIGHT))
    lower = make_block(*[(FULL, 40.0, RIGHT)] * 4, start=380.0)
    upper.lines += lower.lines
    assert write(upper).count("\n") == 2


def test_it_keeps_a_heading_of_other_type_apart() -> None:
    block = make_block(*[(FULL, 40.0, RIGHT)] * 3)
    block.lines.insert(0, PrintedLine(FULL, 40.0, RIGHT, 270.0, 16.0))
    assert write(block) == f"{FULL}\n{FULL * 3}\n"


def test_a_short_end_of_a_column_has_the_edges_of_a_long_one() -> None:
    long = make_block(*[(FULL, 40.0, RIGHT)] * 5)
    short = make_block((FULL, 40.0, RIGHT - 5), ("完。", 40.0, 60.0), page=2)
    assert write(long, short) == f"{FULL * 6}完。\n"


def test_an_item_goes_on_under_its_words() -> None:
    rows = [("一是" + FULL, 60.0, RIGHT), (FULL, 80.0, RIGHT), ("好。", 80.0, 100.0)]
    body = [*[(FULL, 40.0, RIGHT)] * 4, ("完。", 40.0, 60.0)]
    items = [("（1）" + FULL, 60.0, RIGHT), *rows[1:]]
    assert write(make_block(*body, *items)).splitlines()[-1] == f"（1）{FULL}{FULL}好。"
    answer = [
        ("沈知远：" + FULL, 40.0, RIGHT),
        (FULL[:-1] + "。", 100.0, RIGHT),
        ("完。", 100.0, 120.0),
    ]
    assert write(make_block(*body, *answer)).splitlines()[-1] == f"沈知远：{FULL}{FULL[:-1]}。完。"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        *(("总结", "工作", "总结工作"), ("the con-", "gress of", "the congress of")),
        *(
            ("COVID-", "19", "COVID-19"),
            ("x.cn/to/a-", "long", "x.cn/to/a-long"),
            ("the open", "data", "the open data"),
        ),
        *(("共202", "4年", "共2024年"), ("A/", "B", "A/B"), ("达5%", "以上", "达5%以上")),
    ],
)
def test_words_of_two_lines_are_joined_as_they_are_written(
    above: str, below: str, joined: str
) -> None:
    assert join_words(above, below) == joined


def test_a_large_headline_fills_its_lines_by_its_own_size() -> None:
    block = make_block(*[(FULL, 40.0, RIGHT)] * 4)
    first, second = FULL[:18], FULL[18:20]
    headline = [
        PrintedLine(first, 40.0, RIGHT - 12, 200.0, 20.0),
        PrintedLine(second, 40.0, 80.0, 232.0, 20.0),
    ]
    block.lines[:0] = headline
    assert write(block) == f"{first}{second}\n{FULL * 4}\n"
