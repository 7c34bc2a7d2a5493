"""The suggestions of all speeches that count, read once for each generation of the index."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from corpus_app.access.audience import Audience, read_audience
from corpus_app.catalog.models import Speech
from corpus_app.slogans.querysets import list_counted_mentions
from corpus_app.themes.models import Theme
from corpus_app.themes.querysets import list_counted_tags
from search.suggest.entries import Offer
from search.suggest.lookup import Suggestion, SuggestionIndex
from search.suggest.spelling import SpellingIndex


@dataclass(frozen=True)
class CorpusSuggestions:
    """Suggestions while typing, and near wordings for a search without hits."""

    suggestions: SuggestionIndex

    @cached_property
    def spellings(self) -> SpellingIndex:
        """The wordings of the same entries; made when first asked for."""
        return SpellingIndex(self.suggestions.array)

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        """Return the best offers for what is typed that the asker may see now, at most limit.

        The entries are as of the last time that they were read; what was closed or withdrawn
        since is left out here.
        """
        found = self.suggestions.suggest(typed, limit)
        kept = keep_visible(found)
        if len(kept) < len(found):
            kept = keep_visible(self.suggestions.suggest(typed, limit * _MORE))
        return kept[:limit]


# Where some of what was found is not to be seen any more, so many times as much is looked at.
_MORE: Final = 8
_lock = Lock()
# What was read last for each audience, the one read last at the end; those of the others are let
# go, for there is an audience for every set of groups that somebody has.
_latest: dict[Audience, tuple[Hashable, CorpusSuggestions]] = {}
_MOST_KEPT: Final = 16


def load_suggestions(generation: Hashable) -> CorpusSuggestions:
    """Return the corpus's suggestions, read anew only when generation differs from last time.

    generation is any value that changes whenever something is published or withdrawn, such as
    stamp and generation of the search index. One thread reads; meanwhile the others go on with
    what there was before, and wait only where there was nothing.
    """
    audience = read_audience()
    known = _latest.get(audience)
    if known is not None and known[0] == generation:
        return known[1]
    held = _lock.acquire(blocking=known is None)
    if known is not None and not held:
        return known[1]
    try:
        known = _latest.get(audience)
        if known is None or known[0] != generation:
            known = generation, CorpusSuggestions(SuggestionIndex(read_entries()))
            _latest.pop(audience, None)
            _latest[audience] = known
            while len(_latest) > _MOST_KEPT:
                _latest.pop(next(iter(_latest)))
        return known[1]
    finally:
        _lock.release()


def keep_visible(found: list[Suggestion]) -> list[Suggestion]:
    """Return what leads the asker somewhere at this moment, in a short query for each kind.

    Equal texts of several rows were made one entry without a number: it is asked for by its text.
    """
    seen: set[tuple[str, str]] = set()
    for kind, (read, number, words) in _ASKED.items():
        entries = [one.entry for one in found if one.entry.kind == kind]
        asked: dict[str, list[Any]] = {
            number: [int(entry.url_id) for entry in entries if entry.url_id],
            words: [entry.text for entry in entries if not entry.url_id],
        }
        for field, values in asked.items():
            if values:
                rows = read().filter(**{f"{field}__in": values}).order_by()
                seen |= {
                    (field, str(held)) for held in rows.values_list(field, flat=True).distinct()
                }
    shown: set[tuple[str, str] | None] = {None, *seen}
    return [one for one in found if _name_asked(one.entry) in shown]


def _name_asked(entry: Offer) -> tuple[str, str] | None:
    if entry.kind not in _ASKED:
        return None
    _read, number, words = _ASKED[entry.kind]
    return (number, entry.url_id) if entry.url_id else (words, entry.text)


# Of each kind the rows that the asker may see, and their fields with the number and the text of
# what is offered. A theme is there for everybody.
_ASKED: Final[dict[str, tuple[Callable[[], QuerySet[Any, Any]], str, str]]] = {
    "title": (lambda: Speech.objects.real(), "pk", "title"),
    "organisation": (lambda: Speech.objects.real(), "organisation", "organisation__name"),
    "slogan": (list_counted_mentions, "slogan", "slogan__text"),
}


def forget_suggestions() -> None:
    """Drop what is kept, so that the next call reads the database."""
    with _lock:
        _latest.clear()


def read_entries() -> list[Offer]:
    """Return all that can be suggested, in five queries however large the corpus is.

    They are the titles and organisations of the speeches that count, the slogans that stand in
    them, and all themes. url_id is the primary key, for a theme its slug.
    """
    return [*_read_slogans(), *_read_themes(), *_read_organisations(), *_read_titles()]


def _read_slogans() -> list[Offer]:
    # Registered slogans that no readable text mentions are left out: they would lead nowhere.
    rows = (
        list_counted_mentions()
        .values_list("slogan__text", "slogan_id")
        .annotate(count=Count("pk"))
        .order_by("slogan_id")
    )
    return [Offer(text, "slogan", count, str(pk)) for text, pk, count in rows]


def _read_themes() -> list[Offer]:
    counted = list_counted_tags().values_list("theme").annotate(Count("pk"))
    counts = dict(counted.order_by())
    rows = Theme.objects.values_list("name", "slug", "pk").order_by("pk")
    return [Offer(name, "theme", counts.get(pk, 0), slug) for name, slug, pk in rows]


def _read_organisations() -> list[Offer]:
    rows = (
        Speech.objects.real()
        .filter(~Q(organisation=None))
        .values_list("organisation__name", "organisation_id")
        .annotate(count=Count("pk"))
        .order_by("organisation_id")
    )
    return [Offer(name, "organisation", count, str(pk)) for name, pk, count in rows]


def _read_titles() -> list[Offer]:
    rows = Speech.objects.real().values_list("title", "pk").order_by("pk")
    return [Offer(title, "title", 1, str(pk)) for title, pk in rows]
