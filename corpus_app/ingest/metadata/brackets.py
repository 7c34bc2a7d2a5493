"""Brackets around a line's words: whole pairs, and halves whose other half got lost."""

from __future__ import annotations

from typing import Final

_OPENING: Final = "（(【[〔「"
_CLOSING: Final = "）)】]〕」"
_BLANKS: Final = " \t\u00a0\u3000"
# Signs that few know, as those that all do: 〖要闻〗, ［要闻］, ﹝要闻﹞.
_COMMON: Final = str.maketrans("〖〗［］﹝﹞﹙﹚〘〙『』⟦⟧", "【】[]〔〕（）【】「」【】")


def use_common_brackets(text: str) -> str:
    """Return a text of the same length with common brackets in place of rare ones."""
    return text.translate(_COMMON)


def strip_brackets(text: str) -> str:
    """Return words without brackets around all of them, and without halves at their ends.

    A half is one whose other half stands nowhere in the words (…讲话〗); blanks go as well.
    """
    line = text.strip(_BLANKS)
    while line:
        partner = _find_partner(line) if line[0] in _OPENING else -1
        if partner == len(line) - 1:
            line = line[1:-1].strip(_BLANKS)
        elif partner is None:
            line = line[1:].strip(_BLANKS)
        elif line[-1] in _CLOSING and _is_lone(line):
            line = line[:-1].strip(_BLANKS)
        else:
            break
    return line


def _find_partner(line: str) -> int | None:
    """Return where the bracket that opens a line is closed, None where it never is."""
    depth = 0
    for place, sign in enumerate(line):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if not depth:
            return place
    return None


def _is_lone(line: str) -> bool:
    """Say whether the bracket that closes a line was never opened."""
    depth = 0
    for sign in reversed(line):
        depth += (sign in _CLOSING) - (sign in _OPENING)
        if not depth:
            return False
    return True
