"""Changes of the registry on their way: measured, saved, the corpus tagged by them, undone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.catalog.records import act_for, note_reason
from corpus_app.catalog.registry import note_tagging
from corpus_app.intake.indexing import index_on_commit, index_together
from corpus_app.registry import slogan_plans, theme_plans
from corpus_app.registry.measuring import OF_SLOGANS, OF_THEMES, Gauge
from corpus_app.registry.models import RegistryChange, RegistryEffect
from corpus_app.registry.planning import Asked, ConflictError, RegistryPlan
from corpus_app.registry.rows import (
    Rows,
    digest_registry,
    read_id,
    read_present,
    read_table,
    write_rows,
)
from corpus_app.registry.scanning import Needles, count_revisions, list_revisions
from corpus_app.slogans.mentions import Register, drop_unmentioned, record_again
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.registry import list_decided
from corpus_app.themes.models import Theme, ThemePin
from corpus_app.themes.tagging import load_matcher, retag

State = RegistryChange.State
# Texts looked at in one go; what is found in them is stored in one transaction.
PORTION: Final = 50
# A request works no longer than this on it; the worker goes on.
SECONDS: Final = 5.0
# What was not saved by then is forgotten.
FORGOTTEN: Final = timedelta(days=7)

PLANS: Final[dict[str, Callable[[Asked], RegistryPlan]]] = {
    "theme": theme_plans.plan_theme,
    "theme-merge": theme_plans.plan_merging,
    "theme-retire": theme_plans.plan_retiring,
    "theme-revive": theme_plans.plan_revival,
    "slogan": slogan_plans.plan_slogan,
    "slogan-merge": slogan_plans.plan_merging,
    "slogan-retire": slogan_plans.plan_retiring,
    "slogan-revive": slogan_plans.plan_revival,
}


def _tell_conflict() -> str:
    return _("这次改动之后，同一条目又有改动；请先撤销后面的改动。")


class NothingAskedError(Exception):
    """What was asked for is so already."""


def make_plan(asked: Asked) -> RegistryPlan:
    """Return what the asked act makes of the registry as it is now; raises ConflictError."""
    return PLANS[asked["act"]](asked)


def prepare_change(asked: Asked, user: User | None) -> RegistryChange:
    """Return a change that waits to be measured; raises ConflictError, NothingAskedError."""
    plan = make_plan(asked)
    change = RegistryChange(asked=asked, made_by=user)
    _take_plan(change, plan)
    if change.before == change.after:
        raise NothingAskedError
    # Nobody comes back to these, and their effects may be many.
    RegistryChange.objects.unsaved().filter(made_at__lt=timezone.now() - FORGOTTEN).delete()
    change.save()
    return change


@transaction.atomic
def prepare_again(change: RegistryChange) -> None:
    """Measure an unsaved change anew, by registry and corpus as they are now."""
    _lock(change, State.MEASURING, State.PREPARED)
    _take_plan(change, make_plan(change.asked))
    change.effects.all().delete()
    change.save()


def _take_plan(change: RegistryChange, plan: RegistryPlan) -> None:
    change.title = plan.title[:200]
    change.before, change.after = plan.list_changed()
    change.words, change.speeches = sorted(plan.words), sorted(plan.speeches)
    change.digest = digest_registry()
    _begin(change, State.MEASURING)
    if not change.words and not change.speeches:
        change.state = State.PREPARED


def _begin(change: RegistryChange, state: str) -> None:
    change.state = state
    change.cursor = change.seen = change.touched = 0
    change.total = count_revisions()


def is_stale(change: RegistryChange) -> bool:
    """Return whether the registry is another one than the change was measured on."""
    return change.digest != digest_registry()


def run(change: RegistryChange, *, seconds: float = SECONDS) -> bool:
    """Measure the change or tag by it for some seconds; return whether nothing is left to do."""
    end = time.monotonic() + seconds
    step = {State.MEASURING: measure_portion}.get(State(change.state), tag_portion)
    with index_together(portion=100):
        while change.state in (State.MEASURING, State.APPLYING, State.UNDOING):
            step(change)
            if time.monotonic() > end:
                break
    return change.state not in (State.MEASURING, State.APPLYING, State.UNDOING)


def measure_portion(change: RegistryChange) -> None:
    """Measure the change on the next texts, and note how far it is."""
    needles, gauge = Needles.of_change(change), Gauge(change)
    revisions = list(islice(list_revisions(change.cursor), PORTION))
    hit = [revision for revision in revisions if needles.hit(revision)]
    effects = [effect for revision in hit for effect in gauge.measure(revision)]
    with transaction.atomic():
        if not _move_on(change, revisions, len(hit), State.PREPARED):
            return
        RegistryEffect.objects.bulk_create(effects, batch_size=500)


def tag_portion(change: RegistryChange) -> None:
    """Tag the next texts by the registry as it is, those that the change can touch.

    What a kill interrupts is begun anew at the same text, and a text that is right stays.
    """
    needles = Needles.of_change(change)
    revisions = list(islice(list_revisions(change.cursor), PORTION))
    hit = [revision for revision in revisions if needles.hit(revision)]
    tables = {read_table(key) for key in (change.before | change.after)}
    matcher, register = load_matcher(), Register()
    for revision in hit:
        with transaction.atomic():
            changed = bool(tables & OF_THEMES) and retag(revision, matcher)
            changed |= bool(tables & OF_SLOGANS) and record_again(revision, register)
            if changed:
                index_on_commit(revision.speech_id)
    done = State.APPLIED if change.state == State.APPLYING else State.UNDONE
    with transaction.atomic():
        _move_on(change, revisions, len(hit), done)


def _move_on(change: RegistryChange, seen: list[Revision], hit: int, done: str) -> bool:
    """Note what was looked at; return whether nobody else did the same meanwhile."""
    known = (change.state, change.cursor, change.digest)
    if not RegistryChange.objects.select_for_update().filter(pk=change.pk).exists():
        change.state = State.UNDONE
        return False
    change.refresh_from_db()
    if (change.state, change.cursor, change.digest) != known:
        return False
    change.seen += len(seen)
    change.touched += hit
    if seen:
        change.cursor = seen[-1].pk
    if len(seen) < PORTION:
        change.state = done
        if done == State.UNDONE and change.words:
            # What was met only because the change stood.
            drop_unmentioned(change.words)
    change.save(update_fields=["seen", "touched", "cursor", "state"])
    if done != State.PREPARED and len(seen) < PORTION:
        note_tagging(going_on=RegistryChange.objects.in_work().exists())
    return True


def save_change(change: RegistryChange, user: User | None) -> None:
    """Write the change to the registry; the texts are tagged by it afterwards.

    Raises ConflictError where the registry is another one than that which was shown.
    """
    with transaction.atomic(), act_for(user), note_reason(_name(change)):
        _lock(change, State.PREPARED)
        planned = make_plan(change.asked).list_changed()
        if is_stale(change) or planned != (change.before, change.after):
            raise ConflictError(
                _("预览以后，主题或提法的登记另有改动，预览已过时，没有保存。请重新预览。")
            )
        change.after = write_rows(change.before, change.after)
        change.saved_at, change.made_by = timezone.now(), user
        _begin(change, State.APPLYING)
        change.save()
        note_tagging(going_on=True)


def undo_change(change: RegistryChange, user: User | None) -> None:
    """Put the rows back as they were before; the texts are tagged anew afterwards.

    Raises ConflictError where somebody changed one of them since.
    """
    reason = _("撤销%(change)s") % {"change": _name(change)}
    with transaction.atomic(), act_for(user), note_reason(reason):
        _lock(change, State.APPLIED, State.APPLYING)
        _check_undoable(change)
        before, after = _spare_pins(change)
        try:
            with transaction.atomic():
                _make_room(change)
                write_rows(after, before)
        except IntegrityError as fault:
            raise ConflictError(_tell_conflict()) from fault
        change.undone_at, change.undone_by = timezone.now(), user
        _begin(change, State.UNDOING)
        change.save()
        note_tagging(going_on=True)


def find_hindrance(change: RegistryChange) -> str:
    """Return in words why the change can't be undone, "" where it can."""
    try:
        _check_undoable(change)
    except ConflictError as conflict:
        return str(conflict)
    return ""


def discard_change(change: RegistryChange) -> bool:
    """Forget a change that was not saved; return whether it was there to forget."""
    unsaved = RegistryChange.objects.unsaved().filter(pk=change.pk)
    return bool(unsaved.delete()[0])


def _check_undoable(change: RegistryChange) -> None:
    rows = {key: row for key, row in change.after.items() if read_table(key) != "pin"}
    if read_present(rows) != rows or read_present(_list_gone(change)):
        raise ConflictError(_tell_conflict())
    new = [read_id(key) for key in rows if key not in change.before]
    themes = [pk for pk in new if f"theme:{pk}" in rows]
    if ThemePin.objects.filter(theme__in=themes).exists():
        raise ConflictError(_("已有章节由编辑指定为这一主题，不能撤销新增；可以停用。"))
    if Theme.every.filter(parent__in=themes).exists():
        raise ConflictError(_("这一主题之下已有下级主题，不能撤销新增；可以停用。"))


def _make_room(change: RegistryChange) -> None:
    """Delete slogans that were met since under a wording that a slogan had before the change."""
    texts = [row["text"] for key, row in change.before.items() if read_table(key) == "slogan"]
    known = [read_id(key) for key in change.before if read_table(key) == "slogan"]
    met = Slogan.objects.filter(registered=False, text__in=texts).exclude(pk__in=known)
    Slogan.objects.filter(pk__in=[one.pk for one in met if not list_decided(one)]).delete()


def _list_gone(change: RegistryChange) -> list[str]:
    return [k for k in change.before if k not in change.after and read_table(k) != "pin"]


def _spare_pins(change: RegistryChange) -> tuple[Rows, Rows]:
    """Return before and after without decisions that somebody has changed since."""
    pins = [key for key in change.after if read_table(key) == "pin"]
    present = read_present(pins)
    changed = {key for key in pins if present.get(key) != change.after[key]}
    kept: list[Rows] = [
        {key: row for key, row in rows.items() if key not in changed}
        for rows in (change.before, change.after)
    ]
    return kept[0], kept[1]


def _lock(change: RegistryChange, *states: str) -> None:
    change.refresh_from_db(from_queryset=RegistryChange.objects.select_for_update())
    if change.state not in states:
        raise ConflictError(
            _("这次改动现在是“%(state)s”，不能这样操作。") % {"state": change.get_state_display()}
        )


def _name(change: RegistryChange) -> str:
    return _("主题与提法改动 %(id)d") % {"id": change.pk}


def work_off() -> bool:
    """Do some seconds of a change that waits; return whether there was any.

    A step of intake.background. What is saved goes before what is only looked at.
    """
    running: Any = None
    for states in ((State.APPLYING, State.UNDOING), (State.MEASURING,)):
        running = running or RegistryChange.objects.filter(state__in=states).order_by("pk").first()
    if running is None:
        return False
    run(running)
    return True
