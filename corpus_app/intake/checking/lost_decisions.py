"""Speeches on which an earlier release lost what people had decided, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.revisions import read_draft
from corpus_app.catalog.section_names import name_section
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.revisions.decisions import (
    carry_editorial_decisions,
    read_editorial_decisions,
)
from corpus_app.intake.revisions.losses import OUTLINE_KINDS
from corpus_app.intake.revisions.outlining import carry_outline
from corpus_app.intake.revisions.restoring import UnknownStateError, restore_outline
from corpus_app.intake.revisions.succession import NothingChangedError, OutdatedError
from corpus_app.themes.models import Theme, ThemePin

Origin = Revision.Origin
# In these a person said what the outline is; the others carry it over.
WORDS_ON_OUTLINE: Final = {Origin.OUTLINED, Origin.RESTORED}
# These have another raw text than the revision before them.
OTHER_RAW: Final = {Origin.PARSED, Origin.MERGED}
# So many of the pieces that were lost are named.
NAMED: Final = 3
LONG: Final = ("raw", "text", "metadata", "removed", "suspects", "notices", "announced")
# A pin that a new text dropped went in the transaction that stored the revision.
TOGETHER: Final = dt.timedelta(seconds=20)


def check_lost_decisions(*, repair: bool) -> Iterator[Finding]:
    """Yield the speeches whose hand-made outline or text decisions a later revision dropped.

    With repair, an outline of the very same raw text is put back, as a new revision.
    """
    speeches = Speech.objects.exclude(current=None).select_related("current").order_by("pk")
    for speech in speeches.iterator(chunk_size=50):
        chain = _list_chain(speech)
        yield from _check_outline(speech, chain, repair=repair)
        yield from _check_text(speech, chain)


def _list_chain(speech: Speech) -> list[Revision]:
    """Return the revisions up to the current one, oldest first, their texts not read yet."""
    current = speech.current
    assert current is not None
    rows = speech.revisions.filter(number__lte=current.number).order_by("number")
    return list(rows.defer(*LONG))


def _check_outline(speech: Speech, chain: Sequence[Revision], *, repair: bool) -> Iterator[Finding]:
    said = next((one for one in reversed(chain) if one.origin in WORDS_ON_OUTLINE), None)
    current = chain[-1]
    if said is None or said.pk == current.pk or not said.decisions.get("outline"):
        return
    if any(loss["kind"] in OUTLINE_KINDS for loss in current.losses):
        return
    lost = _list_lost_sections(said, current)
    if not lost:
        return
    mended = repair and said.raw == current.raw and _put_back(speech, said, current)
    message = _(
        "第 %(number)d 版由人工调整的提纲后来丢失 %(count)d 节（%(names)s）：%(title)s。"
        "找回办法：打开 %(page)s，在第 %(number)d 版下点“提纲用于当前正文”"
    ) % {
        "number": said.number,
        "count": len(lost),
        "names": _("、").join(lost[:NAMED]) + ("……" if len(lost) > NAMED else ""),
        "title": speech.title,
        "page": reverse("review_history", args=[speech.pk]),
    }
    yield Finding("outline", "outline_lost", message, speech.pk, repaired=mended)


def _list_lost_sections(said: Revision, current: Revision) -> list[str]:
    """Return the names of the pieces that the current outline should have and has not."""
    wanted = carry_outline(said, read_draft(current)).sections
    rows = list(current.sections.values_list("start", "heading"))
    if said.raw != current.raw and len(wanted) <= len(rows):
        # An alignment of two raw texts may differ from an older one in where a piece begins.
        return []
    starts, headings = {start for start, _heading in rows}, {heading for _start, heading in rows}
    return [
        name_section(one, current.text)
        for one in wanted
        if (one.heading not in headings if one.heading else one.start not in starts)
    ]


def _put_back(speech: Speech, said: Revision, current: Revision) -> bool:
    try:
        restore_outline(speech, said.number, current.number)
    except (NothingChangedError, OutdatedError, UnknownStateError):
        return False
    return True


def _check_text(speech: Speech, chain: Sequence[Revision]) -> Iterator[Finding]:
    """Yield where another raw text came and decisions on the words of the old one went.

    Who made an earlier state the present one has decided what holds; only what went since counts.
    """
    restored = [at for at, one in enumerate(chain) if one.origin == Origin.RESTORED]
    for old, new in pairwise(chain[max(restored, default=0) :]):
        if new.origin not in OTHER_RAW or not _has_text_decisions(old):
            continue
        count = _count_lost(old, new, chain[-1])
        if not count:
            continue
        message = _(
            "第 %(number)d 版的人工剔除、恢复有 %(count)d 处没有带到第 %(next)d 版：%(title)s。"
            "找回办法：打开 %(page)s，比较这两版，在校核页重做或恢复第 %(number)d 版"
        ) % {
            "number": old.number,
            "count": count,
            "next": new.number,
            "title": speech.title,
            "page": reverse("review_history", args=[speech.pk]),
        }
        yield Finding("speeches", "decisions_lost", message, speech.pk)


def _has_text_decisions(revision: Revision) -> bool:
    return bool(revision.decisions.get("removed") or revision.decisions.get("kept"))


def _count_lost(old: Revision, new: Revision, current: Revision) -> int:
    """Return how many of the old revision's decisions on words went in silence."""
    told = {loss["kind"] for loss in [*new.losses, *current.losses]}
    if told & {"removed", "kept"}:
        return 0
    carried, lost = carry_editorial_decisions(
        read_editorial_decisions(old.decisions, old.raw), old.raw, new.raw
    )
    count = len(lost.removed) + len(lost.kept)
    if not (_has_text_decisions(new) or _has_text_decisions(current)):
        # A text that was merged in took the other's place with all that was decided on that.
        count += len(carried.removed) + len(carried.kept)
    return count


def check_lost_pins(*, repair: bool) -> Iterator[Finding]:
    """Yield the decisions that went when a revision came, which nobody took back or made anew.

    Nothing is mended: only a person can say to which section they belong today.
    """
    gone = ThemePin.history.filter(history_type="-").exclude(section_key="")
    for record in gone.order_by("history_date", "pk"):
        later = ThemePin.history.filter(
            theme_id=record.theme_id, speech_id=record.speech_id, history_type="+"
        )
        revision = _find_revision(record.speech_id, record.history_date)
        if revision is None or later.filter(history_date__gt=record.history_date).exists():
            continue
        if any(loss["kind"] == "pin" for loss in revision.losses):
            continue
        theme = Theme.every.filter(pk=record.theme_id).first()
        if theme is None:
            continue
        message = _(
            "第 %(number)d 版入库时丢失了主题“%(theme)s”在第 %(key)s 节的人工决定（%(decision)s）："
            "%(title)s。找回办法：对照第 %(before)d 版，在“管理”的主题指定中重新设定"
        ) % {
            "number": revision.number,
            "before": revision.number - 1,
            "theme": theme.name,
            "key": record.section_key,
            "decision": ThemePin.Decision(record.decision).label,
            "title": revision.speech.title,
        }
        yield Finding("speeches", "pin_lost", message, record.speech_id)


def _find_revision(speech_id: int, when: dt.datetime) -> Revision | None:
    """Return the revision in whose transaction something happened at this time, None for none."""
    rows = Revision.objects.filter(
        speech_id=speech_id, number__gt=1, created_at__lte=when, created_at__gt=when - TOGETHER
    )
    return rows.select_related("speech").order_by("-number").first()
