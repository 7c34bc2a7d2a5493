"""Texts folded by the table of equal characters, applied to text and query alike.

Two strings are equal when their foldings are. Case is kept; white space and unseen signs are
left out; what combines is one character (NFC); a row of dashes is one dash and a row of points
an ellipsis. Each folded character leads back to the stretch of the source that it was made from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import (
    Codes,
    Offsets,
    keep_words,
    mark_spaces,
    read_codes,
    write_text,
)
from corpus_app.text.equality import (
    CHARACTER,
    DROPPED,
    JOINS,
    SENTINEL,
    list_leading,
    list_unseen,
    list_written_alike,
    load_table,
)
from corpus_app.text.spans import Span

# Goes into the index's stamp: raise it whenever the table or what is made of it changes.
FOLDING_VERSION: Final = "3"

# Putting marks in order takes the square of their number; no writing has so many on a character.
_MOST_MARKS: Final = 32


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: its code points, and where in the source each begins and ends."""

    codes: Codes
    offsets: Offsets
    ends: Offsets

    def __len__(self) -> int:
        return len(self.codes)

    def find_span(self, first: int, stop: int) -> Span:
        """Return the span in the source of the characters first to stop, counted from 0.

        Raises ValueError where there are no such characters.
        """
        if not 0 <= first < stop <= len(self.codes):
            raise ValueError("no such characters")
        return Span(int(self.offsets[first]), int(self.ends[stop - 1]))

    def locate(self, spans: Offsets) -> Offsets:
        """Return for spans of the source (rows of start, end) those of the characters in them.

        A character that a span holds in part is in it; a span of none is empty.
        """
        starts = self.ends.searchsorted(spans[:, 0], side="right")
        ends = self.offsets.searchsorted(spans[:, 1], side="left")
        return np.column_stack([starts, np.maximum(starts, ends)])


def fold_with_offsets(text: str, *, with_space: bool = False) -> Folded:
    """Return the text folded, with the way back; with_space leaves white space as it is."""
    codes = read_codes(text)
    mapped = load_table()[codes]
    if with_space:
        spaces = mark_spaces(codes)
        mapped[spaces] = codes[spaces]
    offsets = (mapped != DROPPED).nonzero()[0]
    folded = Folded(mapped[offsets], offsets, offsets + 1)
    # Nothing in most short texts is more than a character for a character.
    highest = folded.codes.max(initial=0)
    if highest >= JOINS:
        folded = _compose(text, folded)
    return _shorten_rows(folded) if highest > SENTINEL else folded


def fold_codes(text: str) -> Codes:
    """Return the folded code points of a text."""
    return fold_with_offsets(text).codes


def fold(text: str) -> str:
    """Return the folded text: fold("機關　ＡＢ") == "机关AB"."""
    return write_text(fold_codes(text))


def keep_folded_words(text: str) -> str:
    """Return the letters, digits and characters of the text, folded: no marks, no blanks.

    >>> keep_folded_words("同誌們：\\n ⼀、提高認識。")
    '同志们一提高认识'
    """
    return keep_words(fold(text))


def fold_name(text: str) -> str:
    """Return a person's name folded, without the dots that may part it.

    >>> fold_name("艾尔肯・吐尼亚孜") == fold_name("艾尔肯 吐尼亚孜") == "艾尔肯吐尼亚孜"
    True
    """
    return fold(text).replace(fold("·"), "")


def fold_keeping_space(text: str) -> str:
    """Return the text folded character by character, of the same length as the source.

    White space, unseen signs and marks stay where they are.
    """
    codes = read_codes(text)
    mapped = load_table()[codes]
    return write_text(np.where(mapped >= DROPPED, codes, mapped & CHARACTER))


def simplify(text: str) -> str:
    """Return the text, of the same length, in simplified characters; all else stays as it is.

    >>> simplify("縣長　２０２４年")
    '县长　２０２４年'
    """
    return _traditional().sub(lambda found: _simplified()[found.group()], text)


@cache
def _simplified() -> dict[str, str]:
    """Return the characters that are folded into others, with these."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    pairs = zip(han, fold_keeping_space(han), strict=True)
    return {old: new for old, new in pairs if old != new}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_simplified())}]")


def write_plainly(text: str) -> str:
    """Return the text, of the same length, with the characters that are read for others.

    write_plainly("⼀﹑⻅⾯") == "一、见面". For reading markers, dates and names: direction of
    quotation marks, width, traditional characters stay, which a reader knows itself.
    """
    return write_text(_load_plain_table()[read_codes(text)])


@cache
def _load_plain_table() -> Codes:
    table = np.arange(SENTINEL, dtype=np.uint32)
    for code, plain in list_written_alike().items():
        table[code] = ord(plain)
    return table


def case_alternatives(code: int) -> tuple[int, ...]:
    """Return a code point with its other case, where that is one character too."""
    char = chr(code)
    others = {other for other in (char.lower(), char.upper()) if len(other) == 1}
    return tuple(sorted({code, *map(ord, others)}))


def drop_unseen(text: str) -> str:
    """Return the text without the signs that are not seen."""
    return "".join(char for char in text if char not in list_unseen())


def find_certain(text: str) -> str:
    """Return the part of a text whose folding is in that of every text that holds the text.

    A letter at its ends may combine with a mark that stands beside it there: "abc" gives "ab".
    """
    codes = read_codes(text)
    mapped = load_table()[codes]
    firm = (mapped < DROPPED).nonzero()[0]
    if not len(firm):
        return ""
    start, last = int(firm[0]), int(firm[-1])
    may_combine = {int(codes[last]), int(mapped[last] & CHARACTER)} & list_leading()
    return text[start : last if may_combine else last + 1]


def _compose(text: str, folded: Folded) -> Folded:
    """Return the characters with those that combine made one, in every canonical form alike."""
    firsts = _find_clusters((folded.codes & JOINS) == 0)
    stops = np.append(firsts[1:], len(folded))
    special = np.maximum.reduceat(folded.codes, firsts) >= JOINS
    chars = [text[at] for at in folded.offsets.tolist()]
    spans = zip(firsts[special].tolist(), stops[special].tolist(), strict=True)
    made = [_compose_cluster("".join(chars[first:stop])) for first, stop in spans]
    counts = np.ones(len(firsts), dtype=np.int64)
    counts[special] = [len(cluster) for cluster in made]
    codes = folded.codes[firsts].repeat(counts)
    codes[special.repeat(counts)] = read_codes("".join(made))
    starts, ends = folded.offsets[firsts], folded.ends[stops - 1]
    return Folded(codes, starts.repeat(counts), ends.repeat(counts))


def _find_clusters(begins: npt.NDArray[np.bool_]) -> Offsets:
    """Return where characters begin that marks go with, or the rest of more marks than any has."""
    begins[0] = True
    firsts = begins.nonzero()[0]
    places = np.arange(len(begins)) - firsts.repeat(np.diff(firsts, append=len(begins)))
    return (places % _MOST_MARKS == 0).nonzero()[0]


@lru_cache(maxsize=4096)
def _compose_cluster(cluster: str) -> str:
    """Return a character with its marks folded, until folding changes nothing."""
    composed = unicodedata.normalize("NFC", cluster)
    mapped = load_table()[read_codes(composed)]
    folded = write_text(mapped[(mapped & DROPPED) == 0] & CHARACTER)
    return folded if folded == cluster else _compose_cluster(folded)


@cache
def _list_rows() -> tuple[int, int, int]:
    """Return the dash, the point and the sign of an ellipsis, as they are folded."""
    return ord(fold_keeping_space("—")), ord(fold_keeping_space("·")), ord("…")


def _shorten_rows(folded: Folded) -> Folded:
    """Return a row of dashes as one of them; points from two on, and an ellipsis, as two points."""
    dash, point, ellipsis = _list_rows()
    codes = folded.codes & CHARACTER
    if (written := codes == ellipsis).any():
        counts = 1 + written
        codes = np.where(written, np.uint32(point), codes).repeat(counts)
        folded = Folded(codes, folded.offsets.repeat(counts), folded.ends.repeat(counts))
    else:
        folded = Folded(codes, folded.offsets, folded.ends)
    dashes, points = folded.codes == dash, folded.codes == point
    again = np.zeros(len(folded), dtype=np.bool_)
    again[1:] = dashes[1:] & dashes[:-1]
    again[2:] |= points[2:] & points[1:-1] & points[:-2]
    if not again.any():
        return folded
    kept = (~again).nonzero()[0]
    last = np.append(kept[1:], len(folded)) - 1
    return Folded(folded.codes[kept], folded.offsets[kept], folded.ends[last])
