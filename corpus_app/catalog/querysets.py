"""Reads on speeches that views and services share."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models.functions import ExtractYear

from corpus_app.access.audience import Audience
from corpus_app.catalog.days import match_day_kind
from corpus_app.catalog.limits import match_visible

if TYPE_CHECKING:
    from corpus_app.catalog.models import Kinship, Speech  # noqa: F401  (named in generics)

EDIT_PERMISSION = "catalog.change_speech"


class SpeechQuerySet(models.QuerySet["Speech"]):
    """Speeches, by who may see them and with what a page shows of them."""

    def published(self) -> SpeechQuerySet:
        """Keep the published speeches that whoever is answered may see."""
        return self.filter(match_visible(), status="published")

    def list_hidden(self, audience: Audience) -> frozenset[int]:
        """Return the ids of the speeches that the audience may not see, drafts among them."""
        if audience.sees_all:
            return frozenset()
        hidden = self.exclude(match_visible("", audience), status="published")
        return frozenset(hidden.values_list("pk", flat=True))

    def real(self) -> SpeechQuerySet:
        """Keep the published speeches that count: no invented samples beside real ones.

        Every statistic, count, facet, list and finding asks here. Samples count as long as the
        corpus has nothing else, so that they can show how.
        """
        return self.published().exclude(models.Q(is_sample=True) & self._has_real())

    def samples(self) -> models.QuerySet[Any, Any]:
        """Keep the published samples that have a text; set_aside on each: it does not count."""
        held = self.published().bear(is_sample=[True])
        return held.annotate(set_aside=self._has_real())

    def _has_real(self) -> models.Exists:
        real = self.model._default_manager.filter(status="published", is_sample=False)
        return models.Exists(real.exclude(current=None))

    def narrow(self, **chosen: Collection[Any]) -> SpeechQuerySet:
        """Keep the speeches that count and have a text, of one of the values of each field given.

        Fields are named as in lookups ("date_start__year", "organisation__name").
        """
        return self.real().bear(**chosen)

    def bear(self, **chosen: Collection[Any]) -> SpeechQuerySet:
        """Keep the speeches that have a text and one of the values of each field given."""
        conditions = {f"{name}__in": values for name, values in chosen.items() if values}
        return self.exclude(current=None).filter(**conditions)

    def within_years(self, first: int, last: int) -> SpeechQuerySet:
        """Keep the speeches whose date begins in one of the years from first to last."""
        return self.filter(date_start__year__gte=first, date_start__year__lte=last)

    def dated_by(self, kinds: Collection[str]) -> SpeechQuerySet:
        """Keep the speeches that stand under a day of one of the kinds; all where none is given."""
        return self.filter(reduce(or_, map(match_day_kind, kinds), models.Q()))

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> SpeechQuerySet:
        """Keep what the user may see: editors see drafts too, others published speeches."""
        if user.has_perm(EDIT_PERMISSION):  # type: ignore[union-attr]
            return self
        return self.published()

    def list_years(self) -> list[int]:
        """Return the years of the speeches that have a date, the newest first."""
        days = self.exclude(date_start=None).order_by().dates("date_start", "year", "DESC")
        return [day.year for day in days]

    def count_years(self) -> dict[int, int]:
        """Return how many of the speeches that have a date are of each year, in one query."""
        dated = self.exclude(date_start=None).order_by().annotate(year=ExtractYear("date_start"))
        return dict(dated.values_list("year").annotate(models.Count("pk")).order_by("year"))

    def with_parties(self) -> SpeechQuerySet:
        """Fetch speaker, organisation and source along, so that lists need one query."""
        return self.select_related("speaker", "organisation", "source")


class KinshipQuerySet(models.QuerySet["Kinship"]):
    """Reads on pairs of speeches that share text."""

    def with_speeches(self) -> KinshipQuerySet:
        """Fetch both speeches with their parties along, so that heads need no more queries."""
        parties = ("", "__speaker", "__organisation", "__source")
        return self.select_related(*(f"{one}{p}" for one in ("speech", "other") for p in parties))
