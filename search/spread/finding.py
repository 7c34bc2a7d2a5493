"""Find where and when an expression is first seen, in whatever it is parted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from corpus_app.catalog.days import choose_day
from corpus_app.catalog.models import Speech
from corpus_app.ingest.vocabulary import LEVELS
from search.breakdown.grouping import group_speeches
from search.presentation.notes import label_key_value
from search.spread.course import count_years, find_turns
from search.spread.headings import FoundHeading, find_headings
from search.spread.request import SpreadRequest
from search.spread.result import (
    FirstSeen,
    OutlinePoint,
    OutlineRank,
    SpeechPoint,
    Spread,
)
from search.spread.table import DatedSpeeches, read_speech_table
from search.study.opening import Study, open_study

# The earliest are shown: where an expression went later says little of its life.
MOST_PLACES: Final = 30
MOST_BODIES: Final = 8
# Of one body.
MOST_HEADINGS: Final = 60
_FAR: Final = 10**7
_FIELDS: Final = (
    "title",
    "delivered",
    "published",
    "updated",
    "organisation__name",
    "level",
    "place",
)


@dataclass(frozen=True)
class _Group:
    """The speeches of a level or place, and the row of the first that has the expression."""

    key: str
    value: str
    table: DatedSpeeches
    first: int | None

    @property
    def days(self) -> tuple[int, int]:
        """Return the first and last possible day of the first, far off without a date."""
        if self.first is None:
            return _FAR, _FAR
        return int(self.table.first[self.first]), int(self.table.last[self.first])

    @property
    def speech_id(self) -> int | None:
        """Return the first speech."""
        return None if self.first is None else int(self.table.ids[self.first])


def answer_spread(request: SpreadRequest) -> Spread:
    """Return the life of what is searched for; raise QueryError for a text that can't be read.

    The number of database queries does not depend on what is found.
    """
    study = open_study(request.search)
    table = read_speech_table(study)
    whole = _Group("", "", table, table.find_first())
    levels = sorted(_part(study, table, "level"), key=lambda one: _rank_level(one.value))
    places = sorted(_part(study, table, "place"), key=lambda one: (one.days[::-1], one.value))
    shown = places[:MOST_PLACES]
    headings = list(find_headings(study.index, study.occurrences))
    named = choose_bodies(study, headings)
    points = _read_points(study, [whole, *levels, *shown], named)
    years = count_years(table)
    return Spread(
        grounds=study.grounds,
        request=request,
        total=int(table.counts.sum()),
        speeches=int(table.has.sum()),
        undated=int((table.has & ~table.dated).sum()),
        first=_describe(whole, whole, points) if whole.first is not None else None,
        levels=[_describe(one, whole, points) for one in levels],
        places=[_describe(one, whole, points) for one in shown],
        place_count=len(places),
        years=years,
        turns=find_turns(years),
        ranks=[OutlineRank(body, _order_points(study, own, points)) for body, own in named.items()],
        heading_speeches=len(headings),
    )


def _part(study: Study, table: DatedSpeeches, key: str) -> list[_Group]:
    """Return the groups of a key of which a speech has the expression."""
    grouping = group_speeches(study.index, key, study.names.themes)
    codes = grouping.codes[table.numbers]
    groups = []
    for code in np.unique(codes[table.has]).tolist():
        own = table.take(codes == code)
        groups.append(_Group(key, grouping.values[code], own, own.find_first()))
    return groups


def _rank_level(value: str) -> int:
    order = list(LEVELS)
    return order.index(value) if value in order else len(order)


def _describe(group: _Group, whole: _Group, points: Mapping[int, SpeechPoint]) -> FirstSeen:
    table, row = group.table, group.first
    point = points.get(group.speech_id) if group.speech_id is not None else None
    value = point.place if group.key == "place" and point and group.value else group.value
    lag = None
    if row is not None and whole.first is not None:
        lag = (group.days[0] - whole.days[1], group.days[1] - whole.days[0])
        if group.speech_id == whole.speech_id:
            lag = (0, 0)
    return FirstSeen(
        key=group.key,
        value=value,
        label=label_key_value(group.key, value, str) if group.key else "",
        point=point,
        rivals=0 if row is None else table.count_rivals(row),
        earlier=0 if row is None else table.count_earlier(row),
        lag=lag,
        occurrences=int(table.counts.sum()),
        speeches=int(table.has.sum()),
        searched=len(table.ids),
    )


def choose_bodies(study: Study, headings: Sequence[FoundHeading]) -> dict[str, list[FoundHeading]]:
    """Return the headings of the bodies that have most of them; those without a body have none."""
    bodies: dict[str, list[FoundHeading]] = {}
    for one in headings:
        segment = study.index.segments[one.segment].segment
        values, codes = segment.encode("organisation")
        if body := values[codes[segment.node_speech[one.node]]]:
            bodies.setdefault(body, []).append(one)
    most = sorted(bodies.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {body: own[:MOST_HEADINGS] for body, own in most[:MOST_BODIES]}


def _order_points(
    study: Study, headings: Iterable[FoundHeading], points: Mapping[int, SpeechPoint]
) -> list[OutlinePoint]:
    """Return the headings with their speeches, the earliest first, the undated last."""
    made = []
    for one in headings:
        speech = points.get(one.speech_id)
        if speech is not None:
            strings = study.index.segments[one.segment].segment.tables.strings
            own = replace(speech, section_key=strings["node_key"][one.node])
            heading = strings["node_label"][one.node]
            made.append(OutlinePoint(own, heading, one.rank, one.count, one.depth))
    return sorted(made, key=lambda one: (one.speech.day.value or "9999", one.speech.speech_id))


def _read_points(
    study: Study, groups: Iterable[_Group], named: Mapping[str, Iterable[FoundHeading]]
) -> dict[int, SpeechPoint]:
    """Return what is shown of the speeches, read by one query."""
    ids = {one.speech_id for one in groups if one.speech_id is not None}
    ids |= {one.speech_id for own in named.values() for one in own}
    rows = Speech.objects.filter(pk__in=ids).order_by().values_list("pk", *_FIELDS)
    return {row[0]: _make_point(study, *row) for row in rows}


def _make_point(study: Study, pk: int, title: str, *values: Any) -> SpeechPoint:
    *days, organisation, level, place = values
    key = _find_section(study, pk)
    return SpeechPoint(pk, key, title, choose_day(*days), organisation or "", level, place)


def _find_section(study: Study, speech_id: int) -> str | None:
    """Return the key of the section that holds a speech's first place, None outside of all."""
    for live, found in zip(study.index.segments, study.occurrences, strict=True):
        segment = live.segment
        for speech in np.flatnonzero((segment.speech_ids == speech_id) & live.alive).tolist():
            root = int(segment.roots[speech])
            row = int(np.searchsorted(found.starts, segment.node_start[root]))
            if row < len(found.starts) and segment.node_speech[found.nodes[row]] == speech:
                return segment.tables.strings["node_key"][int(found.nodes[row])] or None
    return None
