"""A sentence of a speech as the pages of parallels show and copy it, with its warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus_app.catalog.models import Gap, Revision, Section, Speech
from corpus_app.catalog.text_warnings import INCOMPLETE, describe_gaps, list_span_warnings
from corpus_app.structure.sources import Locate, link_place, name_source
from corpus_app.text.excerpts import MarkedText

Span = tuple[int, int]


@dataclass(frozen=True)
class Quotation:
    """revision.text[start:end], a sentence in pieces, and its warnings."""

    speech: Speech
    key: str
    start: int
    end: int
    pieces: list[MarkedText]
    warnings: list[str]


def quote(
    revision: Revision,
    section: Section | None,
    span: Span,
    marks: Sequence[Span],
    gaps: Iterable[Gap],
) -> Quotation:
    """Return the sentence of the revision at span with its marks; gaps are the revision's."""
    pieces: list[MarkedText] = []
    at, end = span
    for first, last in marks:
        pieces += [MarkedText(revision.text[at:first]), MarkedText(revision.text[first:last], True)]
        at = last
    pieces.append(MarkedText(revision.text[at:end]))
    return Quotation(
        speech=revision.speech,
        key=section.key if section else "",
        start=span[0],
        end=end,
        pieces=[piece for piece in pieces if piece.text],
        warnings=list_warnings(revision, span, gaps),
    )


def list_warnings(revision: Revision, span: Span, gaps: Iterable[Gap]) -> list[str]:
    """Return what citing the words at span warns of: gaps, lost parts, slips, cuts, damage."""
    start, end = span
    inside = [gap for gap in gaps if start <= gap.offset <= end]
    whole = "" if inside else INCOMPLETE.get(revision.speech.completeness, "")
    warnings = [describe_gaps(inside), whole, *list_span_warnings(revision, start, end)]
    return [warning for warning in warnings if warning]


def copy_words(
    words: str, revision: Revision, key: str, warnings: Sequence[str], locate: Locate
) -> str:
    """Return the words with their source and warnings behind them, as they are copied."""
    source = name_source(revision.speech, locate(link_place(revision, key)))
    tail = "；".join([source, *(warning.removesuffix("。") for warning in warnings)])
    return f"{words}\n（{tail}）"
