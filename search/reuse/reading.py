"""From passages as numbers to the words of both texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from corpus_app.catalog.days import choose_day
from corpus_app.catalog.limits import AccessLimit, match_visible, read_groups
from corpus_app.catalog.models import Revision, Section, Speech
from search.arrays.tables import Array
from search.reuse.content_text import ContentText
from search.reuse.labels import find_direction
from search.reuse.located import LocatedReuse
from search.reuse.result import ReusedPassage, ReuseSource

# Other texts in memory at a time.
_AT_ONCE: Final = 50
_COLUMNS: Final = (
    "number",
    "text",
    "speech_id",
    "speech__title",
    "speech__organisation__name",
    "speech__access",
    "speech__open_to",
    "speech__delivered",
    "speech__published",
    "speech__updated",
)


@dataclass(frozen=True)
class _OtherText:
    """Another text as it is shown, with where its sections begin and end, the outer ones first."""

    text: ContentText
    source: ReuseSource
    sections: list[tuple[str, int, int]]

    def find_section(self, offset: int) -> str | None:
        """Return the key of the deepest section that holds a character."""
        holding = [key for key, start, end in self.sections if start <= offset < end]
        return holding[-1] if holding else None


def read_passages(located: LocatedReuse, rows: Array) -> list[ReusedPassage]:
    """Return the passages of the rows in their order, in two queries for fifty texts.

    A passage is left out where its other text is not to be seen any more, or has changed since
    it was indexed.
    """
    wanted: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows.tolist():
        text = int(located.labelled.passages.second_text[row])
        wanted[int(located.corpus.revision_ids[text])].append(row)
    found: dict[int, ReusedPassage] = {}
    for revision, other in _read_others(wanted):
        for row in wanted[revision]:
            passage = _read(located, row, other)
            if passage is not None:
                found[row] = passage
    return [found[row] for row in rows.tolist() if row in found]


def iterate_passages(located: LocatedReuse, rows: Array) -> Iterator[ReusedPassage]:
    """Yield the passages of the rows in their order, a batch in memory at a time."""
    for first in range(0, len(rows), _AT_ONCE):
        yield from read_passages(located, rows[first : first + _AT_ONCE])


def _read_others(revision_ids: Iterable[int]) -> Iterator[tuple[int, _OtherText]]:
    ids = iter(revision_ids)
    while batch := list(islice(ids, _AT_ONCE)):
        sections: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
        rows = Section.objects.filter(revision__in=batch).order_by("start", "-end")
        for revision, key, start, end in rows.values_list("revision_id", "key", "start", "end"):
            sections[revision].append((key, start, end))
        # The index may lag behind a withdrawal; nobody may read on here.
        shown = Revision.objects.filter(
            match_visible("speech__"), pk__in=batch, speech__status=Speech.Status.PUBLISHED
        )
        for pk, number, text, speech, title, body, access, open_to, *days in shown.values_list(
            "pk", *_COLUMNS
        ):
            limit = AccessLimit(access, read_groups(open_to))
            day = choose_day(*days)
            source = ReuseSource(speech, pk, number, title, day, body or "", limit)
            yield pk, _OtherText(ContentText(text), source, sections[pk])


def _read(located: LocatedReuse, row: int, other: _OtherText) -> ReusedPassage | None:
    table, labelled = located.labelled.passages, located.labelled
    first = int(table.first_start[row]), int(table.first_end[row])
    second = int(table.second_start[row]), int(table.second_end[row])
    if second[1] > len(other.text):
        return None
    start, end = located.text.find_span(*first)
    other_start, other_end = other.text.find_span(*second)
    text = int(table.second_text[row])
    common = int(labelled.common[row])
    sizes = first[1] - first[0], second[1] - second[0]
    return ReusedPassage(
        label=labelled.labels[row],
        direction=find_direction(located.origin.days, located.corpus.get_days(text)),
        start=start,
        end=end,
        text=located.text.text[start:end],
        source=other.source,
        section_key=other.find_section(other_start),
        other_start=other_start,
        other_end=other_end,
        other_text=other.text.text[other_start:other_end],
        chars=sizes[0],
        own=int(labelled.own[row]),
        altered=round(1 - min(int(table.matched[row]), *sizes) / max(sizes), 3),
        common=int(located.corpus.speech_ids[common]) if common >= 0 else None,
    )


def mark_moved(passages: list[ReusedPassage]) -> list[ReusedPassage]:
    """Return the passages of one pair, those marked that stand in another order in the other text.

    The longest row of passages that rises in both stands in order, the others have moved.
    """
    best: list[tuple[int, int]] = []
    for at, one in enumerate(passages):
        before = [
            (best[back][0], back)
            for back in range(at)
            if passages[back].other_start < one.other_start
        ]
        weight, back = max(before, default=(0, -1))
        best.append((weight + one.chars, back))
    at = max(range(len(best)), key=lambda row: best[row][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return [replace(one, moved=at not in kept) for at, one in enumerate(passages)]


def list_left(located: LocatedReuse) -> list[ReuseSource]:
    """Return the speeches that were held to be the text itself and left out."""
    ids = [int(located.corpus.revision_ids[text]) for text in located.own]
    return [other.source for _, other in _read_others(ids)]
