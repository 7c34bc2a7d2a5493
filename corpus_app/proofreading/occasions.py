"""Years, anniversaries and years of a plan that do not fit each other or the draft's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from corpus_app.proofreading.draft_days import load_rules
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.sentences import cut_before, is_quoted
from corpus_app.text.numerals import read_count, read_year, write_count

_FULL_YEAR: Final = r"(?:19|20)\d\d|[二一][〇○零九][〇○零一二三四五六七八九]{2}"
_SHIFTS: Final = {"今年": 0, "去年": -1, "明年": 1}
_TIME: Final = re.compile(rf"今年|去年|明年|前年|后年|当年|(?P<year>{_FULL_YEAR})年")
# What makes the words behind a year tell of that year: 今年是…, 2024年，我们迎来….
_IS: Final = re.compile(r"，?(?:我们|恰|又|也|正|将|即)*(?:是|逢|适逢|迎来|值|迎)")
_TOLD: Final = re.compile(
    rf"(?P<shift>今年|去年|明年)(?:[（(]|是)(?P<year>{_FULL_YEAR})年?(?=[）)，。])"
)
_PLAN_YEAR: Final = re.compile(
    r"[“\"]?(?P<plan>十[一二三四五]?五)[”\"]?(?:规划|计划|时期)?(?:实施|执行)?的?"
    r"(?P<place>开局之年|开局年|起步之年|第一年|头一年|第[二三四五]年|收官之年|收官年|最后一年)"
)
_OPENING: Final = re.compile(
    rf"(?:^|(?<=[\n。；]))\s*(?P<year>{_FULL_YEAR})年(?:，)?是[^。；\n]*?年"
)
_TO_BE_DONE: Final = re.compile(
    r"做好(?:今年|全年|这一年|当年|各项|[\u4e00-\u9fff]{0,6}工作)|今年|意义(?:十分|特别|格外)?重大"
    r"|至关重要|责任(?:十分)?重大|任务(?:十分|更加)?(?:艰巨|繁重)|我们(?:要|必须|将)"
)
_LOOK_AHEAD: Final = 60


def find_misdated_occasions(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield what a draft of a day says of a year and does not fit that year, in no order."""
    yield from _check_told_years(text, day)
    yield from _check_anniversaries(text, day)
    yield from _check_plan_years(text, day)
    yield from _check_openings(text, day)


@cache
def _find_anniversaries() -> tuple[re.Pattern[str], dict[str, int]]:
    known = dict(load_rules().anniversaries)
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    numeral = r"[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,6}"
    return re.compile(rf"(?P<name>{names})(?P<number>{numeral})周年"), known


def _check_told_years(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield 今年是2021年 and 去年（2023年） where the draft is of another year."""
    for match in _TOLD.finditer(text):
        right = day.year + _SHIFTS[match["shift"]]
        if read_year(match["year"]) == right or is_quoted(text, match.start()):
            continue
        message = f"稿子的日期是{day.year}年，{match['shift']}是{right}年。"
        yield DraftFinding("residue", *match.span("year"), match["year"], message, str(right), 0.85)


def _check_anniversaries(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield anniversaries that are not those of the year that the sentence names for them."""
    pattern, known = _find_anniversaries()
    for match in pattern.finditer(text):
        number, year = read_count(match["number"]), _find_year(text, match.start(), day)
        if not year or number is None or is_quoted(text, match.start()):
            continue
        first = known[match["name"]]
        if number == year - first or year <= first:
            continue
        message = (
            f"{match['name']}是{first}年，到{year}年是{year - first}周年，这里是“{number}周年”。"
        )
        right = str(year - first) if match["number"].isdigit() else write_count(year - first)
        span = match.start("number"), match.end()
        words = text[slice(*span)]
        yield DraftFinding("residue", *span, words, message, f"{right}周年", 0.85)


def _find_year(text: str, at: int, day: date) -> int:
    """Return the year that the sentence is about at a place, 0 where it names none for sure."""
    before = cut_before(text, at)
    times = list(_TIME.finditer(before))
    if not times or not _IS.match(before, times[-1].end()):
        return 0
    word = times[-1]
    if word["year"]:
        return read_year(word["year"]) or 0
    return day.year + _SHIFTS[word.group()] if word.group() in _SHIFTS else 0


def _check_plan_years(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield 今年是“十四五”开局之年 where the year is another one of the plan, or none."""
    plans = {name: (first, last) for name, first, last in load_rules().plans}
    for match in _PLAN_YEAR.finditer(text):
        year = _find_year(text, match.start(), day)
        if not year or match["plan"] not in plans or is_quoted(text, match.start()):
            continue
        first, last = plans[match["plan"]]
        right = _place_in_plan(match["place"], first, last)
        if year == right:
            continue
        message = (
            f"“{match['plan']}”是{first}年到{last}年，{match['place']}是{right}年，不是{year}年。"
        )
        newest = next(
            (n for n, (a, b) in plans.items() if _place_in_plan(match["place"], a, b) == year), None
        )
        suggestion = match.group().replace(match["plan"], newest, 1) if newest else None
        yield DraftFinding("residue", *match.span(), match.group(), message, suggestion, 0.85)


def _place_in_plan(words: str, first: int, last: int) -> int:
    """Return the year of a plan that 开局之年, 第三年, 收官之年 … is."""
    if words.startswith(("收官", "最后")):
        return last
    return first + max(0, "一二三四五".find(words[1]))


def _check_openings(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield 2021年是…之年 where a later draft goes on to tell what must be done in that year."""
    rules = load_rules()
    for match in _OPENING.finditer(text):
        year = read_year(match["year"])
        if year is None or year >= day.year:
            continue
        behind = text[match.end() : match.end() + _LOOK_AHEAD].partition("\n")[0]
        told = match.group().replace("届任期", "") + behind
        if rules.past.search(told) or not _TO_BE_DONE.search(behind):
            continue
        message = f"稿子的日期是{day.year}年，这里还把{year}年当作今年来讲。"
        suggestion = str(day.year) if match["year"].isdigit() else None
        yield DraftFinding("residue", *match.span("year"), match["year"], message, suggestion, 0.75)
