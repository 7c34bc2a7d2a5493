"""Reads on themes for readers: only what stands in published speeches' current text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear

from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import YearCount, fill_years
from corpus_app.themes.models import SectionTheme, Theme

_SPEECH: Final = "section__revision__speech"
READABLE: Final = Q(
    **{f"{_SPEECH}__status": "published", f"{_SPEECH}__current": F("section__revision")}
)


@dataclass
class ThemeNode:
    """A theme of the tree with how many speeches and passages it tags itself."""

    theme: Theme
    speeches: int
    passages: int
    children: list[ThemeNode] = field(default_factory=list)


@dataclass(frozen=True)
class RelatedTheme:
    """A theme that stands beside another: named by an editor, or on the same sections."""

    theme: Theme
    shared: int
    named: bool


def list_theme_tree() -> list[ThemeNode]:
    """Return the roots of the theme tree with children and counts, in two queries."""
    # Counted from the tags, by the ids of current revisions: joins from the themes' side
    # would read the row of every revision's text.
    current = Speech.objects.published().values("current")
    rows = (
        SectionTheme.objects.filter(section__revision__in=current)
        .order_by()
        .values_list("theme")
        .annotate(Count("section__revision", distinct=True), Count("pk"))
    )
    counts = {theme: (speeches, passages) for theme, speeches, passages in rows}
    nodes = {t.pk: ThemeNode(t, *counts.get(t.pk, (0, 0))) for t in Theme.objects.all()}
    roots: list[ThemeNode] = []
    for node in nodes.values():
        above = nodes.get(node.theme.parent_id or 0)
        (above.children if above else roots).append(node)
    return roots


def list_passages(theme: Theme) -> QuerySet[SectionTheme]:
    """Return the theme's tags, strongest evidence first, with section, revision and speech.

    The texts come along (section.revision.text), so take a page of them, not all.
    """
    return (
        SectionTheme.objects.filter(READABLE, theme=theme)
        .select_related(
            "section__revision__speech__organisation", "section__revision__speech__speaker"
        )
        .defer("section__revision__raw", "section__revision__removed")
        .order_by("-pinned", "-score", f"-{_SPEECH}__date_start", "pk")
    )


def count_by_year(theme: Theme) -> list[YearCount]:
    """Return passages of the theme per year, years without any counted 0, undated last."""
    rows = (
        SectionTheme.objects.filter(READABLE, theme=theme)
        .annotate(year=ExtractYear(f"{_SPEECH}__date_start"))
        .values_list("year")
        .annotate(count=Count("pk"))
        .order_by("year")
    )
    return fill_years(dict(rows))


def list_related(theme: Theme, limit: int = 8) -> list[RelatedTheme]:
    """Return the themes an editor named as related, then those most often on the same sections."""
    shared = dict(
        SectionTheme.objects.filter(READABLE, section__theme_tags__theme=theme)
        .exclude(theme=theme)
        .values_list("theme")
        .annotate(count=Count("pk"))
    )
    named = set(theme.related.values_list("pk", flat=True))
    themes = Theme.objects.in_bulk({*shared, *named})
    related = [RelatedTheme(t, shared.get(pk, 0), pk in named) for pk, t in themes.items()]
    return sorted(related, key=lambda r: (not r.named, -r.shared, r.theme.pk))[:limit]


def list_themes_by_section(revision_id: int) -> dict[int, list[SectionTheme]]:
    """Return the tags of a revision by section id, strongest first, each with its theme."""
    tags: defaultdict[int, list[SectionTheme]] = defaultdict(list)
    rows = SectionTheme.objects.filter(section__revision=revision_id).select_related("theme")
    for tag in rows.order_by("-pinned", "-score", "pk"):
        tags[tag.section_id].append(tag)
    return dict(tags)
