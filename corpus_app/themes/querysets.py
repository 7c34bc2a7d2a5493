"""Reads on themes for readers: only what stands in the current text of speeches that count.

What counts is what sections themselves are about; what they only mention is listed apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.periods import YearTotal, fill_years
from corpus_app.themes.models import SectionTheme, Theme, ThemePin

_SPEECH: Final = "section__revision__speech"
EXCLUDED: Final = 50

Bearing = SectionTheme.Bearing


@dataclass
class ThemeNode:
    """A theme of the tree; what themes below it tag counts with its speeches and passages.

    mentions are the sections that only mention it or one below it.
    """

    theme: Theme
    speeches: int
    passages: int
    mentions: int
    children: list[ThemeNode] = field(default_factory=list)


@dataclass(frozen=True)
class RelatedTheme:
    """A theme that stands beside another: named by an editor, or on the same sections."""

    theme: Theme
    shared: int
    named: bool


@keep_answers
def list_theme_tree() -> list[ThemeNode]:
    """Return the roots of the theme tree with children and counts, a query for each level."""
    nodes = {theme.pk: ThemeNode(theme, 0, 0, 0) for theme in Theme.objects.all()}
    roots: list[ThemeNode] = []
    for node in nodes.values():
        above = nodes.get(node.theme.parent_id or 0)
        (above.children if above else roots).append(node)
    level = roots
    while level:
        _count_level(level)
        level = [child for node in level for child in node.children]
    return roots


def _count_level(level: list[ThemeNode]) -> None:
    """Count on each node what it and the themes below it tag, nothing twice."""
    below = {node.theme.pk: list_branch(node) for node in level}
    above = Case(
        *(When(theme__in=ids, then=Value(top)) for top, ids in below.items()),
        output_field=IntegerField(),
    )
    about, mentioned = (Q(bearing=one) for one in (Bearing.ABOUT, Bearing.MENTION))
    rows = (
        list_counted_tags(Bearing.ABOUT, Bearing.MENTION)
        .filter(theme__in=[pk for ids in below.values() for pk in ids])
        .order_by()
        .annotate(top=above)
        .values_list("top")
        .annotate(
            speeches=Count("section__revision", distinct=True, filter=about),
            passages=Count("section", distinct=True, filter=about),
            mentions=Count("section", distinct=True, filter=mentioned),
        )
    )
    counts = {top: tuple(numbers) for top, *numbers in rows}
    for node in level:
        node.speeches, node.passages, node.mentions = counts.get(node.theme.pk, (0, 0, 0))


def list_counted_tags(*bearings: str) -> QuerySet[SectionTheme]:
    """Return the tags of the bearings, else about, on current texts of the speeches that count."""
    # By the ids of current revisions: joins from the themes' side would read the row of every
    # revision's text.
    return SectionTheme.objects.filter(
        bearing__in=bearings or (Bearing.ABOUT,),
        section__revision__in=Speech.objects.real().values("current"),
    )


def list_branch(node: ThemeNode) -> list[int]:
    """Return the ids of the node's theme and of all themes below it."""
    return [node.theme.pk, *(pk for child in node.children for pk in list_branch(child))]


def list_passages(theme: Theme, bearing: str = Bearing.ABOUT) -> QuerySet[SectionTheme]:
    """Return the theme's tags of a bearing, strongest evidence first, with section and speech.

    The texts come along (section.revision.text), so take a page of them, not all.
    """
    return (
        list_counted_tags(bearing)
        .filter(theme=theme)
        .select_related(
            "section__revision__speech__organisation", "section__revision__speech__speaker"
        )
        .defer("section__revision__raw", "section__revision__removed")
        .order_by("-pinned", "-score", f"-{_SPEECH}__date_start", "pk")
    )


@dataclass(frozen=True)
class ExcludedSection:
    """A section of a current text from which an editor keeps a theme."""

    section: Section


def list_excluded(theme: Theme) -> list[ExcludedSection]:
    """Return the sections that the theme is excluded from by name, those decided last first."""
    pins = theme.pins.filter(decision=ThemePin.Decision.EXCLUDE).exclude(section_key="")
    same = Q(revision__speech__theme_pins__in=pins) & Q(
        key=F("revision__speech__theme_pins__section_key")
    )
    sections = Section.objects.filter(same, revision__speech__current=F("revision"))
    rows = sections.select_related("revision__speech").defer(
        "revision__text", "revision__raw", "revision__removed"
    )
    return [
        ExcludedSection(row)
        for row in rows.order_by("-revision__speech__theme_pins__pk")[:EXCLUDED]
    ]


def count_by_year(theme: Theme) -> list[YearTotal]:
    """Return passages of the theme per year, years without any counted 0, undated last."""
    rows = (
        list_counted_tags()
        .filter(theme=theme)
        .annotate(year=ExtractYear(f"{_SPEECH}__date_start"))
        .values_list("year")
        .annotate(count=Count("pk"))
        .order_by("year")
    )
    return fill_years(dict(rows))


@keep_answers
def list_related(theme: Theme, limit: int = 8) -> list[RelatedTheme]:
    """Return the themes an editor named as related, then those most often on the same sections."""
    shared = dict(
        list_counted_tags()
        .filter(section__in=SectionTheme.objects.about().filter(theme=theme).values("section"))
        .exclude(theme=theme)
        .values_list("theme")
        .annotate(count=Count("pk"))
    )
    named = set(theme.related.values_list("pk", flat=True))
    themes = Theme.objects.in_bulk({*shared, *named})
    related = [RelatedTheme(t, shared.get(pk, 0), pk in named) for pk, t in themes.items()]
    return sorted(related, key=lambda r: (not r.named, -r.shared, r.theme.pk))[:limit]
