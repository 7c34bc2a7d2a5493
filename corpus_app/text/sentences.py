"""The sentences of a text: where they stand, and in what form they are compared."""

from __future__ import annotations

import re
from typing import Final

from corpus_app.text.chars import keep_words, squeeze
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.spans import Span, trim_span

# A sentence goes on to its end sign with the brackets and quotation marks that close behind it.
_SENTENCE: Final = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’」』）)》〕】]*|\n|$)")


def list_sentences(text: str) -> list[Span]:
    """Return where the sentences stand, in order; all but white space stands in one of them."""
    spans = (trim_span(text, *found.span()) for found in _SENTENCE.finditer(text))
    return [span for span in spans if span.start < span.end]


def list_forms(text: str, spans: list[Span]) -> list[str]:
    """Return the sentences as they are compared: folded, letters, digits and characters alone.

    Of one that has none of them its signs.
    """
    folded = fold_keeping_space(text)
    words = (folded[start:end] for start, end in spans)
    return [keep_words(one) or squeeze(one) for one in words]
