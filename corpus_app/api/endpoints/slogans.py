"""Slogans and where they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from corpus_app.api.cursors import Key, take_page
from corpus_app.api.links import link_next
from corpus_app.api.parameters import Paged, SlogansAsked, refuse_all
from corpus_app.api.schemas.shared import Page, YearCount
from corpus_app.api.schemas.vocabularies import (
    MentionOut,
    SloganBrief,
    SloganOut,
    SloganSource,
    SuccessorOut,
)
from corpus_app.api.values import SloganId
from corpus_app.catalog.addresses import link_speech
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import count_before
from corpus_app.slogans.models import Mention, Slogan
from corpus_app.slogans.querysets import (
    count_by_year,
    find_uses,
    list_counted_slogans,
    list_mentions,
)

router = Router(tags=[gettext_noop("提法")])
_CONTEXT: Final = 30
_MOST_MENTIONED: Final = (Key("mention_count", descending=True), Key("text", kind=str))
_NEWEST: Final = (
    Key("revision__speech__date_start", descending=True, kind=dt.date, nullable=True),
    Key("pk"),
)


@router.get(
    "/slogans",
    response=Page[SloganBrief],
    summary=gettext_noop("提法列表"),
    description=gettext_noop("登记的或在已发布讲话中出现的提法，出现多的在前。"),
)
def list_slogans(request: HttpRequest, asked: Query[SlogansAsked]) -> Page[SloganBrief]:
    """Answer with a page of slogans."""
    slogans = list_counted_slogans(asked.kind or "")
    if asked.q:
        slogans = slogans.filter(text__contains=asked.q)
    scope = f"slogans {asked.kind} {asked.q}"
    page, cursor = take_page(slogans, _MOST_MENTIONED, asked.cursor, asked.limit, scope)
    items = [SloganBrief(**_describe(slogan)) for slogan in page]
    return Page[SloganBrief](items=items, next_cursor=cursor, next=link_next(request, cursor))


@router.get(
    "/slogans/{slogan_id}",
    response=SloganOut,
    summary=gettext_noop("一个提法"),
    description=gettext_noop("所指内容、规范表述、出处、异写与历年次数。"),
)
def show_slogan(request: HttpRequest, slogan_id: Path[SloganId]) -> SloganOut:
    """Answer with what is known of a slogan."""
    refuse_all(request)
    slogan = find_slogan(slogan_id)
    uses = find_uses([slogan.pk]).get(slogan.pk)
    held = Speech.objects.real().count_years()
    return SloganOut(
        **_describe(slogan),
        members=[str(member) for member in slogan.members],
        standard=slogan.standard_wording,
        superseded_by=_describe_successor(slogan),
        source=SloganSource(
            document=slogan.source_document or None,
            place=slogan.source_place or None,
            quote=slogan.source_quote or None,
            date=slogan.source_date or None,
            url=slogan.source_url or None,
            sourced=slogan.sourced,
        ),
        note=slogan.note,
        variants=[variant.text for variant in slogan.variants.order_by("pk")],
        first_date=uses.first.value if uses else None,
        first_date_kind=uses.first.kind if uses else None,
        earlier_speeches=count_before(held, uses.first.value) if uses else None,
        by_year=YearCount.list_of(count_by_year(slogan), held),
    )


@router.get(
    "/slogans/{slogan_id}/mentions",
    response=Page[MentionOut],
    summary=gettext_noop("提法的出处"),
    description=gettext_noop("提法在已发布讲话中的每一处，从新到旧。"),
)
def list_slogan_mentions(
    request: HttpRequest, slogan_id: Path[SloganId], asked: Query[Paged]
) -> Page[MentionOut]:
    """Answer with a page of a slogan's places."""
    slogan = find_slogan(slogan_id)
    scope = f"mentions {slogan.pk}"
    rows = list_mentions(slogan)
    page, cursor = take_page(rows, _NEWEST, asked.cursor, asked.limit, scope)
    items = [describe_mention(mention) for mention in page]
    return Page[MentionOut](items=items, next_cursor=cursor, next=link_next(request, cursor))


def find_slogan(slogan_id: int) -> Slogan:
    """Return the slogan with its counts, if readers can see it.

    Of one that was merged into another, that one.
    """
    slogan = list_counted_slogans().filter(pk=slogan_id).first()
    if slogan is None:
        merged = Slogan.objects.select_related("merged_into").filter(pk=slogan_id).first()
        successor = merged.find_successor() if merged is not None else None
        slogan = list_counted_slogans().filter(pk=successor.pk).first() if successor else None
    if slogan is None:
        raise Http404
    return slogan


def describe_mention(mention: Mention) -> MentionOut:
    """Return the mention with its neighbours; revision, speech and section come along."""
    speech, text = mention.revision.speech, mention.revision.text
    key = mention.section.key if mention.section else None
    return MentionOut(
        speech=speech.pk,
        revision=mention.revision.number,
        title=speech.title,
        date=speech.date or None,
        date_kind=speech.day.kind or None,
        organisation=speech.organisation.name if speech.organisation else None,
        section=key,
        start=mention.start,
        end=mention.end,
        left=text[max(mention.start - _CONTEXT, 0) : mention.start],
        key=text[mention.start : mention.end],
        right=text[mention.end : mention.end + _CONTEXT],
        url=link_speech(
            speech.pk,
            key,
            span=(mention.start, mention.end),
            revision=mention.revision.number,
        ),
    )


def _describe_successor(slogan: Slogan) -> SuccessorOut | None:
    change = slogan.supersession
    if change is None:
        return None
    source = change.new_source
    return SuccessorOut(
        text=slogan.newest_wording,
        since=change.since,
        document=source.document,
        place=source.place,
        quote=source.quote,
        note=change.note,
    )


def _describe(slogan: Any) -> dict[str, Any]:
    """Return the members of SloganBrief; slogan carries its counts."""
    return {
        "id": slogan.pk,
        "text": slogan.text,
        "kind": slogan.kind,
        "registered": slogan.registered,
        "mention_count": slogan.mention_count,
        "speech_count": slogan.speech_count,
        "url": slogan.get_absolute_url(),
        "api_url": f"/api/v1/slogans/{slogan.pk}",
    }
