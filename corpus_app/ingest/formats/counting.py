"""Numbers as documents print them: 十二, 壹, ①, １, B, iv; rules/number_formats.toml has them."""

from __future__ import annotations

from typing import Any, Final

from corpus_app.ingest.rule_files import read_rules

RULES: Final = "number_formats"
LARGEST: Final = 99_999
ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Of a sign that is written as often as the list has gone round, no more than this.
MOST_REPEATS: Final = 30


def spell_number(number: int) -> str:
    """Return 1–99999 in Chinese counting ("十二", "一百零三"); other numbers in digits."""
    return format_number(number, "chineseCountingThousand")


def is_known_format(style: str) -> bool:
    """Return whether format_number writes numbers of this format as Word does."""
    rules = read_rules(RULES)
    tables = ("series", "rounds", "repeats", "digits", "counting")
    return style in _OWN or any(style in rules[table] for table in tables)


def format_number(number: int, style: str) -> str:
    """Return a list number in one of Word's formats; an unknown format gives plain digits."""
    rules = read_rules(RULES)
    if not 0 < number <= LARGEST:
        return str(number)
    if style in _OWN:
        return _OWN[style](number)
    if style in rules["counting"]:
        return _count(number, rules["counting"][style])
    if style in rules["digits"]:
        return _write_digits(number, rules["digits"][style])
    if style in rules["series"]:
        chars = rules["series"][style]
        return str(chars[number - 1]) if number <= len(chars) else str(number)
    turn, index = divmod(number - 1, len(rules["rounds"].get(style, "0")))
    if style in rules["rounds"]:
        return str(rules["rounds"][style][index])
    if style in rules["repeats"]:
        turn, index = divmod(number - 1, len(rules["repeats"][style]))
        return str(rules["repeats"][style][index]) * min(turn + 1, MOST_REPEATS)
    return str(number)


def find_word97_format(code: int) -> str:
    """Return the name of a number format of Word 97; "decimal" for one that is not known."""
    return str(read_rules(RULES)["word97"].get(str(code), "decimal"))


def find_opendocument_format(sample: str) -> str:
    """Return the name of what OpenDocument writes as "一, 二, 三, ..." or "I"; "" for no number."""
    sample = sample.strip()
    table = read_rules(RULES)["opendocument"]
    found = (name for start, name in table.items() if sample.startswith(start))
    return str(next(found, "decimal")) if sample else ""


def _write_digits(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def _count(number: int, system: dict[str, Any]) -> str:
    if number >= system.get("plain_from", LARGEST + 1):
        return _write_digits(number, system["digits"])
    spelled, gap = "", False
    figures = [int(figure) for figure in str(number)]
    for power, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if not figure:
            gap = bool(spelled)
            continue
        bare = figure == 1 and power and (system.get("one") or (not spelled and power == 1))
        digit = "" if bare and system.get("ten") else system["digits"][figure]
        unit = system["units"][power - 1] if power else ""
        spelled += (system["zero"] if gap else "") + digit + unit
        gap = False
    return spelled


def _write_roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _name_pair(number: int) -> str:
    """甲子, 乙丑 and so on, sixty in a round."""
    series = read_rules(RULES)["series"]
    stems, branches = series["ideographTraditional"], series["ideographZodiac"]
    return str(stems[(number - 1) % len(stems)] + branches[(number - 1) % len(branches)])


def _write_ordinal(number: int) -> str:
    teens = number // 10 % 10 == 1
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_OWN: Final = {
    "upperRoman": lambda number: _write_roman(number).upper(),
    "lowerRoman": _write_roman,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "ordinal": _write_ordinal,
    "ideographZodiacTraditional": _name_pair,
}
