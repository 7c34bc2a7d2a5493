"""Reads on slogans for readers: only what stands in the current text of speeches that count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Func, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractYear, NullIf

from corpus_app.catalog.days import SpeechDay
from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import YearTotal, fill_years
from corpus_app.ingest.draft import DATES
from corpus_app.slogans.models import Mention, Slogan


class Uses(NamedTuple):
    """The first and the last day of a slogan, each as precise as its speech has it (2007-03)."""

    first: SpeechDay
    last: SpeechDay


def list_counted_mentions() -> QuerySet[Mention]:
    """Return the mentions in the current texts of the speeches that count."""
    return Mention.objects.filter(revision__in=Speech.objects.real().values("current"))


def list_counted_slogans(kind: str = "") -> QuerySet[Slogan]:
    """Return slogans met in readable speeches or registered, the most mentioned first.

    Each carries mention_count and speech_count.
    """
    counted = list_all_slogans().filter(Q(registered=True) | Q(mention_count__gt=0))
    return counted.filter(kind=kind) if kind else counted


def list_all_slogans() -> QuerySet[Slogan]:
    """Return all slogans, those that are nowhere too, the most mentioned first.

    Each carries mention_count and speech_count.
    """
    # By the ids of current revisions: a join would read the row of every revision's text.
    readable = Q(mentions__revision__in=Speech.objects.real().values("current"))
    return Slogan.objects.annotate(
        mention_count=Count("mentions", filter=readable),
        speech_count=Count("mentions__revision", filter=readable, distinct=True),
    ).order_by("-mention_count", "text")


def is_readable(slogan: Slogan) -> bool:
    """Return whether readers may know the slogan: it is registered, or stands in what they read.

    One that was taken out of the register has been public.
    """
    return (
        slogan.registered
        or slogan.retired
        or slogan.mentions.filter(
            revision__in=Speech.objects.published().values("current")
        ).exists()
    )


def list_slogans(kind: str = "") -> QuerySet[Slogan]:
    """Return the counted slogans with first_date and last_date too, to order by them.

    They are what find_uses gives.
    """
    proving = Q(mentions__revision__in=_list_proving())
    date = _name_date("mentions__revision__speech__")
    return list_counted_slogans(kind).annotate(
        first_date=Min(date, filter=proving), last_date=Max(date, filter=proving)
    )


def find_uses(slogan_ids: Iterable[int]) -> dict[int, Uses]:
    """Return since when and until when each slogan is used, where dated speeches have it.

    Published speeches count, and invented samples only as long as there is nothing else.
    """
    return _read_uses(tuple(slogan_ids))


@keep_answers
def _read_uses(slogan_ids: tuple[int, ...]) -> dict[int, Uses]:
    dated = Mention.objects.filter(slogan__in=slogan_ids, revision__in=_list_proving())
    date = _name_date("revision__speech__", with_kind=True)
    rows = dated.order_by().values_list("slogan").annotate(first=Min(date), last=Max(date))
    return {slogan: Uses(_read_day(first), _read_day(last)) for slogan, first, last in rows}


def _list_proving() -> QuerySet[Speech, Any]:
    """Return the current revisions of the dated speeches that prove a use."""
    return Speech.objects.real().exclude(date_start=None).values_list("current")


def _name_date(speech: str, *, with_kind: bool = False) -> Coalesce:
    """Return the best known date as the speech bears it, for it orders as text.

    with_kind puts behind it which date it is, "2007-03 published", as _read_day reads it.
    """
    dates = [(name, NullIf(F(speech + name), Value(""))) for name in DATES]
    if with_kind:
        return Coalesce(*(_join(date, f" {name}") for name, date in dates))
    return Coalesce(*(date for _, date in dates))


def _join(date: NullIf, words: str) -> Func:
    """Return the date with words behind it, null where it is; they begin with a blank.

    A blank comes before any sign of a date, so that the order of the dates stays.
    """
    text = CharField()
    return Func(
        date, Value(words), template="%(expressions)s", arg_joiner=" || ", output_field=text
    )


def _read_day(found: str) -> SpeechDay:
    return SpeechDay(*found.split(" "))


def list_mentions(slogan: Slogan) -> QuerySet[Mention]:
    """Return the slogan's mentions, newest speech first, with section and speech.

    The texts come along (revision.text), so take a page of them, not all.
    """
    return (
        list_counted_mentions()
        .filter(slogan=slogan)
        .select_related("section", "revision__speech__organisation", "revision__speech__speaker")
        .defer("revision__raw", "revision__removed")
        .order_by("-revision__speech__date_start", "revision__speech", "start")
    )


def count_by_year(slogan: Slogan) -> list[YearTotal]:
    """Return mentions of the slogan per year, years without any counted 0, undated last."""
    rows = (
        list_counted_mentions()
        .filter(slogan=slogan)
        .annotate(year=ExtractYear("revision__speech__date_start"))
        .values_list("year")
        .annotate(count=Count("pk"))
        .order_by("year")
    )
    return fill_years(dict(rows))


@keep_answers
def list_slogans_of_theme(theme_id: int, limit: int = 12) -> list[Slogan]:
    """Return the slogans most often mentioned on sections with the theme (mention_count)."""
    counted = Q(mentions__revision__in=Speech.objects.real().values("current"))
    on_theme = counted & Q(
        mentions__section__theme_tags__theme=theme_id,
        mentions__section__theme_tags__bearing="about",
    )
    counted_slogans = Slogan.objects.filter(on_theme).annotate(
        mention_count=Count("mentions", distinct=True)
    )
    return list(counted_slogans.order_by("-mention_count", "text")[:limit])


def list_slogans_of_revision(revision_id: int) -> QuerySet[Mention]:
    """Return the revision's mentions in reading order, each with its slogan and that one's heir."""
    rows = Mention.objects.filter(revision=revision_id)
    return rows.select_related("slogan__superseded_by").order_by("start")
