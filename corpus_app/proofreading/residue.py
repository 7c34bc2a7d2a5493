"""Words left over from another draft: places, meetings, plans and years that do not fit its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from corpus_app.proofreading.bodies import find_foreign_bodies
from corpus_app.proofreading.draft_days import is_meant_now, load_rules, read_day
from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.occasions import find_misdated_occasions
from corpus_app.proofreading.places import find_foreign_places
from corpus_app.proofreading.sentences import cut_sentence
from corpus_app.proofreading.sessions import find_foreign_sessions
from corpus_app.text.numerals import read_year

_CONGRESS: Final = re.compile(
    r"(?:党的|中共)?(?P<number>十[六七八九]|二十)"
    r"(?:大(?![地山桥厦厅道型战事堂])|届[一二三四五六七]中全会)"
)
# 第十四个五年规划 and “十四五”规划 are one.
_PLAN: Final = re.compile(
    r"[“\"]?(?P<number>十[一二三四五]?五)[”\"]?(?:[规計计]划|发展规划|规划纲要|时期)?"
    r"|第(?P<count>十[一二三四五]?)个五年(?:规划|计划)"
)
_YEAR: Final = re.compile(r"(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?:度)?")
_SETS_OUT: Final = re.compile(r"(?:部署|安排|谋划|研究|明确|提出|确定)(?:好|了)?$")


def find_residue(text: str, facts: DraftFacts) -> Iterator[DraftFinding]:
    """Yield what does not fit the draft's own day and place, in no order.

    Without a day no meeting, plan or year is judged; without a place no place is.
    """
    day = read_day(facts.day)
    if day is not None:
        yield from _check_congresses(text, day)
        yield from _check_plans(text, day)
        yield from _check_years(text, day)
        yield from find_misdated_occasions(text, day)
    yield from find_foreign_sessions(text, facts, day)
    if facts.place:
        yield from find_foreign_bodies(text, facts)
        yield from find_foreign_places(text, facts.place, day.year if day else 0)


def _check_congresses(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield the meetings of an older congress that a sentence sets out to carry out.

    A sentence that names the newest one too, or a later one, tells a history.
    """
    rules = load_rules()
    current = rules.find_congress(day)
    numbers = [name for name, _ in rules.congresses]
    for match in _CONGRESS.finditer(text):
        number = numbers.index(match["number"])
        if number >= current or not is_meant_now(text, *match.span()):
            continue
        sentence = cut_sentence(text, *match.span())
        named = [numbers.index(m["number"]) for m in _CONGRESS.finditer(sentence)]
        if max(named) > number or "新时代" in match.group():
            continue
        newest = f"党的{numbers[current]}大"
        message = f"稿子的日期是{day.year}年，{newest}已经召开，这里还是“{match.group()}”。"
        # A plenum is no congress: which one is meant nobody can say.
        instead = None if "全会" in match.group() else newest
        yield DraftFinding("residue", *match.span(), match.group(), message, instead, 0.85)


def _check_plans(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield plans that ended before the year before the draft's, named as ones to carry out."""
    rules = load_rules()
    known = {name: (first, last) for name, first, last in rules.plans}
    current = rules.find_plan(day.year)
    for match in _PLAN.finditer(text):
        name = _name_plan(match)
        years = known.get(name)
        quoted = text[match.start()] in '“"第' or "规划" in match.group()
        if years is None or not quoted or years[1] >= day.year - 1:
            continue
        sentence = cut_sentence(text, *match.span())
        named = [known[n] for m in _PLAN.finditer(sentence) if (n := _name_plan(m)) in known]
        if max(named)[1] > years[1]:
            continue
        if not is_meant_now(text, *match.span()):
            continue
        start, end = match.span()
        newest = rules.plans[current][0] if current >= 0 else ""
        old, new = (name, newest) if match["number"] else (match["count"], newest[:-1])
        suggestion = match.group().replace(old, new) if newest else None
        message = f"稿子的日期是{day.year}年，“{name}”到{years[1]}年为止。"
        yield DraftFinding("residue", start, end, match.group(), message, suggestion, 0.85)


def _name_plan(match: re.Match[str]) -> str:
    """Return the plan's short name, 十四五."""
    return match["number"] or f"{match['count']}五"


def _check_years(text: str, day: date) -> Iterator[DraftFinding]:
    """Yield years before the draft's own whose tasks are still to be done."""
    rules = load_rules()
    for match in _YEAR.finditer(text):
        year = read_year(match["year"])
        behind = text[match.end() : match.end() + 12]
        task = rules.task.search(behind)
        if year is None or year >= day.year or task is None or task.start() > 4:
            continue
        sentence = _cut_told(text, *match.span())
        if rules.past.search(sentence) or re.search("完成|执行|落实情况|情况|回头看", sentence):
            continue
        words = text[match.start() : match.end() + task.end()]
        message = f"稿子的日期是{day.year}年，这里是“{words}”。"
        suggestion = f"{day.year}年" if match["year"].isdigit() else None
        yield DraftFinding("residue", *match.span(), match.group(), message, suggestion, 0.8)


def _cut_told(text: str, start: int, end: int) -> str:
    """Return the sentence around a year; from 部署2025年… on where that sets out to do something.

    总结去年工作，部署2025年重点工作: what was summed up before is another matter.
    """
    sentence = cut_sentence(text, start, end)
    if not _SETS_OUT.search(text[max(0, start - 6) : start]):
        return sentence
    return sentence[sentence.find(text[start:end]) :]
