"""Spellings that are held equal when heads are compared."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import keep_words, narrow
from corpus_app.text.folding import fold
from corpus_app.text.numerals import read_ordinal, read_year

_CHINESE_DIGITS: Final = "〇○零一二三四五六七八九十"
_YEAR: Final = re.compile(rf"([0-9]{{4}}|[{_CHINESE_DIGITS[:-1]}]{{4}})(?=年)")
_ORDINAL: Final = re.compile(
    rf"第?([0-9]{{1,2}}|[{_CHINESE_DIGITS}]{{1,3}})(?=届|次|期|批|轮|号|季度|中全会|个?五年|大(?:$|\W|报告|精神))"
)
# These count things as well (三场, 三讲): only with 第 they say which one.
_MEMBER: Final = re.compile(
    rf"第([{_CHINESE_DIGITS}]{{1,3}})(?=[讲课场站组章篇辑]|阶段|部分|小组|片区)"
)
_DAY: Final = re.compile(rf"([0-9]{{1,2}}|[{_CHINESE_DIGITS}]{{1,3}})(?=[月日](?!报))")


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    return tuple((long, short) for long, short in read_rules("identity")["names"]["short"])


def fold_writing(text: str) -> str:
    """Return the text folded as for search, in common characters (⼈ as 人) and lower case."""
    return fold(narrow(text)).lower()


def fold_words(text: str) -> str:
    """Return the letters, digits and characters of the text, folded: no marks, no blanks."""
    return keep_words(fold_writing(text))


def fold_numbers(text: str) -> str:
    """Return the folded text with years and ordinals in figures: 第十八届 becomes 第18届."""
    text = _YEAR.sub(lambda found: str(read_year(found[1]) or found[1]), text)
    text = _ORDINAL.sub(lambda found: f"第{read_ordinal(found[1]) or found[1]}", text)
    text = _MEMBER.sub(lambda found: f"第{read_ordinal(found[1]) or found[1]}", text)
    return _DAY.sub(lambda found: str(read_ordinal(found[1]) or found[1]), text)


def shorten_names(text: str) -> str:
    """Return the folded text with long names of bodies written short: 人大常委会, 政府."""
    text = re.sub(read_rules("identity")["names"]["party_committee"], r"\1委", text)
    for long, short in _short_names():
        text = text.replace(long, short)
    return re.sub(r"中共(?=.*委)", "", text)
