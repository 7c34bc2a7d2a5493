"""Ordinals and years in Chinese writing."""

import pytest

from corpus_app.text.numerals import read_ordinal, read_year, write_ordinal


@pytest.mark.parametrize(
    ("word", "ordinal"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("7", 7),
        ("１２", 12),
        ("①", 1),
        ("⑳", 20),
        ("㈢", 3),
        ("⒊", 3),
        ("㊂", 3),
        ("壹", 1),
        ("拾贰", 12),
        ("貳拾參", 23),
        ("Ⅳ", 4),
        ("IV", 4),
        ("V", 5),
    ],
)
def test_it_reads_every_form_of_an_ordinal(word: str, ordinal: int) -> None:
    assert read_ordinal(word) == ordinal


@pytest.mark.parametrize(
    "word", ["", "零", "0", "百", "一二", "十十", "二〇", "100", "第一", "甲", "C", "½"]
)
def test_it_refuses_what_is_no_ordinal_to_ninety_nine(word: str) -> None:
    assert read_ordinal(word) is None


def test_it_reads_all_chinese_ordinals_to_ninety_nine() -> None:
    digits = " 一二三四五六七八九"
    for number in range(1, 100):
        tens, units = divmod(number, 10)
        head = "" if tens == 0 else ("十" if tens == 1 else digits[tens] + "十")
        assert read_ordinal(head + digits[units].strip()) == number


@pytest.mark.parametrize(
    ("word", "year"),
    [("2023", 2023), ("２０２３", 2023), ("二〇二三", 2023), ("一九八○", 1980), ("二零零一", 2001)],
)
def test_it_reads_years_digit_by_digit(word: str, year: int) -> None:
    assert read_year(word) == year


@pytest.mark.parametrize("word", ["二十三", "202", "20233", "两千年整", ""])
def test_it_refuses_what_is_no_year_of_four_digits(word: str) -> None:
    assert read_year(word) is None


def test_ordinals_are_written_as_they_are_read() -> None:
    assert all(read_ordinal(write_ordinal(number)) == number for number in range(1, 100))
