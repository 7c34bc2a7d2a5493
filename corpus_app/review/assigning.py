"""What the form of the texts asks to be set as title, date, speaker and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision
from corpus_app.catalog.text_maps import map_text
from corpus_app.ingest.spans import iter_kept
from corpus_app.intake.revisions.decisions import (
    EditorialDecisions,
    SetValue,
    carry_editorial_decisions,
    read_removed,
)
from corpus_app.intake.revisions.set_values import (
    SETTABLE,
    Assignment,
    UnreadableValueError,
    read_assignments,
)
from corpus_app.text.chars import Compact, keep_words, squeeze

# What words_kind says where typed words are to become a value: "set:title".
PREFIX: Final = "set:"
_ASSIGNMENT: Final = re.compile(r"([a-z_]{1,20})\|(raw|text)\|(\d{1,9})-(\d{1,9})\|(.*)", re.DOTALL)


def read_assigned(posted: Sequence[str], base: Revision, faults: list[str]) -> list[Assignment]:
    """Return what the form's fields say; what is wrong with one of them is added to faults.

    A field holds the name, the column that its numbers count characters of, white space aside,
    and the words ("title|raw|12-34|在某会上的讲话"). Of two for one field the last counts.
    """
    assigned: dict[str, Assignment] = {}
    for value in posted:
        try:
            one = _read_assignment(value, base)
            read_assignments(base, [one])
        except UnreadableValueError as fault:
            faults.append(str(fault))
        else:
            assigned[one.name] = one
    return list(assigned.values())


def find_assignment(name: str, words: str, base: Revision) -> Assignment | None:
    """Return the first place of typed words in raw, one that is in the text before all others."""
    raw, sought = Compact(base.raw), squeeze(words)
    places = [raw.find_span(at, at + len(sought)) for at in raw.find_all(sought)] if sought else []
    kept = list(iter_kept(len(base.raw), read_removed(base.removed)))
    inside = [(a, b) for a, b in places if any(low <= a and b <= high for low, high in kept)]
    return Assignment(name, *(inside or places)[0]) if places else None


def name_assignment(one: Assignment, base: Revision) -> str:
    """Return the assignment as the form's field sends it."""
    raw = Compact(base.raw)
    first, stop = raw.count_before(one.start), raw.count_before(one.end)
    return f"{one.name}|raw|{first}-{stop}|{base.raw[one.start : one.end]}"


def carry_assigned(
    assigned: Iterable[Assignment], base: Revision, newest: Revision
) -> tuple[list[Assignment], list[str]]:
    """Return the assignments at the same words of a newer revision, and the words it lacks."""
    values = [SetValue(one.name, "", (one.start, one.end)) for one in assigned]
    decided = EditorialDecisions([], [], values)
    moved = carry_editorial_decisions(decided, base.raw, newest.raw)[0].metadata
    there = [Assignment(one.name, *one.span) for one in moved if one.span]
    lost = [
        base.raw[slice(*a.span)]
        for a, b in zip(values, moved, strict=True)
        if not b.span and a.span
    ]
    return there, lost


def _read_assignment(value: str, base: Revision) -> Assignment:
    match = _ASSIGNMENT.fullmatch(value)
    if match is None or match[1] not in SETTABLE:
        raise UnreadableValueError(_("要设定的内容不完整，这一处未采用。"))
    name, column, first, stop, words = match.groups()
    try:
        span = _find_span(base, column, int(first), int(stop))
    except ValueError:
        raise UnreadableValueError(_("要设定的内容在原文中找不到，这一处未采用。")) from None
    if keep_words(base.raw[slice(*span)]) != keep_words(words) and column == "raw":
        raise UnreadableValueError(_("要设定的内容与原文对不上，这一处未采用；请重新选取。"))
    return Assignment(name, *span)


def _find_span(base: Revision, column: str, first: int, stop: int) -> tuple[int, int]:
    if column == "raw":
        return Compact(base.raw).find_span(first, stop)
    return map_text(base).find_counted(first, stop)
