"""That a speech which somebody could read is no longer shown to them, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from corpus_app.access.audience import read_audience
from corpus_app.catalog.limits import AccessLimit, read_groups
from corpus_app.catalog.models import Speech


@dataclass(frozen=True)
class Withdrawal:
    """Since which day a speech is not shown; None where nothing tells.

    is_closed where it is shown to others still, else it is withdrawn.
    """

    day: dt.date | None
    is_closed: bool = False


def find_withdrawals(speech_ids: Iterable[int]) -> dict[int, Withdrawal]:
    """Return by id what whoever is answered could read once and can't now; in one query.

    Of what was never shown to them nothing is said, not even that it is there: the history of
    each speech tells when it was published and for whom.
    """
    who = read_audience()
    found: dict[int, Withdrawal] = {}
    shown: set[int] = set()
    rows = Speech.history.filter(id__in=set(speech_ids)).order_by("history_date", "history_id")
    columns = ("id", "history_date", "status", "access", "open_to")
    for pk, moment, status, access, open_to in rows.values_list(*columns):
        published = status == Speech.Status.PUBLISHED
        if published and AccessLimit(access, read_groups(open_to)).is_open_to(who):
            shown.add(pk)
            found.pop(pk, None)
        elif pk in shown and pk not in found:
            found[pk] = Withdrawal(timezone.localdate(moment), is_closed=published)
    now = Speech.objects.filter(pk__in=shown)
    readable = set(now.published().values_list("pk", flat=True))
    unknown = Withdrawal(None, is_closed=True)
    return {pk: found.get(pk, unknown) for pk in shown - readable}
