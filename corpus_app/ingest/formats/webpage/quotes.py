"""The signs around quotations, as the style or the language of a page has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

import tinycss2

from corpus_app.ingest.rule_files import read_rules

# Outside, then inside of another quotation; the last pair is that of all deeper ones.
QuoteSigns = tuple[tuple[str, str], ...]

NONE: Final[QuoteSigns] = ()


@lru_cache(maxsize=500)
def find_signs(quotes: str, language: str) -> QuoteSigns:
    """Return the signs for a value of the property quotes in a language ("zh-Hant"); () for none.

    >>> find_signs("'<' '>'", "zh"), find_signs("auto", "ja")[0]
    ((('<', '>'),), ('「', '」'))
    """
    word = quotes.strip().lower()
    if word == "none":
        return NONE
    if word != "auto":
        stated = [
            str(token.value)
            for token in tinycss2.parse_component_value_list(quotes, skip_comments=True)
            if token.type == "string"
        ]
        return tuple(zip(stated[::2], stated[1::2], strict=False))
    return _find_usual(language.lower())


def _find_usual(language: str) -> QuoteSigns:
    known = _load_signs()
    while language:
        if language in known:
            return known[language]
        language = language.rpartition("-")[0]
    return known[""]


@cache
def _load_signs() -> Mapping[str, QuoteSigns]:
    found: dict[str, QuoteSigns] = {}
    for rule in read_rules("quotes")["quotes"]:
        signs = rule["signs"]
        found |= dict.fromkeys(rule["languages"], ((signs[0], signs[1]), (signs[2], signs[3])))
    return found
