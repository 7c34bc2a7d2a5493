"""What people decided on a text: spans taken out and spans kept, and where they are found again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.spans import merge_removed

EDITOR: Final = "editor"
# How many characters before and behind a decided span tell its places apart, most first.
SURROUNDINGS: Final = ((24, 24), (12, 12), (24, 0), (0, 24), (6, 6), (0, 0))

Span = tuple[int, int]


@dataclass(frozen=True)
class Decided:
    """The spans of a raw text that people took out (with their kinds) and that they kept."""

    removed: list[Removed]
    kept: list[Span]

    def to_json(self) -> dict[str, Any]:
        """Return what Revision.decisions keeps of it; empty where nothing was decided."""
        removed = [
            {key: value for key, value in asdict(span).items() if key != "text"}
            for span in self.removed
        ]
        kept = [{"start": start, "end": end} for start, end in self.kept]
        return {k: v for k, v in (("removed", removed), ("kept", kept)) if v}


def read_decided(decisions: dict[str, Any], raw: str) -> Decided:
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
    return Decided(removed, kept)


def read_removed(spans: Iterable[dict[str, Any]]) -> list[Removed]:
    """Return Revision.removed as the parser's values."""
    return [Removed(s["kind"], s["text"], s["start"], s["end"], s.get("rule", "")) for s in spans]


def cut_spans(raw: str, spans: Iterable[Removed], holes: Iterable[Span]) -> list[Removed]:
    """Return the spans without the stretches of raw in holes."""
    cutters = [Removed("", "", start, end) for start, end in holes]
    pieces = merge_removed(raw, cutters, spans)
    return [piece for piece in pieces if piece.kind]


def take_edit(
    raw: str, before: Decided, restored: Sequence[Span], removed: Sequence[Removed]
) -> Decided:
    """Return what is decided once these spans were restored and those removed besides."""
    kept = merge_removed(raw, (Removed("kept", "", *span) for span in [*before.kept, *restored]))
    kept = cut_spans(raw, kept, ((span.start, span.end) for span in removed))
    taken = merge_removed(raw, cut_spans(raw, before.removed, restored), removed)
    return Decided(taken, [(span.start, span.end) for span in kept])


def apply_decided(raw: str, removed: Iterable[Removed], decided: Decided) -> list[Removed]:
    """Return the removed spans as people want them: what they kept stays, what they took goes."""
    return merge_removed(raw, cut_spans(raw, removed, decided.kept), decided.removed)


def carry_decided(decided: Decided, old_raw: str, new_raw: str) -> Decided:
    """Return the decisions at the same words of another raw text; those without are left out."""
    if old_raw == new_raw:
        return decided
    finder = _Finder(old_raw, new_raw)
    removed = []
    for span in decided.removed:
        place = finder.find(span.start, span.end)
        if place:
            words = new_raw[slice(*place)]
            removed.append(Removed(span.kind, words, *place, span.rule))
    kept = [place for span in decided.kept if (place := finder.find(*span))]
    return Decided(merge_removed(new_raw, removed), sorted(kept))


class _Finder:
    """Finds the words of one text in another by what stands around them, white space aside."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.old_places = _squeeze(old)
        self.new, self.new_places = _squeeze(new)

    def find(self, start: int, end: int) -> Span | None:
        """Return the one place in the new text that has the same words, None where none has."""
        first, stop = bisect_left(self.old_places, start), bisect_left(self.old_places, end)
        if first == stop:
            return None
        for before, behind in SURROUNDINGS:
            low = max(0, first - before)
            words = self.old[low : stop + behind]
            place = self.new.find(words)
            if place >= 0 and self.new.find(words, place + 1) < 0:
                a, b = place + first - low, place + stop - low
                return self.new_places[a], self.new_places[b - 1] + 1
        return None


def _squeeze(text: str) -> tuple[str, list[int]]:
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    return "".join(text[place] for place in places), places
