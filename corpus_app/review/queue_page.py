"""What the queue's page shows: rows with their reasons, views, filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from corpus_app.catalog.limits import LEVEL_LABELS, LEVEL_NAMES, name_groups
from corpus_app.catalog.models import Organisation, Source, Speech
from corpus_app.catalog.provenance import UNKNOWN, Provenance, read_provenances
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.intake.quality.rules import load_rules
from corpus_app.intake.quality.sentences import describe_reason, name_reason
from corpus_app.pages.queries import CountedChoice, YearRange
from corpus_app.review.queue import (
    GROUP,
    UNDATED,
    QueueRequest,
    count_reasons,
    count_views,
    fetch_rows,
    list_queue,
)

PER_PAGE: Final = 50
BATCHES_OFFERED: Final = 40
# Reasons from this weight on are told in full, slighter ones in small print.
GRAVE: Final = 15


@dataclass(frozen=True)
class ReasonLine:
    """A reason in words, with the speech it names."""

    code: str
    words: str
    grave: bool
    other: Speech | None

    @property
    def name(self) -> str:
        """The reason's short name."""
        return name_reason(self.code)


@dataclass(frozen=True)
class QueueRow:
    """A speech, how likely it states something false in percent (None: never weighed), and why."""

    speech: Speech
    percent: int | None
    flagged: bool
    looked_by: str
    looked: bool
    reasons: list[ReasonLine]
    provenance: Provenance = UNKNOWN

    @property
    def is_open(self) -> bool:
        """Whether there are reasons to look and nobody has."""
        return self.flagged and not self.looked and bool(self.reasons)

    @property
    def grave(self) -> list[ReasonLine]:
        """The reasons told in full."""
        return [line for line in self.reasons if line.grave]

    @property
    def slight(self) -> list[ReasonLine]:
        """The reasons in small print."""
        return [line for line in self.reasons if not line.grave]


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue."""

    asked: QueueRequest
    page: Page[Speech]
    rows: list[QueueRow]
    total: int
    views: list[CountedChoice]
    reasons: list[CountedChoice]
    batches: list[tuple[int, str]]
    organisations: list[tuple[int, str]]
    sources: list[tuple[int, str]]
    limits: list[tuple[str, str]]
    years: YearRange
    formats: list[str]
    querystring: str


def build_queue_page(asked: QueueRequest, number: str | None) -> QueuePage:
    """Return the page of the queue; so many queries for any number of speeches."""
    page = Paginator(fetch_rows(list_queue(asked)), PER_PAGE).get_page(number)
    told = read_provenances(speech.pk for speech in page)
    by_status = Speech.objects.order_by()
    if asked.status != "all":
        by_status = by_status.filter(status=asked.status)
    return QueuePage(
        asked=asked,
        page=page,
        rows=[replace(describe_row(s), provenance=told.get(s.pk, UNKNOWN)) for s in page],
        total=page.paginator.count,
        views=_list_views(asked),
        reasons=_list_reasons(asked),
        batches=_list_batches(by_status),
        organisations=_list_parties(Organisation, by_status.values("organisation")),
        sources=_list_parties(Source, by_status.values("source")),
        limits=_list_limits(),
        years=_offer_years(by_status, asked.year),
        formats=_list_formats(by_status),
        querystring=asked.to_querystring(),
    )


def _offer_years(speeches: SpeechQuerySet, asked: str) -> YearRange:
    years = ((year, None) for year in speeches.list_years())
    return YearRange.of(years, [asked] if asked not in ("", UNDATED) else [])


def describe_row(speech: Speech) -> QueueRow:
    """Return what is shown of a speech that was fetched with its flags and their reasons."""
    doubt = getattr(speech, "doubt", None)
    if doubt is None:
        return QueueRow(speech, None, True, "", False, [])
    lines = [
        ReasonLine(
            reason.code,
            describe_reason(reason.code, reason.details),
            reason.weight >= GRAVE,
            reason.other,
        )
        for reason in doubt.reasons.all()
    ]
    return QueueRow(
        speech,
        round(100 * doubt.probability),
        doubt.score >= load_rules().threshold,
        doubt.looked_by.get_username() if doubt.looked_by else "",
        doubt.looked_at is not None,
        lines,
    )


def describe_speech(speech: Speech) -> QueueRow:
    """Return the row of a speech that was fetched without its flags; three queries."""
    return describe_row(fetch_rows(Speech.objects.filter(pk=speech.pk)).get())


def _list_views(asked: QueueRequest) -> list[CountedChoice]:
    labels = {"eye": _("有疑点"), "clean": _("无疑点"), "looked": _("已核阅"), "all": _("全部")}
    counts = count_views(asked)
    return [
        CountedChoice(
            label, counts[view], asked.view == view, "?" + asked.to_querystring(view=view)
        )
        for view, label in labels.items()
    ]


def _list_reasons(asked: QueueRequest) -> list[CountedChoice]:
    choices = []
    for code, count in count_reasons(asked):
        selected = asked.reason == code
        url = "?" + asked.to_querystring(reason="" if selected else code)
        choices.append(CountedChoice(name_reason(code), count, selected, url))
    return choices


def _list_batches(speeches: QuerySet[Speech]) -> list[tuple[int, str]]:
    batches = apps.get_model("batches", "Batch").objects.filter(files__speech__in=speeches)
    return [(batch.pk, str(batch)) for batch in batches.distinct()[:BATCHES_OFFERED]]


def _list_parties(
    model: type[Organisation | Source], held: QuerySet[Speech, Any]
) -> list[tuple[int, str]]:
    named = model._default_manager.filter(pk__in=held)
    return list(named.order_by("name").values_list("pk", "name"))


def _list_limits() -> list[tuple[str, str]]:
    levels = [(name, str(LEVEL_LABELS[level])) for level, name in LEVEL_NAMES.items()]
    groups = name_groups(every=True).items()
    return levels + [(f"{GROUP}{pk}", _("用户组：%s") % name) for pk, name in groups]


def _list_formats(speeches: QuerySet[Speech]) -> list[str]:
    named = speeches.exclude(current=None).values_list("current__upload__format", flat=True)
    return list(named.distinct().order_by("current__upload__format"))
