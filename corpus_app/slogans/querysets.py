"""Reads on slogans for readers: only what stands in published speeches' current text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import ExtractYear

from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import YearTotal, fill_years
from corpus_app.slogans.models import Mention, Slogan

READABLE: Final = Q(revision__speech__status="published", revision__speech__current=F("revision"))
_READABLE_FROM_SLOGAN: Final = Q(
    mentions__revision__speech__status="published",
    mentions__revision__speech__current=F("mentions__revision"),
)


def list_counted_slogans(kind: str = "") -> QuerySet[Slogan]:
    """Return slogans met in readable speeches or registered, the most mentioned first.

    Each carries mention_count and speech_count.
    """
    slogans = Slogan.objects.filter(kind=kind) if kind else Slogan.objects.all()
    # By the ids of current revisions: a join would read the row of every revision's text.
    readable = Q(mentions__revision__in=Speech.objects.published().values("current"))
    return (
        slogans.annotate(
            mention_count=Count("mentions", filter=readable),
            speech_count=Count("mentions__revision", filter=readable, distinct=True),
        )
        .filter(Q(registered=True) | Q(mention_count__gt=0))
        .order_by("-mention_count", "text")
    )


def is_readable(slogan: Slogan) -> bool:
    """Return whether readers may know the slogan: it is registered, or stands in what they read."""
    return slogan.registered or slogan.mentions.filter(READABLE).exists()


def list_slogans(kind: str = "") -> QuerySet[Slogan]:
    """Return the counted slogans with first_date too (a date or None), to order by it."""
    return list_counted_slogans(kind).annotate(
        first_date=Min("mentions__revision__speech__date_start", filter=_READABLE_FROM_SLOGAN)
    )


def find_first_dates(slogan_ids: Iterable[int]) -> dict[int, str]:
    """Return the date of the first readable speech that mentions each slogan, where known.

    It is as precise as it is stored: "1984" is a year, not its first month. Of two that begin
    on one day the more precise stands.
    """
    dated = Mention.objects.filter(
        READABLE, slogan__in=slogan_ids, revision__speech__date_start__isnull=False
    )
    days = [f"revision__speech__{name}" for name in ("date_start", "date_end")]
    stored = [f"revision__speech__{name}" for name in ("delivered", "published", "updated")]
    first: dict[int, str] = {}
    for slogan, *dates in dated.order_by(*days).values_list("slogan", *stored, *days).distinct():
        first.setdefault(slogan, next((date for date in dates[:3] if date), ""))
    return first


def list_mentions(slogan: Slogan) -> QuerySet[Mention]:
    """Return the slogan's mentions, newest speech first, with section and speech.

    The texts come along (revision.text), so take a page of them, not all.
    """
    return (
        slogan.mentions.filter(READABLE)
        .select_related("section", "revision__speech__organisation", "revision__speech__speaker")
        .defer("revision__raw", "revision__removed")
        .order_by("-revision__speech__date_start", "revision__speech", "start")
    )


def count_by_year(slogan: Slogan) -> list[YearTotal]:
    """Return mentions of the slogan per year, years without any counted 0, undated last."""
    rows = (
        slogan.mentions.filter(READABLE)
        .annotate(year=ExtractYear("revision__speech__date_start"))
        .values_list("year")
        .annotate(count=Count("pk"))
        .order_by("year")
    )
    return fill_years(dict(rows))


def list_slogans_of_theme(theme_id: int, limit: int = 12) -> QuerySet[Slogan]:
    """Return the slogans most often mentioned on sections with the theme (mention_count)."""
    on_theme = _READABLE_FROM_SLOGAN & Q(mentions__section__theme_tags__theme=theme_id)
    return (
        Slogan.objects.filter(on_theme)
        .annotate(mention_count=Count("mentions", distinct=True))
        .order_by("-mention_count", "text")[:limit]
    )


def list_slogans_of_revision(revision_id: int) -> QuerySet[Mention]:
    """Return the revision's mentions in reading order, each with its slogan."""
    return Mention.objects.filter(revision=revision_id).select_related("slogan").order_by("start")
