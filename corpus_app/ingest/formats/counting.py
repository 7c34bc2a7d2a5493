"""Numbers as documents print them: 十二, ①, １, B."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
UNITS = ("", "十", "百", "千")
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "japaneseDigitalTenThousand",
    "ideographDigital",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


def spell_number(number: int) -> str:
    """Return 1–9999 in Chinese counting ("十二", "一百零三"); other numbers in digits."""
    if not 0 < number < 10_000:
        return str(number)
    digits = [int(digit) for digit in str(number)]
    spelled, pending = "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            spelled += ("零" if pending else "") + DIGITS[digit] + UNITS[place]
        pending = digit == 0 and bool(spelled)
    return spelled[1:] if spelled.startswith("一十") else spelled


def format_number(number: int, style: str) -> str:
    """Return a list number in one of Word's formats; an unknown format gives plain digits."""
    if style in CHINESE:
        return spell_number(number)
    if style in CIRCLED and 1 <= number <= 20:
        return chr(0x245F + number)
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if style in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        letter = chr(ord("A") + number - 1)
        return letter if style == "upperLetter" else letter.lower()
    return str(number)
