"""Which speeches are read again: named, of a batch, a source, a site, or touched by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from corpus_app.catalog.models import Speech
from corpus_app.intake.models import RemovalRule, SitePage
from corpus_app.intake.removal.ruling import list_ruled
from corpus_app.intake.removal.touching import find_touched


@dataclass(frozen=True)
class RereadingScope:
    """What narrows the speeches; each that is given must hold, with none given all are meant."""

    speeches: Sequence[int] | None = None
    batch: int | None = None
    source: str = ""
    site: str = ""
    rule: int | None = None
    drafts: bool = False


def choose_speeches(scope: RereadingScope) -> QuerySet[Speech]:
    """Return the speeches in the scope that have a text, by id; unknown numbers match nothing."""
    chosen = Speech.objects.filter(current__isnull=False).order_by("pk")
    if scope.speeches is not None:
        chosen = chosen.filter(pk__in=list(scope.speeches))
    if scope.batch is not None:
        chosen = chosen.filter(pk__in=_list_of_batch(scope.batch))
    if scope.source:
        chosen = chosen.filter(source__name=scope.source)
    if scope.site:
        chosen = chosen.filter(pk__in=list_of_site(scope.site).values("pk"))
    if scope.rule is not None:
        chosen = chosen.filter(pk__in=_list_of_rule(scope.rule))
    return chosen.filter(status=Speech.Status.DRAFT) if scope.drafts else chosen


def list_of_site(site: str) -> QuerySet[Speech]:
    """Return the speeches whose present file is a page of the site, by id."""
    pages = SitePage.objects.filter(site=site).values("sha256")
    return Speech.objects.filter(current__upload__sha256__in=pages).order_by("pk")


def _list_of_batch(batch: int) -> QuerySet[Speech, int]:
    found = Speech.objects.filter(batch_files__batch=batch)
    return found.order_by().values_list("pk", flat=True).distinct()


def _list_of_rule(number: int) -> list[int]:
    rule = RemovalRule.objects.filter(pk=number).first()
    if rule is None:
        return []
    return [*list_ruled(rule), *(touch.speech_id for touch in find_touched(rule))]
