"""Counted set expressions (四个意识) beside their members: missing, miscounted, out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.passages import find_exact
from corpus_app.proofreading.standards import USUAL, is_known, prove_slogan
from corpus_app.slogans.models import Slogan
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.numerals import read_ordinal, write_quantity

# With fewer members known a list of two says nothing.
LEAST_MEMBERS: Final = 3
# Members of two characters (东北、华北、西北) have no order of their own.
_LEAST_MEMBER: Final = 2
# Between the name and its list.
_REACH: Final = 6
_INTRODUCED: Final = r"[”\"]?(?:[（(：:]|——|，?即|，?就是|，?指的是)[“”\s]*(?:要|增强|坚定|坚持)?$"
# What stands between two members of one list.
_BETWEEN: Final = re.compile(r"[、，,；;和与及“”\s]{1,4}(?:要|和|以及|坚定|增强|坚持|做到)?")
_NUMBER: Final = "两二三四五六七八九十"
_LISTED: Final = re.compile(
    rf"“?(?P<number>[{_NUMBER}])(?P<unit>[个大种项]?)(?P<thing>[\u4e00-\u9fff]{{1,4}})”?"
    r"(?:[（(]|——|，即|，就是|：)(?P<list>[^（）()。；\n]{4,120}?)(?:[）)]|(?=[。；\n]))"
)


def find_counted_faults(
    text: str, day: str = "", misses: Sequence[DraftFinding] = ()
) -> Iterator[DraftFinding]:
    """Yield lists of members that lack some, are out of order, or do not fit their number.

    What was proclaimed after the day is not asked for.
    misses are near misses of members, which count as there: they are told by themselves.
    """
    folded = _mend(fold_keeping_space(text), misses)
    told: list[DraftFinding] = []
    for slogan in Slogan.objects.filter(registered=True, kind=Slogan.Kind.COUNTED):
        if len(slogan.members) >= LEAST_MEMBERS and is_known(slogan.source_date, day):
            told += _check_members(text, folded, slogan)
    yield from told
    for one in _check_numbers(text):
        # Which member is missing says more than how many there are.
        if not any(one.start <= other.start and other.end <= one.end for other in told):
            yield one


def _mend(folded: str, misses: Sequence[DraftFinding]) -> str:
    """Return the text with near misses set right where that leaves every place as it is."""
    for one in misses:
        wording = fold_keeping_space(one.suggestion or "")
        if len(wording) == one.end - one.start:
            folded = folded[: one.start] + wording + folded[one.end :]
    return folded


def _check_members(text: str, folded: str, slogan: Slogan) -> Iterator[DraftFinding]:
    """Yield the lists of the slogan's members that are not whole or not in their order."""
    members = [fold_keeping_space(member) for member in slogan.members]
    for row in _find_rows(folded, members):
        if len(row) < 2 or len(row) * 2 < len(members):
            continue
        start, end = row[0][0], row[-1][0] + len(members[row[-1][1]])
        numbers = [number for _, number in row]
        missing = [slogan.members[n] for n in range(len(members)) if n not in numbers]
        named = _is_named(folded, start, slogan.text)
        if missing and (named or _is_nearly_whole(text[start:end], members, missing)):
            message = (
                f"“{slogan.text}”共{write_quantity(len(members))}项，这里缺“{'”“'.join(missing)}”。"
            )
            yield _tell(text, start, end, message, slogan, 0.9 if named else 0.7)
        elif not missing and numbers != sorted(numbers) and (named or _are_long(members)):
            message = f"“{slogan.text}”各项的顺序与规范表述不同。"
            yield _tell(text, start, end, message, slogan, 0.8)


def _are_long(members: Sequence[str]) -> bool:
    return len(members[0]) > _LEAST_MEMBER


def _is_named(folded: str, start: int, name: str) -> bool:
    """Say whether the name introduces the list: “四个意识”（…, 四个意识即…, 四个意识：…."""
    before = folded[max(0, start - len(name) - _REACH) : start]
    return bool(re.search(re.escape(name) + _INTRODUCED, before))


def _is_nearly_whole(words: str, members: Sequence[str], missing: Sequence[str]) -> bool:
    """Say whether one of four members or more is missing from a list that nobody else has so."""
    if len(missing) > 1 or len(members) <= LEAST_MEMBERS:
        return False
    return len({line.speech_id for line in find_exact(words, USUAL)}) < USUAL - 1


def _find_rows(text: str, members: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Yield rows of (place, number of the member) that stand one behind the other."""
    places = sorted(
        (match.start(), number)
        for number, member in enumerate(members)
        for match in re.finditer(re.escape(member), text)
    )
    row: list[tuple[int, int]] = []
    for place, number in places:
        if row:
            last, before = row[-1]
            gap = text[last + len(members[before]) : place]
            if not _BETWEEN.fullmatch(gap) or number in (n for _, n in row):
                yield row
                row = []
        row.append((place, number))
    if row:
        yield row


def _check_numbers(text: str) -> Iterator[DraftFinding]:
    """Yield counted expressions whose list in brackets or behind a dash has another number."""
    for match in _LISTED.finditer(text):
        items = [item for item in re.split("[、，；]", match["list"]) if item.strip("“” ")]
        expected = read_ordinal(match["number"])
        if "、" not in match["list"] or expected is None or len(items) == expected:
            continue
        # Items of one list are alike in length; commas inside a sentence part other things.
        sizes = [len(item) for item in items]
        if max(sizes) > min(sizes) + 3 or not (match["unit"] or "“" in match.group()):
            continue
        if any(sign in _NUMBER for sign in match["thing"]):  # “三河三湖”
            continue
        words = match.group()
        message = f"说的是{match['number']}项，列了{write_quantity(len(items))}项。"
        yield DraftFinding("slogan", match.start(), match.end(), words, message, None, 0.8)


def _tell(
    text: str, start: int, end: int, message: str, slogan: Slogan, confidence: float
) -> DraftFinding:
    suggestion = "、".join(slogan.members)
    return DraftFinding(
        "slogan",
        start,
        end,
        text[start:end],
        message,
        suggestion,
        confidence,
        (prove_slogan(slogan),),
    )
