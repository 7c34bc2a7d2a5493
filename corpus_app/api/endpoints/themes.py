"""The theme tree, and the sections that bear a theme."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from corpus_app.api.cursors import Key, take_page
from corpus_app.api.links import link_next
from corpus_app.api.parameters import ThemePassagesAsked, refuse_all
from corpus_app.api.schemas.shared import Page, YearCount
from corpus_app.api.schemas.vocabularies import (
    EvidenceOut,
    RelatedThemeOut,
    TermOut,
    ThemeNodeOut,
    ThemeOut,
    ThemePassageOut,
    ThemeRef,
    ThemesOut,
)
from corpus_app.api.values import ThemeSlug
from corpus_app.themes.models import SectionTheme, Theme
from corpus_app.themes.querysets import (
    ThemeNode,
    count_by_year,
    list_passages,
    list_related,
    list_theme_tree,
)

router = Router(tags=[gettext_noop("主题")])
_STRONGEST: Final = (
    Key("pinned", descending=True, kind=bool),
    Key("score", descending=True, kind=float),
    Key("pk"),
)


@router.get(
    "/themes",
    response=ThemesOut,
    summary=gettext_noop("主题树"),
    description=gettext_noop("全部主题，附篇数与段数；下级主题的计算在内。"),
)
def list_themes(request: HttpRequest) -> ThemesOut:
    """Answer with the theme tree."""
    refuse_all(request)
    return ThemesOut(items=[_describe_node(node) for node in list_theme_tree()])


@router.get(
    "/themes/{slug}",
    response=ThemeOut,
    summary=gettext_noop("一个主题"),
    description=gettext_noop("说明、上下级、主题词、相关主题，以及不含下级的历年段数。"),
)
def show_theme(request: HttpRequest, slug: Path[ThemeSlug]) -> ThemeOut:
    """Answer with what is known of a theme."""
    refuse_all(request)
    theme = find_theme(slug)
    return ThemeOut(
        slug=theme.slug,
        name=theme.name,
        description=theme.description,
        parent=_name_theme(theme.parent) if theme.parent else None,
        children=[_name_theme(child) for child in theme.children.order_by("order", "pk")],
        terms=[
            TermOut(text=term.text, weight=term.weight, excluded=term.excluded)
            for term in theme.terms.all()
        ],
        related=[
            RelatedThemeOut(
                slug=one.theme.slug, name=one.theme.name, shared=one.shared, named=one.named
            )
            for one in list_related(theme)
        ],
        by_year=YearCount.list_of(count_by_year(theme)),
        url=theme.get_absolute_url(),
    )


@router.get(
    "/themes/{slug}/passages",
    response=Page[ThemePassageOut],
    summary=gettext_noop("主题的段落"),
    description=gettext_noop(
        "已发布讲话中直接属于该主题（不含下级）的章节，人工指定的和依据强的在前。"
    ),
)
def list_theme_passages(
    request: HttpRequest, slug: Path[ThemeSlug], asked: Query[ThemePassagesAsked]
) -> Page[ThemePassageOut]:
    """Answer with a page of a theme's sections."""
    theme = find_theme(slug)
    scope = f"passages {theme.pk} {asked.bearing}"
    passages = list_passages(theme, asked.bearing)
    page, cursor = take_page(passages, _STRONGEST, asked.cursor, asked.limit, scope)
    items = [_describe_passage(tag) for tag in page]
    return Page[ThemePassageOut](items=items, next_cursor=cursor, next=link_next(request, cursor))


def find_theme(slug: str) -> Theme:
    """Return the theme with the one above it; of a merged one, what it has become part of."""
    theme = Theme.every.select_related("parent", "merged_into").filter(slug=slug).first()
    found = (theme.find_successor() or theme) if theme is not None else None
    if found is None or found.retired:
        raise Http404
    return found


def _name_theme(theme: Theme) -> ThemeRef:
    return ThemeRef(slug=theme.slug, name=theme.name)


def _describe_node(node: ThemeNode) -> ThemeNodeOut:
    return ThemeNodeOut(
        slug=node.theme.slug,
        name=node.theme.name,
        speeches=node.speeches,
        passages=node.passages,
        mentions=node.mentions,
        url=node.theme.get_absolute_url(),
        api_url=f"/api/v1/themes/{node.theme.slug}",
        children=[_describe_node(child) for child in node.children],
    )


def _describe_passage(tag: SectionTheme) -> ThemePassageOut:
    section = tag.section
    revision = section.revision
    speech = revision.speech
    return ThemePassageOut(
        speech=speech.pk,
        revision=revision.number,
        title=speech.title,
        date=speech.date or None,
        date_kind=speech.day.kind or None,
        organisation=speech.organisation.name if speech.organisation else None,
        section=section.key,
        heading=f"{section.marker}{section.heading}",
        text=revision.text[section.start : section.end],
        score=tag.score,
        pinned=tag.pinned,
        bearing=tag.bearing,
        reason=tag.reason,
        named_at=tag.named_at,
        evidence=[EvidenceOut(term=str(term), count=count) for term, count in tag.evidence],
        url=f"{speech.get_absolute_url()}#{section.key}",
    )
