"""The site-wide record of who did what: activities, and what the changed things tell themselves.

What was changed on speeches is told by their own history and revisions, what was changed in
Django's administration by its log; they are read together, and nothing is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.access.models import Activity
from corpus_app.catalog.limits import PUBLIC, AccessLimit, name_groups, read_groups
from corpus_app.catalog.models import Revision, Speech

SPEECH, TEXT, REGISTRY = "speech", "text", "registry"
# Shown where no first day is asked for.
DAYS: Final = 30
_COLUMNS: Final = ("moment", "actor", "name", "done", "what", "how", "where", "target")
# What the history of speeches and the administration's log call what was done.
_DONE: Final = {
    "+": gettext_lazy("入库"),
    "~": gettext_lazy("修改"),
    "-": gettext_lazy("删除"),
    str(ADDITION): gettext_lazy("新增"),
    str(CHANGE): gettext_lazy("修改"),
    str(DELETION): gettext_lazy("删除"),
}
# Between what a row of the history tells in one column.
_PARTED: Final = "|"
_EMPTY: Final = Value("", CharField())
_PART: Final = Value(_PARTED, CharField())
_NO_TARGET: Final = Value(None, IntegerField())


class RecordEntry(NamedTuple):
    """One line of the record; target is the speech it is about, None for no speech."""

    moment: datetime
    actor: int | None
    name: str
    done: str
    what: str
    how: str
    where: str
    target: int | None


@dataclass(frozen=True)
class RecordFilter:
    """Which entries are wanted: first and last day (None: open), a user's name, a kind, words."""

    since: date | None
    until: date | None = None
    user: str = ""
    kind: str = ""
    words: str = ""

    @classmethod
    def from_params(cls, params: QueryDict) -> RecordFilter:
        """Return the filter that an address asks for; without a first day, the last thirty."""
        kind = params.get("kind", "")
        since = _read_day(params.get("since", ""))
        if "since" not in params:
            since = timezone.localdate() - timedelta(days=DAYS)
        return cls(
            since,
            _read_day(params.get("until", "")),
            params.get("user", "").strip()[:150],
            kind if kind in list_kinds() else "",
            params.get("q", "").strip()[:100],
        )


def list_kinds() -> dict[str, str]:
    """Return the kinds of entries by their codes, in words."""
    own = {kind.value: str(kind.label) for kind in Activity.Kind}
    return own | {SPEECH: _("文献信息与状态"), TEXT: _("正文与提纲"), REGISTRY: _("后台管理")}


def list_entries(asked: RecordFilter) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the entries as plain tuples (read_entries names them), the newest first."""
    sources = [
        rows
        for kind, rows in (
            ("", _list_activities(asked)),
            (SPEECH, _list_histories(asked)),
            (TEXT, _list_revisions(asked)),
            (REGISTRY, _list_changes(asked)),
        )
        if _is_wanted(kind, asked.kind)
    ]
    first, *others = [rows.order_by().values_list(*_COLUMNS) for rows in sources]
    joined = first.union(*others, all=True) if others else first
    return joined.order_by("-moment")


def read_entries(rows: Any) -> Iterator[RecordEntry]:
    """Yield the rows as entries, with the present name of each user whose name no row tells."""
    entries = [RecordEntry(*row) for row in rows]
    unnamed = {entry.actor for entry in entries if entry.actor and not entry.name}
    names = dict(User.objects.filter(pk__in=unnamed).values_list("pk", "username"))
    groups = name_groups(every=True)
    kinds = list_kinds()
    for entry in entries:
        yield entry._replace(
            name=entry.name or names.get(entry.actor or 0, ""),
            done=kinds.get(entry.done, entry.done),
            how=_tell_how(entry, groups),
        )


def _tell_how(entry: RecordEntry, groups: Mapping[int, str]) -> str:
    if entry.done not in (SPEECH, REGISTRY):
        return entry.how
    what, status, limit, reason = [*entry.how.split(_PARTED, 3), "", "", ""][:4]
    words = (_DONE.get(what, what), dict(Speech.Status.choices).get(status, ""))
    return "；".join(str(word) for word in (*words, _name_limit(limit, groups), reason) if word)


def _name_limit(limit: str, names: Mapping[int, str]) -> str:
    """Return who alone may see a speech, "" for everybody."""
    access, _colon, groups = limit.partition(":")
    shown = AccessLimit(int(access or PUBLIC), read_groups(groups))
    return shown.tell(names) if shown.access != PUBLIC else ""


def _is_wanted(kind: str, asked: str) -> bool:
    if not asked:
        return True
    return kind == asked if asked in (SPEECH, TEXT, REGISTRY) else not kind


def _list_activities(asked: RecordFilter) -> QuerySet[Any]:
    rows = _between(Activity.objects.all(), "at", asked)
    if asked.user:
        rows = rows.filter(username=asked.user)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.words:
        rows = rows.filter(Q(subject__icontains=asked.words) | Q(detail__icontains=asked.words))
    return rows.annotate(
        moment=F("at"),
        actor=F("user_id"),
        name=F("username"),
        done=F("kind"),
        what=F("subject"),
        how=F("detail"),
        where=F("address"),
        target=_NO_TARGET,
    )


def _list_histories(asked: RecordFilter) -> QuerySet[Any]:
    rows = _between(Speech.history.all(), "history_date", asked)
    if asked.user:
        rows = rows.filter(history_user__username=asked.user)
    if asked.words:
        rows = rows.filter(
            Q(title__icontains=asked.words) | Q(history_change_reason__icontains=asked.words)
        )
    return rows.annotate(
        moment=F("history_date"),
        actor=F("history_user_id"),
        name=_EMPTY,
        done=Value(SPEECH, CharField()),
        what=F("title"),
        how=Concat(
            *("history_type", _PART, "status", _PART, Cast("access", CharField()), Value(":")),
            *("open_to", _PART),
            Coalesce("history_change_reason", _EMPTY),
        ),
        where=_EMPTY,
        target=F("id"),
    )


def _list_revisions(asked: RecordFilter) -> QuerySet[Any]:
    rows = _between(Revision.objects.all(), "created_at", asked)
    if asked.user:
        rows = rows.filter(created_by__username=asked.user)
    if asked.words:
        titled = Q(speech__title__icontains=asked.words)
        rows = rows.filter(titled | Q(reason__icontains=asked.words))
    return rows.annotate(
        moment=F("created_at"),
        actor=F("created_by_id"),
        name=_EMPTY,
        done=Value(TEXT, CharField()),
        what=F("speech__title"),
        how=F("reason"),
        where=_EMPTY,
        target=F("speech_id"),
    )


def _list_changes(asked: RecordFilter) -> QuerySet[Any]:
    rows = _between(LogEntry.objects.all(), "action_time", asked)
    if asked.user:
        rows = rows.filter(user__username=asked.user)
    if asked.words:
        rows = rows.filter(object_repr__icontains=asked.words)
    return rows.annotate(
        moment=F("action_time"),
        actor=F("user_id"),
        name=_EMPTY,
        done=Value(REGISTRY, CharField()),
        what=F("object_repr"),
        how=Cast("action_flag", CharField()),
        where=_EMPTY,
        target=_NO_TARGET,
    )


def _between(rows: QuerySet[Any], field: str, asked: RecordFilter) -> QuerySet[Any]:
    if asked.since:
        rows = rows.filter(**{f"{field}__gte": _start(asked.since)})
    if asked.until:
        rows = rows.filter(**{f"{field}__lt": _start(asked.until + timedelta(days=1))})
    return rows


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _read_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
