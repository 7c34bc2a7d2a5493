"""Sentences of a draft: the one around a place, and whether they are another's words."""

from __future__ import annotations

from typing import Final

_ENDS: Final = "。！？；\n"
# No sentence goes on longer to either side; words without an end are not searched through for each.
_REACH: Final = 400


def cut_sentence(text: str, start: int, end: int) -> str:
    """Return the words of the sentence that holds text[start:end], its end sign left out."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max(max(text.rfind(sign, low, start) for sign in _ENDS) + 1, low)
    last = min((at for sign in _ENDS if (at := text.find(sign, end, high)) >= 0), default=high)
    return text[first:last]


def cut_before(text: str, at: int) -> str:
    """Return the words of the sentence that stand before a place in it."""
    low = max(0, at - _REACH)
    return text[max(max(text.rfind(sign, low, at) for sign in _ENDS) + 1, low) : at]


def is_quoted(text: str, at: int) -> bool:
    """Say whether a place is inside “…” of a paragraph; right behind “ it is a name (“十四五”)."""
    first = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    opened = text.rfind("“", first, at)
    return opened > text.rfind("”", first, at) and at - opened > 1
