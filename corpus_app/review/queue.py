"""The queue: which speeches wait for an editor, the most doubtful first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import QueryDict

from corpus_app.catalog.limits import LEVEL_NAMES, match_group
from corpus_app.catalog.models import Speech
from corpus_app.intake.models import DoubtReason
from corpus_app.intake.quality.rules import load_rules
from corpus_app.text.numbers import read_number, read_numbers
from search import read_years, write_years

STATUSES: Final = ("draft", "published", "withdrawn", "all")
# eye: doubtful and not looked at yet; looked: doubtful, but an editor has seen it.
UNDATED: Final = "0"
VIEWS: Final = ("eye", "clean", "looked", "all")
# More are refused with a message.
MOST_CHOSEN: Final = 20_000
# What the limit is asked for by: a level's name, or this and a group's id.
GROUP: Final = "group-"


@dataclass(frozen=True)
class QueueRequest:
    """What the queue is asked to show; unknown values count as unset."""

    status: str = "draft"
    view: str = "eye"
    reason: str = ""
    batch: int | None = None
    organisation: int | None = None
    source: int | None = None
    # Who may see it: a level as catalog.limits names it, or GROUP with an id.
    limit: str = ""
    # A year, a range of years ("1990..2000"), or UNDATED for speeches without a date.
    year: str = ""
    # The format of the file that the current text was read from.
    format: str = ""
    words: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> QueueRequest:
        """Read the parameters of the page's address."""
        status = params.get("status", "")
        status = status if status in STATUSES else "draft"
        view = params.get("view", "")
        year = params.get("year", "")
        year = year if year == UNDATED or read_years(year) else ""
        return cls(
            status=status,
            view=view if view in VIEWS else _choose_view(status),
            reason=params.get("reason", "")[:30],
            batch=read_number(params.get("batch", "")),
            organisation=read_number(params.get("organisation", "")),
            source=read_number(params.get("source", "")),
            limit=params.get("limit", "") if _find_limit(params.get("limit", "")) else "",
            year=write_years(params.get("year_from"), params.get("year_to")) or year,
            format=params.get("format", "")[:20],
            words=params.get("q", "").strip()[:100],
        )

    def to_querystring(self, **changes: Any) -> str:
        """Return the parameters for this list, or for one that differs in the given values."""
        asked = replace(self, **changes)
        pairs = {
            "status": asked.status if asked.status != "draft" else "",
            "view": asked.view if asked.view != _choose_view(asked.status) else "",
            "reason": asked.reason,
            "batch": asked.batch,
            "organisation": asked.organisation,
            "source": asked.source,
            "limit": asked.limit,
            "year": asked.year,
            "format": asked.format,
            "q": asked.words,
        }
        return urlencode({name: v for name, v in pairs.items() if v not in ("", None)})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but status and view is asked for."""
        return replace(self, status="draft", view="eye") != QueueRequest()


def list_queue(asked: QueueRequest) -> QuerySet[Speech]:
    """Return the speeches asked for, the most doubtful first, never weighed ones on top."""
    return order_queue(_keep_view(_keep_reason(list_asked(asked), asked), asked.view))


def list_asked(asked: QueueRequest) -> QuerySet[Speech]:
    """Return the speeches that all conditions but view and reason leave, in no order."""
    speeches = Speech.objects.order_by()
    if asked.status != "all":
        speeches = speeches.filter(status=asked.status)
    if asked.batch is not None:
        came = Speech.objects.filter(batch_files__batch=asked.batch)
        speeches = speeches.filter(pk__in=came.values("pk"))
    if asked.organisation is not None:
        speeches = speeches.filter(organisation=asked.organisation)
    if asked.source is not None:
        speeches = speeches.filter(source=asked.source)
    if limited := _find_limit(asked.limit):
        speeches = speeches.filter(limited)
    if asked.year == UNDATED:
        speeches = speeches.filter(date_start=None)
    elif span := read_years(asked.year):
        speeches = speeches.within_years(*span)
    if asked.format:
        speeches = speeches.filter(current__upload__format=asked.format)
    if asked.words:
        speeches = speeches.filter(title__icontains=asked.words)
    return speeches


def _find_limit(name: str) -> Q | None:
    """Return the condition that a limit is asked for by, None where it is none."""
    group = read_number(name.removeprefix(GROUP)) if name.startswith(GROUP) else None
    if group is not None:
        return match_group(group)
    levels = {known: level for level, known in LEVEL_NAMES.items()}
    return Q(access=levels[name]) if name in levels else None


def order_queue(speeches: QuerySet[Speech]) -> QuerySet[Speech]:
    """Put first what most likely states something false; then what has more reasons to look.

    Equal ones stand in the order they came.
    """
    likeliest = F("doubt__probability").desc(nulls_first=True)
    return speeches.order_by(likeliest, F("doubt__score").desc(nulls_first=True), "pk")


def fetch_rows(speeches: QuerySet[Speech]) -> QuerySet[Speech]:
    """Fetch along what a row shows: parties, flags, reasons with the speeches they name."""
    reasons = DoubtReason.objects.select_related("other").order_by("-weight", "code")
    return speeches.select_related("organisation", "doubt", "doubt__looked_by").prefetch_related(
        Prefetch("doubt__reasons", queryset=reasons)
    )


def count_views(asked: QueueRequest) -> dict[str, int]:
    """Return how many speeches each view would show, in one query."""
    speeches = _keep_reason(list_asked(asked), asked)
    counted = {view: Count("pk", filter=_make_condition(view)) for view in VIEWS}
    return dict(speeches.aggregate(**counted))


def count_reasons(asked: QueueRequest) -> list[tuple[str, int]]:
    """Return (code, how many speeches) over the view asked for, the most frequent first."""
    speeches = _keep_view(list_asked(asked), asked.view)
    reasons = DoubtReason.objects.filter(doubt__speech__in=speeches.values("pk"))
    counts = reasons.order_by().values_list("code").annotate(count=Count("pk"))
    return list(counts.order_by("-count", "code"))


def find_next(asked: QueueRequest, after: Speech | None) -> Speech | None:
    """Return the speech to look at after this one: the next less doubtful, else the first."""
    waiting = list_queue(asked)
    if after is None:
        return waiting.first()
    doubt = getattr(after, "doubt", None)
    rest = waiting.exclude(pk=after.pk)
    if doubt is None:
        return rest.first()
    level = Q(doubt__probability=doubt.probability)
    equal = level & Q(doubt__score=doubt.score)
    later = Q(doubt__probability__lt=doubt.probability) | level & Q(doubt__score__lt=doubt.score)
    return rest.filter(later | equal & Q(pk__gt=after.pk)).first() or rest.first()


def read_filters(text: str) -> QueueRequest:
    """Return the list that a form names by its parameters ("view=clean&year=2023")."""
    params: Mapping[str, str] = {name: str(value) for name, value in QueryDict(text).items()}
    return QueueRequest.from_params(params)


def read_selection(post: QueryDict) -> list[int]:
    """Return the ids chosen on the queue that are there: the ticked rows, or all of the list."""
    if post.get("scope") == "all":
        speeches = list_queue(read_filters(post.get("filters", "")))
        return list(speeches.values_list("pk", flat=True)[: MOST_CHOSEN + 1])
    ticked = read_numbers(",".join(post.getlist("speech")))
    there = set(Speech.objects.filter(pk__in=ticked).values_list("pk", flat=True))
    return [speech_id for speech_id in ticked if speech_id in there]


def _choose_view(status: str) -> str:
    """Drafts wait for an eye; of published speeches one looks for any."""
    return "eye" if status == "draft" else "all"


def _keep_view(speeches: QuerySet[Speech], view: str) -> QuerySet[Speech]:
    return speeches.filter(_make_condition(view))


def _keep_reason(speeches: QuerySet[Speech], asked: QueueRequest) -> QuerySet[Speech]:
    if not asked.reason:
        return speeches
    # One row per code and speech, so that the join doubles nothing.
    return speeches.filter(doubt__reasons__code=asked.reason)


def _make_condition(view: str) -> Q:
    threshold = load_rules().threshold
    doubtful = Q(doubt__score__gte=threshold)
    return {
        "eye": Q(doubt=None) | doubtful & Q(doubt__looked_at=None),
        "clean": Q(doubt__score__lt=threshold),
        "looked": doubtful & Q(doubt__looked_at__isnull=False),
        "all": Q(pk__gt=0),
    }[view]
