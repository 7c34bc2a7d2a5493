"""Is a text ordinary Chinese? Shares of characters, not the look of single wrong decodings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from corpus_app.ingest.decode import load_common_characters
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import tidy

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class LanguageFault:
    """Why a text is no likely Chinese: a code, the place that shows it, the share in percent."""

    code: str
    words: str
    percent: int


def find_language_fault(text: str) -> LanguageFault | None:
    """Return what speaks against the text being ordinary Chinese, None where nothing does.

    "row": letters that a wrong decoding makes; "no_chinese": few Chinese characters at all;
    "rare": characters that Chinese seldom uses, in all of the text or in a stretch of it.

    >>> find_language_fault("浠婂ぉ鍙紑杩欐浼氳锛屼富瑕佷换鍔℃槸").code
    'rare'
    >>> find_language_fault("今天召开这次会议，主要任务是交流做法。") is None
    True
    """
    rules = _read_rules()
    row = _row_pattern().search(text)
    if row is not None:
        return LanguageFault("row", _show(text, row.start()), 0)
    letters = sum(map(_is_letter, text))
    han = [(match.start(), match.group()) for match in _HAN.finditer(text)]
    if letters < rules["letters"]:
        return None
    if len(han) < rules["han_share"] * letters:
        return LanguageFault("no_chinese", _show(text.lstrip(), 0), round(100 * len(han) / letters))
    return _find_rare(text, han)


def _is_letter(sign: str) -> bool:
    """Say whether a sign stands for a word or a part of one; a private font's may."""
    return sign.isalnum() or sign == "\ufffd" or unicodedata.category(sign) in ("Co", "Cn")


def _find_rare(text: str, han: list[tuple[int, str]]) -> LanguageFault | None:
    rules, common = _read_rules(), load_common_characters()
    known = [sign in common for _, sign in han]
    if sum(known) < rules["common_share"] * len(known):
        share = round(100 * sum(known) / len(known))
        return LanguageFault("rare", _show(text.lstrip(), 0), share)
    window = int(rules["window"])
    for first in range(0, len(known) - window + 1, window // 2):
        count = sum(known[first : first + window])
        if count < rules["window_share"] * window:
            return LanguageFault("rare", _show(text, han[first][0]), round(100 * count / window))
    return None


def _read_rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_rules("plausibility")["language"]
    return rules


@cache
def _row_pattern() -> re.Pattern[str]:
    return re.compile(_read_rules()["row"])


def _show(text: str, start: int) -> str:
    return tidy(text[start : start + 24])
