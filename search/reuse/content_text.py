"""A text with the way back from what is compared of it."""

from __future__ import annotations

from functools import cached_property

from corpus_app.text.folding import fold_with_offsets
from corpus_app.text.spans import Span
from search.arrays.seeds import Content, find_content, take_content


class ContentText:
    """A text and its content: folded letters, digits and characters, each with its place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold_with_offsets(text)
        self._places = find_content(self._folded.codes)

    def __len__(self) -> int:
        """Return how many characters are compared."""
        return len(self._places)

    @cached_property
    def content(self) -> Content:
        """Return what is compared."""
        return take_content(self._folded.codes)

    def find_span(self, start: int, end: int) -> Span:
        """Return where the content start to end stands in the text; ValueError if it does not."""
        if not 0 <= start < end <= len(self):
            raise ValueError("no such content")
        return self._folded.find_span(int(self._places[start]), int(self._places[end - 1]) + 1)

    def find_content_span(self, start: int, end: int) -> Span:
        """Return which content stands in text[start:end]."""
        offsets = self._folded.offsets[self._places]
        low, high = offsets.searchsorted([start, end]).tolist()
        return Span(low, high)
