"""What the page that compares two speeches shows: facts side by side, rows, what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.identity import Head, compare_heads
from corpus_app.catalog.models import Revision, Speech
from corpus_app.intake.revisions.filling.anchors import UnfilledReason
from corpus_app.intake.revisions.filling.merging import GapAnswer, Plan, plan_filling
from corpus_app.intake.text_reuse.finding import find_pair
from corpus_app.intake.text_reuse.fullness import Fullness, judge_fuller
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.review.comparison import compare_revisions
from corpus_app.text.paragraphs import list_paragraphs


@dataclass(frozen=True)
class Fact:
    """A value of both speeches."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Return whether the two are not the same."""
        return self.left != self.right


@dataclass(frozen=True)
class FilledSpan:
    """A piece of a merged text: from the base, or filled in from the other text."""

    text: str
    filled: bool


def collect_comparison(left: Speech, right: Speech) -> dict[str, Any]:
    """Return the context of review/compare.html; both speeches have a current revision."""
    one, other = _take_current(left), _take_current(right)
    fullness = Fullness.of(left, one), Fullness.of(right, other)
    return {
        "left": left,
        "right": right,
        "facts": list(_list_facts(fullness, (left, right), (one, other))),
        "comparison": compare_revisions(one, other),
        "kinship": find_pair(left.pk, right.pk),
        "heads": compare_heads(Head.of_speech(left), Head.of_speech(right)),
        "fuller": judge_fuller(*fullness),
        "fillable": [
            (base, donor)
            for base, donor in ((left, right), (right, left))
            if _can_fill(base, donor)
        ],
        "stamp": stamp_pair(left, right),
    }


def collect_filling(base: Speech, donor: Speech) -> dict[str, Any]:
    """Return the context of review/compare_fill.html."""
    plan = plan_filling(_take_current(base), _take_current(donor))
    return {
        "base": base,
        "donor": donor,
        "plan": plan,
        "answers": [(answer, word_reason(answer)) for answer in plan.answers],
        "paragraphs": list(cut_paragraphs(plan)),
        "stamp": stamp_pair(base, donor),
    }


def stamp_pair(first: Speech, second: Speech) -> str:
    """Return what tells whether one of the two was changed since a page was shown."""
    return "-".join(str(pk) for pk in sorted((first.current_id or 0, second.current_id or 0)))


def word_reason(answer: GapAnswer) -> str:
    """Return why a gap stays, in words; "" for one that is filled."""
    if answer.unfilled is None:
        return ""
    return {
        UnfilledReason.FEW_WORDS: _("缺失前后可供对照的文字太少，不能确定位置"),
        UnfilledReason.BEFORE_DIFFERS: _("缺失之前的文字与另一篇不一致"),
        UnfilledReason.BEHIND_DIFFERS: _("缺失之后的文字与另一篇不一致"),
        UnfilledReason.SEVERAL_PLACES: _("另一篇中有几处都对得上，不能确定位置"),
        UnfilledReason.NOTHING_THERE: _("另一篇在此处没有更多文字"),
        UnfilledReason.HIDDEN_THERE: _("另一篇在同一处也有缺失"),
    }[answer.unfilled.reason]


def cut_paragraphs(plan: Plan) -> Iterator[list[FilledSpan]]:
    """Yield the merged text's paragraphs in stretches, those filled in marked."""
    if plan.draft is None:
        return
    text = plan.draft.text
    filled = bytearray(len(text))
    for origin in plan.origins:
        if origin["revision"] != plan.base.pk:
            size = origin["end"] - origin["start"]
            filled[origin["start"] : origin["end"]] = b"\1" * size
    for start, end in list_paragraphs(text):
        yield list(_cut_line(text, filled, start, end))


def _cut_line(text: str, filled: bytearray, start: int, end: int) -> Iterator[FilledSpan]:
    at = start
    for place in range(start + 1, end):
        if filled[place] != filled[place - 1]:
            yield FilledSpan(text[at:place], bool(filled[at]))
            at = place
    yield FilledSpan(text[at:end], bool(filled[at]))


def _can_fill(base: Speech, donor: Speech) -> bool:
    return _take_current(base).gaps.exists() and bool(
        plan_filling(_take_current(base), _take_current(donor)).filled
    )


def _take_current(speech: Speech) -> Revision:
    if speech.current is None:
        raise Revision.DoesNotExist
    return speech.current


def _list_facts(
    fullness: tuple[Fullness, Fullness],
    speeches: tuple[Speech, Speech],
    revisions: tuple[Revision, Revision],
) -> Iterator[Fact]:
    one, other = (read_fields(speech) for speech in speeches)
    labels = {
        "speaker": _("讲话人"),
        "organisation": _("单位"),
        "occasion": _("场合"),
        "delivered": _("讲话日期"),
        "published": _("发表日期"),
        "genre": _("体裁"),
        "level": _("级别"),
        "source": _("来源"),
        "source_url": _("来源网址"),
        "licence": _("授权说明"),
    }
    yield _pair(_("编号"), [speech.pk for speech in speeches])
    yield _pair(_("状态"), [speech.get_status_display() for speech in speeches])
    for name, label in labels.items():
        words = {"genre": name_genre, "level": name_level}.get(name, str)
        if one[name] or other[name]:
            yield _pair(label, [words(one[name]), words(other[name])])
    yield _pair(_("篇幅"), [_("%(count)d 字") % {"count": text.signs} for text in fullness])
    yield _pair(_("完整性"), [speech.get_completeness_display() for speech in speeches])
    yield _pair(_("缺失"), [_("%(count)d 处") % {"count": text.gaps} for text in fullness])
    yield _pair(_("原始文件"), [revision.upload.name for revision in revisions])
    received = (timezone.localtime(revision.upload.received_at) for revision in revisions)
    yield _pair(_("收到时间"), [f"{when:%Y-%m-%d %H:%M}" for when in received])


def _pair(label: str, values: list[Any]) -> Fact:
    return Fact(label, *(str(value) or "—" for value in values))
