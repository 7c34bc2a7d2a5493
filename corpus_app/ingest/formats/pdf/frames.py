"""Directions of writing: a page's characters parted into frames in which lines run to the right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.glyphs import ASCENT, ASKEW, Glyph

SHORTEST_COLUMN: Final = 4
ALONG, ACROSS, RAISED = (0.2, 2.2), 0.3, 0.6
WIDEST_CELL: Final = 2.2


@dataclass(slots=True)
class Placed:
    """A character in a frame: from left to right, its base line, and the height of its type.

    initial has the edges that it had as a large initial of a paragraph.
    """

    glyph: Glyph
    left: float
    right: float
    base: float
    size: float
    raised: bool = False
    initial: Box | None = None

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.base + (1 - ASCENT) * self.size


@dataclass(slots=True)
class Frame:
    """Characters that run in one direction: turned by so many degrees, upright for columns."""

    angle: float
    upright: bool
    glyphs: list[Glyph] = field(default_factory=list)

    def place_all(self) -> list[Placed]:
        """Return the characters as they stand where the lines run to the right and downwards."""
        return [self._place(glyph) for glyph in self.glyphs]

    def _place(self, glyph: Glyph) -> Placed:
        x, y = self.turn(glyph.x, glyph.y)
        size, width = glyph.pen.size, glyph.width
        if not self.upright:
            return Placed(glyph, x, x + width, y, size)
        # Columns go from right to left: turned so, they are lines from top to bottom.
        half = (ASCENT - 0.5) * size
        if _differ(glyph.pen.angle, self.angle) > 45:
            return Placed(glyph, y, y + width, -x, size)
        left = y - ASCENT * size
        width = width if glyph.text.isascii() else size * glyph.pen.stretch
        return Placed(glyph, left, left + size, half - x - width / 2, size)

    def turn(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page as it stands with the frame's lines level."""
        if not self.angle:
            return x, y
        angle = math.radians(self.angle)
        cosine, sine = math.cos(angle), math.sin(angle)
        return x * cosine + y * sine, y * cosine - x * sine

    def turn_rules(self, rules: Sequence[Box]) -> list[Box]:
        """Return ruled lines as they stand in the frame; none where it is slanted."""
        if self.angle % 90:
            return []
        return [self.turn_box(box) for box in rules]

    def turn_box(self, box: Box) -> Box:
        """Return the edges of a box of the page as they stand in the frame."""
        corners = [self.turn(box[0], box[1]), self.turn(box[2], box[3])]
        if self.upright:
            corners = [(y, -x) for x, y in corners]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return xs[0], ys[0], xs[1], ys[1]


def part_frames(glyphs: Sequence[Glyph]) -> list[Frame]:
    """Return the page's frames, the one with the most characters first."""
    if not glyphs:
        return []
    main = _find_angle(glyphs)
    level = [glyph for glyph in glyphs if _differ(glyph.pen.angle, main) <= ASKEW]
    others = [glyph for glyph in glyphs if _differ(glyph.pen.angle, main) > ASKEW]
    frames, others = _part_level(level, others, main)
    turned: dict[float, Frame] = {}
    for glyph in others:
        near = next((a for a in turned if _differ(a, glyph.pen.angle) <= ASKEW), glyph.pen.angle)
        turned.setdefault(near, Frame(near, upright=False)).glyphs.append(glyph)
    frames.extend(turned.values())
    return sorted(frames, key=lambda frame: -len(frame.glyphs))


def _find_angle(glyphs: Sequence[Glyph]) -> float:
    """Return the direction that most of the page has; a fifth of a degree from level is level."""
    counts = Counter(round(g.pen.angle) % 360 for g in glyphs if not g.text.isspace())
    if not counts:
        return 0.0
    most = counts.most_common(1)[0][0]
    turns = [(g.pen.angle - most + 180) % 360 - 180 for g in glyphs]
    angle = (most + median(turn for turn in turns if abs(turn) <= 1)) % 360
    near = round(angle / 90) * 90
    return float(near % 360) if abs(angle - near) < 0.2 else angle


def _differ(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def _part_level(
    level: list[Glyph], others: list[Glyph], main: float
) -> tuple[list[Frame], list[Glyph]]:
    """Part lines from columns; of columns Latin words, which lie on their side, are a part."""
    rows, columns = Frame(main, upright=False), Frame(main, upright=True)
    steps = [_find_step(one, other, rows) for one, other in pairwise(level)]
    downwards = steps.count("down")
    if downwards < SHORTEST_COLUMN - 1:
        rows.glyphs = level
        return [rows], others
    if downwards <= steps.count("right"):
        _take_columns(level, steps, rows, columns)
    else:
        _take_rows(level, steps, rows, columns)
        lying = (main + 90) % 360
        columns.glyphs += [g for g in others if _differ(g.pen.angle, lying) <= ASKEW]
        others = [g for g in others if _differ(g.pen.angle, lying) > ASKEW]
    return [frame for frame in (rows, columns) if frame.glyphs], others


def _find_step(one: Glyph, other: Glyph, frame: Frame) -> str:
    (x, y), (u, v) = frame.turn(one.x, one.y), frame.turn(other.x, other.y)
    em = max(one.pen.size, other.pen.size)
    right, down = (u - x) / em, (v - y) / em
    # Letters written as one sign (fi) have one place; marks of notes are raised.
    level = ACROSS if one.pen.size == other.pen.size else RAISED
    if abs(down) < level and 0 <= right < ALONG[1]:
        return "right"
    # Centred one below the other, of whatever width.
    shift = (u + other.width / 2 - x - one.width / 2) / em
    return "down" if abs(shift) < ACROSS and ALONG[0] < down < ALONG[1] else ""


def _iter_runs(steps: list[str], wanted: str) -> Iterator[tuple[int, int]]:
    start = 0
    for index in range(len(steps) + 1):
        if index == len(steps) or steps[index] != wanted:
            if index > start:
                yield start, index + 1
            start = index + 1


def _take_columns(level: list[Glyph], steps: list[str], rows: Frame, columns: Frame) -> None:
    """On a page of lines, a column stands by itself: nothing in reach to its left and right."""
    taken: set[int] = set()
    for start, end in _iter_runs(steps, "down"):
        run = level[start:end]
        if end - start >= SHORTEST_COLUMN and _is_tight(run) and _stands_alone(run, level):
            taken.update(range(start, end))
    rows.glyphs = [glyph for index, glyph in enumerate(level) if index not in taken]
    columns.glyphs = [level[index] for index in sorted(taken)]


def _is_tight(run: Sequence[Glyph]) -> bool:
    return all(abs(b.y - a.y) + abs(b.x - a.x) < 1.6 * a.pen.size for a, b in pairwise(run))


def _stands_alone(run: Sequence[Glyph], level: Sequence[Glyph]) -> bool:
    own = {id(glyph) for glyph in run}
    top, bottom = min(g.y for g in run), max(g.y for g in run)
    left, right = min(g.x for g in run), max(g.x + g.width for g in run)
    em = run[0].pen.size
    return not any(
        top - em / 2 < glyph.y < bottom + em / 2
        and left - em < glyph.x + glyph.width
        and glyph.x < right + em
        and id(glyph) not in own
        for glyph in level
    )


def _take_rows(level: list[Glyph], steps: list[str], rows: Frame, columns: Frame) -> None:
    """On a page of columns, a line is what is wide, or stands in no column."""
    taken: set[int] = set()
    for start, end in _iter_runs(steps, "right"):
        run = level[start:end]
        wide = sum(glyph.width for glyph in run) > WIDEST_CELL * run[0].pen.size
        if wide or "down" not in (steps[start - 1 : start] + steps[end - 1 : end]):
            taken.update(range(start, end))
    rows.glyphs = [level[index] for index in sorted(taken)]
    columns.glyphs = [glyph for index, glyph in enumerate(level) if index not in taken]
