"""The check of a draft: every finder in turn, and an account of what was looked at."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.proofreading.counted import find_counted_faults
from corpus_app.proofreading.drafts import OwnDraft
from corpus_app.proofreading.findings import CheckedDraft, DraftFinding
from corpus_app.proofreading.placeholders import find_placeholders
from corpus_app.proofreading.punctuation import find_punctuation_faults
from corpus_app.proofreading.quotations import (
    MOST_QUOTED,
    find_quotation_faults,
    has_too_many,
)
from corpus_app.proofreading.residue import find_residue, read_day
from corpus_app.proofreading.standards import find_near_misses
from corpus_app.proofreading.structure import find_outline_faults
from corpus_app.proofreading.wordings import find_wording_faults

# Where two findings meet, the one that says more: a standard wording over a mark in it.
_WORDINGS: Final = frozenset({"slogan", "superseded"})
_ORDER: Final = ("superseded", "slogan", "quotation", "placeholder", "residue")


def check_draft(draft: OwnDraft) -> CheckedDraft:
    """Return what is to be looked at in a draft; took_ms counts from the draft's text on."""
    began = time.perf_counter()
    day = draft.facts.day or timezone.localdate().isoformat()
    misses = list(find_near_misses(draft.text, day))
    found = [
        *misses,
        *find_wording_faults(draft.text, day),
        *find_counted_faults(draft.text, day, misses),
        *find_quotation_faults(draft.text),
        *find_residue(draft.text, draft.facts),
        *find_placeholders(draft.text),
        *find_outline_faults(draft),
        *find_punctuation_faults(draft.text),
    ]
    checked, left = _list_checks(draft)
    took = round((time.perf_counter() - began) * 1000)
    return CheckedDraft(draft.text, tuple(_settle(found)), checked, left, took)


def _list_checks(draft: OwnDraft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what was looked at, and what was not and why, each in words for the reader."""
    checked = [_("提法"), _("引文（限已发布的讲话）"), _("未填处"), _("编号层次"), _("标点")]
    left = [
        _("用字差错（重复的字词除外）"),
        _("法律条文"),
        _("与他稿雷同之处"),
        _("数字、人名、职务是否属实"),
    ]
    day, place = bool(read_day(draft.facts.day)), bool(draft.facts.place)
    if has_too_many(draft.text):
        left.append(_("第 %d 处以后的引文") % MOST_QUOTED)
    dated = _("旧稿残留：会议、规划、年份")
    placed = _("旧稿残留：地名")
    (checked if day else left).append(dated if day else _("%s（稿件没有日期）") % dated)
    (checked if place else left).append(placed if place else _("%s（看不出是哪里的稿件）") % placed)
    return tuple(checked), tuple(left)


def _settle(found: Iterable[DraftFinding]) -> list[DraftFinding]:
    """Return the findings in reading order; of those that tell one fault the narrowest stays."""
    ranks = {kind: number for number, kind in enumerate(_ORDER)}
    found = list(found)
    # A slip in the newer wording's rest: what is told of the whole says more than of its part.
    whole = [one for one in found if one.kind == "slogan"]
    found = [one for one in found if not any(_is_part(one, other) for other in whole)]
    kept: list[DraftFinding] = []
    for one in sorted(found, key=lambda f: (f.end - f.start, ranks.get(f.kind, 9), -f.confidence)):
        if not any(_tells_the_same(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _is_part(one: DraftFinding, other: DraftFinding) -> bool:
    inside = other.start <= one.start and one.end <= other.end
    return inside and one.kind == "superseded" and one.suggestion == other.suggestion


def _tells_the_same(one: DraftFinding, other: DraftFinding) -> bool:
    """Say whether a finding is no more than a narrower or equal one, kept already."""
    if not (one.start < other.end and other.start < one.end):
        return False
    if one.suggestion and other.suggestion and {one.kind, other.kind} <= _WORDINGS:
        return other.suggestion in one.suggestion
    return (one.start, one.end) == (other.start, other.end)
