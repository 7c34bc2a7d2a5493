"""The day a speech stands under, and what day it is: when it was delivered, published, updated."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from corpus_app.catalog.periods import spell_day

YEAR_CHARS: Final = 4
# In the order of trust. A day of publication says when a page was made, not when one spoke.
DAY_KINDS: Final[dict[str, str]] = {
    "delivered": "讲话日期",
    "published": "发表日期",
    "updated": "更新日期",
}
# Behind a day in words and behind one in numbers: 2023年5月8日发布, 2023-05-08 发布.
_SAID: Final[dict[str, tuple[Promise, Promise]]] = {
    "published": (gettext_lazy("%(day)s发布"), gettext_lazy("%(day)s 发布")),
    "updated": (gettext_lazy("%(day)s更新"), gettext_lazy("%(day)s 更新")),
}
_MARKS: Final[dict[str, Promise]] = {
    "published": pgettext_lazy("日期", "发布"),
    "updated": pgettext_lazy("日期", "更新"),
}
# The same in Chinese whatever the interface speaks, for what goes into documents.
_WRITTEN: Final = {"published": "发布", "updated": "更新"}


class SpeechDay(NamedTuple):
    """A day as precise as its source ("2024-04"), with its key of DAY_KINDS; "" twice for none."""

    value: str = ""
    kind: str = ""


def choose_day(delivered: str, published: str, updated: str) -> SpeechDay:
    """Return the best known of three days: that of delivery, publication or update.

    Of a speech of which only the year is known, the day it was published in that year.
    """
    if len(delivered) == YEAR_CHARS and published.startswith(delivered):
        return SpeechDay(published, "published")
    days = zip((delivered, published, updated), DAY_KINDS, strict=True)
    return next((SpeechDay(value, kind) for value, kind in days if value), SpeechDay())


def say_day(words: str, kind: str) -> str:
    """Return a day's words with what day it is, 2023-05-08 发布, in the interface's language.

    A day of delivery stands for itself.
    """
    if not words or kind not in _SAID:
        return words
    return str(_SAID[kind][words[-1].isdecimal()]) % {"day": words}


def mark_day(kind: str) -> str:
    """Return the word that tells a day from one of delivery, 发布 or 更新; "" for that."""
    return str(_MARKS[kind]) if kind in _MARKS else ""


def write_day(day: SpeechDay) -> str:
    """Return a day with what day it is, in Chinese: 2023年5月8日发布; "" for none."""
    return spell_day(day.value) + _WRITTEN.get(day.kind, "")


def match_day_kind(kind: str) -> Q:
    """Return the condition on speeches whose day choose_day gives this kind."""
    refined = Q(delivered__regex=rf"^\d{{{YEAR_CHARS}}}$", published__startswith=F("delivered"))
    by_page = refined | Q(delivered="")
    return {
        "delivered": ~by_page,
        "published": by_page & ~Q(published=""),
        "updated": Q(delivered="", published="") & ~Q(updated=""),
    }[kind]


def name_day_kind(kind: str) -> str:
    """Return the reader's word for a key of DAY_KINDS, such as 发表日期; "" for none."""
    return _(DAY_KINDS[kind]) if kind in DAY_KINDS else ""
