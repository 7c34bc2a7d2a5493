"""How many speeches there are of each kind, and what of the files in batches was not taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.batches.models import BatchFile
from corpus_app.catalog.models import Speech
from corpus_app.pages.labels import name_level
from corpus_app.review.queue import UNDATED, QueueRequest

# A value with the numbers of published and other speeches that have it.
Counted = tuple[Any, tuple[int, int]]
# Sources beyond so many are added up.
NAMED: Final = 12


@dataclass(frozen=True)
class StatisticsRow:
    """A value with the numbers of speeches that have it: published ones, and all others."""

    label: str
    published: int
    others: int


@dataclass(frozen=True)
class StatisticsAdvice:
    """What to do about speeches that lack something, and the address where it is done."""

    words: str
    address: str


@dataclass(frozen=True)
class StatisticsTable:
    """The speeches by one of their properties, with what to do about those that lack it."""

    name: str
    rows: list[StatisticsRow]
    advice: list[StatisticsAdvice]


def count_speeches() -> list[StatisticsTable]:
    """Return the real speeches by year (latest first), level, completeness and source."""
    years, levels = _count("year")[::-1], _count("level")
    sources = sorted(_count("source__name"), key=lambda one: -sum(one[1]))
    return [
        _make_table(_("年份"), years, _advise_years, lambda year: str(year or "")),
        _make_table(_("级别"), levels, _advise_levels, lambda one: name_level(one) if one else ""),
        _count_completeness(),
        _make_table(_("来源"), sources, _advise_sources, lambda name: name or "", named=NAMED),
    ]


def _make_table(
    name: str,
    counts: list[Counted],
    advise: Callable[[], StatisticsAdvice],
    label: Callable[[Any], str],
    named: int | None = None,
) -> StatisticsTable:
    """Return a row for each value, those behind the named ones added up."""
    rows = [StatisticsRow(label(value) or _("未注明"), *both) for value, both in counts[:named]]
    rest = [both for _value, both in counts[named:]] if named else []
    if rest:
        total = (sum(both[0] for both in rest), sum(both[1] for both in rest))
        rows.append(StatisticsRow(_("其余 %d 个来源") % len(rest), *total))
    lacks = any(not label(value) for value, _both in counts)
    return StatisticsTable(name, rows, [advise()] if lacks else [])


def _count_completeness() -> StatisticsTable:
    states, counts = dict(Speech.Completeness.choices), _count("completeness")
    rows = [StatisticsRow(str(states[state]), *both) for state, both in counts]
    words = {
        Speech.Completeness.GAPPED: (_("看中间有缺失的：找到全文后再收入，两版合并"), "gap"),
        Speech.Completeness.TRUNCATED: (_("看结尾缺失的：找到全文后再收入，两版合并"), "truncated"),
    }
    found = [words[state] for state, _both in counts if state in words]
    advice = [StatisticsAdvice(text, _name_queue(reason=reason)) for text, reason in found]
    return StatisticsTable(_("完整性"), rows, advice)


def _advise_years() -> StatisticsAdvice:
    return StatisticsAdvice(_("看没有日期的，逐篇补上"), _name_queue(year=UNDATED))


def _advise_levels() -> StatisticsAdvice:
    return StatisticsAdvice(_("级别随单位而定：用表格成批补上单位或级别"), reverse("bulk_table"))


def _advise_sources() -> StatisticsAdvice:
    return StatisticsAdvice(_("用表格成批补上来源"), reverse("bulk_table"))


def _name_queue(**limits: str) -> str:
    asked = QueueRequest(status="all", view="all", **limits)  # type: ignore[arg-type]
    return f"{reverse('queue')}?{asked.to_querystring()}"


def count_untaken() -> dict[str, int]:
    """Return how many files failed, and how many were refused, in batches that wait for a word."""
    states = (BatchFile.State.FAILED, BatchFile.State.REFUSED)
    rows = BatchFile.objects.filter(state__in=states).values_list("state").annotate(Count("pk"))
    return dict.fromkeys((str(state) for state in states), 0) | dict(rows.order_by())


def _count(field: str) -> list[Counted]:
    speeches = Speech.objects.annotate(year=ExtractYear("date_start")).order_by(field)
    counted = Q(pk__in=Speech.objects.real().values("pk"))
    found = speeches.values_list(field).annotate(
        public_count=Count("pk", filter=counted),
        other_count=Count("pk", filter=~Q(status=Speech.Status.PUBLISHED)),
    )
    return [(row[0], (int(row[1]), int(row[2]))) for row in found if row[1] or row[2]]
