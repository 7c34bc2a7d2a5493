"""Numbers as they stand in Chinese: ordinals (十二, １２, ⑫, ㈠), counts, years; and back."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from corpus_app.text.chars import narrow

DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
CHINESE: Final = "〇零一二两三四五六七八九十"
_WRITTEN: Final = "零一二三四五六七八九"
# As accounts write them, in both scripts: they are read as the plain ones.
LEGAL: Final = "壹贰貳叁參叄肆伍陆陸柒捌玖拾"
_PLAIN: Final = str.maketrans(LEGAL, "一二二三三三四五六六七八九十")
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


@lru_cache(maxsize=4096)
def read_ordinal(word: str) -> int | None:
    """Return the ordinal 1 to 99 that a word writes (十二, 拾贰, １２, ⑫, ㈡, IV), else None."""
    if len(word) == 1:
        # Text copied from PDF has radicals in place of characters.
        plain = narrow(word)
        known = unicodedata.numeric(plain, 0) if len(plain) == 1 else 0
        value = unicodedata.numeric(word, known or DIGITS.get(plain, 0))
        return int(value) if value in range(1, 100) else _read_roman(word) or None
    folded = narrow(word)
    if folded.isascii() and folded.isdigit():
        number = int(folded) if len(folded) <= 2 else 0
    else:
        number = _read_roman(folded) or _read_chinese(folded.translate(_PLAIN))
    return number if 1 <= number <= 99 else None


def _read_roman(word: str) -> int:
    """Return what Roman letters write, 0 for anything else."""
    if not word or not all(char in _ROMAN for char in word):
        return 0
    values = [_ROMAN[char] for char in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _read_chinese(word: str) -> int:
    """Return 1 to 99 for 一 … 九十九, 0 for anything that is not such a numeral."""
    tens, mark, units = word.partition("十")
    if not mark:
        return DIGITS.get(word, 0) if len(word) == 1 else 0
    ten = 1 if not tens else DIGITS.get(tens, 0)
    if ten == 0 or (units and DIGITS.get(units, 0) == 0):
        return 0
    return ten * 10 + (DIGITS[units] if units else 0)


def write_ordinal(number: int) -> str:
    """Return 1 to 99 in Chinese figures.

    >>> write_ordinal(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _WRITTEN[tens]) + "十"
    return head + (_WRITTEN[ones] if ones else "")


def read_year(word: str) -> int | None:
    """Return the year that four digits write (2023, ２０２３, 二〇二三, 二O二三), else None."""
    folded = narrow(word).replace("O", "〇").replace("o", "〇").replace("◯", "〇")
    if len(folded) != 4:
        return None
    values = [int(c) if c in "0123456789" else DIGITS.get(c) for c in folded]
    if any(v is None for v in values):
        return None
    return int("".join(str(v) for v in values))


def read_count(word: str) -> int | None:
    """Return the whole number 1 to 9999 that a word writes (一百零五, 1260, １２), else None."""
    folded = narrow(word).translate(_PLAIN)
    if folded.isascii() and folded.isdigit():
        return int(folded) if len(folded) <= 4 and int(folded) else None
    total = digit = 0
    last = 10_000
    for char in folded:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            continue
        unit = _UNITS.get(char, 0)
        # 十五 leaves out the one before; what is greater stands first.
        if unit == 0 or unit >= last or (digit == 0 and unit != 10):
            return None
        total, digit, last = total + (digit or 1) * unit, 0, unit
    return total + digit or None


def write_count(number: int) -> str:
    """Return 1 to 9999 in Chinese figures.

    >>> write_count(105), write_count(12), write_count(1260)
    ('一百零五', '十二', '一千二百六十')
    """
    words, zero = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if zero else "") + _WRITTEN[digit] + mark
        zero = bool(words) and not digit
    return words[1:] if words.startswith("一十") else words


def write_quantity(number: int) -> str:
    """Return 1 to 9999 as it stands before what is counted.

    >>> write_quantity(2), write_quantity(12)
    ('两', '十二')
    """
    return "两" if number == 2 else write_count(number)
