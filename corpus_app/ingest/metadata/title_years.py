"""The year in a document's title, where it is the year of the document."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_app.ingest.dates import DATE, find_date, read_match
from corpus_app.ingest.draft import PartialDate
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.ingest.rule_files import read_rules

_DIGITS: Final = r"[12][0-9]{3}|[二一][〇○零OoＯ一二三四五六七八九]{3}"
_YEAR: Final = re.compile(rf"(?P<year>{_DIGITS})\s?年(?!度)")
# At the end, or in brackets of its own: 政府工作报告（2024年）, 政府工作报告 2024年1月.
_APART: Final = re.compile(
    rf"\s?[（(【\[](?P<inner>(?:{_DIGITS})[^）)】\]]{{0,10}})[）)】\]]"
    rf"|[\s—·]+(?P<last>(?:{_DIGITS})(?:\s?年.{{0,6}})?)$"
)
_BARE: Final = re.compile(_DIGITS)
_BRACKETED: Final = re.compile(r"[（(【\[][^）)】\]]{1,10}[）)】\]]")
_LEADING: Final = re.compile(r"[\u3400-\u9fff]{0,10}?")


def find_title_year(title: str) -> PartialDate | None:
    """Return the year, or the day, that the title says its document is of; None where none.

    Of two years neither; 2023年度, 2035年远景目标 and 纪念1949年 are what the document is about.

    >>> find_title_year("政府工作报告（2024年）")
    PartialDate(value='2024', precision='year')
    """
    apart = _APART.search(title)
    bare = title if apart is None else title[: apart.start()] + title[apart.end() :]
    if not ends_as_document(bare.strip()) or title.startswith("关于"):
        return None
    if apart is not None:
        return None if _YEAR.search(bare) else _read_apart(apart["inner"] or apart["last"])
    years = {match["year"] for match in _YEAR.finditer(title)}
    if len(years) != 1 or not _begins_with_year(title):
        return None
    return find_date(f"{years.pop()}年")


def _read_apart(words: str) -> PartialDate | None:
    if _BARE.fullmatch(words):
        return find_date(f"{words}年")
    match = DATE.fullmatch(words.strip())
    return read_match(match) if match else None


def _begins_with_year(title: str) -> bool:
    """Say whether the year stands first, or behind the place or the meeting that it is of."""
    bracketed = _BRACKETED.match(title)
    at = bracketed.end() if bracketed else 0
    match = _YEAR.search(title, at)
    if match is None or not _LEADING.fullmatch(title, at, match.start()):
        return False
    before, behind = _list_subjects()
    return not (before.search(title, at, match.start()) or behind.match(title, match.end()))


@cache
def _list_subjects() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words before and behind a year that a document is about, not of."""
    rules = read_rules("metadata")["title_years"]
    before = "|".join(map(re.escape, rules["before"]))
    behind = "|".join(map(re.escape, rules["behind"]))
    return re.compile(before), re.compile(rf"\s?(?:{behind})")
