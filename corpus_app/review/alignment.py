"""Raw and clean text side by side: a row for each paragraph, and one for what is only removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus_app.catalog.models import Gap, Revision, Section
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.revisions.decisions import Span, read_removed
from corpus_app.pages.labels import name_removed
from corpus_app.text.chars import shorten
from corpus_app.text.paragraphs import list_paragraphs

# So many colours has the page's style sheet for removed spans.
HUES: Final = 6
# A row of removed text longer than this is folded.
LONG: Final = 240
# Above this many spans the tiny ones cannot be restored one by one: the page would not load.
MOST_SPANS: Final = 2_000
TINY_KINDS: Final = {"invisible", "markup"}
NAMED_CHARS: Final = 24


@dataclass(frozen=True)
class RemovedSpan:
    """A removed span as the page offers it for restoring; value is its place in raw."""

    value: str
    words: str
    kind: str
    label: str
    rule: str
    hue: int
    restored: bool
    fixed: bool

    @property
    def name(self) -> str:
        """Return its first words, as a list shows them."""
        return shorten(self.words, NAMED_CHARS)

    @property
    def is_blank(self) -> bool:
        """Return whether there is nothing of it to be seen."""
        return not any(sign.isprintable() and not sign.isspace() for sign in self.words)


@dataclass(frozen=True)
class RawSpan:
    """A stretch of the raw text: kept, or a removed span."""

    text: str
    span: RemovedSpan | None = None


@dataclass(frozen=True)
class TextSpan:
    """A stretch of the clean text, or a thing that stands at its place."""

    text: str = ""
    section: Section | None = None
    gap: Gap | None = None
    suspect: dict[str, Any] | None = None


@dataclass
class AlignmentRow:
    """A paragraph beside its raw text; without a paragraph, removed text alone.

    sign counts the word signs before it: the same number in both columns.
    """

    raw: list[RawSpan]
    clean: list[TextSpan] = field(default_factory=list)
    sign: int = 0
    is_text: bool = False

    @property
    def size(self) -> int:
        """Return how many characters of raw text the row shows."""
        return sum(len(piece.text) for piece in self.raw)

    @property
    def is_folded(self) -> bool:
        """Return whether the row is too long to be shown open: removed text, none restored."""
        spans = [piece.span for piece in self.raw if piece.span]
        return not self.is_text and self.size > LONG and not any(span.restored for span in spans)

    @property
    def labels(self) -> list[str]:
        """Return the kinds of what was removed here, in words."""
        return list(dict.fromkeys(piece.span.label for piece in self.raw if piece.span))


def list_hues(spans: Sequence[Removed]) -> dict[str, int]:
    """Return a colour number for each kind removed, in order of first place."""
    kinds = dict.fromkeys(span.kind for span in spans)
    return {kind: number % HUES + 1 for number, kind in enumerate(kinds)}


def list_legend(spans: Sequence[Removed]) -> list[tuple[int, str, int]]:
    """Return (colour number, kind in words, how many spans) for each kind removed."""
    counts = Counter(span.kind for span in spans)
    return [(hue, name_removed(kind), counts[kind]) for kind, hue in list_hues(spans).items()]


def align(revision: Revision, restored: Sequence[Span] = ()) -> list[AlignmentRow]:
    """Return the revision's rows in reading order; spans in restored are marked so.

    Where the text does not follow from the raw text, it is one row.
    """
    return _Aligner(revision, restored).list_rows()


class _Aligner:
    def __init__(self, revision: Revision, restored: Sequence[Span]) -> None:
        self.revision, self.restored = revision, set(restored)
        self.spans = read_removed(revision.removed)
        self.hues = list_hues(self.spans)
        self.things = sorted(_place_things(revision), key=lambda entry: entry[:2])
        self.next_span = self.next_thing = 0

    def list_rows(self) -> list[AlignmentRow]:
        raw, text = self.revision.raw, self.revision.text
        try:
            places = trace_text(raw, self.spans, text)
        except ValueError:
            pieces = self._cut_raw(0, len(raw)), self._cut_text(0, len(text), last=True)
            return [AlignmentRow(*pieces, is_text=True)]
        rows: list[AlignmentRow] = []
        at = 0
        for start, end in list_paragraphs(text):
            low, high = places.find_span(start, end)
            sign = places.count_before(start)
            rows += self._list_removed(at, low, start, sign)
            clean = self._cut_text(start, end, last=end == len(text))
            rows.append(AlignmentRow(self._cut_raw(low, high), clean, sign, True))
            at = high
        rows += self._list_removed(at, len(raw), len(text), places.count_before(len(text)))
        return rows

    def _list_removed(self, start: int, end: int, offset: int, sign: int) -> Iterator[AlignmentRow]:
        """Yield a row for what was removed between two paragraphs, with the gap it left."""
        pieces = self._cut_raw(start, end)
        while pieces and not pieces[0].span:
            pieces.pop(0)
        while pieces and not pieces[-1].span:
            pieces.pop()
        # Blank lines between two removed spans say nothing.
        pieces = [RawSpan("\n") if _is_break(piece) else piece for piece in pieces]
        if pieces:
            yield AlignmentRow(pieces, list(self._take_gaps(offset)), sign)

    def _take_gaps(self, offset: int) -> Iterator[TextSpan]:
        while self.next_thing < len(self.things):
            place, _rank, piece = self.things[self.next_thing]
            if place != offset or piece.gap is None:
                return
            self.next_thing += 1
            yield piece

    def _cut_raw(self, start: int, end: int) -> list[RawSpan]:
        raw, pieces, at = self.revision.raw, [], start
        while self.next_span < len(self.spans) and self.spans[self.next_span].start < end:
            span = self.spans[self.next_span]
            pieces += [RawSpan(raw[at : span.start]), RawSpan(span.text, self._show(span))]
            at = span.end
            self.next_span += 1
        pieces.append(RawSpan(raw[at:end]))
        return [piece for piece in pieces if piece.text]

    def _show(self, span: Removed) -> RemovedSpan:
        tiny = span.kind in TINY_KINDS and len(self.spans) > MOST_SPANS
        return RemovedSpan(
            value=f"{span.start}-{span.end}",
            words=span.text,
            kind=span.kind,
            label=name_removed(span.kind),
            rule=span.rule,
            hue=self.hues[span.kind],
            restored=(span.start, span.end) in self.restored,
            fixed=tiny,
        )

    def _cut_text(self, start: int, end: int, *, last: bool) -> list[TextSpan]:
        text, pieces, at = self.revision.text, [], start
        while self.next_thing < len(self.things):
            place, _rank, piece = self.things[self.next_thing]
            if place >= end and not last:
                break
            self.next_thing += 1
            if place + len(piece.text) > end:
                continue
            if place > at:
                pieces.append(TextSpan(text[at:place]))
                at = place
            pieces.append(piece)
            at += len(piece.text)
        pieces.append(TextSpan(text[at:end]))
        return [piece for piece in pieces if piece != TextSpan()]


def _is_break(piece: RawSpan) -> bool:
    return piece.span is None and len(piece.text.splitlines()) > 1


def _place_things(revision: Revision) -> Iterator[tuple[int, int, TextSpan]]:
    # At one place the gap lies before the section that follows it.
    gaps, sections = list(revision.gaps.all()), list(revision.sections.order_by("position"))
    for gap in gaps:
        yield gap.offset, 0, TextSpan(gap=gap)
    for section in sections:
        yield section.start, 1, TextSpan(section=section)
    cuts = {gap.offset for gap in gaps} | {section.start for section in sections}
    for suspect in revision.suspects:
        start, end = suspect["start"], suspect["end"]
        if not any(place in cuts for place in range(start + 1, end)):
            yield start, 2, TextSpan(revision.text[start:end], suspect=suspect)
