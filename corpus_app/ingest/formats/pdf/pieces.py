"""Characters to pieces: what stands on one base line without a wide gap, blanks set as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.frames import Frame, Placed
from corpus_app.ingest.formats.pdf.glyphs import ASCENT, WIDE
from corpus_app.ingest.formats.pdf.initials import place_initials
from corpus_app.ingest.formats.pdf.overlaps import part_layers
from corpus_app.ingest.formats.pdf.small_marks import settle_small

BLANK: Final = frozenset(" \t\u3000\xa0\u2002\u2003\u2009")
# Shares of the size of type.
# Figures side by side in a column are one place of it.
SAME_LINE, SAME_COLUMN = 0.15, 0.45
WIDE_GAP, WORDS_GAP = 0.75, 1.5
WORD_GAP, LETTER_GAP = 0.5, 0.18
WIDEST_SPACING: Final = 1.2
# Blanks between nearly all characters of a line are its spacing.
SPACED_OUT: Final = re.compile(r"(?:[^\s] ){5,}[^\s]")


@dataclass(slots=True)
class Piece:
    """Text on one line with its edges in its frame, and box, the edges on the page as shown.

    raised has the places [start, end) of raised small characters, the marks of notes; reading says
    that it is no text, but tells how the characters below are read; initial has the edges of the
    large initial that begins it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    box: Box
    raised: tuple[tuple[int, int], ...] = ()
    artifact: bool = False
    pale: bool = False
    reading: bool = False
    initial: Box | None = None

    @property
    def top(self) -> float:
        """Return the upper edge in the frame."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Return the lower edge in the frame."""
        return self.base + (1 - ASCENT) * self.size


def compose_pieces(frame: Frame, rules: Sequence[Box]) -> list[Piece]:
    """Return the frame's pieces from top to bottom; an upright rule parts what is beside it."""
    placed = frame.place_all()
    rows = _part_rows(placed, SAME_COLUMN if frame.upright else SAME_LINE)
    readings: list[list[Placed]] = []
    if not frame.upright:
        order = {id(one): number for number, one in enumerate(placed)}
        rows = place_initials([part for row in rows for part in part_layers(row, order)])
        rows, readings = settle_small(rows)
    spacing = _find_spacing(rows)
    upright = [rule for rule in frame.turn_rules(rules) if rule[0] == rule[2]]
    pieces = []
    for row in rows:
        row = _drop_doubles(row)
        near = [rule for rule in upright if rule[1] < row[0].base - 0.3 * row[0].size < rule[3]]
        pieces += [_write_piece(part) for part in _split_row(row, spacing, near)]
    for run in readings:
        pieces += [replace(_write_piece([(one, "") for one in run]), reading=True)]
    return pieces


def _part_rows(placed: Sequence[Placed], tolerance: float) -> list[list[Placed]]:
    rows: list[list[Placed]] = []
    last = 0.0
    for one in sorted(placed, key=lambda one: one.base):
        if rows and one.base - last <= tolerance * min(one.size, rows[-1][-1].size):
            rows[-1].append(one)
        else:
            rows.append([one])
        last = one.base
    kept = [row for row in rows if any(one.glyph.text not in BLANK for one in row)]
    for row in kept:
        row.sort(key=lambda one: (round(one.left, 1), -one.base))
    return kept


def _drop_doubles(row: list[Placed]) -> list[Placed]:
    """Bold type is at times the same character drawn twice."""
    kept: list[Placed] = []
    for one in row:
        near = kept[-3:]
        if not any(
            one.glyph.text == other.glyph.text
            and abs(one.left - other.left) < min(0.15 * one.size, 0.6 * (one.right - one.left))
            for other in near
        ):
            kept.append(one)
    return kept


def _find_spacing(rows: list[list[Placed]]) -> float:
    """Return the gap between characters that is usual on the page, as a share of their size."""
    gaps = [gap for row in rows for gap in _iter_gaps(row)]
    return min(max(median(gaps), 0.0), WIDEST_SPACING) if gaps else 0.0


def _iter_gaps(row: Sequence[Placed]) -> Iterator[float]:
    seen = [one for one in row if one.glyph.text not in BLANK]
    for one, other in pairwise(seen):
        yield (other.left - one.right) / max(one.size, other.size)


def _split_row(
    row: list[Placed], usual: float, upright: Sequence[Box]
) -> Iterator[list[tuple[Placed, str]]]:
    """Yield the row's pieces: each character with the blank before it."""
    gaps = list(_iter_gaps(row))
    spacing = min(max(median(gaps), 0.0), WIDEST_SPACING) if len(gaps) >= 5 else usual
    part: list[tuple[Placed, str]] = []
    blanks: list[Placed] = []
    last: Placed | None = None
    for one in row:
        if one.glyph.text in BLANK:
            blanks.append(one)
            continue
        if last is None:
            part.append((one, ""))
        elif _is_split(last, one, blanks, spacing, upright):
            yield part
            part = [(one, "")]
        else:
            part.append((one, _find_blank(last, one, blanks, spacing)))
        last, blanks = one, []
    if part:
        yield part


def _is_split(
    last: Placed, one: Placed, blanks: list[Placed], spacing: float, upright: Sequence[Box]
) -> bool:
    if any(last.right - 0.5 < rule[0] + 0.5 and rule[0] < one.left + 0.5 for rule in upright):
        return True
    em = max(last.size, one.size)
    gap = one.left - last.right
    filled = sum(blank.right - blank.left for blank in blanks)
    # Lines of Latin words are filled up between them.
    words = blanks and last.glyph.text.isascii() and one.glyph.text.isascii()
    return gap - filled > max(WORDS_GAP if words else WIDE_GAP, 1.8 * spacing + 0.3) * em


def _find_blank(last: Placed, one: Placed, blanks: list[Placed], spacing: float) -> str:
    if blanks:
        return "".join(blank.glyph.text for blank in blanks)
    before, after = last.glyph.text[-1], one.glyph.text[0]
    if not (before.isalnum() or after.isalnum()):
        return ""
    gap = (one.left - last.right) / max(last.size, one.size) - spacing
    latin = not WIDE.match(before) and not WIDE.match(after)
    if latin:
        return " " if gap > LETTER_GAP else ""
    # The quarter gap that typesetting puts between Chinese and Latin is no blank.
    return " " if gap > WORD_GAP and before.isalnum() and after.isalnum() else ""


def _write_piece(part: list[tuple[Placed, str]]) -> Piece:
    text, raised = "", []
    for one, blank in part:
        text += blank
        if one.raised:
            raised.append((len(text), len(text) + len(one.glyph.text)))
        text += one.glyph.text
    whole = [one for one, _ in part if not one.raised] or [one for one, _ in part]
    boxes = [one.glyph.box for one, _ in part]
    box = (
        *(min(box[0] for box in boxes), min(box[1] for box in boxes)),
        *(max(box[2] for box in boxes), max(box[3] for box in boxes)),
    )
    if SPACED_OUT.fullmatch(text) and not raised and not text.isascii():
        text = text.replace(" ", "")
    return Piece(
        text=text,
        left=part[0][0].left,
        right=max(one.right for one in whole),
        base=median(one.base for one in whole),
        size=median(one.size for one in whole),
        box=box,
        raised=tuple(_join_ranges(raised)),
        artifact=part[0][0].glyph.pen.artifact,
        initial=part[0][0].initial,
    )


def _join_ranges(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ranges with those that touch made one."""
    start = end = -1
    for a, b in ranges:
        if a == end:
            end = b
            continue
        if end > start:
            yield start, end
        start, end = a, b
    if end > start:
        yield start, end
