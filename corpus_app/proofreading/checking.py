"""The check of a draft: every finder in turn, and an account of what was looked at."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.proofreading.borrowing import MOST_COMPARED, compare_draft
from corpus_app.proofreading.counted import find_counted_faults
from corpus_app.proofreading.draft_days import read_day
from corpus_app.proofreading.drafts import OwnDraft
from corpus_app.proofreading.findings import CheckedDraft, DraftFinding
from corpus_app.proofreading.laws import LawReview, review_laws
from corpus_app.proofreading.placeholders import find_placeholders
from corpus_app.proofreading.punctuation import find_punctuation_faults
from corpus_app.proofreading.quotations import (
    MOST_QUOTED,
    find_quotation_faults,
    has_too_many,
)
from corpus_app.proofreading.residue import find_residue
from corpus_app.proofreading.slips.finding import find_slips
from corpus_app.proofreading.standards import find_near_misses
from corpus_app.proofreading.structure import find_outline_faults
from corpus_app.proofreading.wordings import find_wording_faults

# Where two findings meet, the one that says more: a standard wording over a mark in it.
_WORDINGS: Final = frozenset({"slogan", "superseded"})
# Of each finder; nobody reads more, and each costs the page, the file and the server.
MOST_FINDINGS: Final = 1_000
# A draft is read so many characters at a time by what looks at sentences alone.
PART_CHARS: Final = 20_000
_PART: Final = 64
# What looks at sentences alone, in a text as of a day; the first finds what others go by.
_BY_PARTS: Final[tuple[Callable[[str, str], Iterator[DraftFinding]], ...]] = (
    find_near_misses,
    find_wording_faults,
    find_slips,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A draft as of a day, with what was found in it that other finders go by."""

    draft: OwnDraft
    day: str
    misses: list[DraftFinding]
    laws: LawReview


# What looks at a draft as a whole.
_AT_ONCE: Final[tuple[Callable[[_Reading], Iterator[DraftFinding]], ...]] = (
    lambda one: find_counted_faults(one.draft.text, one.day, one.misses),
    lambda one: find_quotation_faults(one.draft.text, one.laws.quoted),
    lambda one: iter(one.laws.findings),
    lambda one: find_residue(one.draft.text, one.draft.facts),
    lambda one: find_placeholders(one.draft.text),
    lambda one: find_outline_faults(one.draft),
    lambda one: find_punctuation_faults(one.draft.text),
)
_ORDER: Final = ("superseded", "slogan", "quotation", "placeholder", "residue")


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check has come: so many of so many steps, which take about as long each."""

    done: int
    of: int


def check_draft(draft: OwnDraft) -> CheckedDraft:
    """Return what is to be looked at in a draft; took_ms counts from the draft's text on."""
    steps = check_by_steps(draft)
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            checked: CheckedDraft = ended.value
            return checked


def check_by_steps(draft: OwnDraft) -> Generator[CheckProgress, None, CheckedDraft]:
    """Check a draft part by part, yield after each step, and return what check_draft does.

    Whoever no longer wants the answer stops asking: nothing goes on then, and nothing is left.
    """
    began = time.perf_counter()
    day = draft.facts.day or timezone.localdate().isoformat()
    parts = _cut_parts(draft.text)
    of = len(parts) * len(_BY_PARTS) + len(_AT_ONCE)
    told: list[list[DraftFinding]] = []
    for find in _BY_PARTS:
        told.append([])
        for number, (start, end) in enumerate(parts, 1):
            room = MOST_FINDINGS + 1 - len(told[-1])
            found = islice(find(draft.text[start:end], day), max(0, room))
            told[-1] += [one.move(start) for one in found]
            yield CheckProgress((len(told) - 1) * len(parts) + number, of)
    laws = review_laws(draft.text, read_day(day) or timezone.localdate())
    reading = _Reading(draft, day, told[0], laws)
    for number, look in enumerate(_AT_ONCE):
        told.append(list(islice(look(reading), MOST_FINDINGS + 1)))
        yield CheckProgress(of - len(_AT_ONCE) + number + 1, of)
    checked, left = _list_checks(draft, laws)
    if any(len(found) > MOST_FINDINGS for found in told):
        left = (*left, _("每类前 %d 处以外的问题") % MOST_FINDINGS)
    findings = _settle(one for found in told for one in found[:MOST_FINDINGS])
    sources = compare_draft(draft.text)
    took = round((time.perf_counter() - began) * 1000)
    return CheckedDraft(draft.text, tuple(findings), checked, left, took, sources=sources)


def _cut_parts(text: str) -> list[tuple[int, int]]:
    """Return the text in parts of whole paragraphs, of PART_CHARS characters or a little more."""
    parts, at = [], 0
    while at < len(text):
        end = text.find("\n", at + PART_CHARS) + 1 or len(text)
        parts.append((at, end))
        at = end
    return parts


def _list_checks(draft: OwnDraft, laws: LawReview) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was looked at, and what was not and why, each in words for the reader."""
    checked = [
        _("提法"),
        _("引文（限已发布的讲话）"),
        _("用字（错字、别字、叠字、倒字、漏字、多字）"),
        _("未填处"),
        _("编号层次"),
        _("标点"),
        _("与已发布讲话相同之处"),
    ]
    left = [
        _("数字、人名、职务是否属实"),
    ]
    if laws.loaded:
        checked.append(_("法律条文（限已载入的法律文本）"))
    left += _list_unchecked_laws(laws)
    day, place = bool(read_day(draft.facts.day)), bool(draft.facts.place)
    if has_too_many(draft.text):
        left.append(_("第 %d 处以后的引文") % MOST_QUOTED)
    if len(draft.text) > MOST_COMPARED:
        left.append(_("第 %d 字以后与已发布讲话相同之处") % MOST_COMPARED)
    dated = _("旧稿残留：会议、规划、年份")
    placed = _("旧稿残留：地名")
    (checked if day else left).append(dated if day else _("%s（稿件没有日期）") % dated)
    (checked if place else left).append(placed if place else _("%s（看不出是哪里的稿件）") % placed)
    return tuple(checked), tuple(left)


def _list_unchecked_laws(laws: LawReview) -> list[str]:
    """Return what of the laws was not looked at: all, those not at hand, those of another day."""
    if not laws.loaded:
        return [_("法律条文（没有载入法律文本）")]
    lacking = ((laws.missing, _("没有载入：%s")), (laws.unheld, _("没有稿件日期时施行的文本：%s")))
    named = (
        ("、".join(f"《{name}》" for name in dict.fromkeys(names)), words)
        for names, words in lacking
    )
    return [words % names for names, words in named if names]


def _settle(found: Iterable[DraftFinding]) -> list[DraftFinding]:
    """Return the findings in reading order; of those that tell one fault the narrowest stays."""
    ranks = {kind: number for number, kind in enumerate(_ORDER)}
    found = list(found)
    # A slip in the newer wording's rest: what is told of the whole says more than of its part.
    whole = _Stretches()
    for one in found:
        if one.kind in {"slogan", "law"}:
            whole.add(one)
    kept = _Stretches()
    settled: list[DraftFinding] = []
    for one in sorted(found, key=lambda f: (f.end - f.start, ranks.get(f.kind, 9), -f.confidence)):
        if any(_is_part(one, other) for other in whole.list_near(one)):
            continue
        if not any(_tells_the_same(one, other) for other in kept.list_near(one)):
            settled.append(one)
            kept.add(one)
    return sorted(settled, key=lambda f: (f.start, f.end))


class _Stretches:
    """Findings by where they stand, so that none is compared with those far from it."""

    def __init__(self) -> None:
        self._near: defaultdict[int, list[DraftFinding]] = defaultdict(list)

    def add(self, one: DraftFinding) -> None:
        for part in range(one.start // _PART, one.end // _PART + 1):
            self._near[part].append(one)

    def list_near(self, one: DraftFinding) -> Iterator[DraftFinding]:
        """Yield at least all that overlap a finding, some of them twice."""
        for part in range(one.start // _PART, one.end // _PART + 1):
            yield from self._near.get(part, ())


def _is_part(one: DraftFinding, other: DraftFinding) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    if other.kind == "law":
        return inside and one.kind in {*_WORDINGS, "wording"}
    if one.kind == "wording":
        # A character dropped before a wording is told beside it: 贯彻(习)近平总书记.
        dropped = one.suggestion is not None and len(one.suggestion) > one.end - one.start
        return inside or (dropped and (one.end == other.start or one.start == other.end))
    return inside and one.kind == "superseded" and one.suggestion == other.suggestion


def _tells_the_same(one: DraftFinding, other: DraftFinding) -> bool:
    """Say whether a finding is no more than a narrower or equal one, kept already."""
    if not (one.start < other.end and other.start < one.end):
        return False
    if one.suggestion and other.suggestion and {one.kind, other.kind} <= _WORDINGS:
        return other.suggestion in one.suggestion
    return (one.start, one.end) == (other.start, other.end)
