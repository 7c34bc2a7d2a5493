"""How many speeches there are of each kind, and what of the files in batches was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from corpus_app.batches.models import BatchFile
from corpus_app.catalog.models import Speech
from corpus_app.pages.labels import name_level

# Sources beyond so many are added up.
NAMED: Final = 12


@dataclass(frozen=True)
class StatisticsRow:
    """A value with the numbers of speeches that have it: published ones, and all others."""

    label: str
    published: int
    others: int


@dataclass(frozen=True)
class StatisticsTable:
    """The speeches by one of their properties."""

    name: str
    rows: list[StatisticsRow]


def count_speeches() -> list[StatisticsTable]:
    """Return the real speeches by year (latest first), level, completeness and source."""
    states = dict(Speech.Completeness.choices)
    years = [_name(str(year or ""), row) for year, row in reversed(_count("year"))]
    levels = [_name(name_level(code) if code else "", row) for code, row in _count("level")]
    whole = [_name(str(states[code]), row) for code, row in _count("completeness")]
    sources = sorted(_count("source__name"), key=lambda one: -sum(one[1]))
    named = [_name(name or "", row) for name, row in sources[:NAMED]]
    rest = [row for _source, row in sources[NAMED:]]
    if rest:
        total = (sum(row[0] for row in rest), sum(row[1] for row in rest))
        named.append(_name(_("其余 %d 个来源") % len(rest), total))
    tables = {_("年份"): years, _("级别"): levels, _("完整性"): whole, _("来源"): named}
    return [StatisticsTable(name, rows) for name, rows in tables.items()]


def _name(label: str, counts: tuple[int, int]) -> StatisticsRow:
    return StatisticsRow(label or _("未注明"), *counts)


def count_untaken() -> dict[str, int]:
    """Return how many files failed, and how many were refused, in batches that wait for a word."""
    states = (BatchFile.State.FAILED, BatchFile.State.REFUSED)
    rows = BatchFile.objects.filter(state__in=states).values_list("state").annotate(Count("pk"))
    return dict.fromkeys((str(state) for state in states), 0) | dict(rows.order_by())


def _count(field: str) -> list[tuple[Any, tuple[int, int]]]:
    speeches = Speech.objects.annotate(year=ExtractYear("date_start")).order_by(field)
    counted = Q(pk__in=Speech.objects.real().values("pk"))
    found = speeches.values_list(field).annotate(
        public_count=Count("pk", filter=counted),
        other_count=Count("pk", filter=~Q(status=Speech.Status.PUBLISHED)),
    )
    return [(row[0], (int(row[1]), int(row[2]))) for row in found if row[1] or row[2]]
