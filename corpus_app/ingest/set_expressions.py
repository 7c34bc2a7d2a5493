"""Whether quoted words are offered as a set expression: what the sentence does with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from corpus_app.ingest.rule_files import read_rules

_OPENING, _CLOSING = "“‘「『", "”’」』"
# 坚持“甲”、“乙”和“丙”: what stands before the first and behind the last holds for all.
_ROW: Final = re.compile(f"[{_CLOSING}][、，和与及以或\\s]{{0,2}}[{_OPENING}]")
_REACH: Final = 24
_LONGEST_ROW: Final = 6
_CLAUSE: Final = re.compile("[，,。！？；\n]")
_SENTENCE: Final = re.compile("[。！？；\n]")


@dataclass(frozen=True)
class Cues:
    """rules/slogans.toml, table [offered], made ready for use: what stands beside the quotes."""

    taken_before: re.Pattern[str]
    taken_behind: re.Pattern[str]
    against_before: re.Pattern[str]
    against_behind: re.Pattern[str]
    names: re.Pattern[str]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Return the cues, read once."""
    table: dict[str, Any] = read_rules("slogans")["offered"]
    return Cues(
        taken_before=re.compile(f"(?:{'|'.join(table['taken_before'])})$"),
        taken_behind=re.compile("|".join(table["taken_behind"])),
        against_before=re.compile("|".join(table["against_before"])),
        against_behind=re.compile("|".join(table["against_behind"])),
        names=re.compile("|".join(table["names"])),
    )


def is_taken_up(text: str, start: int, end: int) -> bool | None:
    """Tell whether the sentence takes the quoted text[start:end] up as its own.

    False where it turns against the words, None where neither is said.
    """
    cues = load_cues()
    before, behind = _read_left(text, start), _read_right(text, end)
    if cues.names.fullmatch(text[start:end]):
        return False
    if cues.against_before.search(before) or cues.against_behind.match(behind):
        return False
    if cues.taken_behind.match(behind) or cues.taken_before.search(before):
        return True
    return None


def _read_left(text: str, start: int) -> str:
    """Return what stands in the clause before the row of quotes that text[start] is in."""
    at = start - 1
    for _step in range(_LONGEST_ROW):
        opening = max(text.rfind(sign, max(0, at - 60), max(0, at - 1)) for sign in _OPENING)
        if opening < 0 or not _ROW.fullmatch(text, _find_close(text, opening), at + 1):
            break
        at = opening
    return _CLAUSE.split(text[max(0, at - _REACH) : at])[-1]


def _find_close(text: str, opening: int) -> int:
    ends = [at for sign in _CLOSING if (at := text.find(sign, opening, opening + 60)) >= 0]
    return min(ends, default=len(text))


def _read_right(text: str, end: int) -> str:
    """Return what stands in the sentence behind the row of quotes that ends at text[end]."""
    at = end
    for _step in range(_LONGEST_ROW):
        row = _ROW.match(text, at)
        closing = _find_close(text, row.end()) if row else len(text)
        if row is None or closing >= len(text):
            break
        at = closing
    return _SENTENCE.split(text[at + 1 : at + 1 + _REACH])[0]
