"""What the pages of changes show: the rows as they were and will be, and the effect on texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.ingest.word_borders import may_stand_bare
from corpus_app.pages.queries import Option
from corpus_app.registry.changed_lines import ChangedLine, describe_rows
from corpus_app.registry.models import RegistryChange, RegistryEffect
from corpus_app.registry.rows import read_table
from corpus_app.registry.running import find_hindrance, is_stale
from corpus_app.registry.scanning import list_revisions
from corpus_app.themes.models import SectionTheme

State = RegistryChange.State
Kind = RegistryEffect.Kind
SHOWN: Final = 20
# Where a change takes in so much of the corpus, its words are likely too common.
MUCH: Final = 0.5
LISTED: Final = 12


@dataclass(frozen=True)
class SubjectCount:
    """What becomes of a theme or slogan: sections or places gained and lost, in how many texts."""

    subject: str
    name: str
    gained: int
    gained_speeches: int
    lost: int
    lost_speeches: int
    other: int

    @property
    def is_theme(self) -> bool:
        """Return whether it is a theme, whose sections are counted."""
        return self.subject.startswith("theme:")


@dataclass(frozen=True)
class ShownEffect:
    """An effect with its speech, None where that is gone, and what was and will be, in words."""

    effect: RegistryEffect
    speech: Speech | None
    bearings: str


@dataclass
class RegistryChangePage:
    """Everything that registry/change.html shows."""

    change: RegistryChange
    lines: list[ChangedLine]
    counts: list[SubjectCount]
    page: Page[Any]
    effects: list[ShownEffect]
    kind: str
    kinds: list[Option]
    themes: list[tuple[str, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stale: bool = False
    later: int = 0
    hindrance: str = ""

    @property
    def running(self) -> bool:
        """Return whether there is work left to do."""
        return self.change.state in (State.MEASURING, State.APPLYING, State.UNDOING)

    @property
    def percent(self) -> int:
        """Return how far it is."""
        return min(100, 100 * self.change.seen // max(self.change.total, 1))


def build_change_page(change: RegistryChange, number: str | None, kind: str) -> RegistryChangePage:
    """Return the page of a change; kind chooses which effects are listed."""
    counts = _count_effects(change)
    totals = {
        Kind.GAINED.value: sum(one.gained for one in counts),
        Kind.LOST.value: sum(one.lost for one in counts),
        Kind.OTHER.value: sum(one.other for one in counts),
    }
    if kind not in totals:
        kind = next((name for name, count in totals.items() if count), Kind.GAINED.value)
    effects = change.effects.filter(kind=kind).order_by("speech_id", "pk")
    page = Paginator(effects, SHOWN).get_page(number)
    shown = RegistryChangePage(
        change,
        describe_rows(change.before, change.after),
        counts,
        page,
        _show(page.object_list),
        kind,
        [
            Option(f"{Kind(name).label} {count}", name == kind, f"?kind={name}")
            for name, count in totals.items()
        ],
        themes=_count_themes(change),
    )
    _add_warnings(shown)
    return shown


def _add_warnings(shown: RegistryChangePage) -> None:
    change = shown.change
    if change.state == State.PREPARED:
        shown.warnings = _warn_of(change, shown.counts)
        shown.stale = is_stale(change)
        shown.later = list_revisions(change.cursor).count() if change.seen else 0
    if change.state in (State.APPLYING, State.APPLIED):
        shown.hindrance = find_hindrance(change)


def _count_effects(change: RegistryChange) -> list[SubjectCount]:
    gained, lost, other = (Q(kind=kind) for kind in (Kind.GAINED, Kind.LOST, Kind.OTHER))
    rows = (
        change.effects.order_by()
        .values_list("subject", "name")
        .annotate(
            gained=Count("pk", filter=gained),
            gained_speeches=Count("speech_id", distinct=True, filter=gained),
            lost=Count("pk", filter=lost),
            lost_speeches=Count("speech_id", distinct=True, filter=lost),
            other=Count("pk", filter=other),
        )
    )
    counts = [SubjectCount(*row) for row in rows]
    return sorted(counts, key=lambda one: (-(one.gained + one.lost), -one.other, one.name))


def _show(effects: Iterable[RegistryEffect]) -> list[ShownEffect]:
    effects = list(effects)
    speeches = Speech.objects.with_parties().in_bulk({one.speech_id for one in effects})
    return [ShownEffect(one, speeches.get(one.speech_id), _say_bearings(one)) for one in effects]


def _say_bearings(effect: RegistryEffect) -> str:
    if not effect.subject.startswith("theme"):
        return ""
    if effect.before == effect.after:
        return _("依据有变")
    words = dict(SectionTheme.Bearing.choices) | {"": _("无")}
    return f"{words[effect.before]} → {words[effect.after]}"


def _count_themes(change: RegistryChange) -> list[tuple[str, int]]:
    """Return on which themes' sections slogans are gained or lost, the most first."""
    places = change.effects.filter(subject__startswith="slogan").exclude(section_id=None)
    rows = (
        SectionTheme.objects.about()
        .filter(section__in=places.order_by().values("section_id"), theme__retired=False)
        .order_by()
        .values_list("theme__name")
        .annotate(count=Count("section"))
        .order_by("-count", "theme__name")
    )
    return list(rows[:LISTED])


def _warn_of(change: RegistryChange, counts: list[SubjectCount]) -> list[str]:
    warnings = []
    for one in counts:
        for count, words in (
            (
                one.gained_speeches,
                _("“%(name)s”将见于 %(count)d 篇，占全库的 %(percent)d%%：词语可能太泛。"),
            ),
            (one.lost_speeches, _("“%(name)s”将从 %(count)d 篇消失，占全库的 %(percent)d%%。")),
        ):
            if count >= 2 and count >= MUCH * change.total:
                values = {"name": one.name, "count": count, "percent": 100 * count // change.total}
                warnings.append(words % values)
    bare = [
        row["text"]
        for key, row in change.after.items()
        if read_table(key) in ("slogan", "variant") and not may_stand_bare(row["text"])
        if row.get("registered", True)
    ]
    warnings += [
        _("“%(text)s”只算加了引号的，不加引号的另有所指。") % {"text": one} for one in bare
    ]
    return warnings


def list_changes(number: str | None) -> Page[RegistryChange]:
    """Return a page of the changes, the newest first."""
    rows: QuerySet[Any] = RegistryChange.objects.select_related("made_by", "undone_by")
    return Paginator(rows.defer("before", "after", "words", "speeches"), SHOWN).get_page(number)
