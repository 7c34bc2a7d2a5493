"""The log of changes: noted with each change, numbered once it stands, followed by every index.

A number drawn in the transaction of the change would be read too late where another one, drawn
later, is committed before it: who follows by number would step over it. So a change is noted
without a number, and whoever comes by gives numbers to what is committed: each the one after the
highest that stands. Two who do that at once collide on the number, and one of them begins anew;
so there are no gaps, and no number appears below one that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from corpus_app.catalog.models import SpeechChange

# Whoever was away for longer builds the index anew.
KEPT: Final = timedelta(days=7)
_AT_ONCE: Final = 500
_TRIES: Final = 20


def note_changes(speech_ids: Iterable[int]) -> None:
    """Note that speeches change; call it in the transaction of the change."""
    rows = (SpeechChange(speech_id=pk) for pk in speech_ids)
    SpeechChange.objects.bulk_create(rows, batch_size=_AT_ONCE)


def number_changes() -> None:
    """Give a number to every committed change that has none; call it outside a transaction."""
    tries = 0
    while SpeechChange.objects.filter(number=None).exists():
        try:
            _number_some()
        except IntegrityError:  # somebody else gave these numbers
            tries += 1
            if tries == _TRIES:
                raise


def read_head() -> SpeechChange | None:
    """Return the change with the highest number, None where none has one."""
    return _list_numbered().order_by("-number").first()


def find_change(number: int) -> SpeechChange | None:
    """Return the change with the number, None where it is not kept."""
    return SpeechChange.objects.filter(number=number).first()


def is_complete_from_start() -> bool:
    """Tell whether every change that was ever numbered is still kept."""
    first = _list_numbered().order_by("number").first()
    return first is None or first.number == 1


def list_changes_after(number: int, most: int) -> Sequence[SpeechChange]:
    """Return the changes that come after the number, in order, so many at most."""
    return list(_list_numbered().filter(number__gt=number).order_by("number")[:most])


def prune_changes() -> None:
    """Delete what every index had time to follow; the last change stays to count on from."""
    head = read_head()
    if head is not None:
        old = _list_numbered().filter(created_at__lt=timezone.now() - KEPT)
        old.filter(number__lt=head.number).delete()


def _list_numbered() -> QuerySet[SpeechChange]:
    return SpeechChange.objects.exclude(number=None)


@transaction.atomic
def _number_some() -> None:
    waiting = SpeechChange.objects.select_for_update().filter(number=None).order_by("pk")
    rows = list(waiting[:_AT_ONCE])
    last: int = SpeechChange.objects.aggregate(last=Max("number"))["last"] or 0
    for number, row in enumerate(rows, last + 1):
        row.number = number
    SpeechChange.objects.bulk_update(rows, ["number"])
