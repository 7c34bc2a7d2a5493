"""Sentences of a draft: the one around a place."""

from __future__ import annotations

from typing import Final

_ENDS: Final = "。！？；\n"


def cut_sentence(text: str, start: int, end: int) -> str:
    """Return the words of the sentence that holds text[start:end], its end sign left out."""
    first = max(text.rfind(sign, 0, start) for sign in _ENDS) + 1
    last = min((at for sign in _ENDS if (at := text.find(sign, end)) >= 0), default=len(text))
    return text[first:last]
