"""How much text was searched, so that a number of hits, even none, can be cited."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import get_language, gettext as _

from corpus_app.catalog.days import DAY_KINDS
from corpus_app.ingest.vocabulary import LEVELS
from search.arrays.store import ArrayIndex
from search.arrays.tables import Mask
from search.query.values import COMPLETENESS
from search.result import Coverage, Share


def measure_corpus(index: ArrayIndex) -> Coverage:
    """Return the size of all speeches that count; measured once, its labels in the language."""
    language = get_language() or ""
    kept: Coverage | None = index.notes.get(f"coverage {language}")
    if kept is None:
        kept = measure_coverage(index, [live.alive for live in index.segments])
        index.notes[f"coverage {language}"] = kept
    return kept


def measure_coverage(index: ArrayIndex, chosen: Sequence[Mask]) -> Coverage:
    """Return the size of the chosen speeches of every segment, characters as in trends."""
    sections = characters = undated = 0
    days: list[int] = []
    for live, mask in zip(index.segments, chosen, strict=True):
        tables = live.segment.tables
        sections += int((tables.lengths("nodes")[mask] - 1).sum())
        characters += int(live.sizes[mask].sum())
        first = tables.columns["date_first"][mask]
        undated += int((first == 0).sum())
        if (first > 0).any():
            days += [int(first[first > 0].min()), int(first.max())]
    years = [datetime.date.fromordinal(day).year for day in days]
    return Coverage(
        speeches=sum(int(mask.sum()) for mask in chosen),
        sections=sections,
        characters=characters,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        undated=undated,
        levels=_count_shares(index, chosen, "level", LEVELS),
        completeness=_count_shares(index, chosen, "completeness", COMPLETENESS),
        days=tuple(
            share for share in _count_shares(index, chosen, "date_kind", DAY_KINDS) if share.value
        ),
    )


def _count_shares(
    index: ArrayIndex, chosen: Sequence[Mask], column: str, labels: Mapping[str, str]
) -> tuple[Share, ...]:
    counts: dict[str, int] = {}
    for live, mask in zip(index.segments, chosen, strict=True):
        values, codes = live.segment.encode(column)
        found = np.bincount(codes[mask], minlength=len(values))
        for value, count in zip(values, found.tolist(), strict=True):
            counts[value] = counts.get(value, 0) + count
    return list_shares(counts, labels)


def list_shares(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Share, ...]:
    """Return the values that occur, in the vocabulary's order, what is not known ("") last."""
    known = [value for value in labels if counts.get(value)]
    others = sorted(value for value in counts if counts[value] and value and value not in labels)
    shares = [Share(value, _(labels.get(value, value)), counts[value]) for value in known + others]
    unknown = counts.get("", 0)
    return (*shares, Share("", _("不详"), unknown)) if unknown else tuple(shares)
