"""Themes: the tree, and the page of one."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.catalog.kept import keep_answers, read_page
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.pages.charts import chart_passages
from corpus_app.pages.excerpts import MarkedSection, show_passages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.queries import Option, link_field_search
from corpus_app.pages.speech_layers import find_all, list_terms
from corpus_app.slogans.querysets import list_slogans_of_theme
from corpus_app.themes.models import SectionTheme, Theme
from corpus_app.themes.querysets import (
    count_by_year,
    list_excluded,
    list_passages,
    list_related,
    list_theme_tree,
)

PER_PAGE: Final = 15


@require_safe
@keep_page
def list_themes(request: HttpRequest) -> HttpResponse:
    """Show the theme tree with counts."""
    return render(request, "pages/theme_list.html", {"roots": list_theme_tree()})


@require_safe
@limit_pages
@keep_page
def show_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a theme with its strongest passages first."""
    themes = Theme.every.select_related("parent", "merged_into")
    theme = get_object_or_404(themes, slug=slug)
    successor = theme.find_successor()
    if successor is not None:
        return redirect(successor)
    may_edit = request.user.has_perm(EDIT_PERMISSION)
    mentioned = request.GET.get("bearing") == SectionTheme.Bearing.MENTION
    bearings = [SectionTheme.Bearing.ABOUT.value, SectionTheme.Bearing.MENTION.value]
    page = _read_page(theme, bearings[mentioned], request.GET.get("page"))
    shown, other = page.paginator.count, _count_passages(theme, bearings[not mentioned])
    # The numbers are kept, the texts are not.
    tags = list(list_passages(theme, bearings[mentioned]).filter(pk__in=page.object_list))
    passages = show_passages([_locate_evidence(tag) for tag in tags])
    context = {
        "theme": theme,
        "children": theme.children.all(),
        "terms": theme.terms.all(),
        "page": page,
        "querystring": "bearing=mention" if mentioned else "",
        "mentioned": mentioned,
        "bearings": _list_bearings(theme, mentioned, shown, other),
        "may_edit": may_edit,
        "excluded": list_excluded(theme) if may_edit else [],
        "entries": list(zip(tags, passages, strict=True)),
        "chart": chart_passages(
            _("“%(name)s”历年段落数，含下级主题") % {"name": theme.name},
            "主题",
            theme.name,
            partial(count_by_year, theme),
        ),
        "related": list_related(theme),
        "slogans": list_slogans_of_theme(theme.pk),
        "search_url": link_field_search("主题", theme.name),
    }
    return render(request, "pages/theme.html", context)


@keep_answers
def _read_page(theme: Theme, bearing: str, number: str | None) -> Page[int]:
    return read_page(list_passages(theme, bearing).values_list("pk", flat=True), PER_PAGE, number)


@keep_answers
def _count_passages(theme: Theme, bearing: str) -> int:
    return list_passages(theme, bearing).count()


def _list_bearings(theme: Theme, mentioned: bool, shown: int, other: int) -> list[Option]:
    """Return the two lists as links with their counts: what counts, what is only mentioned."""
    url = theme.get_absolute_url()
    about, mentions = (other, shown) if mentioned else (shown, other)
    return [
        Option(_("以此为主题 %(count)d 处") % {"count": about}, not mentioned, url),
        Option(_("仅提及 %(count)d 处") % {"count": mentions}, mentioned, f"{url}?bearing=mention"),
    ]


def _locate_evidence(tag: SectionTheme) -> MarkedSection:
    section = tag.section
    text = section.revision.text
    found = {
        (at, at + len(term))
        for term in list_terms(tag)
        for at in find_all(text, term, section.start, section.end)
    }
    return MarkedSection(section, section.revision, found)
