"""Spans that lie in each other, as the sections of a text do, asked which holds a stretch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class NestedSpan(Protocol):
    """A span that lies wholly inside another one or wholly outside of it."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Nested = TypeVar("Nested", bound=NestedSpan)


class Nesting(Generic[Nested]):
    """Nested spans of one text, given in reading order, each before those inside it."""

    def __init__(self, spans: Iterable[Nested]) -> None:
        # Of several that begin together the outermost is first.
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._above: list[int] = []
        for number, span in enumerate(self._spans):
            above = number - 1
            while above >= 0 and self._spans[above].end < span.end:
                above = self._above[above]
            self._above.append(above)

    def find_deepest(self, start: int, end: int) -> Nested | None:
        """Return the innermost span that holds the stretch start to end, None where none does."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._spans[at].end < end:
            at = self._above[at]
        return self._spans[at] if at >= 0 else None
