"""What people decided on a text: spans taken out, spans kept, values set from its words.

Each is found again in another raw text where the same words stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.spans import merge_removed
from corpus_app.text.alignment import map_texts
from corpus_app.text.chars import Compact

EDITOR: Final = "editor"
# How many characters before and behind a decided span tell its places apart, most first.
SURROUNDINGS: Final = ((24, 24), (12, 12), (24, 0), (0, 24), (6, 6), (0, 0))
# So many characters on one side tell that words are where the alignment has them.
NEIGHBOURS: Final = 6
# What Revision.decisions says about spans of the raw text, by its keys.
OF_SPANS: Final = ("removed", "kept", "metadata")
# What words are removed as that a value was set from.
HEAD_KINDS: Final = frozenset({"title", "metadata"})

Span = tuple[int, int]


@dataclass(frozen=True)
class TableSource:
    """A row of a table of metadata: the table's name, the line, and a digest of its bytes."""

    name: str
    line: int
    digest: str = ""


@dataclass(frozen=True)
class SetValue:
    """A field's value that a person set, and the span of raw whose words it was set from.

    The span is null where another raw text has these words nowhere. table says which row of a
    table of metadata set it, null where none did.
    """

    name: str
    value: str
    span: Span | None
    table: TableSource | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what Revision.decisions keeps under the field's name."""
        kept = {"value": self.value, "set_from": list(self.span) if self.span else None}
        return kept | ({"table": asdict(self.table)} if self.table else {})


@dataclass(frozen=True)
class EditorialDecisions:
    """The spans of a raw text that people took out (with their kinds) and that they kept.

    metadata are the values that they set from its words, each field once.
    """

    removed: list[Removed]
    kept: list[Span]
    metadata: list[SetValue] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return what Revision.decisions keeps of it; empty where nothing was decided."""
        removed = [
            {key: value for key, value in asdict(span).items() if key != "text"}
            for span in self.removed
        ]
        kept = [{"start": start, "end": end} for start, end in self.kept]
        metadata = {one.name: one.to_json() for one in self.metadata}
        parts = zip(OF_SPANS, (removed, kept, metadata), strict=True)
        return {name: part for name, part in parts if part}


NOTHING_DECIDED: Final = EditorialDecisions([], [])


def read_editorial_decisions(decisions: dict[str, Any], raw: str) -> EditorialDecisions:
    """Return what Revision.decisions says about the raw text of its revision."""
    removed = [
        Removed(
            span["kind"],
            raw[span["start"] : span["end"]],
            span["start"],
            span["end"],
            span.get("rule", EDITOR),
        )
        for span in decisions.get("removed", ())
    ]
    kept = [(span["start"], span["end"]) for span in decisions.get("kept", ())]
    return EditorialDecisions(removed, kept, read_set_values(decisions))


def read_set_values(decisions: dict[str, Any]) -> list[SetValue]:
    """Return the values that Revision.decisions says were set: from words of raw, or by a table."""
    stored = decisions.get("metadata", {})
    return [
        SetValue(
            name,
            one["value"],
            tuple(one["set_from"]) if one["set_from"] else None,
            TableSource(**one["table"]) if one.get("table") else None,
        )
        for name, one in stored.items()
    ]


def read_removed(spans: Iterable[dict[str, Any]]) -> list[Removed]:
    """Return Revision.removed as the parser's values."""
    return [Removed(s["kind"], s["text"], s["start"], s["end"], s.get("rule", "")) for s in spans]


def cut_spans(raw: str, spans: Iterable[Removed], holes: Iterable[Span]) -> list[Removed]:
    """Return the spans without the stretches of raw in holes."""
    cutters = [Removed("", "", start, end) for start, end in holes]
    pieces = merge_removed(raw, cutters, spans)
    return [piece for piece in pieces if piece.kind]


def put_over(raw: str, spans: Iterable[Removed], taken: Sequence[Removed]) -> list[Removed]:
    """Return the spans with those that people took: the words of a value take over all others.

    Else what was removed already keeps its kind: a notice of hidden text inside of what is taken
    out goes on to leave a gap.
    """
    named = [span for span in taken if span.kind in HEAD_KINDS]
    return merge_removed(raw, named, spans, [span for span in taken if span not in named])


def take_edit(
    raw: str,
    before: EditorialDecisions,
    restored: Sequence[Span],
    removed: Sequence[Removed],
    values: Sequence[SetValue] = (),
) -> EditorialDecisions:
    """Return what is decided once these spans were restored, those removed and values set."""
    kept = merge_removed(raw, (Removed("kept", "", *span) for span in [*before.kept, *restored]))
    kept = cut_spans(raw, kept, ((span.start, span.end) for span in removed))
    taken = put_over(raw, cut_spans(raw, before.removed, restored), removed)
    metadata = {one.name: one for one in [*before.metadata, *values]}
    kept_spans = [(span.start, span.end) for span in kept]
    return EditorialDecisions(taken, kept_spans, list(metadata.values()))


def apply_editorial_decisions(
    raw: str, removed: Iterable[Removed], decided: EditorialDecisions
) -> list[Removed]:
    """Return the removed spans as people want them: what they kept stays, what they took goes."""
    return put_over(raw, cut_spans(raw, removed, decided.kept), decided.removed)


def carry_editorial_decisions(
    decided: EditorialDecisions, old_raw: str, new_raw: str
) -> tuple[EditorialDecisions, EditorialDecisions]:
    """Return the decisions at the same words of another raw text, and those that have none there.

    Of these, what was taken out and stands nowhere in the new text is as it was decided, and is
    not among them; a value that was set stays set.
    """
    if old_raw == new_raw:
        return decided, NOTHING_DECIDED
    finder = _Finder(old_raw, new_raw)
    removed, kept = [], []
    lost = EditorialDecisions([], [])
    for taken in decided.removed:
        place = finder.find(taken.start, taken.end)
        if place:
            removed.append(Removed(taken.kind, new_raw[slice(*place)], *place, taken.rule))
        elif finder.stands(taken.start, taken.end):
            lost.removed.append(taken)
    for span in decided.kept:
        place = finder.find(*span)
        if place:
            kept.append(place)
        else:
            lost.kept.append(span)
    values = [replace(one, span=one.span and finder.find(*one.span)) for one in decided.metadata]
    return EditorialDecisions(merge_removed(new_raw, removed), sorted(kept), values), lost


def keep_set_values(decisions: dict[str, Any], current: Revision, raw: str) -> dict[str, Any]:
    """Return decisions on another raw text with the values selected on the current revision.

    Those of a table come along, too; what was typed says the field itself.
    """
    selected = [one for one in read_set_values(current.decisions) if one.span or one.table]
    chosen = EditorialDecisions([], [], selected)
    carried = carry_editorial_decisions(chosen, current.raw, raw)[0].to_json().get("metadata", {})
    metadata = decisions.get("metadata", {}) | carried
    return decisions | ({"metadata": metadata} if metadata else {})


class _Finder:
    """Finds the words of one text in another, white space aside."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Compact(old), Compact(new)
        self.there = map_texts(old, new)

    def find(self, start: int, end: int) -> Span | None:
        """Return the one place in the new text that has the same words, None where none has."""
        first, stop = self.old.count_before(start), self.old.count_before(end)
        if first == stop:
            return None
        words = self.old.chars[first:stop]
        # Exactly where the alignment has them, however often the same words stand elsewhere.
        span = self.there.find_span(start, end)
        place = self.new.count_before(span.start)
        if self.new.chars.startswith(words, place) and self._stays(first, stop, place):
            return self.new.find_span(place, place + len(words))
        # The alignment goes straight on: what was moved stands behind or before it.
        for before, behind in SURROUNDINGS:
            low = max(0, first - before)
            around = self.old.chars[low : stop + behind]
            place = self.new.chars.find(around)
            if place >= 0 and self.new.chars.find(around, place + 1) < 0:
                return self.new.find_span(place + first - low, place + stop - low)
        return None

    def _stays(self, first: int, stop: int, place: int) -> bool:
        """Return whether the words at place have there what they had before or behind them."""
        behind = self.old.chars[stop : stop + NEIGHBOURS]
        before = self.old.chars[max(0, first - NEIGHBOURS) : first]
        end = place + stop - first
        return (bool(behind) and self.new.chars.startswith(behind, end)) or (
            bool(before) and self.new.chars.endswith(before, 0, place)
        )

    def stands(self, start: int, end: int) -> bool:
        """Return whether the words stand anywhere in the new text."""
        first, stop = self.old.count_before(start), self.old.count_before(end)
        return first < stop and self.old.chars[first:stop] in self.new.chars
