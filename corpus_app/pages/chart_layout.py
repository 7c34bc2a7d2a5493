"""What fits into a chart over time: whether bars or a line, which labels and which numbers.

Lengths are those of the drawing. A chart of a hundred periods has the room of one of ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, groupby
from typing import Final

# Below this width of a period a line with dots is clearer than bars.
LEAST_BAR: Final = 12.0
# Free room between two words.
_SPACE: Final = 8.0
_MONTHS: Final = 12


def is_line(step: float) -> bool:
    """Tell whether periods this wide are drawn as a line."""
    return step < LEAST_BAR


def choose_labels(labels: Sequence[str], step: float, digit: float) -> set[int]:
    """Return the places of the labels to write below the axis, round years or months first.

    digit is the width of a character. Labels are "2021", "2021-03" or a word without a date.
    """
    sizes = [len(label) * digit + _SPACE for label in labels]
    every = next(n for n in _list_intervals(labels) if n * step >= max(sizes, default=0.0))
    numbers = [_number(label) for label in labels]
    chosen: set[int] = set()
    rounds = [at for at, number in enumerate(numbers) if number is not None and number % every == 0]
    apart = [at for at, number in enumerate(numbers) if number is None]
    for at in (*apart, *rounds, 0, len(labels) - 1):
        if labels and all(_is_clear(at, other, sizes, step) for other in chosen):
            chosen.add(at)
    return chosen


def choose_numbers(
    values: Sequence[float | None], shown: Sequence[str], step: float, digit: float
) -> set[int]:
    """Return the places of the values to write above their marks, the highest first.

    Along a line only its peaks are written: a number beside a peak would stand on the line.
    """
    sizes = [len(words) * digit + _SPACE for words in shown]
    known = [value or 0.0 for value in values]
    wanted = [
        at for at, value in enumerate(known) if value and (not is_line(step) or _is_peak(known, at))
    ]
    chosen: set[int] = set()
    for at in sorted(wanted, key=lambda at: (-known[at], at)):
        if all(_is_clear(at, other, sizes, step) for other in chosen):
            chosen.add(at)
    return chosen


def list_gaps(values: Iterable[float | None]) -> list[tuple[int, int]]:
    """Return the runs of periods without text, each as its first place and the one behind."""
    gaps = []
    for known, run in groupby(enumerate(values), key=lambda one: one[1] is not None):
        places = [at for at, _value in run]
        if not known:
            gaps.append((places[0], places[-1] + 1))
    return gaps


def _is_clear(at: int, other: int, sizes: Sequence[float], step: float) -> bool:
    return abs(at - other) * step >= (sizes[at] + sizes[other]) / 2


def _is_peak(values: Sequence[float], at: int) -> bool:
    around = values[max(at - 1, 0) : at + 2]
    return values[at] == max(around)


def _list_intervals(labels: Sequence[str]) -> Iterable[int]:
    """Yield 1, 2, 5, 10, 20, 50, … years, or 1, 3, 6, 12, 24, 60, 120, … months."""
    months = any("-" in label for label in labels)
    if months:
        yield from (1, 3, 6)
    unit = _MONTHS if months else 1
    for power in count():
        yield from (factor * 10**power * unit for factor in (1, 2, 5))


def _number(label: str) -> int | None:
    """Return the number of a year or month, that of January a multiple of twelve."""
    year, _dash, month = label.partition("-")
    if not year.isdecimal():
        return None
    return int(year) * _MONTHS + int(month) - 1 if month.isdecimal() else int(year)
