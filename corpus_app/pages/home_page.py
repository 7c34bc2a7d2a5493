"""What the home page shows: themes, new speeches, the most used slogans, the corpus's extent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Max, Min, Q

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.slogans.models import Slogan
from corpus_app.slogans.querysets import list_counted_slogans
from corpus_app.text.chars import count_chars
from corpus_app.themes.querysets import ThemeNode, list_theme_tree
from search import count_corpus_characters

LATEST: Final = 8
NOTED_SLOGANS: Final = 18
# Texts in memory at a time.
_AT_ONCE: Final = 50


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
    latest: list[Speech]
    slogans: list[Slogan]


def build_home_page() -> HomePage:
    """Return the home page's content as of now."""
    return HomePage(
        extent=measure_corpus(),
        themes=list_theme_tree(),
        latest=list_latest(),
        slogans=list_noted_slogans(),
    )


@keep_answers
def list_latest() -> list[Speech]:
    """Return the newest published speeches by their own date."""
    speeches = Speech.objects.narrow().select_related("organisation", "speaker")
    return list(speeches.order_by(F("date_start").desc(nulls_last=True), "-pk")[:LATEST])


@keep_answers
def list_noted_slogans() -> list[Slogan]:
    """Return the registered slogans that most speeches mention."""
    # The counts are annotations, which the checker can't see through the return type.
    order = ("-speech_count", "-mention_count", "text")
    slogans = list_counted_slogans().filter(Q(registered=True), Q(("speech_count__gt", 0)))
    return list(slogans.order_by(*order)[:NOTED_SLOGANS])


@keep_answers
def measure_corpus() -> CorpusExtent:
    """Return what the published speeches cover; drafts do not count."""
    speeches = Speech.objects.narrow()
    extent = speeches.aggregate(
        count=Count("pk"),
        first=Min("date_start"),
        last=Max("date_start"),
    )
    return CorpusExtent(
        speeches=extent["count"],
        characters=_count_characters(speeches, extent["count"]),
        first_year=extent["first"].year if extent["first"] else None,
        last_year=extent["last"].year if extent["last"] else None,
    )


def _count_characters(speeches: SpeechQuerySet, count: int) -> int:
    # The index knows. Where it lags behind, adding up reads every text.
    known_count, characters = count_corpus_characters() or (None, 0)
    if known_count == count:
        return characters
    texts = speeches.order_by().values_list("title", "subtitle", "current__text")
    return sum(count_chars("".join(parts)) for parts in texts.iterator(chunk_size=_AT_ONCE))
