"""From places in the arrays to lines in the wording of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus_app.catalog.days import SpeechDay, choose_day
from corpus_app.catalog.limits import AccessLimit, match_visible, read_groups
from corpus_app.catalog.models import Gap, Revision, Speech
from corpus_app.catalog.section_names import translate_name
from corpus_app.text.chars import flatten
from search.arrays.store import ArrayIndex
from search.concordance.result import ConcordanceLine, Zone
from search.presentation.marks import FoldedText
from search.study.places import Places

_ZONES: Final[tuple[Zone, ...]] = ("title", "subtitle", "text")
_COLUMNS: Final = (
    "number",
    "text",
    "speech__title",
    "speech__subtitle",
    "speech__delivered",
    "speech__published",
    "speech__updated",
    "speech__source__name",
    "speech__completeness",
    "speech__access",
    "speech__open_to",
)
# Texts in memory at a time while lines are cut.
_TEXTS_AT_ONCE: Final = 50


@dataclass(frozen=True)
class _Source:
    """A revision as it is shown in lines."""

    revision_id: int
    number: int
    wordings: tuple[FoldedText, ...]
    day: SpeechDay
    source: str
    completeness: str
    gaps: Sequence[int]
    limit: AccessLimit


def read_lines(index: ArrayIndex, places: Places, context: int) -> list[ConcordanceLine]:
    """Return the lines of the places in their order, in two queries however many they are.

    A place is left out where its speech is no longer published or its title has changed since
    it was indexed. Each text is read once and let go when its lines are cut.
    """
    revisions = [_read_revision(index, places, row) for row in range(len(places))]
    rows_of: dict[int, list[int]] = {}
    for row, revision in enumerate(revisions):
        rows_of.setdefault(revision, []).append(row)
    lines: list[ConcordanceLine | None] = [None] * len(places)
    for source in _read_sources(list(rows_of)):
        for row in rows_of[source.revision_id]:
            lines[row] = _cut_line(index, places, row, source, context)
    return [line for line in lines if line is not None]


def _read_revision(index: ArrayIndex, places: Places, row: int) -> int:
    segment = index.segments[int(places.segments[row])].segment
    speech = segment.node_speech[int(places.nodes[row])]
    return int(segment.tables.columns["speech_revision"][speech])


def _read_sources(revision_ids: list[int]) -> Iterator[_Source]:
    if not revision_ids:
        return
    gaps: dict[int, list[int]] = {}
    rows = Gap.objects.filter(revision__in=revision_ids).order_by("offset")
    for revision, offset in rows.values_list("revision_id", "offset"):
        gaps.setdefault(revision, []).append(offset)
    # The index may lag behind a withdrawal; nobody may read on here.
    shown = Revision.objects.filter(
        match_visible("speech__"), pk__in=revision_ids, speech__status=Speech.Status.PUBLISHED
    ).order_by("pk")
    for row in shown.values_list("pk", *_COLUMNS).iterator(chunk_size=_TEXTS_AT_ONCE):
        yield _make_source(row, gaps.get(row[0], ()))


def _make_source(row: tuple[Any, ...], gaps: Sequence[int]) -> _Source:
    pk, number, text, title, subtitle, *days, source, completeness, access, open_to = row
    return _Source(
        revision_id=pk,
        number=number,
        wordings=(FoldedText(title), FoldedText(subtitle), FoldedText(text)),
        day=choose_day(*days),
        source=source or "",
        completeness=completeness,
        gaps=gaps,
        limit=AccessLimit(access, read_groups(open_to)),
    )


def _cut_line(
    index: ArrayIndex, places: Places, row: int, source: _Source, context: int
) -> ConcordanceLine | None:
    low = int(places.lows[row])
    first, last = int(places.starts[row]) - low, int(places.ends[row]) - low
    zone = int(places.zones[row])
    wording = source.wordings[zone]
    size = len(wording)
    if last > size:
        return None
    start, end = wording.to_source(first, last)
    shown_from, shown_to = wording.to_source(max(0, first - context), min(size, last + context))
    tables = index.segments[int(places.segments[row])].segment.tables
    node = int(places.nodes[row])
    return ConcordanceLine(
        speech_id=int(places.speech_ids[row]),
        revision_id=source.revision_id,
        revision_number=source.number,
        section_key=tables.strings["node_key"][node] or None,
        section_label=translate_name(tables.strings["node_label"][node]),
        left=flatten(wording.source[shown_from:start]),
        key=flatten(wording.source[start:end]),
        right=flatten(wording.source[end:shown_to]),
        day=source.day,
        title=source.wordings[0].source,
        source=source.source,
        zone=_ZONES[zone],
        start=start,
        end=end,
        has_gap=zone == 2 and any(shown_from <= gap <= shown_to for gap in source.gaps),
        completeness=source.completeness,
        limit=source.limit,
    )
