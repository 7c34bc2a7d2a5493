"""Sessions and terms of congresses that do not fit the draft's own session or its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus_app.proofreading.draft_days import is_meant_now, load_rules
from corpus_app.proofreading.drafts import DraftFacts
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.sentences import cut_before, cut_sentence
from corpus_app.text.numerals import read_count, read_year, write_count

_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
_NATIONAL: Final = re.compile(
    rf"第?(?P<term>{_NUMBER})届全国(?:人大|人民代表大会)第?(?P<number>[一二三四五])次(?:会议)?"
)
# The ninth congress of the nation met first in 1998; since then five sessions in March a term.
_NINTH: Final = 1998
_MARCH: Final = 3
_DATED: Final = re.compile(
    r"(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?，?(?:召开|举行|闭幕|开幕|胜利召开)?的?$"
)
_JUST: Final = re.compile(
    r"(?:今年(?:3月|三月|“?两会”?)?|刚刚|不久前|日前|近日|前不久)，?(?:胜利)?(?:召开|举行|闭幕|结束)的?$"
)
_SPIRIT: Final = re.compile(r"(?:的|和[^。；]{0,20})?(?:会议)?精神")
_LOCAL: Final = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{0,8}}?)(?:第)?(?P<term>{_NUMBER})届(?:人民代表大会|人大)"
    rf"(?!常)第?(?P<number>{_NUMBER})次会议"
)
# The own session is what a sentence opens, closes or has just come through.
_GOING_ON: Final = re.compile(
    r"宣布|今天|现在|开幕|闭幕|就要|隆重召开|胜利召开|这次大会|本次大会|即将圆满|圆满完成(?:了)?各项"
)
_ELSEWHEN: Final = re.compile(
    r"以来|上次|去年|通过的|决定的|明年|上一|历次|当选|年前|决议|期间提出|票决的|提出的"
)
_ACTS: Final = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{0,6}}?)第?(?P<term>{_NUMBER})届(?:人大|人民代表大会)"
    r"(?:常委会|常务委员会|及其常委会)?(?:要|将(?!于|在)|必须|应当)(?!求)"
)
_CHANGE: Final = re.compile(r"换届|下一届|新一届|下届|上一届|上届|届满|历届")
_UNITS: Final = "省市县区州盟旗镇乡"


@dataclass(frozen=True, slots=True)
class CongressSession:
    """A session of the own congress as the draft names it: where, its term, its number."""

    start: int
    end: int
    words: str
    term: int
    number: int


def find_foreign_sessions(text: str, facts: DraftFacts, day: date | None) -> Iterator[DraftFinding]:
    """Yield sessions of the nation that do not fit the day, own ones that contradict each other."""
    yield from _check_national(text, day)
    yield from _check_own(text, facts)


def find_session_year(term: int, number: int) -> int:
    """Return the year in which a session of the national congress met, 0 before the ninth."""
    return _NINTH + 5 * (term - 9) + number - 1 if term >= 9 else 0


def _name_session(words: str, match: re.Match[str], year: int) -> str:
    """Return the words with the session of a year in place of theirs, in the same form."""
    terms, number = divmod(year - _NINTH, 5)
    start = match.start()
    first, last = match.start("term") - start, match.end("term") - start
    at = match.start("number") - start
    return (
        words[:first] + write_count(9 + terms) + words[last:at] + write_count(number + 1)
        + words[at + 1 :]
    )  # fmt: skip


def _check_national(text: str, day: date | None) -> Iterator[DraftFinding]:
    """Yield sessions said to be of another year than they were, or to be carried out too late."""
    for match in _NATIONAL.finditer(text):
        term, number = read_count(match["term"]) or 0, read_count(match["number"]) or 0
        year = find_session_year(term, number)
        right = _find_right_year(text, match, day, year) if year else 0
        if not right:
            continue
        words = match.group()
        message = (
            f"“{words}”是{year}年的会议，{right}年的是“{_name_session(words, match, right)}”。"
        )
        yield DraftFinding(
            "residue", *match.span(), words, message, _name_session(words, match, right), 0.8
        )


def _find_right_year(text: str, match: re.Match[str], day: date | None, year: int) -> int:
    """Return the year of the session that is meant, 0 where the one named may be meant."""
    before = text[max(0, match.start() - 30) : match.start()]
    dated = _DATED.search(before)
    if dated:
        told = read_year(dated["year"]) or 0
        return told if told != year and told >= _NINTH else 0
    if day is None:
        return 0
    newest = day.year if day.month >= _MARCH else day.year - 1
    if newest == year:
        return 0
    if _JUST.search(before):
        return newest
    if not _SPIRIT.match(text, match.end()) or not is_meant_now(text, *match.span()):
        return 0
    others = [
        find_session_year(read_count(m["term"]) or 0, read_count(m["number"]) or 0)
        for m in _NATIONAL.finditer(cut_sentence(text, *match.span()))
    ]
    # In March both the last session and the one that goes on are carried out.
    late = year < newest - 1 or (year < newest and day.month > _MARCH)
    return newest if max(others) == year and (late or year > newest) else 0


def _check_own(text: str, facts: DraftFacts) -> Iterator[DraftFinding]:
    """Yield sessions and terms other than the one that the draft opens, closes or is titled by."""
    sessions = list(_list_own(text, facts.place))
    if not sessions:
        return
    titled = next((m for m in _LOCAL.finditer(facts.title)), None)
    own = (
        (read_count(titled["term"]), read_count(titled["number"]))
        if titled
        else (sessions[0].term, sessions[0].number)
    )
    for one in sessions:
        if (one.term, one.number) != own:
            right = f"第{write_count(own[0] or 0)}届…第{write_count(own[1] or 0)}次会议"
            message = f"本次会议前面是“{right}”，这里是“{one.words}”。"
            yield DraftFinding("residue", one.start, one.end, one.words, message, None, 0.85)
    yield from _check_terms(text, facts.place, own[0] or 0)


def _list_own(text: str, place: str) -> Iterator[CongressSession]:
    """Yield the sessions of the own congress that a sentence opens or closes, or a title names."""
    for match in _LOCAL.finditer(text):
        sentence = cut_sentence(text, *match.span())
        titled = "讲话" in sentence or "致辞" in sentence
        if not titled and not _GOING_ON.search(sentence):
            continue
        before = cut_before(text, match.start())
        if not _is_own(match["place"], place) or _ELSEWHEN.search(before) or _is_later(text, match):
            continue
        start, end = match.start("term"), match.end()
        start -= text[start - 1] == "第"
        term, number = read_count(match["term"]), read_count(match["number"])
        if term and number:
            yield CongressSession(start, end, text[start:end], term, number)


def _is_own(words: str, place: str) -> bool:
    """Say whether words before a term name the own place, or none but its unit (市第六届…)."""
    if not words or words[-1] not in _UNITS:
        return "全国" not in words and not words.endswith(("党", "团", "会"))
    named = not place or words.endswith(place[-4:]) or words[-1] == place[-1]
    return named and not (len(words) > 2 and place and place[-2:-1] not in words)


def _is_later(text: str, match: re.Match[str]) -> bool:
    return bool(_ELSEWHEN.match(text, match.end()) or text[match.end() : match.end() + 1] == "以")


def _check_terms(text: str, place: str, own: int) -> Iterator[DraftFinding]:
    """Yield terms of the own congress that is to do something and is not of the own term."""
    for match in _ACTS.finditer(text):
        term = read_count(match["term"])
        sentence = cut_sentence(text, *match.span())
        if term in {own, None} or not _is_own(match["place"], place):
            continue
        if _CHANGE.search(sentence) or load_rules().past.search(sentence):
            continue
        right = write_count(own)
        message = f"本届是第{right}届，这里是“{match['term']}届”。"
        yield DraftFinding("residue", *match.span("term"), match["term"], message, right, 0.8)
