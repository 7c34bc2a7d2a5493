"""What the pages tell of a bulk change: what is asked, what changes on each speech, how it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.catalog.provenance import UNKNOWN, Provenance, read_provenances
from corpus_app.intake.quality.holding import list_holds
from corpus_app.intake.quality.rules import load_rules
from corpus_app.review.bulk.applying import FAILED, GONE, HELD
from corpus_app.review.bulk.planning import AskedChange
from corpus_app.review.bulk.values import LIMIT, REVISION, STATUS, THEME, Values, ValueWords
from corpus_app.review.models import BulkChange, BulkItem

PER_PAGE: Final = 50
# Among the states that a list is narrowed to: rows of a table with something not used.
FAULTY: Final = "faulty"
_TOLD: Final[list[tuple[str, Any]]] = [("spared", {}), ("faults", [])]
CHANGES_PER_PAGE: Final = 20


@dataclass(frozen=True)
class ValueLine:
    """One value in words, before and after; found is what stood in the way."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemRow:
    """A speech of the change with its values."""

    item: BulkItem
    lines: list[ValueLine]
    notes: list[str]
    flagged: bool
    # In words, why the speech is not published without a word of the editor's.
    holds: list[str]
    provenance: Provenance
    # Of a table: values that a person set, which it would change.
    spared: list[ValueLine] = field(default_factory=list)


@dataclass(frozen=True)
class ChangeLine:
    """A change in a sentence, with how many speeches are in which state."""

    change: BulkChange
    sentences: list[str]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many speeches were chosen."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many wait: to be changed, or to be put back."""
        undoing = self.change.state == BulkChange.State.UNDOING
        return self.counts.get("done" if undoing else "waiting", 0)

    @property
    def changed(self) -> int:
        """How many were changed, those put back since among them."""
        return sum(self.counts.get(name, 0) for name in ("done", "undone", "partly", "kept"))

    def list_states(self) -> list[tuple[str, str, int]]:
        """Return (state, its label, how many speeches) for the states that occur."""
        return [
            (state.value, str(state.label), self.counts[state])
            for state in BulkItem.State
            if self.counts.get(state)
        ]

    @property
    def is_open(self) -> bool:
        """Whether it was begun and is not finished."""
        return self.change.state in (BulkChange.State.APPLYING, BulkChange.State.UNDOING)

    @property
    def can_undo(self) -> bool:
        """Whether it can be undone: once, and where something was changed."""
        undoable = (BulkChange.State.APPLIED, BulkChange.State.APPLYING)
        return self.change.state in undoable and self.counts.get("done", 0) > 0


@dataclass(frozen=True)
class ChangePage:
    """A page of one change."""

    line: ChangeLine
    page: Page[BulkItem]
    rows: list[ItemRow]
    # Of the speeches about to be published, how many are flagged and nobody looked at them.
    flagged: int
    # Of these, how many are left out unless the editor says otherwise.
    held: int
    # Of a table: on how many speeches people's values are spared, and rows with faults.
    spared: int = 0
    faulty: int = 0

    @property
    def changing(self) -> int:
        """How many speeches change where the editor says nothing more."""
        return self.line.counts.get("waiting", 0) - self.held


def build_change_page(change: BulkChange, number: str | None, state: str = "") -> ChangePage:
    """Return a page of the change's speeches, those that change first; constant queries."""
    items = change.items.select_related("speech__doubt").order_by("pk")
    if state in BulkItem.State.values:
        items = items.filter(state=state)
    elif state == FAULTY:
        items = items.exclude(faults=[])
    elif change.state == BulkChange.State.PREPARED:
        items = items.exclude(state=BulkItem.State.SAME, faults=[])
    page = Paginator(items, PER_PAGE).get_page(number)
    wording = ValueWords()
    line = describe_changes([change], wording)[0]
    held = _find_held(change)
    told = read_provenances(item.speech_id or 0 for item in page)
    rows = [
        _describe_item(item, wording, held.get(key, []), told.get(key, UNKNOWN))
        for item in page
        for key in [item.speech_id or 0]
    ]
    spared, faulty = (change.items.exclude(**{name: empty}).count() for name, empty in _TOLD)
    return ChangePage(line, page, rows, _count_flagged(change), len(held), spared, faulty)


def build_change_list(number: str | None) -> tuple[Page[BulkChange], list[ChangeLine]]:
    """Return a page of all changes that were confirmed, the newest first."""
    changes = BulkChange.objects.exclude(state=BulkChange.State.PREPARED)
    page = Paginator(changes.select_related("made_by", "undone_by"), CHANGES_PER_PAGE)
    shown = page.get_page(number)
    return shown, describe_changes(list(shown), ValueWords())


def describe_changes(changes: Iterable[BulkChange], wording: ValueWords) -> list[ChangeLine]:
    """Return each change in words with its counts; one query for all."""
    listed = list(changes)
    counts: dict[int, Counter[str]] = {change.pk: Counter() for change in listed}
    rows = BulkItem.objects.filter(change__in=listed).order_by().values_list("change", "state")
    for change, state, count in rows.annotate(Count("pk")):
        counts[change][state] = count
    return [
        ChangeLine(
            change, describe_asked(AskedChange.from_json(change.asked), wording), counts[change.pk]
        )
        for change in listed
    ]


def describe_asked(asked: AskedChange, wording: ValueWords) -> list[str]:
    """Return what is asked for, one short sentence per value."""
    values: Values = dict(asked.fields)
    values |= {f"{THEME}{theme}": decision for theme, decision in asked.themes.items()}
    values |= {
        name: value for name, value in ((STATUS, asked.status), (LIMIT, asked.limit)) if value
    }
    sentences = [
        _("%(name)s：%(value)s")
        % {"name": wording.name(name), "value": wording.tell(name, value) or _("（清空）")}
        for name, value in values.items()
    ]
    if asked.table:
        sentences.append(_("据表格“%(name)s”") % {"name": asked.table["name"]})
        columns = _("、").join(wording.name(name) for name in asked.table["fields"])
        sentences.append(_("各列：%(columns)s") % {"columns": columns})
    if asked.like:
        sentences.append(_("与“%(like)s”相似的章节") % {"like": asked.like})
    if asked.only_blank and asked.fields:
        sentences.append(_("只填空缺"))
    return sentences


def _describe_item(
    item: BulkItem, wording: ValueWords, holds: list[str], provenance: Provenance
) -> ItemRow:
    lines = [
        ValueLine(
            wording.name(name),
            wording.tell(name, item.before.get(name, "")),
            wording.tell(name, value),
        )
        for name, value in item.after.items()
        if name != REVISION
    ]
    spared = [
        ValueLine(wording.name(name), wording.tell(name, before), wording.tell(name, after))
        for name, (before, after) in item.spared.items()
    ]
    doubt = getattr(item.speech, "doubt", None) if item.speech else None
    unseen = doubt is not None and doubt.looked_at is None
    flagged = doubt is not None and unseen and doubt.score >= load_rules().threshold
    return ItemRow(item, lines, _list_notes(item, wording), flagged, holds, provenance, spared)


def _list_notes(item: BulkItem, wording: ValueWords) -> list[str]:
    if GONE in item.found:
        return [_("这篇讲话已不存在")]
    if FAILED in item.found:
        return [_("处理时出错，没有改动；详情见日志")]
    if HELD in item.found:
        return [_("有疑点，没有发布：%(reasons)s") % {"reasons": item.found[HELD]}]
    return [
        _("%(name)s已另改为“%(value)s”，未动")
        % {"name": wording.name(name), "value": wording.tell(name, value) or _("（空）")}
        for name, value in item.found.items()
    ]


def _will_publish(change: BulkChange) -> bool:
    waits = change.state == BulkChange.State.PREPARED
    return waits and change.asked.get(STATUS) == Speech.Status.PUBLISHED


def _find_held(change: BulkChange) -> dict[int, list[str]]:
    """Return by speech, in words, what the change leaves out unless the editor says otherwise."""
    if not _will_publish(change):
        return {}
    waiting = change.items.filter(state=BulkItem.State.WAITING).exclude(speech=None)
    return list_holds(waiting.values_list("speech", flat=True))


def _count_flagged(change: BulkChange) -> int:
    if not _will_publish(change):
        return 0
    return change.items.filter(
        state=BulkItem.State.WAITING,
        speech__doubt__score__gte=load_rules().threshold,
        speech__doubt__looked_at=None,
    ).count()
