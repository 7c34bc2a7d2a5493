"""Recognised pages as printed ones: made level, their lines where they stand, in points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.frames import Frame
from corpus_app.ingest.formats.pdf.glyphs import ASCENT
from corpus_app.ingest.formats.pdf.pages import PageFrame, PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.ingest.scans.lines import ScannedLine, write_line
from corpus_app.ingest.scans.recognised import Point, RecognisedLine, RecognisedPage

# Lines at least this many times as long as high tell how the page is inclined.
TELLING: Final = 6
# The longer side of A4 in points; what is told by distances is told in those.
LONGER_SIDE: Final = 842


def print_page(page: RecognisedPage) -> PrintedPage:
    """Return the page as one of a PDF.

    Places of doubtful characters stand where a PDF has those of raised ones.
    """
    scale = LONGER_SIDE / max(page.width, page.height, 1.0)
    lines = [line for line in map(write_line, _level(page)) if line]
    pieces = [_make_piece(line, scale) for line in lines if not line.is_stray]
    bounds = (0.0, 0.0, page.width * scale, page.height * scale)
    frame = PageFrame(Frame(0, upright=False), bounds, [], sorted(pieces, key=lambda p: p.base))
    printed = PrintedPage(page.number, frames=[frame], width=bounds[2], height=bounds[3])
    printed.recognised = True
    printed.strays = [line.text for line in lines if line.is_stray]
    return printed


def _make_piece(line: ScannedLine, scale: float) -> Piece:
    size, bottom = line.size * scale, line.bottom * scale
    middle = (line.top + line.bottom) / 2 * scale
    box = (line.left * scale, line.top * scale, line.right * scale, bottom)
    base = middle + (ASCENT - 0.5) * size
    doubtful = tuple(_join(sorted(line.doubtful)))
    return Piece(line.text, box[0], box[2], base, size, box, doubtful)


def _join(offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the offsets as places [start, end), neighbours together."""
    start = offsets[0] if offsets else 0
    for one, other in pairwise(offsets):
        if other > one + 1:
            yield start, one + 1
            start = other
    if offsets:
        yield start, offsets[-1] + 1


def _level(page: RecognisedPage) -> list[RecognisedLine]:
    """Return the lines with their corners turned about the page's middle till they are level."""
    angles = [angle for line in page.lines if (angle := _find_angle(line)) is not None]
    angle = median(angles) if angles else 0.0
    if abs(angle) < 0.002:
        return list(page.lines)
    sine, cosine = math.sin(-angle), math.cos(-angle)
    middle = page.width / 2, page.height / 2

    def turn(point: Point) -> Point:
        x, y = point[0] - middle[0], point[1] - middle[1]
        return x * cosine - y * sine + middle[0], x * sine + y * cosine + middle[1]

    return [replace(line, corners=[turn(corner) for corner in line.corners]) for line in page.lines]


def _find_angle(line: RecognisedLine) -> float | None:
    (left, top), (right, across), _, (_, below) = line.corners
    if right - left < TELLING * abs(below - top):
        return None
    return math.atan2(across - top, right - left)
