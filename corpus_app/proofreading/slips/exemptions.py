"""What is no slip of the pen whatever the counts say: names, numbers, two words that meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from corpus_app.ingest.metadata.names import is_name
from corpus_app.proofreading.rules import read_rules
from corpus_app.proofreading.slips.correcting import SlipEdit
from corpus_app.proofreading.slips.model import is_listed
from corpus_app.proofreading.slips.words import LENGTHS

_HAN: Final = r"[\u4e00-\u9fff]"
# 李明、王建国和赵砚秋: who was there, told in a row.
_ROW: Final = re.compile(rf"{_HAN}+(?:、{_HAN}+)+")
_LONGEST_NAME: Final = 3
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿"
_NUMBER: Final = re.compile(rf"[{_NUMERALS}]{{2,}}")


@cache
def _load_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands after a title or before one, and what ends as a place does."""
    rules = read_rules("slips")
    titles, units, deeds = (
        "|".join(map(re.escape, rules[name])) for name in ("titles", "units", "deeds")
    )
    after, before = (
        rf"(?:{titles})(?P<after>{_HAN}{{2,3}})",
        rf"(?P<before>{_HAN}{{2,3}}?)(?:副?(?:{titles})|{deeds})",
    )
    return re.compile(rf"(?=(?:{after}))|(?=(?:{before}))"), re.compile(
        rf"(?=(?P<name>{_HAN}{{2,4}}?)(?:{units}))"
    )


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where persons are named by title, deed or in a row, and places named repeatedly."""
    person, place = _load_names()
    for match in person.finditer(text):
        for group in ("after", "before"):
            if match[group] and is_name(match[group]):
                yield match.span(group)
    for match in _ROW.finditer(text):
        yield from _find_in_row(match)
    often = read_rules("slips")["own_term"]
    for match in place.finditer(text):
        start, end = match.span("name")
        if text.count(text[start : end + 1]) >= often:
            yield start, end


def _find_in_row(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the names of a row in which another is surely one: read as a name and as no word.

    Words stand in rows as well, and many of them begin as surnames do (管理、方案).
    """
    words = match[0].split("、")
    # The first follows other words (受王建国), before the last others go on (李明两位同志).
    spans, at = [], match.start()
    for number, word in enumerate(words):
        ends = number == 0, number == len(words) - 1
        spans += [(at + start, at + end) for start, end in _list_likely(word, *ends)]
        at += len(word) + 1
    named = {span: match.string[slice(*span)] for span in spans}
    sure = [span for span, name in named.items() if len(name) > 2 or not is_listed(name)]
    for span in spans:
        if any(other[1] < span[0] or span[1] < other[0] for other in sure):
            yield span


def _list_likely(word: str, first: bool, last: bool) -> Iterator[tuple[int, int]]:
    """Yield where a name may stand in a word of a row: all of it, or at its free end."""
    for size in (_LONGEST_NAME, _LONGEST_NAME - 1):
        if len(word) == size and is_name(word):
            yield 0, size
        elif len(word) > size and first and is_name(word[-size:]):
            yield len(word) - size, len(word)
        elif len(word) > size and last and is_name(word[:size]):
            yield 0, size


def changes_number(text: str, edit: SlipEdit) -> bool:
    """Say whether an edit makes another number of one (十五五): no counts know which is meant."""
    typed = text[edit.start : edit.end]
    if set(typed) & set(_NUMERALS) and set(edit.new) & set(_NUMERALS) and len(typed) == 1:
        return typed != edit.new
    before, after = text[: edit.start], text[edit.end :]
    left = before[len(before.rstrip(_NUMERALS)) :][-9:]
    right = after[: len(after) - len(after.lstrip(_NUMERALS))][:9]
    numbers = [
        [one for one in _NUMBER.findall(left + words + right) if set(one) != {"一"}]
        for words in (typed, edit.new)
    ]
    return numbers[0] != numbers[1]


def parts_two_words(text: str, edit: SlipEdit) -> bool:
    """Say whether the doubled character that an edit takes out ends a word and begins the next.

    提高高标准, 促进进出口: both are meant.
    """
    typed = text[edit.start : edit.end]
    if len(typed) == 2 and typed == edit.new * 2:
        middle = edit.start + 1
    elif len(typed) == 1 and not edit.new and typed == text[edit.end : edit.end + 1]:
        middle = edit.end
    elif len(typed) == 1 and not edit.new and typed == text[edit.start - 1 : edit.start]:
        middle = edit.start
    else:
        return False
    return any(is_listed(text[max(0, middle - size) : middle]) for size in LENGTHS) and any(
        is_listed(text[middle : middle + size]) for size in LENGTHS
    )
