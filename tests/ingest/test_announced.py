"""Announcements against the sections that are there. All texts are invented."""

import pytest

from corpus_app.ingest.completeness import check_announcements
from corpus_app.ingest.draft import Announcement
from corpus_app.ingest.outline import split_sections

OPENING = "同志们：\n今天我们召开代表工作会议。{}\n"
BODY = "{}、做好第{}件事\n要把这件事办好办实，办到群众心坎上。\n"


def announce(sentence: str, numbers: str = "一二三") -> list[Announcement]:
    text = OPENING.format(sentence) + "".join(BODY.format(n, n) for n in numbers)
    return check_announcements(text, split_sections(text))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("下面，我再强调三点。", "强调三点"),
        ("我談三點意見。", "談三點意見"),
        ("我围绕三个方面和大家作个交流。", "围绕三个方面"),
        ("我提三点要求。", "提三点要求"),
        ("我从三个层面谈谈认识。", "从三个层面谈谈认识"),
        ("下面，我讲三点意见。", "讲三点意见"),
        ("结合学习，谈三点体会，同大家交流。", "谈三点体会"),
        ("这里，我强调三点。", "强调三点"),
        ("重点要做好以下三个方面工作。", "做好以下三个方面工作"),
        ("通过学习，我有三个方面的体会。", "我有三个方面的体会"),
        ("我提3点要求。", "提3点要求"),
    ],
)
def test_it_finds_what_the_opening_announces(sentence: str, words: str) -> None:
    assert announce(sentence) == [Announcement(words, 3, 3, [])]


def test_it_lists_the_ordinals_that_are_missing() -> None:
    assert announce("下面，我讲四点意见。", "一四") == [Announcement("讲四点意见", 4, 2, [2, 3])]


def test_it_finds_more_than_announced_without_missing_any() -> None:
    assert announce("下面，我讲两点意见。") == [Announcement("讲两点意见", 2, 3, [])]


@pytest.mark.parametrize(
    "sentence",
    [
        "下面，提几点要求。",
        "会议指出，要落实“讲四点意见”的要求。",
        "我们要深刻领会会议精神。",
        "我讲一点意见。",
    ],
)
def test_it_ignores_what_announces_no_number_of_sections(sentence: str) -> None:
    assert announce(sentence) == []


def test_it_ignores_a_number_far_before_the_sections() -> None:
    early = "去年，我在这里讲四点意见。" + "一年来，各方面工作有序推进。" * 40
    assert announce(early) == []


def test_it_promises_nothing_where_no_section_follows() -> None:
    text = "同志们：\n下面，我讲三点意见。\n大家要好好学习。"
    assert check_announcements(text, split_sections(text)) == []
