"""Mentions that an editor refused: kept by place, and carried from revision to revision."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from corpus_app.catalog.models import Revision
from corpus_app.catalog.text_maps import map_states
from corpus_app.slogans.models import MentionRefusal, Slogan
from corpus_app.text.chars import count_chars, squeeze
from corpus_app.text.marks import MARKS

Span = tuple[int, int]

_CARRIED: Final = ("words", "refused_by_id", "refused_at")


def read_refused(revision: Revision) -> set[Span]:
    """Return the spans of the revision's text in which nobody is to see a set expression."""
    return set(revision.mention_refusals.values_list("start", "end"))


def carry_refusals(old: Revision, new: Revision, between: Revision | None = None) -> list[str]:
    """Give the new revision what was refused on the old one, at the same words of its text.

    Where the words stand in the revision between the two, what was decided there counts. Returns
    the words of those whose place can't be told, though the new text has the words.
    """
    refusals = list(old.mention_refusals.all()) if old.pk != new.pk else []
    if between is not None:
        refusals = [one for one, place in _find_places(refusals, old, between) if place is None]
    lost: list[str] = []
    for refusal, place in _find_places(refusals, old, new):
        if place is not None:
            values = {name: getattr(refusal, name) for name in _CARRIED}
            values["words"] = new.text[slice(*place)]
            start, end = place
            new.mention_refusals.get_or_create(start=start, end=end, defaults=values)
        elif squeeze(refusal.words) in squeeze(new.text):
            lost.append(refusal.words)
    return lost


def _find_places(
    refusals: list[MentionRefusal], old: Revision, new: Revision
) -> list[tuple[MentionRefusal, Span | None]]:
    """Return with each refusal on the old revision where its words stand in the new text."""
    if not refusals:
        return []
    there = map_states(old, new)
    found: list[tuple[MentionRefusal, Span | None]] = []
    for refusal in refusals:
        start, end = there.find_span(refusal.start, refusal.end)
        whole = there.count(refusal.start, refusal.end) == count_chars(refusal.words)
        same = whole and squeeze(new.text[start:end]) == squeeze(refusal.words)
        found.append((refusal, (start, end) if same else None))
    return found


def list_refusals(slogan: Slogan) -> QuerySet[MentionRefusal]:
    """Return what was refused of the slogan's wordings in current texts, newest decision first."""
    wordings = [slogan.text, *slogan.variants.values_list("text", flat=True)]
    bare: Any = F("words")
    for mark in MARKS:  # they may stand inside: “三公”经费
        bare = Replace(bare, Value(mark), Value(""))
    return (
        MentionRefusal.objects.alias(bare=bare)
        .filter(Q(words__in=wordings) | Q(bare__in=wordings))
        .filter(revision__speech__current=F("revision"))
        .select_related("revision__speech", "refused_by")
        .order_by("-refused_at", "pk")
    )


def list_refused_slogans() -> Q:
    """Return the condition on slogans that something was refused of by their own text."""
    return Q(text__in=MentionRefusal.objects.values("words"))
