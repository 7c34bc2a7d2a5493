"""How a corpus grows on paper: lines through measured points, and what they say of larger ones.

    python -m benchmarks.growth
    python -m benchmarks.growth --start 150000 --yearly 100000 --rising 20 --years 10

Reads benchmarks/growth.toml (what `benchmarks.growth_points` measured, and what others did) and
prints the tables of docs/scaling.md; or, year by year, what a corpus comes to that begins with so
many sections and takes in so many a year, that number rising by so many per cent each year.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import numpy as np

POINTS: Final = Path(__file__).with_name("growth.toml")
SIZES: Final = (150_000, 1_000_000, 10_000_000, 100_000_000)
# Places in a segment of the arrays are numbers of 32 bits, and a rebuild makes one segment.
MOST_CHARACTERS: Final = 2**32
# The machine that is counted with: bytes of memory, and the share that may be the index's.
MEMORY: Final = 64e9
INDEX_SHARE: Final = 0.5
NIGHT: Final = 8 * 3600.0
# More than this between two points is noise, and no law of growth.
MOST_BEND: Final = 3.0
# Bytes of one shard in Solr, by which a node of MEMORY keeps four in the system's cache.
SHARD: Final = 8e9
UNITS: Final = {"GB": 1e9, "h": 3600.0, "ms": 0.001}
Point = dict[str, Any]
Reader = Callable[[Point], float | None]


@dataclass(frozen=True)
class Quantity:
    """What grows: its name, the unit it is printed in, and what a point tells of it, if it does.

    Bytes and seconds are read, whatever the unit.
    """

    name: str
    unit: str
    read: Reader


@dataclass(frozen=True)
class Line:
    """A line over characters, and how far it can be trusted.

    worst is the largest miss of a point, blind what the line through all others makes of the
    largest point (both as shares of what was measured); bend is the growth between the two largest
    points over that of the line, in logarithms: above 1 the points rise faster than it.
    """

    fixed: float
    each: float
    worst: float
    blind: float
    bend: float
    largest: float

    def at(self, characters: float) -> float:
        """Return what the line says of so many characters."""
        return self.fixed + self.each * characters

    def bent(self, characters: float) -> float:
        """Return what it comes to if the bend goes on beyond the largest point."""
        end = self.at(self.largest)
        return float(end * (self.at(characters) / end) ** min(max(1.0, self.bend), MOST_BEND))


def add_up(*names: str, scale: float = 1.0) -> Reader:
    """Return a reader of the sum of these entries, None where a point lacks one."""

    def read(point: Point) -> float | None:
        known = all(name in point for name in names)
        return scale * sum(point[name] for name in names) if known else None

    return read


def sum_database(point: Point) -> float:
    """Return the bytes of all tables and indexes of the database."""
    return float(sum(size for name, size in point.items() if name.startswith("database_")))


QUANTITIES: Final = (
    Quantity("database", "GB", lambda point: sum_database(point) or None),
    Quantity("originals", "GB", add_up("folder_uploads")),
    Quantity("arrays", "GB", add_up("folder_arrays")),
    Quantity("words", "GB", add_up("folder_whoosh")),
    Quantity("a copy in Solr", "GB", add_up("solr_bytes")),
    Quantity("import", "h", add_up("import_seconds", "publish_seconds")),
    Quantity("rebuild", "h", add_up("rebuild_seconds")),
    Quantity("memory of a rebuild", "GB", add_up("rebuild_peak_mb", scale=2**20)),
    Quantity("feed of Solr", "h", add_up("solr_seconds")),
    Quantity("a change", "ms", add_up("change_seconds")),
    Quantity("memory of a worker", "GB", add_up("worker_mb", scale=2**20)),
)


def read_points(path: Path = POINTS) -> list[Point]:
    """Return the measured points, the smallest first."""
    points = tomllib.loads(path.read_text(encoding="utf-8"))["point"]
    return sorted(points, key=lambda point: int(point["characters"]))


def fit(sizes: Sequence[float], values: Sequence[float]) -> Line:
    """Return the line through the points, from nothing through one; a miss weighs by its share.

    Nothing costs less than nothing: a line that would begin below zero begins there.
    """
    fixed, each = _solve(sizes, values)
    pairs = list(zip(sizes, values, strict=True))
    worst = max(abs(fixed + each * x - y) / y for x, y in pairs)
    blind, bend = math.nan, 1.0
    if len(pairs) > 2:
        known, slope = _solve(sizes[:-1], values[:-1])
        blind = (known + slope * sizes[-1]) / values[-1] - 1
        rise = math.log((fixed + each * sizes[-1]) / (fixed + each * sizes[-2]))
        bend = math.log(values[-1] / values[-2]) / rise if rise else 1.0
    return Line(fixed, each, worst, blind, bend, sizes[-1])


def _solve(sizes: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    x, y = np.asarray(sizes, dtype=float), np.asarray(values, dtype=float)
    if len(y) == 1:
        return 0.0, float(y[0] / x[0])
    fixed, each = np.linalg.lstsq(np.stack([1 / y, x / y], axis=1), np.ones(len(y)))[0]
    if fixed < 0:
        return 0.0, float((x / y).sum() / ((x / y) ** 2).sum())
    return (float(fixed), float(each)) if each > 0 else (float(len(y) / (1 / y).sum()), 0.0)


def fit_all(points: Iterable[Point]) -> dict[str, Line]:
    """Return the line of each quantity that a point tells of."""
    points = list(points)
    lines = {}
    for quantity in QUANTITIES:
        told = [(float(point["characters"]), quantity.read(point)) for point in points]
        known = [(size, value) for size, value in told if value is not None]
        if known:
            lines[quantity.name] = fit([size for size, _ in known], [value for _, value in known])
    return lines


def measure_section(points: Iterable[Point]) -> float:
    """Return the characters of a section in the largest corpus that came in as files."""
    largest = [point for point in points if "import_seconds" in point][-1]
    return float(largest["characters"] / largest["sections"])


def advise(lines: Mapping[str, Line], characters: float) -> str:
    """Return what to turn on for so many characters: the widest bound that is crossed speaks."""
    index = lines["arrays"].at(characters) + lines["words"].at(characters)
    rebuild, memory = (lines[n].at(characters) for n in ("rebuild", "memory of a rebuild"))
    if characters > MOST_CHARACTERS:
        return "out of reach: more than one segment of arrays holds"
    if memory > MEMORY:
        return "SolrCloud; a rebuild wants a machine of more memory"
    if index > INDEX_SHARE * MEMORY or rebuild > NIGHT:
        return "SolrCloud, PostgreSQL"
    if index + memory > INDEX_SHARE * MEMORY or rebuild > NIGHT / 8:
        return "PostgreSQL, a second host"
    return "one machine"


def count_shards(lines: Mapping[str, Line], characters: float) -> int:
    """Return the shards that one copy in Solr wants."""
    return max(2, math.ceil(lines["a copy in Solr"].at(characters) / SHARD))


def list_points(points: Sequence[Point]) -> Iterator[list[str]]:
    """Yield the rows of what was measured, the head first."""
    yield ["", *(f"{point['characters'] / 1e6:.2f} M" for point in points)]
    yield ["characters came as", *(point["from"] for point in points)]
    for name in ("speeches", "sections"):
        yield [name, *(f"{point[name]:,}" if name in point else "–" for point in points)]
    units = {"GB": ("MB", 1e6), "h": ("s", 1.0), "ms": ("ms", 0.001)}
    for quantity in QUANTITIES:
        unit, by = units[quantity.unit]
        told = [quantity.read(point) for point in points]
        yield [
            f"{quantity.name}, {unit}",
            *("–" if value is None else show(value / by) for value in told),
        ]


def list_lines(lines: Mapping[str, Line]) -> Iterator[list[str]]:
    """Yield the rows of the fitted lines, the head first."""
    yield ["", "fixed", "each M characters", "worst miss", "largest point, blind", "bend"]
    units = {"GB": ("MB", 1e6), "h": ("s", 1.0), "ms": ("ms", 0.001)}
    for quantity in QUANTITIES:
        if line := lines.get(quantity.name):
            unit, by = units[quantity.unit]
            told = f"{100 * line.worst:.0f} %", f"{100 * line.blind:+.0f} %", f"{line.bend:.2f}"
            yield [
                f"{quantity.name}, {unit}",
                *(show(line.fixed / by), show(line.each * 1e6 / by)),
                *(("–",) * 3 if math.isnan(line.blind) else told),
            ]


def list_sizes(
    lines: Mapping[str, Line], sizes: Iterable[float], section: float
) -> Iterator[list[str]]:
    """Yield the rows of what is projected for corpora of so many sections, the head first."""
    texts = [size * section for size in sizes]
    yield ["sections", *(f"{text / section:,.0f}" for text in texts)]
    yield ["characters, M", *(show(text / 1e6) for text in texts)]
    for quantity in QUANTITIES:
        if line := lines.get(quantity.name):
            by = UNITS[quantity.unit]
            cells = [_show_range(line.at(text) / by, line.bent(text) / by) for text in texts]
            yield [f"{quantity.name}, {quantity.unit}", *cells]
    if "a copy in Solr" in lines:
        yield ["shards", *(f"{count_shards(lines, text):,}" for text in texts)]
    yield ["turn on", *(advise(lines, text) for text in texts)]


def _show_range(low: float, high: float) -> str:
    return show(low) if high <= 1.05 * low else f"{show(low)} to {show(high)}"


def simulate(start: float, yearly: float, rising: float, years: int) -> list[float]:
    """Return the sections at the start and after each year, rising being a share of yearly."""
    added = (yearly * (1 + rising) ** year for year in range(years))
    return list(accumulate(added, initial=start))


def list_years(
    lines: Mapping[str, Line], sizes: Iterable[float], section: float
) -> Iterator[list[str]]:
    """Yield a row for each year's sections, the head first."""
    yield ["year", "sections", *(f"{q.name}, {q.unit}" for q in QUANTITIES), "turn on"]
    for year, size in enumerate(sizes):
        text = size * section
        cells = [show(lines[q.name].at(text) / UNITS[q.unit]) for q in QUANTITIES]
        yield [str(year), f"{size:,.0f}", *cells, advise(lines, text)]


def show(value: float) -> str:
    """Return a number with two digits that count, more where it is whole."""
    if value >= 100:
        return f"{value:,.0f}"
    digits = 2 if value == 0 else max(0, 1 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 4)}f}"


def draw_table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first one its head."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| --- |" + " ---: |" * (head.count(" | "))
    return "\n".join([head, rule, *body])


def draw_all(points: Sequence[Point]) -> dict[str, str]:
    """Return the tables of docs/scaling.md by name."""
    lines = fit_all(points)
    return {
        "measured": draw_table(list_points(points)),
        "fitted": draw_table(list_lines(lines)),
        "projected": draw_table(list_sizes(lines, SIZES, measure_section(points))),
    }


def main() -> int:
    """Print the tables; exit 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--start", type=float, help="sections at the start")
    parser.add_argument("--yearly", type=float, default=0.0, help="sections of the first year")
    parser.add_argument("--rising", type=float, default=0.0, help="per cent more each year")
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    points = read_points()
    if options.start is None:
        print("\n\n".join(f"{name}\n\n{table}" for name, table in draw_all(points).items()))
        return 0
    sizes = simulate(options.start, options.yearly, options.rising / 100, options.years)
    print(draw_table(list_years(fit_all(points), sizes, measure_section(points))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
