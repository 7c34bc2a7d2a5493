"""Which part of one report became which of another, by the sentences that they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.research.comparing.rows import ComparedRow, ComparedTexts, RowKind
from corpus_app.text.nesting import Nesting

# Parts are compared down to the second level: what lies deeper belongs to them.
_DEEPEST: Final = 1
# A part that shares less of both with every other one has no counterpart.
_LEAST: Final = 0.1


@dataclass(frozen=True)
class SectionPair:
    """A part of either text, or of both.

    counts are of the rows in the second's part, of the first's where the second has none; row is
    the number of the first of them.
    """

    first: OutlineSection | None
    second: OutlineSection | None
    counts: dict[RowKind, int]
    row: int | None


class SectionFinder:
    """The parts of a text, asked which of them holds a stretch."""

    def __init__(self, sections: Sequence[OutlineSection]) -> None:
        self.parts = [one for one in sections if one.depth <= _DEEPEST]
        self._nesting = Nesting(self.parts)

    def find(self, span: tuple[int, int] | None) -> OutlineSection | None:
        """Return the deepest part that holds a stretch, or where it begins."""
        if span is None:
            return None
        return self._nesting.find_deepest(*span) or self._nesting.find_deepest(span[0], span[0] + 1)


def pair_sections(
    texts: ComparedTexts, first: SectionFinder, second: SectionFinder
) -> list[SectionPair]:
    """Return the parts in the order of the second text, each with its counterpart.

    A part of the first that has none stands behind the counterpart of the part before it.
    """
    held: tuple[defaultdict[str, list[ComparedRow]], ...] = defaultdict(list), defaultdict(list)
    shared: Counter[tuple[str, str]] = Counter()
    for row in texts.rows:
        keys = [
            part.key if (part := finder.find(span)) else ""
            for finder, span in ((first, row.first), (second, row.second))
        ]
        for side, key in zip(held, keys, strict=True):
            side[key].append(row)
        if row.first and row.second:
            shared[keys[0], keys[1]] += row.second.end - row.second.start
    partner = _choose_partners(shared, first, second)
    back = {one: other for other, one in partner.items()}
    found = [
        SectionPair(_find(first, partner.get(part.key)), part, *_count(held[1][part.key]))
        for part in second.parts
    ]
    at = 0
    for part in first.parts:
        if part.key in back:
            at = 1 + next(n for n, one in enumerate(found) if one.first is part)
        elif held[0][part.key]:
            found.insert(at, SectionPair(part, None, *_count(held[0][part.key])))
            at += 1
    return [one for one in found if one.row is not None or one.first]


def _choose_partners(
    shared: Counter[tuple[str, str]], first: SectionFinder, second: SectionFinder
) -> dict[str, str]:
    """Return for parts of the second text that of the first with which they share most."""
    sizes = [{part.key: max(1, part.chars) for part in side.parts} for side in (first, second)]
    partner: dict[str, str] = {}
    for (one, other), count in shared.most_common():
        least = min(sizes[0].get(one, 1), sizes[1].get(other, 1))
        free = one and other and other not in partner and one not in partner.values()
        if free and count >= _LEAST * least:
            partner[other] = one
    return partner


def _find(finder: SectionFinder, key: str | None) -> OutlineSection | None:
    return next((part for part in finder.parts if part.key == key), None) if key else None


def _count(rows: list[ComparedRow]) -> tuple[dict[RowKind, int], int | None]:
    counts = Counter(row.kind for row in rows)
    return dict(counts), min((row.number for row in rows), default=None)
