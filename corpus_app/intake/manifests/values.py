"""From a cell's words to a field's value; what cannot be read is said with the reason."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import measure_limit
from corpus_app.ingest.dates import DATE, FIRST_YEAR, LAST_YEAR, find_date, read_match
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.vocabulary import GENRES, LEVELS
from corpus_app.intake.manifests.columns import fold_cell, load_column_rules, load_words
from corpus_app.text.chars import shorten, tidy

WORDS_SHOWN: Final = 30
_LENGTHS: Final = {"year": 4, "month": 7, "day": 10}
# 20240405, 202404 as programs write them.
_RUN: Final = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_NUMBER: Final = re.compile(r"\d{4}\.\d")
_SERIAL: Final = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
# Words that say something of the cell itself are short.
_WORD_CHARS: Final = 12
_HAN: Final = "[\u3400-\u9fff]"
# A title broken in its cell is one title.
_BREAK: Final = re.compile(rf"(?<={_HAN})[ \t\u3000]*[\r\n]+\s*(?={_HAN})")
# What may stand behind a day: the hour, the day of the week, the part of the day.
_BEHIND: Final = re.compile(
    r"[T\s,，]*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?\s*"
    r"(?:(?:上午|下午|晚上|晚|中午)?\s*\d{1,2}(?:[:：时点]\s*\d{0,2}(?:[:：分]\s*\d{0,2}(?:\.\d+)?秒?)?)?"
    r"(?:分|Z|[+-]\d{2}:?\d{2})?|上午|下午|晚上|晚|中午)?\s*"
)


class UnreadableCellError(ValueError):
    """A cell that its field cannot hold; str() is the reason, for the page."""


def is_unknown(words: str) -> bool:
    """Return whether the cell says nothing: it is empty, or says that nothing is known (不详)."""
    return not words.strip() or _is_word(words, "unknown")


def read_cell(name: str, words: str, precision: str = "") -> str:
    """Return the field's value that a cell's words make; "" where they ask to take it away.

    precision (年, 月, 日, or in English) cuts a date that is written more exactly than it is
    known. Raises UnreadableCellError.

    >>> read_cell("delivered", "二〇二四年四月"), read_cell("level", "区县级")
    ('2024-04', 'county')
    """
    if _is_word(words, "clear"):
        if name == "title":
            raise UnreadableCellError(_("标题不能清空"))
        return ""
    if _is_word(words, "ditto"):
        raise UnreadableCellError(_("须写明内容，不能写“同上”"))
    if name in DATES:
        return _cut_date(read_day(words), precision)
    if name in ("level", "genre"):
        return _read_code(name, words)
    value = tidy(_BREAK.sub("", words))
    if name == "source_url":
        return _read_address(value)
    if not any(char.isalnum() for char in value):
        raise UnreadableCellError(_("没有文字"))
    if len(value) > (limit := measure_limit(name)):
        values = {"limit": limit, "count": len(value)}
        raise UnreadableCellError(_("最多 %(limit)d 字，表中有 %(count)d 字") % values)
    return value


def read_day(words: str) -> str:
    """Return the day, month or year that a cell says, as precise as it is written.

    Raises UnreadableCellError where it says none, two, or one that can be read in two ways.
    """
    bare = tidy(words)
    if (run := _RUN.fullmatch(bare)) is not None:
        bare = "-".join(part for part in run.groups() if part)
    elif re.fullmatch(r"\d{4}", bare):
        bare += "年"
    elif _NUMBER.fullmatch(bare) and bare.endswith("1"):
        # A spreadsheet takes 2024.10 for a number and shows 2024.1.
        raise UnreadableCellError(_("可能是 1 月，也可能是 10 月，请写作 2024-01 或 2024-10"))
    elif _SERIAL.fullmatch(bare):
        message = _("像是表格软件的日期序号，请把这一列设为日期格式，或写作 2024-04-05")
        raise UnreadableCellError(message)
    match = DATE.match(bare)
    found = read_match(match) if match else None
    if match is None and find_date(bare) and re.match(r"[A-Za-z]|\d{1,2} ", bare):
        found = find_date(bare)
    elif match is not None and not _BEHIND.fullmatch(bare, match.end()):
        found = None
    if found is None:
        message = _("不是能识别的一个日期，请写作 2024、2024-04 或 2024-04-05")
        raise UnreadableCellError(message)
    if not FIRST_YEAR <= int(found.value[:4]) <= LAST_YEAR:
        raise UnreadableCellError(_("年份不在 1900 至 2100 之间"))
    return found.value


def _is_word(words: str, kind: str) -> bool:
    if len(words) > _WORD_CHARS:
        return False
    return fold_cell(words) in load_words("words", kind)


def _cut_date(value: str, precision: str) -> str:
    asked = fold_cell(precision)
    for name in _LENGTHS:
        if asked and asked in load_words("precisions", name):
            return value[: _LENGTHS[name]]
    return value


def _read_code(name: str, words: str) -> str:
    codes = LEVELS if name == "level" else GENRES
    folded = fold_cell(words)
    called = load_column_rules()["levels"] if name == "level" else {}
    for code, label in codes.items():
        if folded in {fold_cell(word) for word in (code, label, *called.get(code, ()))}:
            return code
    message = _("“%(words)s”不在可选范围：%(choices)s")
    values = {"words": shorten(words, WORDS_SHOWN), "choices": _("、").join(codes.values())}
    raise UnreadableCellError(message % values)


def _read_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in value
    except ValueError:
        sound = False
    if not sound:
        raise UnreadableCellError(_("不是网址，须以 http:// 或 https:// 开头"))
    if len(value) > measure_limit("source_url"):
        raise UnreadableCellError(_("网址过长"))
    return value
