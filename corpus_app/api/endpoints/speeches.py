"""Speeches: the list, one, its text, outline and sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from corpus_app.api.conditions import mark_content, mark_revision
from corpus_app.api.cursors import Key, take_page
from corpus_app.api.links import link_next
from corpus_app.api.parameters import (
    SpeechesAsked,
    TextAsked,
    check_themes,
    refuse_all,
)
from corpus_app.api.problems import MovedError
from corpus_app.api.schemas.shared import CountedPage
from corpus_app.api.schemas.speeches import (
    GapOut,
    SectionsOut,
    SectionTextOut,
    SpeechBrief,
    SpeechOut,
    TextOut,
    describe_revision,
    describe_section,
    describe_speech,
    list_sections,
    list_slogans,
)
from corpus_app.api.values import SectionKey, SpeechId
from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.relocation import resolve_alias
from corpus_app.catalog.revisions import list_visible_revisions
from corpus_app.slogans.querysets import list_slogans_of_revision
from corpus_app.themes.models import SectionTheme
from search import ThemeTree, read_years

router = Router(tags=[gettext_noop("讲话")])
_NEWEST: Final = (
    Key("date_start", descending=True, kind=dt.date, nullable=True),
    Key("pk", descending=True),
)


@router.get(
    "/speeches",
    response=CountedPage[SpeechBrief],
    summary=gettext_noop("讲话列表"),
    description=gettext_noop("已发布的讲话，从新到旧；同一条件可重复给出，取其一即可。"),
)
def list_speeches(request: HttpRequest, asked: Query[SpeechesAsked]) -> CountedPage[SpeechBrief]:
    """Answer with a page of published speeches."""
    speeches = _list_asked(asked)
    rows = speeches.select_related("speaker", "organisation", "source")
    scope = asked.describe("limit")
    page, cursor = take_page(rows, _NEWEST, asked.cursor, asked.limit, scope)
    return CountedPage[SpeechBrief](
        items=[SpeechBrief.of(speech) for speech in page],
        next_cursor=cursor,
        next=link_next(request, cursor),
        total=speeches.count(),
    )


@router.get(
    "/speeches/{speech_id}",
    response=SpeechOut,
    summary=gettext_noop("一篇讲话"),
    description=gettext_noop("文献信息、现行版本的正文、提纲、缺失与提法。"),
)
def show_speech(
    request: HttpRequest,
    response: HttpResponse,
    speech_id: Path[SpeechId],
) -> SpeechOut:
    """Answer with a speech as a whole."""
    refuse_all(request)
    speech, revision = find_speech(speech_id)
    revision = _read_revision(revision.pk)
    answer = SpeechOut(
        **describe_speech(speech),
        revision=describe_revision(revision),
        text=revision.text,
        sections=list_sections(list(revision.sections.order_by("position"))),
        gaps=[GapOut.model_validate(gap) for gap in revision.gaps.all()],
        slogans=list_slogans(list(list_slogans_of_revision(revision.pk))),
    )
    mark_content(request, response, answer.model_dump_json())
    return answer


@router.get(
    "/speeches/{speech_id}/text",
    response=TextOut,
    summary=gettext_noop("正文"),
    description=gettext_noop("一个版本的正文；版本不变，可凭 ETag 缓存。"),
)
def show_text(
    request: HttpRequest,
    response: HttpResponse,
    speech_id: Path[SpeechId],
    asked: Query[TextAsked],
) -> TextOut:
    """Answer with a revision's text."""
    speech, revision = find_speech(speech_id, asked.revision)
    mark_revision(request, response, revision)
    revision = _read_revision(revision.pk)
    gaps = [GapOut.model_validate(gap) for gap in revision.gaps.all()]
    return TextOut(speech=speech.pk, revision=revision.number, text=revision.text, gaps=gaps)


@router.get(
    "/speeches/{speech_id}/sections",
    response=SectionsOut,
    summary=gettext_noop("提纲"),
    description=gettext_noop("一个版本的全部章节，依阅读次序；start、end 为其在正文中的起止。"),
)
def show_sections(
    request: HttpRequest,
    response: HttpResponse,
    speech_id: Path[SpeechId],
    asked: Query[TextAsked],
) -> SectionsOut:
    """Answer with a revision's outline."""
    speech, revision = find_speech(speech_id, asked.revision)
    mark_revision(request, response, revision)
    sections = list_sections(list(revision.sections.order_by("position")))
    return SectionsOut(speech=speech.pk, revision=revision.number, sections=sections)


@router.get(
    "/speeches/{speech_id}/sections/{key}",
    response=SectionTextOut,
    summary=gettext_noop("一个章节"),
    description=gettext_noop("一个章节的文字；章节号如 1.2。"),
)
def show_section(
    request: HttpRequest,
    response: HttpResponse,
    speech_id: Path[SpeechId],
    key: Path[SectionKey],
    asked: Query[TextAsked],
) -> SectionTextOut:
    """Answer with one section of a revision."""
    speech, revision = find_speech(speech_id, asked.revision)
    section = revision.sections.select_related("parent").filter(key=key).first()
    if section is None:
        raise Http404
    mark_revision(request, response, revision)
    revision = _read_revision(revision.pk)
    gaps = revision.gaps.filter(offset__gte=section.start, offset__lte=section.end)
    return SectionTextOut(
        **describe_section(section, section.parent.key if section.parent else None),
        speech=speech.pk,
        revision=revision.number,
        text=revision.text[section.start : section.end],
        gaps=[GapOut.model_validate(gap) for gap in gaps],
    )


def _list_asked(asked: SpeechesAsked) -> QuerySet[Speech]:
    """Return the published speeches that the filters leave."""
    check_themes(asked.theme)
    span = read_years(asked.years)
    speeches = Speech.objects.narrow(
        date_start__year=[] if span else asked.year,
        level=asked.level,
        genre=asked.genre,
        organisation__name=asked.organisation,
        completeness=asked.completeness,
    ).dated_by(asked.date_kind)
    if span:
        speeches = speeches.within_years(*span)
    if asked.theme:
        themes = list_branch(asked.theme)
        tags = SectionTheme.objects.about().filter(
            theme__in=themes, section__revision=OuterRef("current")
        )
        speeches = speeches.filter(Exists(tags))
    return speeches


def find_speech(speech_id: int, number: int | None = None) -> tuple[Speech, Revision]:
    """Return a published speech and the revision asked for, without texts."""
    speeches = Speech.objects.published().bear().with_parties()
    speech = speeches.filter(pk=speech_id).first()
    if speech is None or speech.current_id is None:
        raise _find_living(speech_id)
    seen = list_visible_revisions(speech, AnonymousUser())
    revisions = seen.only("pk", "number", "speech")
    wanted = revisions.filter(number=number) if number else revisions.filter(pk=speech.current_id)
    revision = wanted.first()
    if revision is None:
        raise Http404
    return speech, revision


def list_branch(slugs: Collection[str]) -> set[int]:
    """Return the ids of the themes and of all below them, as a search counts them."""
    tree = ThemeTree.load()
    return tree.list_below([node.id for node in tree.nodes.values() if node.slug in slugs])


def _find_living(speech_id: int) -> Exception:
    living = resolve_alias(speech_id)
    if living and Speech.objects.published().filter(pk=living).exists():
        return MovedError(speech_id, living)
    return Http404()


def _read_revision(revision_id: int) -> Revision:
    """Return the revision with its text, without what only editors look at."""
    hidden = ("raw", "removed", "metadata", "notices", "suspects", "announced")
    return Revision.objects.select_related("upload").defer(*hidden).get(pk=revision_id)
