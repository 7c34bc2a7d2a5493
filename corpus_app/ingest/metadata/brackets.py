"""Brackets around a line's words: whole pairs, and halves whose other half got lost."""

from __future__ import annotations

import re
from typing import Final

_OPENING: Final = "（(【[〔「"
_CLOSING: Final = "）)】]〕」"
_BLANKS: Final = " \t\u00a0\u3000"
# Signs that few know, as those that all do: 〖要闻〗, ［要闻］, ﹝要闻﹞.
_COMMON: Final = str.maketrans("〖〗［］﹝﹞﹙﹚〘〙『』⟦⟧", "【】[]〔〕（）【】「」【】")
_RARE: Final = re.compile("[〖〗［］﹝﹞﹙﹚〘〙『』⟦⟧]")


def use_common_brackets(text: str) -> str:
    """Return a text of the same length with common brackets in place of rare ones."""
    return text.translate(_COMMON) if _RARE.search(text) else text


def strip_brackets(text: str) -> str:
    """Return words without brackets around all of them, and without halves at their ends.

    A half is one whose other half stands nowhere in the words (…讲话〗); blanks go as well.
    """
    start, stop = _skip_blanks(text, 0, len(text))
    if start == stop or (text[start] not in _OPENING and text[stop - 1] not in _CLOSING):
        return text[start:stop]
    partners = _match_brackets(text)
    while start < stop:
        # Each of a line of sixty thousand is met once: the words are not cut until the end.
        first, last = partners.get(start), partners.get(stop - 1)
        if text[start] in _OPENING and first == stop - 1:
            start, stop = start + 1, stop - 1
        elif text[start] in _OPENING and (first is None or first >= stop):
            start += 1
        elif text[stop - 1] in _CLOSING and (last is None or last < start):
            stop -= 1
        else:
            break
        start, stop = _skip_blanks(text, start, stop)
    return text[start:stop]


def _match_brackets(text: str) -> dict[int, int]:
    """Return for each bracket, whatever its kind, where its other half stands, if anywhere."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in _OPENING:
            opened.append(place)
        elif sign in _CLOSING and opened:
            partners[place] = opened.pop()
            partners[partners[place]] = place
    return partners


def _skip_blanks(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start] in _BLANKS:
        start += 1
    while start < stop and text[stop - 1] in _BLANKS:
        stop -= 1
    return start, stop
