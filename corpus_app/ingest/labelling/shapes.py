"""What one line looks like by itself: names of signs, none of them a word of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import DATE, DATE_WORDS, find_date
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.names import (
    is_name,
    is_office,
    is_organisation,
    may_be_name,
)
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.metadata.title_lines import cut_site
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze
from corpus_app.text.folding import simplify
from corpus_app.text.needles import GuardedPatterns

_LENGTHS: Final = (1, 2, 3, 4, 6, 10, 16, 24, 36, 60, 120)
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{1,2}时\d{2}分")
_DASHES: Final = re.compile(r"^[—━－―─–-]+\s*")
_NUMERIC: Final = re.compile(r"(?<!\d)[12]\d{3}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?!\d)")
_DATE_AT: Final = re.compile(rf"[（(〔\[]?\s*{DATE_WORDS}\s?在")
_ANY_LABEL: Final = re.compile(
    r"^[\[【(（•·*●\s]*([\u4e00-\u9fffA-Za-z \u3000]{1,8})[】\]]?[\s\u3000]*[:：]\s*(.*)$"
)
_PROSE: Final = re.compile(r"[。；！？;]|[，,].*[，,]")
_WORD: Final = re.compile(r"[\u4e00-\u9fff]{2,6}")
_TOKENS: Final = re.compile(r"[\s\u3000|｜]+")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_BRACKETS: Final = {"（": "（", "(": "（", "〔": "（", "【": "【", "[": "【", "《": "《"}
_OUTER: Final = "（）()[]【】〔〕 \u3000"
LONGEST_PERSON: Final = 60
PROSE_CHARS: Final = 28
# Longer lines are running text; only their ends are looked at.
LONGEST: Final = 120


def is_prose(words: str) -> bool:
    """Say whether a line is running text, no line of labels."""
    if len(words) < PROSE_CHARS or not _PROSE.search(words[: 2 * LONGEST]):
        return False
    return len(words) > LONGEST or not read_labels(words)


def describe(words: str) -> frozenset[str]:
    """Return the names of the signs that a line bears (date, label, office with name, button)."""
    return _describe(words) if len(words) <= LONGEST else frozenset(_measure(words))


@lru_cache(maxsize=8192)
def _describe(words: str) -> frozenset[str]:
    words = simplify(words)
    signs = set(_measure(words))
    for step in (_see_dates, _see_persons, _see_labels, _see_title, _see_marks):
        signs.update(step(words))
    names, patterns, guard = _patterns()
    signs.update(names[at] for at in guard.select(words) if patterns[at].search(words))
    signs.update(_see_buttons(words))
    return frozenset(signs)


@cache
def _patterns() -> tuple[list[str], list[re.Pattern[str]], GuardedPatterns]:
    """Return the signs of rules/heads.toml; those of a line's beginning are tried there alone."""
    first = ("heading", "open", "salutation", "title_start", "agency", "thanks", "end_mark")
    whole = ("agency", "end_mark")
    found = {}
    for name, pattern in read_rules("heads")["signs"].items():
        if name != "button":
            begun = rf"^(?:{pattern})" if name in first else pattern
            found[name] = re.compile(f"{begun}$" if name in whole else begun)
    return list(found), list(found.values()), GuardedPatterns(list(found.values()))


@cache
def _buttons() -> re.Pattern[str]:
    return re.compile(read_rules("heads")["signs"]["button"])


def _measure(words: str) -> Iterator[str]:
    length = len(words) if len(words) > LONGEST else len(squeeze(words))
    yield f"len{sum(length > step for step in _LENGTHS)}"
    if is_prose(words):
        yield "prose"
    if "。" in words:
        yield "stop"
    ends = {"。！？；": "end-stop", "：:": "end-colon", "，,、": "end-comma"}
    yield from (name for signs, name in ends.items() if words[-1] in signs)
    if words.count("，") >= 2:
        yield "commas"


def _see_dates(words: str) -> Iterator[str]:
    date = find_date(words)
    if date is None:
        return
    yield f"date-{date.precision}"
    bare = words.strip(_OUTER)
    numeric = _NUMERIC.search(words)
    clock = _CLOCK.search(words)
    whole = DATE.fullmatch(bare)
    if whole:
        yield "numdate-only" if numeric else "cndate-only"
    elif DATE.match(bare) and not numeric and len(squeeze(words)) <= 34:
        yield "cndate-first"
    if whole and bare != words and not numeric:
        yield "cndate-bracketed"
    if clock:
        yield "stamp"
        if len(squeeze(words)) <= 24:
            yield "stamp-only"
    if "在" in words and _DATE_AT.match(_DASHES.sub("", words)):
        yield "date-at"


def _see_persons(words: str) -> Iterator[str]:
    if len(words) > LONGEST_PERSON:
        return
    told = tell_person(words)
    if "speaker" in told and len(told) > 1:
        known = is_name(told["speaker"])
        yield "org-name" if "organisation" in told else "office-name" if known else "office-maybe"
    named = is_name(words)
    if named or may_be_name(words):
        yield "name" if named else "maybe-name"
    if is_office(words):
        yield "office"
    if is_organisation(words):
        yield "org"
    if not named and _WORD.fullmatch(squeeze(words)):
        yield "word"


def _see_labels(words: str) -> Iterator[str]:
    pairs = read_labels(words)
    for field, value in pairs:
        yield f"lab:{field}:{'v' if value else '-'}"
    if pairs:
        yield f"labels{min(len(pairs), 3)}"
        yield "label-full" if any(value for _, value in pairs) else "label-empty"
        return
    match = _ANY_LABEL.match(words)
    if match and len(match[1]) >= 2:
        yield "anylabel-v" if match[2] else "anylabel-e"


def _see_title(words: str) -> Iterator[str]:
    bare = cut_site(words)
    if bare != words:
        yield "site-tail"
    fault = plausible.find_title_fault(bare)
    yield "sound" if fault is None else f"fault:{fault.code}"
    if plausible.ends_as_document(bare):
        yield "document"


def _see_marks(words: str) -> Iterator[str]:
    if _DASHES.match(words):
        yield "dash"
        if re.search(r"^\S{1,6}在.*(?:讲话|发言|报告|致辞|主持词)$", words):
            yield "dash-speech"
    if words[0] in _BRACKETS and words[-1] in "）)〕】]》":
        yield f"bracket{_BRACKETS[words[0]]}"
    if re.fullmatch(r"[\d.,:/\s]+", words):
        yield "digits"
    if re.search(r"[a-zA-Z]{3,}", words):
        yield "latin"
    if not re.search(r"[\u3400-\u9fff\w]", words):
        yield "signs"
    elif not _HAN.search(words):
        yield "no-han"
    tokens = _TOKENS.split(words)
    if len(tokens) >= 3 and all(len(token) == 1 for token in tokens):
        yield "singles"
    if len(tokens) >= 4 and all(len(token) <= 8 for token in tokens):
        yield "menu"


def _see_buttons(words: str) -> Iterator[str]:
    found = _buttons().findall(words)
    if found:
        yield f"button{min(len(found), 3)}"
        if sum(map(len, found)) * 2 >= len(squeeze(words)):
            yield "button-most"
    if plausible.is_button(words.strip(_OUTER)):
        yield "button-only"
