"""Type set by hand: paragraphs into lines, lines into boxes of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.pdf_layouts.sheets import Sheet

NEVER_FIRST = "，。、；：！？”’）》%"
NEVER_LAST = "“‘（《"
WORDS = re.compile(r"[A-Za-z][A-Za-z0-9-]*|.", re.DOTALL)


@dataclass(frozen=True)
class Style:
    """How paragraphs are set: size of type, leading, first indent, spacing, all in points."""

    size: float = 12.0
    leading: float = 20.0
    indent: float = 24.0
    spacing: float = 0.0
    gap: float = 0.0
    hanging: float = 0.0
    upright: bool = False
    # Whether signs hang over the edge, or take the character before them to the next line.
    hangs: bool = True


@dataclass(frozen=True)
class Area:
    """A box of a page that lines are set in: left, top, width, height; upright: columns in it."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class SetLine:
    """A line as it is to be drawn; last if its paragraph ends with it."""

    text: str
    offset: float
    last: bool


def measure(text: str, style: Style) -> float:
    """Return how long the text is in points; in lines, Latin characters are half as wide as Han."""
    if style.upright:
        return len(text) * (style.size + style.spacing)
    return sum(
        (0.5 if "\x20" < char < "\x7f" or char == " " else 1.0) * style.size + style.spacing
        for char in text
    )


def break_lines(text: str, width: float, style: Style) -> Iterator[SetLine]:
    """Yield the lines of a paragraph, no line beginning with a sign that may not."""
    line, offset = "", style.indent
    for word in WORDS.findall(text):
        full = measure(line + word, style) + offset > width + 0.01 + style.spacing
        if full and not (word in NEVER_FIRST and style.hangs):
            carried = ""
            if word in NEVER_FIRST:
                line, carried = line[:-1], line[-1]
            while line[-1:] and line[-1] in NEVER_LAST:
                line, carried = line[:-1], line[-1] + carried
            yield SetLine(line.rstrip(" "), offset, last=False)
            line, offset = carried, style.hanging
        line += word if line or word != " " else ""
    yield SetLine(line, offset, last=True)


class Setter:
    """Sets paragraphs into one area after the other; makes sheets as they are needed."""

    def __init__(self, areas: Sequence[Area], sheet: Sheet | None = None) -> None:
        self.areas = areas
        self.sheets = [sheet or Sheet()]
        self.number = 0
        self.used = 0.0
        # Sheet, right end and base line of the full lines.
        self.full: list[tuple[Sheet, float, float]] = []

    @property
    def area(self) -> Area:
        """Return the area that is being filled."""
        return self.areas[self.number]

    def advance(self) -> None:
        """Go on to the next area, on a new sheet after the last one."""
        self.number, self.used = self.number + 1, 0.0
        if self.number == len(self.areas):
            self.number = 0
            last = self.sheets[-1]
            self.sheets.append(Sheet(last.width, last.height, last.turn))

    def set_all(self, paragraphs: Sequence[str], style: Style, **drawn: object) -> None:
        """Set paragraphs one after the other."""
        for text in paragraphs:
            self.set_one(text, style, **drawn)

    def set_fitting(self, paragraphs: Sequence[str], style: Style) -> list[str]:
        """Set as many paragraphs as the sheet's areas hold; return them."""
        fitting = []
        for text in paragraphs:
            lines = len(list(break_lines(text, self.area.width, style)))
            room = sum(area.height for area in self.areas[self.number :]) - self.used
            if lines * style.leading > room - style.leading * (len(self.areas) - self.number):
                break
            self.set_one(text, style)
            fitting.append(text)
        return fitting

    def set_one(self, text: str, style: Style, **drawn: object) -> None:
        """Set one paragraph."""
        extent = self.area.height if style.upright else self.area.width
        for line in break_lines(text, extent, style):
            room = self.area.width if style.upright else self.area.height
            if self.used + style.leading > room + 0.01:
                self.advance()
            self._draw(line, style, drawn)
            self.used += style.leading
        self.used += style.gap

    def set_head(self, text: str, size: float, leading: float) -> None:
        """Set a heading in the middle of the area's width."""
        area, style = self.area, Style(size=size)
        x = area.left + (area.width - measure(text, style)) / 2
        self.sheets[-1].write(text, x, area.top + self.used + size, size)
        self.used += leading

    def _draw(self, line: SetLine, style: Style, drawn: dict[str, object]) -> None:
        area, sheet = self.area, self.sheets[-1]
        more = {"size": style.size, "spacing": style.spacing, **drawn}
        if style.upright:
            x = area.left + area.width - self.used - style.leading / 2
            sheet.write(line.text, x, area.top + line.offset, upright=True, **more)  # type: ignore[arg-type]
        else:
            y = area.top + self.used + style.size
            sheet.write(line.text, area.left + line.offset, y, **more)  # type: ignore[arg-type]
            if not line.last:
                right = area.left + line.offset + measure(line.text, style)
                self.full.append((sheet, right, y))


def split_area(area: Area, columns: int, gutter: float) -> list[Area]:
    """Return the columns of an area from left to right."""
    width = (area.width - gutter * (columns - 1)) / columns
    return [
        replace(area, left=area.left + n * (width + gutter), width=width) for n in range(columns)
    ]
