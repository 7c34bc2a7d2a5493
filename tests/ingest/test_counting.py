"""List numbers are printed as the office programs print them, in every format of the standards."""

from __future__ import annotations

import pytest

from corpus_app.ingest.formats.counting import (
    find_opendocument_format,
    find_word97_format,
    format_number,
    is_known_format,
    spell_number,
)


@pytest.mark.parametrize(
    ("number", "spelled"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (100, "一百"),
     (103, "一百零三"), (110, "一百一十"), (1003, "一千零三"), (10203, "一万零二百零三"), (0, "0")],
)  # fmt: skip
def test_it_spells_list_numbers_as_word_does(number: int, spelled: str) -> None:
    assert spell_number(number) == spelled


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("decimal", "1 10 21"),
        ("decimalZero", "01 10 21"),
        ("decimalFullWidth", "１ １０ ２１"),
        ("decimalEnclosedCircle", "① ⑩ ㉑"),
        ("decimalEnclosedParen", "⑴ ⑽ 21"),
        ("decimalEnclosedFullstop", "⒈ ⒑ 21"),
        ("chineseCounting", "一 十 二十一"),
        ("japaneseCounting", "一 十 二十一"),
        ("taiwaneseCounting", "一 十 二十一"),
        ("ideographDigital", "一 一〇 二一"),
        ("ideographLegalTraditional", "壹 壹拾 貳拾壹"),
        ("chineseLegalSimplified", "壹 壹拾 贰拾壹"),
        ("japaneseLegal", "壱 壱拾 弐拾壱"),
        ("ideographTraditional", "甲 癸 21"),
        ("ideographZodiac", "子 酉 21"),
        ("ideographZodiacTraditional", "甲子 癸酉 甲申"),
        ("ideographEnclosedCircle", "㊀ ㊉ 21"),
        ("upperRoman", "I X XXI"),
        ("lowerRoman", "i x xxi"),
        ("upperLetter", "A J U"),
        ("aiueoFullWidth", "ア コ ナ"),
        ("irohaFullWidth", "イ ヌ ナ"),
        ("numberInDash", "- 1 - - 10 - - 21 -"),
        ("ordinal", "1st 10th 21st"),
    ],
)
def test_it_writes_each_format(style: str, numbers: str) -> None:
    assert is_known_format(style)
    assert " ".join(format_number(number, style) for number in (1, 10, 21)) == numbers


def test_letters_are_doubled_and_kana_begin_anew_behind_the_last() -> None:
    assert [format_number(number, "lowerLetter") for number in (26, 27, 52)] == ["z", "aa", "zz"]
    assert format_number(47, "aiueoFullWidth") == "ア"


def test_an_unknown_format_is_written_in_digits_and_said_to_be_unknown() -> None:
    assert format_number(7, "hebrew1") == "7"
    assert not is_known_format("hebrew1")


def test_the_names_of_other_formats_lead_to_the_same() -> None:
    assert [find_word97_format(code) for code in (39, 34, 999)] == [
        "chineseCountingThousand",
        "ideographLegalTraditional",
        "decimal",
    ]
    samples = ("一, 二, 三, ...", "壹, 貳, 參, ...", "壹, 贰, 叁, ...", "①, ②", "I", "")
    assert [find_opendocument_format(sample) for sample in samples] == [
        "chineseCountingThousand",
        "ideographLegalTraditional",
        "chineseLegalSimplified",
        "decimalEnclosedCircle",
        "upperRoman",
        "",
    ]
