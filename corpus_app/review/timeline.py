"""Everything that was changed on a speech, in one line of time: values, texts, themes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import PARTIES, TEXTS
from corpus_app.catalog.limits import AccessLimit, name_groups, read_groups
from corpus_app.catalog.models import Revision, Speech
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.review.forms import LABELS
from corpus_app.themes.models import Theme, ThemePin

SHOWN: Final = (*TEXTS[:2], *PARTIES, *TEXTS[2:], "status", "limit", "completeness")


@dataclass(frozen=True)
class FieldChange:
    """A value before and after, in words."""

    label: str
    old: str
    new: str


@dataclass
class Moment:
    """What somebody did at one time; record or revision says what can be restored."""

    when: dt.datetime
    who: str
    what: str
    reason: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    record: int | None = None
    revision: Revision | None = None


def list_moments(speech: Speech) -> list[Moment]:
    """Return all changes, newest first."""
    moments = [*_list_values(speech), *_list_revisions(speech), *_list_pins(speech)]
    return sorted(moments, key=lambda moment: moment.when, reverse=True)


def _list_values(speech: Speech) -> Iterator[Moment]:
    records = list(speech.history.select_related("history_user").order_by("history_date", "pk"))
    names = _Names(records)
    if records and records[0].history_type == "+":
        yield _describe(records[0], _("入库"))
    for before, after in pairwise(records):
        changes = list(_compare(before, after, names))
        # That a new speech gets its first text is no change.
        if changes and before.current_id is not None:
            moment = _describe(after, _("修改"))
            moment.changes = changes
            # What is so now cannot be brought back.
            moment.record = None if after is records[-1] else moment.record
            yield moment


def _describe(record: Any, what: str) -> Moment:
    who = _name_user(record.history_user)
    reason = record.history_change_reason or ""
    return Moment(record.history_date, who, what, reason, record=record.history_id)


def _compare(before: Any, after: Any, names: _Names) -> Iterator[FieldChange]:
    for name in SHOWN:
        old, new = _read(before, name), _read(after, name)
        if old != new:
            field = "access" if name == "limit" else name
            label = LABELS.get(name) or Speech._meta.get_field(field).verbose_name  # type: ignore[union-attr]
            yield FieldChange(str(label), names.tell(name, old), names.tell(name, new))


def _read(record: Any, name: str) -> Any:
    if name == "limit":
        return AccessLimit(record.access, read_groups(record.open_to))
    return getattr(record, f"{name}_id" if name in PARTIES else name)


class _Names:
    """The words for codes and parties; each kind of party is read once."""

    def __init__(self, records: list[Any]) -> None:
        self._parties: dict[str, dict[int, Any]] = {}
        model: Any
        for name, model in PARTIES.items():
            keys = {getattr(record, f"{name}_id") for record in records} - {None}
            self._parties[name] = model.objects.in_bulk(keys)
        opened = any(record.open_to for record in records)
        self._groups = name_groups(every=True) if opened else {}

    def tell(self, name: str, value: Any) -> str:
        """Return the value in words, "" for none."""
        if value in (None, ""):
            return ""
        if name in PARTIES:
            party = self._parties[name].get(value)
            return party.name if party else _("（已删除）")
        if name == "status":
            return str(Speech.Status(value).label)
        if name == "completeness":
            return str(Speech.Completeness(value).label)
        if name == "limit":
            return str(value.tell(self._groups))
        tell = {"level": name_level, "genre": name_genre}.get(name)
        return (tell(value) if tell else "") or str(value)


def _list_revisions(speech: Speech) -> Iterator[Moment]:
    rows = speech.revisions.select_related("upload", "created_by", "based_on")
    long = ("raw", "text", "metadata", "removed", "suspects", "notices", "announced", "origins")
    rows = rows.defer(*long, *(f"based_on__{name}" for name in long))
    for revision in rows:
        what = _("第 %(number)d 版：%(origin)s") % {
            "number": revision.number,
            "origin": revision.get_origin_display(),
        }
        who = _name_user(revision.created_by)
        yield Moment(revision.created_at, who, what, revision.reason, revision=revision)


def _list_pins(speech: Speech) -> Iterator[Moment]:
    records = list(
        ThemePin.history.filter(speech_id=speech.pk)
        .select_related("history_user")
        .order_by("history_date", "pk")
    )
    themes = Theme.every.in_bulk({record.theme_id for record in records})
    before: dict[tuple[int, str], str] = {}
    for record in records:
        place = (record.theme_id, record.section_key)
        new = "" if record.history_type == "-" else str(ThemePin.Decision(record.decision).label)
        old = before.get(place, "")
        before[place] = new
        if old == new:
            continue
        theme = themes.get(record.theme_id)
        label = _("主题“%(name)s”") % {"name": theme.name if theme else _("（已删除）")}
        label += f"（{record.section_key}）" if record.section_key else ""
        automatic = _("自动")
        moment = _describe(record, _("主题"))
        moment.record = None
        moment.changes = [FieldChange(label, old or automatic, new or automatic)]
        yield moment


def _name_user(user: Any) -> str:
    return str(user) if user else _("系统")
