"""The figures of docs/research.md are those of the sample corpus."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from search import SearchRequest, run_search
from search.concordance import ConcordanceRequest, build_concordance
from search.trends import Trend, count_trend
from tests.places import ROOT

GUIDE = (ROOT / "docs" / "research.md").read_text("utf-8")
DEMOCRACY, STATION = "全过程人民民主", "代表家站"


def read_table(heading: str) -> list[list[str]]:
    """Return the rows of the guide's table whose first column is so headed."""
    (found,) = re.findall(rf"^\| {heading} \|.*\n\|[ :|-]+\n((?:\|.*\n)+)", GUIDE, re.M)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]


def list_counts(trend: Trend) -> list[list[str]]:
    rows = [
        [period.label, *(series.points[at].occurrences for series in trend.series), period.speeches]
        for at, period in enumerate(trend.periods)
    ]
    totals = [series.total.occurrences for series in trend.series]
    rows.append(["合计", *totals, trend.total.speeches])
    return [[str(value) for value in row] for row in rows]


@pytest.mark.django_db
def test_the_worked_study_tells_what_the_samples_hold(index_folder: Path) -> None:
    call_command("bootstrap", verbosity=0)
    trend = count_trend([DEMOCRACY, STATION])
    assert read_table("时期") == list_counts(trend)
    assert all(period.is_thin for period in trend.periods)

    lines = ConcordanceRequest(SearchRequest(text=f"“{DEMOCRACY}”"), per_page=None)
    concordance = build_concordance(lines)
    assert f"共出现 {concordance.total} 次，见于 {concordance.speeches} 篇" in GUIDE
    before = Counter(line.left[-2:] for line in concordance.lines)
    assert read_table("左邻") == [[words, str(before[words])] for words in ("发展", "践行", "懂得")]
    assert sum(line.left.endswith("坚持和发展") for line in concordance.lines) == 2
    assert sum(line.right.startswith(("写进了", "写入")) for line in concordance.lines) == 2

    found = run_search(SearchRequest(text=f"“{DEMOCRACY}”"))
    assert f"共 {found.total} 篇。不确定" in GUIDE
    year = run_search(SearchRequest(text=f"“{STATION}”", year=("2023",)))
    assert f"（2023 年，{year.total} 篇）" in GUIDE
    counted = {
        period.label: point.occurrences
        for period, point in zip(trend.periods, trend.series[1].points, strict=True)
    }
    assert f"那一年的 {counted['2023']} 次" in GUIDE

    within = count_trend([DEMOCRACY], filters=SearchRequest(text=f"“{STATION}”"))
    point = within.series[0].total
    told = f"{within.corpus.speeches} 篇里有 {within.total.speeches} 篇讲到代表家站"
    assert told in GUIDE
    assert f"有 {point.occurrences} 次在这 {within.total.speeches} 篇之中" in GUIDE
    assert f"分布在 {point.speeches} 篇" in GUIDE
