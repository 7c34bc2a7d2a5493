"""Faults of an outline: numbers that jump or come twice, levels out of order, points not kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from corpus_app.ingest.draft import Section
from corpus_app.proofreading.drafts import OwnDraft
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.text.numerals import read_ordinal, write_ordinal, write_quantity
from corpus_app.text.paragraphs import list_paragraphs

# Levels of numbering as GB/T 9704 orders them, the outermost first.
_LEVELS: Final = (
    re.compile(r"(?:第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+、)"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"[0-9０-９]+[.．、]"),
    re.compile(r"[（(][0-9０-９]+[)）]"),
)
_HAN: Final = "一二三四五六七八九十"
_PROMISE: Final = re.compile(
    r"(?P<number>[两二三四五六七八九十])(?:个方面|方面|点|条|项|个|件)[\u4e00-\u9fff]{0,6}[：:]"
)
_POINT: Final = re.compile(
    rf"(?:^|(?<=[：:；;。，,\s]))(?P<number>[{_HAN}]{{1,2}})(?P<word>是|要|则)(?!否)"
)
_CLAUSE: Final = re.compile(r"[，,、；;]")
LEAST_PARALLEL: Final = 4
# Nobody announces so many.
_MOST_POINTS: Final = 100


class _Promise(NamedTuple):
    """Words at a place that promise so many points, and how many are listed behind them."""

    start: int
    words: str
    promised: int
    counted: int


def find_outline_faults(draft: OwnDraft) -> Iterator[DraftFinding]:
    """Yield the faults of kind "outline" and "announced", in no order.

    Where a number is wrong and the parts are as many as announced, the wrong number says it all.
    """
    misnumbered, promises = list(_check_numbering(draft)), list(_list_promises(draft.text))
    yield from misnumbered
    yield from _check_headings(draft)
    yield from _check_levels(draft)
    yield from _check_announced(draft, promises, explained=bool(misnumbered))
    yield from _check_promises(promises)


def _list_siblings(draft: OwnDraft) -> Iterator[list[Section]]:
    """Yield the numbered sections of one parent each, in order."""
    rows = [s for s in draft.sections if s.marker and s.ordinal]
    for _parent, group in groupby(
        sorted(rows, key=lambda s: (s.parent or "", s.start)), key=lambda s: s.parent
    ):
        yield list(group)


def _check_numbering(draft: OwnDraft) -> Iterator[DraftFinding]:
    """Yield the numbers of sections that are wrong."""
    starts = {section.id: section.start for section in draft.sections}
    for siblings in _list_siblings(draft):
        low = starts.get(siblings[0].parent or "", 0)
        yield from _check_numbers(draft.text, siblings, low)


def _check_numbers(text: str, siblings: Sequence[Section], low: int) -> Iterator[DraftFinding]:
    """Yield where the number of a section does not follow that of the one before it.

    low is where their parent begins.
    """
    for family, group in groupby(siblings, key=lambda s: _shape(s.marker or "")):
        row = list(group)
        if row[0].ordinal != 1 and len(row) > 1 and row[0] is siblings[0]:
            yield _mark(text, row[0], f"本级编号从“{_name(row[0])}”开始，前面缺少编号。", family)
        last = row[0].ordinal or 0
        for before, after, following in zip(row, row[1:], [*row[2:], None], strict=False):
            expected, number = last + 1, after.ordinal or 0
            # Where the next one counts on as if nothing was, this one alone is wrong.
            alone = following is not None and following.ordinal == expected + 1
            last = expected if alone else number
            if number == expected or (number == 1 and family == "point"):
                continue
            again = _find_again(text, before, low) if number == expected + 1 else None
            if again is not None:
                yield _tell_repeated(text, before, again, expected)
                continue
            repeated = number == before.ordinal
            words = (
                f"编号“{_name(after)}”重复。"
                if repeated
                else f"编号从“{_name(before)}”跳到“{_name(after)}”。"
            )
            yield _mark(text, after, words, family, _renumber(after.marker or "", expected))


def _find_again(text: str, section: Section, low: int) -> int | None:
    """Return where the mark of a first section stands a second time, None where it does not.

    （一）…（一）…（三）: a reader of outlines takes the two for one section.
    """
    if section.ordinal != 1:
        return None
    lines = rf"(?m)^[^\S\n]*({re.escape(section.marker or '')})"
    found = [match.start(1) for match in re.compile(lines).finditer(text, low, section.end)]
    return found[1] if len(found) > 1 else None


def _tell_repeated(text: str, section: Section, at: int, expected: int) -> DraftFinding:
    mark = section.marker or ""
    message = f"编号“{_name(section)}”重复。"
    return DraftFinding(
        "outline", at, at + len(mark), mark, message, _renumber(mark, expected), 0.95
    )


def _shape(marker: str) -> str:
    """Return what kind of mark this is: the figures of one level look alike."""
    for number, pattern in enumerate(_LEVELS):
        if pattern.match(marker):
            return str(number)
    return "point"


def _name(section: Section) -> str:
    return (section.marker or "").strip("、.．，：: ")


def _renumber(marker: str, ordinal: int) -> str | None:
    """Return the mark with another number, None where that can't be written the same way."""
    match = re.search(rf"[{_HAN}]+|[0-9]+", marker)
    if match is None:
        return None
    number = str(ordinal) if match.group().isdigit() else write_ordinal(ordinal)
    return marker[: match.start()] + number + marker[match.end() :]


def _mark(
    text: str, section: Section, message: str, family: str, suggestion: str | None = None
) -> DraftFinding:
    start = text.find(section.marker or "", section.start, section.end)
    start = section.start if start < 0 else start
    end = start + len(section.marker or "")
    confidence = 0.9 if family == "point" else 0.95
    return DraftFinding("outline", start, end, text[start:end], message, suggestion, confidence)


def _check_levels(draft: OwnDraft) -> Iterator[DraftFinding]:
    """Yield the first section below each that bears a mark of a level above that one's."""
    by_id = {section.id: section for section in draft.sections}
    told: set[str] = set()
    for section in draft.sections:
        parent = by_id.get(section.parent or "")
        if parent is None or not section.marker or not parent.marker or parent.id in told:
            continue
        own, above = _shape(section.marker), _shape(parent.marker)
        if "point" not in (own, above) and own < above:
            told.add(parent.id)
            message = f"“{_name(section)}”这一级编号在“{_name(parent)}”之下，层次颠倒。"
            yield replace(_mark(draft.text, section, message, own), confidence=0.7)


def _check_headings(draft: OwnDraft) -> Iterator[DraftFinding]:
    """Yield the one heading of a row that is built otherwise than all its neighbours.

    Four headings or more, all others of one pattern of clauses by length: a weak sign, for form
    may be left on purpose.
    """
    text = draft.text
    for siblings in _list_siblings(draft):
        headed = [s for s in siblings if s.kind == "section" and s.heading]
        if len(headed) >= LEAST_PARALLEL:
            yield from _compare_headings(text, headed)


def _compare_headings(text: str, headed: Sequence[Section]) -> Iterator[DraftFinding]:
    shapes = [tuple(map(len, _CLAUSE.split((s.heading or "").rstrip("。")))) for s in headed]
    for section, shape in zip(headed, shapes, strict=True):
        others = {other for other in shapes if other != shape}
        if len(others) == 1 and shapes.count(shape) == 1 and len(next(iter(others))) > 1:
            at = text.find(section.heading or "", section.start, section.end)
            words = section.heading or ""
            # 几点体会 among long headings sums up and is no fault.
            if at < 0 or len(shape) == len(next(iter(others))) or len(words) < LEAST_PARALLEL * 2:
                continue
            message = "这个标题与其他同级标题句式不一。"
            yield DraftFinding("outline", at, at + len(words), words, message, None, 0.5)


def _check_announced(
    draft: OwnDraft, promises: Sequence[_Promise], *, explained: bool
) -> Iterator[DraftFinding]:
    """Yield where the opening promises another number of parts than there are.

    promises are those whose points stand in the paragraph itself, which promise no parts.
    explained: a number that is told as wrong is why one of as many parts as announced is missing.
    """
    for entry in draft.announced:
        if entry.expected == entry.found and (explained or not entry.missing):
            continue
        start = draft.text.find(entry.text)
        within = (start <= one.start < start + len(entry.text) for one in promises)
        if start < 0 or any(within):
            continue
        missing = "、".join(f"第{write_ordinal(number)}" for number in entry.missing)
        lacks = f"，缺{missing}部分" if missing else ""
        message = f"文中说“{entry.text}”，实际找到{entry.found}个部分{lacks}。"
        yield DraftFinding(
            "announced", start, start + len(entry.text), entry.text, message, None, 0.95
        )


def _check_promises(promises: Iterable[_Promise]) -> Iterator[DraftFinding]:
    """Yield where “三个方面：” is followed by another number of points (一是 … 二是 …)."""
    for one in promises:
        if one.promised != one.counted:
            message = f"前面说“{one.words}”，后面列了{write_quantity(one.counted)}条。"
            yield DraftFinding(
                "announced", one.start, one.start + len(one.words), one.words, message, None, 0.9
            )


def _list_promises(text: str) -> Iterator[_Promise]:
    """Yield the numbers of points that a paragraph promises and goes on to list."""
    points = [(m.start(), read_ordinal(m["number"]), m["word"]) for m in _POINT.finditer(text)]
    found = (
        (m, end)
        for start, end in list_paragraphs(text)
        for m in _PROMISE.finditer(text, start, end)
    )
    for match, stop in found:
        promised = read_ordinal(match["number"])
        first = bisect_left(points, match.end(), key=itemgetter(0))
        last = bisect_left(points, stop, first, key=itemgetter(0))
        row = points[first : min(last, first + _MOST_POINTS)]
        # 一是, 二是, and a 三要 that goes on with what was counted before.
        counted = _count_row([number for _, number, word in row if word == row[0][2]])
        if promised is not None and counted > 1:
            yield _Promise(match.start(), match.group().rstrip("：:"), promised, counted)


def _count_row(numbers: Sequence[int | None]) -> int:
    """Return how far the numbers count from 1 on, 0 where they do not begin so."""
    count = 0
    for number in numbers:
        if number == 1 and count:
            break
        count = number if number and number >= count else count
        if number and not count:
            return 0
    return count if numbers[:1] == [1] else 0
