"""Small characters above and below a line: marks of notes, indices, readings and dots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from corpus_app.ingest.formats.pdf.frames import Placed

Row = list[Placed]
Place = Literal["raised", "lowered", "reading"]
# Shares of the size of type: how much smaller they are, how far from the line's base.
SMALL, READING = 0.87, 0.62
ABOVE, BELOW, OVER, UNDER = (0.15, 0.75), (0.15, 0.5), (0.75, 1.15), (0.3, 1.0)
REACH: Final = 2
# Words are no mark: a line beside a large initial, or across a large watermark, is a line.
LONGEST_MARK, MOST_HAN = 8, 2
LETTERS: Final = re.compile(
    "[A-Za-z\u00c0-\u024f\u02c7-\u02d9\u0300-\u036f\u1e00-\u1eff"
    "\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf ]+"
)
DOTS: Final = re.compile("[.\u00b7\u2022\u2027\u25cb\u25cf\u25e6\u2219\ufe45\ufe46 ]+")


def settle_small(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Put marks and indices into the lines that they belong to; return these, and the readings.

    Readings (pinyin, 注音) stand over characters, dots over or under them: they are no text.
    """
    sizes = [median(one.size for one in row) for row in rows]
    readings: list[Row] = []
    moved: list[tuple[int, Row]] = []
    for index, row in enumerate(rows):
        if not any(sizes[index] <= SMALL * sizes[i] for i in _near(index, rows)):
            continue
        rest: Row = []
        for run in _iter_runs(row):
            host, place = _find_host(rows, sizes, index, run)
            if place == "reading":
                readings.append(run)
            elif place:
                for one in run:
                    one.raised = place == "raised"
                moved.append((host, run))
            else:
                rest += run
        rows[index] = rest
    for host, run in moved:
        rows[host].extend(run)
        rows[host].sort(key=lambda one: (one.left, one.right))
    return [row for row in rows if row], readings


def _near(index: int, rows: list[Row]) -> Iterator[int]:
    for other in range(max(0, index - REACH), min(len(rows), index + REACH + 1)):
        if other != index and rows[other]:
            yield other


def _iter_runs(row: Row) -> Iterator[Row]:
    run = row[:1]
    for one, other in pairwise(row):
        if other.left - one.right > 0.5 * max(one.size, other.size):
            yield run
            run = []
        run.append(other)
    yield run


def _find_host(
    rows: list[Row], sizes: list[float], index: int, run: Row
) -> tuple[int, Place | None]:
    text = "".join(one.glyph.text for one in run)
    size, base = median(one.size for one in run), run[0].base
    for host in _near(index, rows):
        em = sizes[host]
        rise = (rows[host][0].base - base) / em
        if size > SMALL * em:
            continue
        if _may_be_mark(text) and _is_beside(run, rows[host], em):
            if ABOVE[0] < rise < ABOVE[1]:
                return host, "raised"
            if BELOW[0] < -rise < BELOW[1]:
                return host, "lowered"
        if size <= READING * em and _is_over(run, rows[host], em):
            over = OVER[0] <= rise <= OVER[1]
            if over and (LETTERS.fullmatch(text) or DOTS.fullmatch(text)):
                return host, "reading"
            if UNDER[0] <= -rise <= UNDER[1] and DOTS.fullmatch(text):
                return host, "reading"
    return index, None


def _may_be_mark(text: str) -> bool:
    return (
        len(text) <= LONGEST_MARK and sum("\u4e00" <= char <= "\u9fff" for char in text) <= MOST_HAN
    )


def _is_beside(run: Row, host: Row, em: float) -> bool:
    return any(
        other.size * SMALL >= one.size
        and other.left < one.right + em
        and one.left < other.right + em
        for one in (run[0], run[-1])
        for other in host
    )


def _is_over(run: Row, host: Row, em: float) -> bool:
    """Say whether the run stands over characters of the line, and not past its ends."""
    inside = host[0].left - em <= run[0].left and run[-1].right <= host[-1].right + em
    return inside and any(
        other.left < run[-1].right and run[0].left < other.right for other in host
    )
