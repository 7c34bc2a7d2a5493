"""Where regular expressions stand in the wording of the source, found within a time limit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.text.equality import SENTINEL
from corpus_app.text.folding import find_certain, fold, fold_with_offsets
from search.arrays.segment import Segment
from search.arrays.tables import Array, Mask
from search.errors import QueryError
from search.matching.spans import Spans, find_spans
from search.query.expressions import compile_expression, list_required
from search.query.nodes import Regex
from search.query.patterns import make_pattern

# Texts in memory at a time; each batch is one query.
_BATCH: Final = 200


class Clock:
    """The seconds that the expressions of one query may take together, counted from first use."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = settings.REGEX_SECONDS if seconds is None else seconds
        self._end: float | None = None

    def read(self, leaf: Regex) -> float:
        """Return the seconds left; raise QueryError where there are none."""
        now = time.monotonic()
        self._end = now + self.seconds if self._end is None else self._end
        if now >= self._end:
            raise self.make_error(leaf)
        return self._end - now

    def make_error(self, leaf: Regex) -> QueryError:
        """Return what to say where the time is over."""
        message = _("正则表达式用时超过 %(seconds)s 秒，请缩小范围或改写")
        return QueryError(leaf.position, message % {"seconds": self.seconds})


def find_matches(leaf: Regex, text: str, clock: Clock) -> list[tuple[int, int]]:
    """Return the spans of all matches in a text that hold what counts, not just blanks, in order.

    Matches do not overlap; the search for the next begins where the last ended.
    """
    left = clock.read(leaf)
    found: list[tuple[int, int]] = []
    try:
        for match in compile_expression(leaf.pattern).finditer(text, timeout=left):
            clock.read(leaf)
            if fold(match[0]):
                found.append(match.span())
    except (TimeoutError, MemoryError) as error:
        raise clock.make_error(leaf) from error
    return sorted(found)


@dataclass
class _Known:
    """The speeches of a segment that an expression was looked for in, and the places found."""

    done: Mask
    starts: list[Array] = field(default_factory=list)
    ends: list[Array] = field(default_factory=list)

    def collect(self) -> Spans:
        none = np.zeros(0, dtype=np.int64)
        return Spans.sort(np.concatenate([none, *self.starts]), np.concatenate([none, *self.ends]))


class ExpressionPlaces:
    """Finds expressions in the segments' speeches; each speech is read once for a request.

    The arrays hold folded characters only, so the wording is read from the database, of those
    speeches alone that hold what the expression requires.
    """

    def __init__(self) -> None:
        self._clock = Clock()
        self._known: dict[tuple[str, Regex], _Known] = {}

    def find(self, segment: Segment, leaf: Regex, within: Mask | None) -> Spans:
        """Return the places in a segment, complete for the speeches within (None: all).

        Raise QueryError where the time is over.
        """
        none = np.zeros(segment.tables.speech_count, dtype=np.bool_)
        known = self._known.setdefault((segment.name, leaf), _Known(none))
        wanted = ~known.done if within is None else within & ~known.done
        for starts, ends in self._search(segment, leaf, wanted):
            known.starts.append(starts)
            known.ends.append(ends)
        known.done |= wanted
        return known.collect()

    def _search(self, segment: Segment, leaf: Regex, wanted: Mask) -> Iterator[tuple[Array, Array]]:
        """Yield the places in each speech that may hold the expression and has it."""
        places = np.flatnonzero(wanted & _may_hold(segment, leaf))
        revisions = segment.tables.columns["speech_revision"]
        for at in range(0, len(places), _BATCH):
            self._clock.read(leaf)
            batch = {int(revisions[place]): int(place) for place in places[at : at + _BATCH]}
            rows = Revision.objects.filter(pk__in=list(batch)).order_by()
            for pk, *texts in rows.values_list("pk", "speech__title", "speech__subtitle", "text"):
                bases = _list_bases(segment, batch[pk])
                for base, text in zip(bases, texts, strict=True):
                    if found := find_matches(leaf, text, self._clock):
                        yield _locate(segment, base, text, found)


def _may_hold(segment: Segment, leaf: Regex) -> Mask:
    """Return the speeches that hold every string which the expression requires."""
    held = np.ones(segment.tables.speech_count, dtype=np.bool_)
    for required in filter(None, map(find_certain, list_required(leaf.pattern))):
        starts = find_spans(segment, make_pattern(required, any_case=False)).starts
        ends = segment.tables.ends["codes"]
        holding = np.searchsorted(ends, starts, side="right")
        held &= np.bincount(holding, minlength=len(held)).astype(np.bool_)
    return held


def _list_bases(segment: Segment, place: int) -> tuple[int, int, int]:
    """Return where a speech's title, subtitle and text start."""
    title, text = (int(segment.zone(name)[0][place]) for name in ("title", "text"))
    border = int(np.argmax(segment.codes[title:text] == SENTINEL))
    return title, title + border + 1, text


def _locate(
    segment: Segment, base: int, text: str, found: list[tuple[int, int]]
) -> tuple[Array, Array]:
    """Return the places of spans of a text among the segment's folded characters.

    There are none where the text (a title, for texts never change) is not the indexed one.
    """
    folded = fold_with_offsets(text)
    if not np.array_equal(segment.codes[base : base + len(folded.codes)], folded.codes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    inside = base + folded.locate(np.array(found, dtype=np.int64))
    return inside[:, 0], inside[:, 1]
