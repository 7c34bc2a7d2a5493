"""Our segmenter as Whoosh wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from search.analysis.words import cut_for_index, cut_words


class WordAnalyzer(Analyzer):
    """The words of search.analysis with true positions and character offsets.

    In mode "query" inner words are left out, so that a query word is one term.
    """

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        """Yield one token object again and again, as Whoosh's own analyzers do."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        words = cut_words(value) if mode == "query" else cut_for_index(value)
        for word in words:
            token.text = word.text
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[word.start : word.end]
            if positions:
                token.pos = start_pos + word.position
            if chars:
                token.startchar = start_char + word.start
                token.endchar = start_char + word.end
            yield token
