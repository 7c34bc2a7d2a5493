"""What the home page shows: themes, new speeches, the most used slogans, the corpus's extent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat, Length, Replace

from corpus_app.access.audience import read_audience
from corpus_app.catalog.models import Speech
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.querysets import list_counted_slogans
from corpus_app.themes.querysets import ThemeNode, list_theme_tree
from search import count_corpus_characters

LATEST: Final = 8
NOTED_SLOGANS: Final = 18
BLANKS: Final = "\n \t\u3000\xa0"


@dataclass(frozen=True)
class CorpusExtent:
    """What can be searched and read; years are None where no speech bears a date."""

    speeches: int
    characters: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class HomePage:
    """The home page."""

    extent: CorpusExtent
    themes: list[ThemeNode]
    latest: QuerySet[Speech]
    slogans: QuerySet[Slogan]


def build_home_page() -> HomePage:
    """Return the home page's content as of now."""
    return HomePage(
        extent=measure_corpus(),
        themes=list_theme_tree(),
        latest=list_latest(),
        slogans=list_noted_slogans(),
    )


def list_latest() -> QuerySet[Speech]:
    """Return the newest published speeches by their own date."""
    speeches: QuerySet[Speech] = Speech.objects.narrow()
    return speeches.select_related("organisation", "speaker").order_by(
        F("date_start").desc(nulls_last=True), "-pk"
    )[:LATEST]


def list_noted_slogans() -> QuerySet[Slogan]:
    """Return the registered slogans that most speeches mention."""
    # The counts are annotations, which the checker can't see through the return type.
    order = ("-speech_count", "-mention_count", "text")
    slogans = list_counted_slogans().filter(Q(registered=True), Q(("speech_count__gt", 0)))
    return slogans.order_by(*order)[:NOTED_SLOGANS]


def measure_corpus() -> CorpusExtent:
    """Return what the published speeches cover; drafts do not count."""
    speeches = Speech.objects.narrow()
    extent = speeches.aggregate(
        count=Count("pk"),
        first=Min("date_start"),
        last=Max("date_start"),
        changed=Max("changed_at"),
    )
    return CorpusExtent(
        speeches=extent["count"],
        characters=_count_characters(speeches, extent["count"], extent["changed"]),
        first_year=extent["first"].year if extent["first"] else None,
        last_year=extent["last"].year if extent["last"] else None,
    )


def _count_characters(speeches: QuerySet[Speech], count: int, changed: object) -> int:
    # The index knows. Where it lags behind, adding up reads every text: once per change of the
    # corpus is enough.
    known_count, characters = count_corpus_characters() or (None, 0)
    if known_count == count:
        return characters
    key = f"characters:{read_audience().key}:{count}:{changed}".replace(" ", "T")
    known = cache.get(key)
    if known is None:
        known = speeches.aggregate(sum=Sum(_measure_text()))["sum"] or 0
        cache.set(key, known, timeout=None)
    return int(known)


def _measure_text() -> Length:
    """Return the length of title, subtitle and text without white space, as search counts it."""
    text: Concat | Replace = Concat("title", "subtitle", "current__text")
    for blank in BLANKS:
        text = Replace(text, Value(blank), Value(""))
    return Length(text)
