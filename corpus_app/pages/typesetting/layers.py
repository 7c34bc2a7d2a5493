"""Layers of spans over one text, nested so that tags never cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

# From the outside in: a span of a later layer is cut where an earlier one begins or ends.
LAYERS: Final = ("lead", "slogan", "theme", "suspect", "cited", "mark")


@dataclass(frozen=True)
class LayerSpan:
    """text[start:end] as one layer sees it; value is what the markup needs to draw it."""

    layer: str
    start: int
    end: int
    value: Any = None


@dataclass(frozen=True)
class TextRun:
    """Plain characters."""

    text: str


@dataclass(frozen=True)
class Wrap:
    """Characters under a span; begins is false for the later parts of a cut span."""

    span: LayerSpan
    begins: bool
    children: list[Inline] = field(default_factory=list)


Inline = TextRun | Wrap


class SpanIndex:
    """Spans ordered so that those near a stretch of the text are found without looking at all."""

    def __init__(self, spans: Iterable[LayerSpan]) -> None:
        self.spans = sorted(spans, key=lambda span: span.start)
        self.starts = [span.start for span in self.spans]
        # How far the spans up to each place reach; it never falls, so it can be bisected.
        self.reaches = list(accumulate((span.end for span in self.spans), max))

    def list_near(self, start: int, end: int) -> list[LayerSpan]:
        """Return the spans that share a character with start..end."""
        first = bisect_right(self.reaches, start)
        last = bisect_left(self.starts, end)
        return [span for span in self.spans[first:last] if span.end > start]


def nest_spans(
    text: str, start: int, end: int, spans: SpanIndex, layers: Sequence[str] = LAYERS
) -> list[Inline]:
    """Return text[start:end] as pieces under the spans of the given layers, outermost first."""
    return _nest(text, start, end, spans.list_near(start, end), tuple(layers))


def drop_overlaps(spans: Sequence[LayerSpan]) -> list[LayerSpan]:
    """Return the non-empty spans in order, of two that overlap the earlier or longer one."""
    kept: list[LayerSpan] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def _nest(
    text: str, start: int, end: int, spans: list[LayerSpan], layers: tuple[str, ...]
) -> list[Inline]:
    if start >= end:
        return []
    if not layers or not spans:
        return [TextRun(text[start:end])]
    layer, inner = layers[0], layers[1:]
    others = [span for span in spans if span.layer != layer]
    pieces: list[Inline] = []
    position = start
    for span in drop_overlaps([span for span in spans if span.layer == layer]):
        first, last = max(span.start, start), min(span.end, end)
        pieces += _nest(text, position, first, _keep_near(others, position, first), inner)
        children = _nest(text, first, last, _keep_near(others, first, last), inner)
        pieces.append(Wrap(span, begins=first == span.start, children=children))
        position = last
    return pieces + _nest(text, position, end, _keep_near(others, position, end), inner)


def _keep_near(spans: list[LayerSpan], start: int, end: int) -> list[LayerSpan]:
    return [span for span in spans if span.start < end and span.end > start]
