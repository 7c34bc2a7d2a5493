"""Which characters are held equal: the one table that parser, index and query go by.

Its sources: traditional to simplified and variants, character by character (OpenCC); radicals,
strokes and compatibility ideographs as the ideographs they are drawn as; full-width, half-width,
small and vertical forms; signs that stand for one another (data/equal_characters.toml). White
space and signs that are not seen are left out. What combines (NFC) is seen to by folding.py.
"""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from opencc import OpenCC

from corpus_app.text.chars import Codes, mark_spaces

# Stands between texts that no match may run across; no character has this number.
SENTINEL: Final = sys.maxunicode + 1
# In the table, beside a character: of a row of it only so many count.
IN_ROWS: Final = 1 << 22
# Instead of a character: it is left out.
DROPPED: Final = 1 << 24
# Beside a character: it joins the one before it, or it is written as several.
JOINS: Final = 1 << 25
SPREADS: Final = 1 << 26
CHARACTER: Final = np.uint32((1 << 21) - 1)

_DATA: Final = Path(__file__).parent / "data"
_BEYOND_ASCII: Final = (range(0x80, 0xD800), range(0xE000, 0x10000), range(0x20000, 0x323B0))
# Characters that are written as others, wholly or with marks; none stands outside.
_COMPOSED: Final = (
    range(0xA0, 0x3400),
    range(0xA000, 0xD7FC),
    range(0xF900, 0x1F000),
    range(0x2F800, 0x2FA1E),
)
_FORMS: Final = ("<wide>", "<narrow>", "<vertical>", "<small>")
# Hangul is composed by rule: letters that go on a syllable, and what they go on.
_JAMO: Final = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))
_SYLLABLES: Final = (*range(0x1100, 0x1113), *range(0xAC00, 0xD7A4))


@dataclass(frozen=True, slots=True)
class EqualCharacters:
    """Signs that are one when texts are found; each group's first is read for the others.

    Of more than most of them in a row only so many count (0: all).
    """

    name: str
    sign: str
    groups: tuple[str, ...]
    note: str
    most: int = 0


@cache
def _read_data() -> dict[str, Any]:
    return tomllib.loads((_DATA / "equal_characters.toml").read_text(encoding="utf-8"))


@cache
def list_kinds() -> tuple[EqualCharacters, ...]:
    """Return the kinds of equal signs, in the order of the data."""
    return tuple(
        EqualCharacters(**{**row, "groups": tuple(row["groups"])}) for row in _read_data()["kinds"]
    )


def _read_codes(name: str) -> list[int]:
    spans = (span.partition("-") for span in _read_data()[name])
    return [
        code for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1)
    ]


@cache
def list_unseen() -> frozenset[str]:
    """Return the signs that are not seen and do not count, white space aside."""
    return frozenset(map(chr, _read_codes("ignorable")))


def list_alike(sign: str) -> str:
    """Return the signs of a sign's group and their other forms, for a pattern's class.

    list_alike("-") has the hyphens, no dashes.
    """
    group = next((g for kind in list_kinds() for g in kind.groups if sign in g), sign)
    forms = [form for form, plain in _list_forms().items() if plain in group]
    return "".join(dict.fromkeys([*group, *forms]))


def list_equal(sign: str) -> str:
    """Return all signs that are held equal to a sign, for a pattern's class."""
    kind = next((kind for kind in list_kinds() if any(sign in g for g in kind.groups)), None)
    groups = [group[0] for group in kind.groups] if kind else [sign]
    return "".join(dict.fromkeys("".join(map(list_alike, groups))))


@cache
def list_written_alike() -> dict[int, str]:
    """Return for each character the one that is read for it, where that is another one.

    Radicals, compatibility ideographs, small and vertical forms, and the groups of signs; not
    what a reader tells apart or knows itself: traditional characters, full and half width.
    """
    alike = {code: plain for code, plain in _list_canonical().items() if _is_ideograph(code)}
    alike |= {ord(char): ord(plain) for char, plain in _read_pairs("radicals.txt")}
    alike |= {ord(f): ord(p) for f, p in _list_forms().items() if "\ufe10" <= f <= "\ufe6b"}
    for kind in list_kinds():
        alike |= {ord(char): ord(group[0]) for group in kind.groups for char in group[1:]}
    return {code: chr(alike.get(plain, plain)) for code, plain in alike.items()}


@cache
def load_table() -> Codes:
    """Return for every code point (and the sentinel) what it is folded to, flags beside it.

    Folding what is folded changes nothing: the sources are followed to the end.
    """
    table = np.arange(sys.maxunicode + 2, dtype=np.uint32)
    for code, plain in _list_plain():
        table[code] = plain
    while not np.array_equal(further := table[table], table):
        table = further
    table[np.isin(table, [ord(kind.sign) for kind in list_kinds() if kind.most])] |= IN_ROWS
    joining = np.zeros(len(table), dtype=np.bool_)
    joining[list(_list_joining())] = True
    table[joining[table & CHARACTER]] |= JOINS
    table[[code for code, plain in _list_canonical().items() if plain < 0]] |= SPREADS
    table[mark_spaces(np.arange(SENTINEL, dtype=np.uint32)).nonzero()[0]] = DROPPED
    table[_read_codes("ignorable")] = DROPPED
    table[_read_codes("selectors")] |= JOINS
    return table


def _list_plain() -> Iterator[tuple[int, int]]:
    """Yield each character that another one stands for, a later pair before an earlier one."""
    yield from _convert_traditional()
    yield from ((ord(char), ord(plain)) for char, plain in _read_pairs("variant_characters.txt"))
    yield from ((code, plain) for code, plain in _list_canonical().items() if plain >= 0)
    yield from ((ord(char), ord(plain)) for char, plain in _read_pairs("radicals.txt"))
    yield from ((ord(form), ord(plain)) for form, plain in _list_forms().items())
    for kind in list_kinds():
        yield from ((ord(char), ord(kind.sign)) for char in "".join(kind.groups))


def _convert_traditional() -> Iterator[tuple[int, int]]:
    # One call for all characters, each on its own line, where no phrase rule can apply.
    lines = "\n".join(chr(code) for part in _BEYOND_ASCII for code in part)
    converted = OpenCC("t2s").convert(lines)
    for before, after in zip(lines.split("\n"), converted.split("\n"), strict=True):
        if len(before) == 1 == len(after) and before != after:
            yield ord(before), ord(after)


def _read_pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            char, plain = line.split()
            yield char, plain


@cache
def _list_canonical() -> dict[int, int]:
    """Return for each character of another canonical form that one, -1 where it is several."""
    found = {}
    for code in (code for part in _COMPOSED for code in part):
        composed = unicodedata.normalize("NFC", chr(code))
        if composed != chr(code):
            found[code] = ord(composed) if len(composed) == 1 else -1
    return found


@cache
def _list_forms() -> dict[str, str]:
    """Return the full-width, half-width, small and vertical forms with the plain characters."""
    forms = {}
    for code in (*range(0xFE10, 0xFE6C), *range(0xFF01, 0xFFEF)):
        kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in _FORMS:
            forms[chr(code)] = chr(int(plain, 16))
    return forms


@cache
def list_leading() -> frozenset[int]:
    """Return the characters with which one after them may combine."""
    leading = {int(first, 16) for first, _ in _list_pairs().values()}
    return frozenset({*leading, *_list_pairs(), *_SYLLABLES})


def _list_joining() -> list[int]:
    """Return the characters that may combine with one before them, or change places."""
    seconds = {int(second, 16) for _, second in _list_pairs().values()}
    marks = {code for part in _COMPOSED for code in part if unicodedata.combining(chr(code))}
    return sorted({*seconds, *marks, *_JAMO})


@cache
def _list_pairs() -> dict[int, tuple[str, str]]:
    """Return the characters that are written as two others, with both in hexadecimal."""
    pairs = {}
    for code in (code for part in _COMPOSED for code in part):
        first, _, second = unicodedata.decomposition(chr(code)).partition(" ")
        if second and not first.startswith("<"):
            pairs[code] = first, second
    return pairs


def _is_ideograph(code: int) -> bool:
    return 0xF900 <= code < 0xFB00 or code >= 0x20000
