"""Numbers of two texts side by side: amounts, shares and counts in sentences that became another.

Two numbers belong together where their unit is the same and the words around them are: the
sentences are aligned character by character, each number held equal to every other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

from corpus_app.research.comparing.rows import ComparedTexts
from corpus_app.research.rules import read_rules
from corpus_app.text.alignment import align_texts
from corpus_app.text.chars import narrow
from corpus_app.text.numerals import read_count
from corpus_app.text.spans import Span

# Stands for any number while two sentences are aligned; no text has it.
_NUMBER: Final = "\ue000"
_CLAUSE_END: Final = re.compile(r"[，。；：！？、,;:!?\n]")
_LONGEST_NAME: Final = 24
# Around a number so many characters must be the same on both sides, its unit among them.
_LEAST_SHARED: Final = 3
_YEARS: Final = range(1900, 2100)
_SHARES: Final = ("%", "‰", "百分点")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it stands in a text, and its value in the unit."""

    span: Span
    text: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A number of the first text and what it became in the second, in the row of that number.

    name is the words of the second text that stand before it in its clause.
    """

    row: int
    name: str
    first: Quantity
    second: Quantity

    @property
    def difference(self) -> Decimal:
        """Return by how much it grew, in the unit; of shares in percentage points."""
        return self.second.value - self.first.value

    @property
    def growth(self) -> float | None:
        """Return by what share it grew, None of shares and from nothing."""
        if not self.first.value or any(sign in self.first.unit for sign in _SHARES):
            return None
        return float(self.difference / self.first.value)


def list_number_pairs(texts: ComparedTexts) -> Iterator[NumberPair]:
    """Yield the numbers of all rows that both texts have, in the order of the second."""
    for row in texts.rows:
        if row.first is None or row.second is None:
            continue
        old, new = texts.cut_first(row), texts.cut_second(row)
        for one, other in _pair_quantities(old, new):
            yield NumberPair(
                row.number,
                _name(new, other.span.start),
                _move(one, row.first.start),
                _move(other, row.second.start),
            )


def find_quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text that have a unit, in order; years and ordinals are none.

    >>> [one.text for one in find_quantities("2023年审议第3号议案12件，增长5.2%")]
    ['12件', '5.2%']
    """
    return [one for found in _pattern().finditer(text) if (one := _read(found)) is not None]


def _pair_quantities(old: str, new: str) -> Iterator[tuple[Quantity, Quantity]]:
    here, there = find_quantities(old), find_quantities(new)
    if not here or not there:
        return
    masked, places = _mask(old, here)
    other_masked, other_places = _mask(new, there)
    for block in align_texts(masked, other_masked, least=_LEAST_SHARED):
        for at in range(block.length):
            one = places.get(block.first + at)
            other = other_places.get(block.second + at)
            # The character before must be the same too: of 30元和5元 the second is no 30元.
            led = at > 0 or block.first + block.second == 0
            if one and other and one.unit == other.unit and led:
                yield one, other


def _mask(text: str, found: list[Quantity]) -> tuple[str, dict[int, Quantity]]:
    """Return the text with one character for each number, and which stands for which."""
    parts, places, at, length = [], {}, 0, 0
    for one in found:
        before = text[at : one.span.start]
        places[length + len(before)] = one
        parts += [before, _NUMBER, one.unit]
        length += len(before) + 1 + len(one.unit)
        at = one.span.end
    return "".join([*parts, text[at:]]), places


def _name(text: str, at: int) -> str:
    """Return the words of the clause before a place."""
    begin = max((found.end() for found in _CLAUSE_END.finditer(text, 0, at)), default=0)
    return text[max(begin, at - _LONGEST_NAME) : at].strip()


def _move(one: Quantity, by: int) -> Quantity:
    return Quantity(Span(one.span.start + by, one.span.end + by), one.text, one.value, one.unit)


@cache
def _pattern() -> re.Pattern[str]:
    rules = read_rules("comparing")["quantities"]
    units, spelled, between, scales = (
        "|".join(sorted(map(re.escape, rules[name]), key=len, reverse=True))
        for name in ("units", "spelled_units", "between", "scales")
    )
    digits = r"[0-9０-９]"
    return re.compile(
        rf"(?<![第0-9０-９.．])(?P<digits>{digits}{{1,3}}(?:[,，]{digits}{{3}})+(?:[.．]{digits}+)?"
        rf"|{digits}+(?:[.．]{digits}+)?)(?P<scale>{scales})?(?P<more>{between})?(?P<unit>{units})"
        rf"|(?<![第〇零一二两三四五六七八九十百千万几数])(?P<spelled>[〇零一二两三四五六七八九十百千]+)"
        rf"(?P<also>{between})?(?P<spelled_unit>{spelled})"
        rf"|百分之(?P<share>[〇零一二两三四五六七八九十百点]+)"
    )


def _read(found: re.Match[str]) -> Quantity | None:
    text, span = found.group(), Span(*found.span())
    if found["digits"]:
        return _read_digits(found, text, span)
    if found["share"]:
        value = _read_share(found["share"])
        return None if value is None else Quantity(span, text, value, "%")
    count = read_count(found["spelled"])
    # 一次、一件 counts nothing as a rule.
    if count is None or count < 2:
        return None
    unit = found["spelled_unit"]
    scale = _scale_of(unit[:1]) if len(unit) > 1 and unit[1:] == "元" else 1
    return Quantity(span, text, Decimal(count) * scale, unit[1:] if scale > 1 else unit)


def _read_digits(found: re.Match[str], text: str, span: Span) -> Quantity | None:
    try:
        value = Decimal(narrow(found["digits"]).replace(",", ""))
    except InvalidOperation:
        return None
    unit = narrow(found["unit"])
    if unit == "年" and value in _YEARS:
        return None
    scale = _scale_of(found["scale"] or "")
    if unit in ("万元", "亿元"):
        scale, unit = scale * _scale_of(unit[0]), "元"
    return Quantity(span, text, value * scale, unit.removeprefix("个") or unit)


def _read_share(words: str) -> Decimal | None:
    """Return what 百分之… says: 十二点五 is 12.5."""
    whole, _, rest = words.partition("点")
    value = read_count(whole)
    digits = [read_count(char) or 0 for char in rest]
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}" if digits else value)


def _scale_of(word: str) -> int:
    return int(read_rules("comparing")["quantities"]["scales"].get(word, 1))
