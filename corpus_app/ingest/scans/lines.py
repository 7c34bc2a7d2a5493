"""A recognised line as it is printed: its words, and which of its characters are doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median
from typing import Final

from corpus_app.ingest.scans.recognised import RecognisedChar, RecognisedLine

# Measured by benchmarks/scans.py: nine of ten wrong characters are less sure, one of fifty others.
DOUBTFUL: Final = 0.97
# Two characters so many widths apart have lost one between them.
APART: Final = 1.55
# A row of dashes or dots this long is the double sign.
DOUBLE: Final = 2.55
# What stray marks and pictures are read as.
STRAY: Final = 0.5
HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
WIDE: Final = re.compile(
    "[\u2014\u2018-\u201d\u2026\u3001-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]"
)
WIDENED: Final = dict(zip("(),:;!?", "（），：；！？", strict=True))
DOUBLED: Final = "—…"
# A comma or a stop of bad print is read as this, and a point between names is rarer.
POINT: Final = "·"


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """A line of a page: words, offsets in them of doubtful characters, edges and size in pixels."""

    text: str
    doubtful: frozenset[int]
    left: float
    right: float
    top: float
    bottom: float
    confidence: float

    @property
    def size(self) -> float:
        """Return about how large its type is: its box has a margin."""
        return (self.bottom - self.top) * 0.8

    @property
    def is_stray(self) -> bool:
        """Return whether it is read from no words at all, as far as can be told."""
        return self.confidence < STRAY


def write_line(line: RecognisedLine) -> ScannedLine | None:
    """Return the line with its edges, None where it has no words."""
    chars = list(_drop_blanks(line.chars))
    if not chars:
        return None
    pitch = _find_pitch(chars)
    doubted = {*_find_unsure(chars), *_find_lost(chars, pitch)}
    words, doubtful, at = [], set[int](), 0
    for number in range(len(chars)):
        word = _write_char(chars, number, pitch)
        if number in doubted:
            doubtful |= set(range(at, at + len(word)))
        words.append(word)
        at += len(word)
    across, down = zip(*line.corners, strict=True)
    confidence = fmean(char.confidence for char in chars)
    edges = (min(across), max(across), min(down), max(down))
    return ScannedLine("".join(words), frozenset(doubtful), *edges, confidence)


def _drop_blanks(chars: Sequence[RecognisedChar]) -> Iterator[RecognisedChar]:
    """Yield the characters; blanks stay between those of which neither is Chinese."""
    last: RecognisedChar | None = None
    blank: RecognisedChar | None = None
    for char in chars:
        if not char.text.strip():
            blank = char
            continue
        if blank and last and not WIDE.search(last.text) and not WIDE.search(char.text):
            yield replace(blank, text=" ", confidence=1.0)
        yield char
        last, blank = char, None


def _find_pitch(chars: Sequence[RecognisedChar]) -> float:
    """Return how far apart characters stand, 0 where that cannot be told."""
    steps = [
        after.at - before.at
        for before, after in pairwise(chars)
        if HAN.match(before.text) and HAN.match(after.text)
    ]
    return median(steps) if len(steps) >= 3 else 0.0


def _find_unsure(chars: Sequence[RecognisedChar]) -> Iterator[int]:
    for number, char in enumerate(chars):
        limit = 0.999 if char.text == POINT else DOUBTFUL
        if char.confidence < limit:
            yield number


def _find_lost(chars: Sequence[RecognisedChar], pitch: float) -> Iterator[int]:
    """Yield the characters between which there is room for another."""
    for number, (before, after) in enumerate(pairwise(chars)):
        wide = WIDE.match(before.text) and WIDE.match(after.text)
        dashed = before.text in DOUBLED or after.text in DOUBLED
        reach = (2.2 if dashed else APART) * pitch
        if pitch and wide and after.at - before.at > reach:
            yield from (number, number + 1)


def _write_char(chars: Sequence[RecognisedChar], number: int, pitch: float) -> str:
    text = chars[number].text
    before = chars[number - 1] if number else None
    after = chars[number + 1] if number + 1 < len(chars) else None
    in_chinese = any(HAN.match(char.text) for char in chars)
    around = [one.text for one in (before, after) if one]
    if text in WIDENED and (any(map(WIDE.match, around)) or (text in "()" and in_chinese)):
        return WIDENED[text]
    if text in DOUBLED and text not in around:
        room = after.at - before.at if before and after else 0.0
        if pitch and room > DOUBLE * pitch:
            return text * 2
    return text
