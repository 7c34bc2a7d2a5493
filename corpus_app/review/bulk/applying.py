"""Apply a prepared change portion by portion, and undo it; what was changed since stays."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.catalog.records import act_for, note_reason
from corpus_app.intake.indexing import index_together
from corpus_app.intake.quality.holding import list_holds
from corpus_app.review.bulk.tables import MOST_AT_ONCE, note_table, put_back_table
from corpus_app.review.bulk.values import REVISION, STATUS, Values, read_values, set_values
from corpus_app.review.models import BulkChange, BulkItem
from corpus_app.text.chars import shorten

logger = logging.getLogger(__name__)

# Each portion is one transaction: short enough that nobody waits long for the write lock.
PORTION: Final = 20
# A request works no longer than this on it and is then continued by the next.
SECONDS: Final = 10.0
# Of a table's name, as much as the history has room for.
NAME_SHOWN: Final = 60
# More are the worker's: nobody keeps a page open for so long.
MOST_IN_PAGE: Final = 2000
GONE: Final = "gone"
HELD: Final = "held"
FAILED: Final = "failed"

State = BulkItem.State


def leave_held(change: BulkChange) -> int:
    """Leave out of a change that publishes what is flagged and nobody looked at; return how many.

    Only the kinds of flag with which nothing is published by itself. Nothing else of the
    change is done to such a speech, and its row says why.
    """
    if change.asked.get(STATUS) != Speech.Status.PUBLISHED:
        return 0
    waiting = change.items.filter(state=State.WAITING, change__state=BulkChange.State.PREPARED)
    held = list_holds(waiting.exclude(speech=None).values_list("speech", flat=True))
    items = list(waiting.filter(speech__in=held))
    for item in items:
        item.state, item.found = State.REFUSED, {HELD: _("；").join(held[item.speech_id or 0])}
    BulkItem.objects.bulk_update(items, ["state", "found"])
    return len(items)


def apply_change(change: BulkChange, *, seconds: float = SECONDS) -> bool:
    """Apply what is left of the change; return whether nothing is, when the time is over.

    A speech whose values are no longer those that were shown is left alone and said.
    """
    _begin(change, BulkChange.State.PREPARED, BulkChange.State.APPLYING)
    if change.state != BulkChange.State.APPLYING:
        return True
    with note_reason(_name_change(change)):
        done = _run(change, State.WAITING, _apply_item, seconds)
    if not done:
        return False
    change.state, change.applied_at = BulkChange.State.APPLIED, timezone.now()
    change.save(update_fields=["state", "applied_at"])
    return True


def hand_to_worker(change: BulkChange) -> bool:
    """Let the worker apply a change of many speeches; return whether it is its now.

    Of a table's sooner: there is no page on which one picked them out.
    """
    most = MOST_AT_ONCE if change.asked.get("table") else MOST_IN_PAGE
    large = change.items.filter(state=State.WAITING).count() > most
    if change.state == BulkChange.State.PREPARED and large:
        BulkChange.objects.filter(pk=change.pk).update(in_background=True)
        _begin(change, BulkChange.State.PREPARED, BulkChange.State.APPLYING)
        change.refresh_from_db(fields=["in_background"])
        return True
    return False


def begin_undoing(change: BulkChange, user: User | None) -> None:
    """Let the worker undo a change that is its."""
    running = (BulkChange.State.APPLIED, BulkChange.State.APPLYING)
    rows = BulkChange.objects.filter(pk=change.pk, state__in=running)
    rows.update(state=BulkChange.State.UNDOING, undone_by=user)
    change.refresh_from_db(fields=["state", "undone_by"])


def undo_change(change: BulkChange, user: User | None, *, seconds: float = SECONDS) -> bool:
    """Put back what the change set and nobody changed since; return whether nothing is left."""
    for state in (BulkChange.State.APPLIED, BulkChange.State.APPLYING):
        _begin(change, state, BulkChange.State.UNDOING)
    if change.state != BulkChange.State.UNDOING:
        return True
    with note_reason(_("撤销%(change)s") % {"change": _name_change(change)}):
        done = _run(change, State.DONE, _undo_item, seconds)
    if not done:
        return False
    change.state, change.undone_at = BulkChange.State.UNDONE, timezone.now()
    change.undone_by = user
    change.save(update_fields=["state", "undone_at", "undone_by"])
    return True


def _name_change(change: BulkChange) -> str:
    words = _("批量改动 %(id)d") % {"id": change.pk}
    table = change.asked.get("table")
    if not table:
        return words
    return _("%(change)s，据表格“%(name)s”") % {
        "change": words,
        "name": shorten(table["name"], NAME_SHOWN),
    }


def _begin(change: BulkChange, before: str, after: str) -> None:
    # By a condition in the database: two clicks begin it once.
    BulkChange.objects.filter(pk=change.pk, state=before).update(state=after)
    change.refresh_from_db(fields=["state"])


def _run(
    change: BulkChange, state: str, act: Callable[[BulkItem, Values], None], seconds: float
) -> bool:
    end = time.monotonic() + seconds
    with index_together(portion=100):
        while _run_portion(change, state, act):
            if time.monotonic() > end:
                break
    return not change.items.filter(state=state).exists()


@transaction.atomic
def _run_portion(change: BulkChange, state: str, act: Callable[[BulkItem, Values], None]) -> int:
    # Locked: the worker and a request may be at it together.
    waiting = change.items.select_for_update().filter(state=state)
    items = list(waiting.order_by("pk")[:PORTION])
    speeches = Speech.objects.select_for_update().filter(pk__in=[i.speech_id for i in items])
    found = {row.pk: row for row in speeches.order_by("pk")}
    values = read_values(found.values())
    for item in items:
        speech = found.get(item.speech_id or 0)
        if speech is None:
            _leave(item, {GONE: ""})
            continue
        item.speech = speech
        _try(act, item, values[speech.pk])
    BulkItem.objects.bulk_update(items, ["state", "found", "setters"])
    return len(items)


def _try(act: Callable[[BulkItem, Values], None], item: BulkItem, present: Values) -> None:
    """One speech that fails must not stop the others; what it half did is taken back."""
    try:
        with transaction.atomic():
            act(item, present)
    except Exception:
        logger.exception("Bulk change %s failed on speech %s", item.change_id, item.speech_id)
        _leave(item, {FAILED: ""})


def _leave(item: BulkItem, found: Values) -> None:
    undoing = item.state == State.DONE
    item.state = State.KEPT if undoing else State.REFUSED
    item.found = found


def _apply_item(item: BulkItem, present: Values) -> None:
    now = {name: present.get(name, "") for name in item.after}
    if now == item.after:
        # Somebody did just this meanwhile: nothing of ours is there to undo.
        item.state = State.SAME
    elif now != item.before:
        _leave(item, {name: now[name] for name in now if now[name] != item.before[name]})
    else:
        note_table(item, item.change)
        _set(item, item.after)
        item.state = State.DONE


def _undo_item(item: BulkItem, present: Values) -> None:
    now = {name: present.get(name, "") for name in item.after}
    if REVISION in now and now[REVISION] != item.after[REVISION]:
        # The sections may be others, and what was decided has moved along with their words.
        _leave(item, {REVISION: now[REVISION]})
        return
    ours = {name for name in now if now[name] == item.after[name]}
    changed = {name: now[name] for name in now if name not in ours}
    if ours:
        put_back_table(item, ours)
        _set(item, {name: item.before[name] for name in item.after if name in ours})
        item.state = State.PARTLY if changed else State.UNDONE
        item.found = changed
    else:
        _leave(item, changed)


def _set(item: BulkItem, values: Values) -> None:
    if item.speech is not None:
        set_values(item.speech, values)


def work_off() -> bool:
    """Do some seconds of a change that is the worker's; return whether there was any.

    A step of intake.background. What the history tells is done by whoever asked for the change.
    """
    running = (BulkChange.State.APPLYING, BulkChange.State.UNDOING)
    waiting = BulkChange.objects.filter(in_background=True, state__in=running)
    change = waiting.select_related("made_by").order_by("pk").first()
    if change is None:
        return False
    undoing = change.state == BulkChange.State.UNDOING
    user = change.undone_by if undoing else change.made_by
    with act_for(user):
        if undoing:
            undo_change(change, user)
        else:
            apply_change(change)
    return True
