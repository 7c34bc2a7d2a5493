"""Stored originals read again behind the pages: begun, worked off one by one, given up."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.batches.models import Batch, Rereading, RereadingItem
from corpus_app.batches.presence import list_present
from corpus_app.catalog.models import Speech
from corpus_app.catalog.records import act_for
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.intake.models import RemovalRule
from corpus_app.intake.rereading.choosing import RereadingScope, choose_speeches
from corpus_app.intake.rereading.describing import describe_plan
from corpus_app.intake.rereading.storing import BusySpeechError, read_again

logger = logging.getLogger(__name__)

MESSAGE_CHARS: Final = 1000
ROWS_AT_ONCE: Final = 500
OPEN: Final = (RereadingItem.State.WAITING, RereadingItem.State.WORKING)


@dataclass(frozen=True)
class RereadingProgress:
    """How far a rereading is: how many speeches are in each state."""

    rereading: Rereading
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many speeches there are."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many speeches nothing more will happen to."""
        return self.total - sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def is_running(self) -> bool:
        """Whether the counts may still change by themselves."""
        return self.rereading.state == Rereading.State.WORKING

    def list_states(self) -> list[tuple[str, str, int]]:
        """Return the states that speeches are in, each with its name and how many."""
        return [
            (state.value, str(state.label), self.counts[state])
            for state in RereadingItem.State
            if self.counts.get(state)
        ]


def describe_scope(scope: RereadingScope) -> Rereading:
    """Return a rereading, not stored yet, that says what is in the scope."""
    kind, name = _name_scope(scope)
    return Rereading(kind=kind, name=str(name)[:200])


def _name_scope(scope: RereadingScope) -> tuple[str, object]:
    kinds = Rereading.Kind
    if scope.speeches:
        titles = Speech.objects.filter(pk__in=scope.speeches).values_list("title", flat=True)
        return kinds.SPEECH, titles.first() or scope.speeches[0]
    if scope.batch:
        names = Batch.objects.filter(pk=scope.batch).values_list("name", flat=True)
        return kinds.BATCH, names.first() or scope.batch
    if scope.rule:
        return kinds.RULE, RemovalRule.objects.filter(pk=scope.rule).first() or scope.rule
    if scope.site or scope.source:
        return kinds.SITE, scope.site or scope.source
    return (kinds.DRAFTS if scope.drafts else kinds.ALL), ""


@transaction.atomic
def start_rereading(scope: RereadingScope, user: User | None) -> Rereading:
    """Return a rereading of the speeches in the scope, for the worker."""
    rereading = describe_scope(scope)
    rereading.created_by = user
    rereading.save()
    chosen = choose_speeches(scope).values_list("pk", flat=True)
    rows = (RereadingItem(rereading=rereading, speech_id=pk) for pk in chosen)
    RereadingItem.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    _finish_if_done(rereading.pk)
    rereading.refresh_from_db()
    return rereading


@transaction.atomic
def cancel_rereading(rereading: Rereading) -> bool:
    """Give up the speeches not begun; what was read stays. Return whether any work was left."""
    running = Rereading.objects.filter(pk=rereading.pk, state=Rereading.State.WORKING)
    if not running.update(state=Rereading.State.CANCELLED, finished_at=timezone.now()):
        return False
    waiting = rereading.items.filter(state=RereadingItem.State.WAITING)
    waiting.update(state=RereadingItem.State.CANCELLED)
    rereading.refresh_from_db()
    return True


def measure_rereadings(rereadings: Iterable[Rereading]) -> list[RereadingProgress]:
    """Return each rereading with its progress, in the order given; one query for all."""
    listed = list(rereadings)
    counts: dict[int, Counter[str]] = {one.pk: Counter() for one in listed}
    rows = RereadingItem.objects.filter(rereading__in=listed).order_by()
    for pk, state, count in rows.values_list("rereading", "state").annotate(Count("pk")):
        counts[pk][state] = count
    return [RereadingProgress(one, dict(counts[one.pk])) for one in listed]


def read_next(token: str) -> bool:
    """Read the next waiting original again; return whether there was one."""
    item = _claim_next(token)
    if item is None:
        return False
    try:
        user = item.rereading.created_by
        with act_for(user):
            plan = read_again(item.speech_id, user=user)
        _settle(item, plan.status, describe_plan(plan))
    except Speech.DoesNotExist:
        pass  # deleted meanwhile, and its row with it
    except (LostError, OperationalError, BusySpeechError) as error:
        _give_back(item, str(error))
    except Exception as error:
        logger.exception("Reading speech %s again failed", item.speech_id)
        message = _("重读时程序出错，未改动：%(error)s") % {"error": error}
        _settle(item, RereadingItem.State.FAILED, message)
    return True


def take_back_items() -> int:
    """Free the speeches of workers that are dead; return how many there were."""
    working = list(RereadingItem.objects.filter(state=RereadingItem.State.WORKING))
    living = set(list_present())
    dead = [item for item in working if item.worker not in living]
    for item in dead:
        _give_back(item, _("后台程序在重读这一篇时中断。"))
    return len(dead)


def _claim_next(token: str) -> RereadingItem | None:
    waiting = RereadingItem.objects.filter(
        state=RereadingItem.State.WAITING, rereading__state=Rereading.State.WORKING
    )
    ordered = waiting.order_by("attempts", "rereading_id", "pk").values_list("pk", flat=True)
    while (found := ordered.first()) is not None:
        claimed = RereadingItem.objects.filter(pk=found, state=RereadingItem.State.WAITING)
        now = {"state": RereadingItem.State.WORKING, "worker": token}
        if claimed.update(**now, attempts=F("attempts") + 1):
            items = RereadingItem.objects.select_related("rereading__created_by")
            return items.get(pk=found)
    return None


@transaction.atomic
def _settle(item: RereadingItem, state: str, message: str) -> None:
    rows = RereadingItem.objects.filter(pk=item.pk, worker=item.worker)
    rows.update(state=state, message=message[:MESSAGE_CHARS])
    _finish_if_done(item.rereading_id)


def _give_back(item: RereadingItem, message: str) -> None:
    """Let a speech whose reading was broken off be tried again, or fail where that was enough."""
    if item.attempts >= settings.FILE_ATTEMPTS:
        _settle(item, RereadingItem.State.FAILED, message)
    elif not Rereading.objects.filter(pk=item.rereading_id, state="working").exists():
        _settle(item, RereadingItem.State.CANCELLED, "")
    else:
        _settle(item, RereadingItem.State.WAITING, "")


def _finish_if_done(rereading_id: int) -> None:
    if RereadingItem.objects.filter(rereading=rereading_id, state__in=OPEN).exists():
        return
    working = Rereading.objects.filter(pk=rereading_id, state=Rereading.State.WORKING)
    working.update(state=Rereading.State.DONE, finished_at=timezone.now())
