"""What an OFD page shows: characters with their places in points, pictures, what is hidden."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.pdf.glyphs import WIDE, Glyph, Pen
from corpus_app.ingest.formats.visibility import LARGEST_UNSEEN_SIZE, WHITE, blends

POINTS: Final = 72 / 25.4
DEEPEST: Final = 32
# A run of equal steps ("g 400 3.5") is no longer than this.
MOST_STEPS: Final = 100_000
# Picture, path and what nests others; all else draws no words.
_NESTING: Final = frozenset({"PageBlock", "Layer", "Content", "Appearance", "CompositeGraphicUnit"})
Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """The characters seen, words hidden, and whether pictures or other drawings are there."""

    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: int = 0
    drawings: int = 0


def find_all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the element's children of this name, in whatever namespace."""
    for child in element:
        if local_name(child) == name:
            yield child


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace, "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_box(value: str | None) -> tuple[float, float, float, float] | None:
    """Return left, top, width, height in millimetres, None where they are not said."""
    numbers = _read_numbers(value)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def draw(element: etree._Element, drawn: Drawn, room: int, origin: Matrix = _SAME) -> None:
    """Add to drawn what the element's objects show; room is how many characters may come.

    Raises RejectedFile "too_large" for more.
    """
    _draw(element, drawn, room, origin, DEEPEST, seen=True)


def _draw(
    element: etree._Element, drawn: Drawn, room: int, outer: Matrix, depth: int, *, seen: bool
) -> None:
    for child in element:
        name = local_name(child)
        shown = seen and (child.get("Visible") or "").lower() != "false"
        if name == "TextObject":
            _draw_text(child, drawn, _place(child, outer), shown=shown)
            if len(drawn.glyphs) > room:
                raise RejectedFile("too_large", "全文字数超过单篇的上限，请拆成单篇后再上传。")
        elif name == "ImageObject":
            drawn.pictures += shown
        elif name == "PathObject":
            drawn.drawings += shown
        elif name in _NESTING and depth:
            inner = _place(child, outer) if name == "Appearance" else outer
            _draw(child, drawn, room, inner, depth - 1, seen=shown)


def _place(element: etree._Element, outer: Matrix) -> Matrix:
    """Return the way from an object's own coordinates to the page's, in millimetres."""
    numbers = _read_numbers(element.get("CTM"))
    a, b, c, d, e, f = numbers if len(numbers) == 6 else _SAME
    box = read_box(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    e, f = e + box[0], f + box[1]
    oa, ob, oc, od, oe, of = outer
    return (
        *(a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od),
        *(e * oa + f * oc + oe, e * ob + f * od + of),
    )


def _draw_text(element: etree._Element, drawn: Drawn, matrix: Matrix, *, shown: bool) -> None:
    pen = _make_pen(element, matrix)
    unseen = not shown or pen.fill[3] == 0 or pen.size <= LARGEST_UNSEEN_SIZE
    if not drawn.drawings and not drawn.pictures and blends(pen.fill[:3], WHITE):
        unseen = True
    x = y = 0.0
    for code in find_all(element, "TextCode"):
        # What is not said goes on from the code before.
        x, y = _read_number(code.get("X"), x), _read_number(code.get("Y"), y)
        text = "".join(char for char in code.text or "" if char >= " ")
        if unseen:
            drawn.hidden += [text.strip()] if text.strip() else []
            continue
        drawn.glyphs += _iter_glyphs(text, code, (x, y), matrix, pen)


def _iter_glyphs(
    text: str, code: etree._Element, start: tuple[float, float], matrix: Matrix, pen: Pen
) -> Iterator[Glyph]:
    across = _read_steps(code.get("DeltaX"), len(text))
    down = _read_steps(code.get("DeltaY"), len(text))
    a, b, c, d, e, f = matrix
    scale = math.hypot(a, b) * POINTS
    x, y = start
    for number, char in enumerate(text):
        wide = bool(WIDE.match(char))
        step = across[number] if number < len(across) else None
        width = pen.size * pen.stretch * (1.0 if wide else 0.5)
        if step is not None and not wide and 0 < step * scale < 1.5 * width:
            width = step * scale
        place = ((x * a + y * c + e) * POINTS, (x * b + y * d + f) * POINTS)
        yield Glyph(char, *place, width, pen, unmapped=False)
        x += step if step is not None else 0.0 if down else width / max(scale, 1e-6)
        y += down[number] if number < len(down) else 0.0


def _make_pen(element: etree._Element, matrix: Matrix) -> Pen:
    a, b, c, d, _, _ = matrix
    height = math.hypot(c, d)
    size = _read_number(element.get("Size"), 3.5) * height * POINTS
    stretch = _read_number(element.get("HScale"), 1.0) * (math.hypot(a, b) / height or 1.0)
    alpha = _read_number(element.get("Alpha"), 255.0)
    red, green, blue = 0.0, 0.0, 0.0
    for color in find_all(element, "FillColor"):
        parts = _read_numbers(color.get("Value"))
        if len(parts) == 3:
            red, green, blue = parts
        elif len(parts) == 1:
            red = green = blue = parts[0]
        alpha = alpha * _read_number(color.get("Alpha"), 255.0) / 255
    fill = [int(min(255.0, max(0.0, part))) for part in (red, green, blue, alpha)]
    return Pen(
        size=max(size, 0.01),
        stretch=min(10.0, max(0.1, stretch)),
        angle=round(math.degrees(math.atan2(b, a)), 1) % 360,
        mode=0,
        fill=(fill[0], fill[1], fill[2], fill[3]),
        rank=-1,
        artifact=False,
        layered=False,
        embedded=True,
        clip=None,
    )


def _read_steps(value: str | None, most: int) -> list[float]:
    """Return the steps from character to character; "g 3 4.5" stands for 4.5 three times."""
    steps: list[float] = []
    parts = iter((value or "").split())
    for part in parts:
        if len(steps) >= min(most, MOST_STEPS):
            break
        if part.lower() == "g":
            count = int(_read_number(next(parts, None), 0.0))
            steps += [_read_number(next(parts, None), 0.0)] * min(max(count, 0), most - len(steps))
        else:
            steps.append(_read_number(part, 0.0))
    return steps


def _read_numbers(value: str | None) -> list[float]:
    parts = (value or "").split()
    return [_read_number(part, 0.0) for part in parts[:6]]


def _read_number(value: str | None, default: float) -> float:
    try:
        number = float(value or "")
    except ValueError:
        return default
    return number if math.isfinite(number) and abs(number) < 1e6 else default
