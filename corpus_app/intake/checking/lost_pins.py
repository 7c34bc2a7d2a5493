"""Decisions on the themes of single sections that an earlier release dropped with a new text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.intake.checking.finding import Finding
from corpus_app.themes.models import Theme, ThemePin

# A pin that a new text dropped went in the transaction that stored the revision.
TOGETHER: Final = dt.timedelta(seconds=20)


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
        theme = Theme.objects.filter(pk=record.theme_id).first()
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
