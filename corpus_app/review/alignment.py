"""Raw and clean text side by side: a row for each paragraph, and one for what is only removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus_app.catalog.models import Gap, Revision, Section
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.spans import trace_text
from corpus_app.intake.quality.traces import DOUBTFUL
from corpus_app.intake.revisions.decisions import HEAD_KINDS, Span, read_removed
from corpus_app.pages.labels import name_removed
from corpus_app.review.evidence import describe_rule
from corpus_app.text.chars import Compact, count_chars, shorten
from corpus_app.text.paragraphs import list_paragraphs

# So many colours has the page's style sheet for removed spans.
HUES: Final = 6
# A row of removed text longer than this is folded.
LONG: Final = 240
# Above this many spans the tiny ones cannot be restored one by one: the page would not load.
MOST_SPANS: Final = 2_000
TINY_KINDS: Final = {"invisible", "markup"}
NAMED_CHARS: Final = 24
# Kinds of removed lines that say what the speech is, or were not understood: never folded.
OF_HEAD: Final = HEAD_KINDS | {"unread"}


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
    # A line of the head that nobody understood.
    unread: bool = False

    @property
    def name(self) -> str:
        """Return its first words, as a list shows them."""
        return shorten(self.words, NAMED_CHARS)

    @property
    def is_blank(self) -> bool:
        """Return whether there is nothing of it to be seen."""
        return not any(sign.isprintable() and not sign.isspace() for sign in self.words)

    @property
    def signs(self) -> int:
        """Return how many of its characters count, white space aside."""
        return count_chars(self.words)


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
    # Why a recogniser was not sure of its characters; "" where it was.
    doubt: str = ""


@dataclass
class AlignmentRow:
    """A paragraph beside its raw text; without a paragraph, removed text alone.

    sign counts the word signs before it: the same number in both columns. raw_sign counts the
    characters of raw before it, removed ones too. unread says that its paragraph is a line of
    the head that nobody understood.
    """

    raw: list[RawSpan]
    clean: list[TextSpan] = field(default_factory=list)
    sign: int = 0
    is_text: bool = False
    raw_sign: int = 0
    unread: bool = False

    @property
    def size(self) -> int:
        """Return how many characters of raw text the row shows."""
        return sum(len(piece.text) for piece in self.raw)

    @property
    def is_folded(self) -> bool:
        """Return whether the row is too long to be shown open: removed text, none restored."""
        spans = [piece.span for piece in self.raw if piece.span]
        open_ = self.is_text or any(_is_of_head(piece) for piece in self.raw)
        return not open_ and self.size > LONG and not any(span.restored for span in spans)

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


def align(
    revision: Revision, restored: Sequence[Span] = (), unread: Sequence[Span] = ()
) -> list[AlignmentRow]:
    """Return the revision's rows in reading order; spans in restored and unread are marked so.

    Where the text does not follow from the raw text, it is one row.
    """
    return _Aligner(revision, restored, unread).list_rows()


class _Aligner:
    def __init__(
        self, revision: Revision, restored: Sequence[Span], unread: Sequence[Span]
    ) -> None:
        self.revision, self.restored, self.unread = revision, set(restored), unread
        self.signs = Compact(revision.raw)
        self.spans = read_removed(revision.removed)
        self.hues = list_hues(self.spans)
        self.things = sorted(_place_things(revision), key=lambda entry: entry[:2])
        self.next_span = self.next_thing = 0

    def list_rows(self) -> list[AlignmentRow]:
        raw, text = self.revision.raw, self.revision.text
        try:
            places = trace_text(raw, self.spans, text)
        except ValueError:
            clean = self._cut_text(0, len(text), last=True)
            return [AlignmentRow(self._cut_raw(0, len(raw)), clean, is_text=True)]
        rows: list[AlignmentRow] = []
        at = 0
        for start, end in list_paragraphs(text):
            low, high = places.find_span(start, end)
            sign = places.count_before(start)
            rows += self._list_removed(at, low, start, sign)
            clean = self._cut_text(start, end, last=end == len(text))
            pieces, before = self._cut_raw(low, high), self.signs.count_before(low)
            rows.append(AlignmentRow(pieces, clean, sign, True, before, self._is_unread(low, high)))
            at = high
        rows += self._list_removed(at, len(raw), len(text), places.count_before(len(text)))
        return rows

    def _list_removed(self, start: int, end: int, offset: int, sign: int) -> Iterator[AlignmentRow]:
        """Yield rows for what was removed between two paragraphs, one with the gap it left.

        The lines of the head have a row apart from what surrounds them: that may be folded.
        """
        groups = _group_head(_drop_blanks(self._cut_raw(start, end)))
        before = self.signs.count_before(start)
        beside = next((at for at, group in enumerate(groups) if not _is_of_head(group[0])), 0)
        for at, group in enumerate(groups):
            clean = list(self._take_gaps(offset)) if at == beside else []
            # Blank lines between two removed spans say nothing.
            pieces = [RawSpan("\n") if _is_break(piece) else piece for piece in group]
            yield AlignmentRow(pieces, clean, sign, raw_sign=before)
            before += sum(piece.span.signs for piece in pieces if piece.span)

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
            rule=describe_rule(span.rule),
            hue=self.hues[span.kind],
            restored=(span.start, span.end) in self.restored,
            fixed=tiny,
            unread=self._is_unread(span.start, span.end),
        )

    def _is_unread(self, start: int, end: int) -> bool:
        return any(low < end and start < high for low, high in self.unread)

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


def _drop_blanks(pieces: list[RawSpan]) -> list[RawSpan]:
    """Return the pieces without the white space before the first removed span and behind the last.

    What stands between two of them belongs to the one before it.
    """
    spans = [at for at, piece in enumerate(pieces) if piece.span]
    return pieces[spans[0] : spans[-1] + 1] if spans else []


def _group_head(pieces: list[RawSpan]) -> list[list[RawSpan]]:
    """Return the pieces in groups, the head's lines apart; each begins with a removed span."""
    groups: list[list[RawSpan]] = []
    for piece in pieces:
        if not groups or (piece.span and _is_of_head(piece) != _is_of_head(groups[-1][0])):
            groups.append([])
        groups[-1].append(piece)
    return groups


def _is_of_head(piece: RawSpan) -> bool:
    return piece.span is not None and piece.span.kind in OF_HEAD


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
    slips = [TextSpan(revision.text[s["start"] : s["end"]], suspect=s) for s in revision.slips]
    marks = [(s["start"], 2, slip) for s, slip in zip(revision.slips, slips, strict=True)]
    marks += [
        (
            note["start"],
            3,
            TextSpan(revision.text[note["start"] : note["end"]], doubt=note["message"]),
        )
        for note in revision.notices
        if note["code"] == DOUBTFUL and note["start"] is not None
    ]
    reached = 0
    for start, rank, mark in sorted(marks, key=lambda one: one[:2]):
        end = start + len(mark.text)
        if start >= reached and not any(place in cuts for place in range(start + 1, end)):
            yield start, rank, mark
            reached = end
