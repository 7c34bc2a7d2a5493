"""How characters are written for Solr, so that a phrase of them is exactly a string.

Every folded character is a token. At the place of a letter stands also that it is this letter in
either case; at the first character of a section inside, or behind one, also that it is such. By
these a string that runs across the border of a section is told from one that lies in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Final

from corpus_app.text.chars import Codes, write_text
from corpus_app.text.folding import case_alternatives
from search.query.patterns import Pattern

# No text has them: Unicode keeps these numbers free of characters.
_BORDER: Final = "\ufdd0"
_EITHER: Final = "\ufdd1"
_BESIDE: Final = "\ufdd2"
_STRANGE: Final = dict.fromkeys((*range(0x20), *range(0xFDD0, 0xFDD3), 0xFFFE, 0xFFFF), 0xFFFD)
_LAST_CASED: Final = 0x1E944


def write_codes(codes: Codes, borders: Collection[int] = ()) -> str:
    """Return folded characters as Solr is to index them; borders are places among them."""
    signs = list(write_text(codes).translate(_STRANGE))
    alike = _list_alike()
    for at, sign in enumerate(signs):
        if sign in alike:
            signs[at] = alike[sign]
    for at in borders:
        if 0 < at < len(signs):
            own = signs[at].split(_BESIDE)
            signs[at] = _BESIDE.join([*own, *(_BORDER + each for each in own)])
    return " ".join(signs)


def write_pattern(pattern: Pattern, border: int | None = None) -> str:
    """Return the phrase that finds a pattern; where a border is given, only with one there."""
    signs = [_write_sign(alternatives) for alternatives in pattern]
    if border is not None:
        signs[border] = _BORDER + signs[border]
    return " ".join(signs)


def _write_sign(alternatives: Sequence[int]) -> str:
    sign = chr(alternatives[0]).translate(_STRANGE)
    if len(alternatives) == 1:
        return sign
    return _EITHER + "".join(map(chr, sorted(alternatives)))


@cache
def _list_alike() -> dict[str, str]:
    """Return the letters with what is written at their places."""
    found: dict[str, set[str]] = {}
    for code in range(_LAST_CASED):
        if 0xD800 <= code < 0xE000:
            continue
        alternatives = case_alternatives(code)
        if len(alternatives) > 1:
            for other in alternatives:
                found.setdefault(chr(other), set()).add(_write_sign(alternatives))
    return {sign: _BESIDE.join([sign, *sorted(others)]) for sign, others in found.items()}
