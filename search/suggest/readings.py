"""How characters are read in pinyin, and how people type these readings."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from pypinyin import Style, pinyin

from search.suggest.entries import read_match_form

# One index build reads every entry; the next one, after a publication, nearly the same ones.
_KNOWN_TEXTS: Final = 1 << 16
_LATIN: Final = (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))
_COMBINING_MARK: Final = "Mn"
_DIAERESIS: Final = "\u0308"
# pypinyin takes any function for what it can't read; its types know only one that gives text.
_EACH_ALONE: Final[Any] = list
_DOUBLE_INITIALS: Final = ("zh", "ch", "sh")


def fold_letters(text: str) -> str:
    """Return the text with tone marks dropped and ü as v: fold_letters("lǚ quán") == "lv quan"."""
    folded = []
    for char in unicodedata.normalize("NFC", text):
        if any(ord(char) in part for part in _LATIN):
            parted = unicodedata.normalize("NFD", char)
            u_umlaut = parted[0] in "uU" and _DIAERESIS in parted
            folded.append("v" if u_umlaut else parted[0])
        elif unicodedata.category(char) != _COMBINING_MARK:
            folded.append(char)
    return "".join(folded)


def read_typed(text: str) -> str:
    """Return what was typed as it is matched: folded, lower case, no signs, tones or spaces."""
    return read_match_form(fold_letters(text)).chars


@lru_cache(maxsize=_KNOWN_TEXTS)
def read_syllables(chars: str) -> tuple[str, ...]:
    """Return the reading of each character in its context; what has none stands for itself.

    read_syllables("银行a") == ("yin", "hang", "a")
    """
    found = [item[0] for item in pinyin(chars, style=Style.NORMAL, errors=_EACH_ALONE)]
    if len(found) != len(chars):
        found = [item[0] for char in chars for item in pinyin(char, Style.NORMAL)[:1]]
    return tuple(fold_letters(syllable).lower() for syllable in found)


@lru_cache(maxsize=_KNOWN_TEXTS)
def list_readings(char: str) -> tuple[str, ...]:
    """Return every reading of one character, the most common first; none for other signs."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(fold_letters(syllable) for item in found for syllable in item))


def list_spellings(syllable: str) -> tuple[str, ...]:
    """Return the ways a syllable is typed: ("lve", "lue", "lyue") for 略."""
    if len(syllable) > 1 and syllable[0] in "ln" and syllable[1] == "v":
        head, tail = syllable[0], syllable[2:]
        # lu and nu are syllables of their own; lue and nue are not.
        plain = (f"{head}u{tail}",) if tail else ()
        return (syllable, *plain, f"{head}yu{tail}")
    return (syllable,)


def list_initials(syllable: str) -> tuple[str, ...]:
    """Return what stands for the syllable's beginning: ("z", "zh") for zhu, ("a",) for an."""
    double = syllable[:2]
    return (syllable[0], double) if double in _DOUBLE_INITIALS else (syllable[0],)
