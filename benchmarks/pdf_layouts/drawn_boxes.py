"""Layouts with boxes beside, between and over the lines of a text: its sentences stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.pdf_layouts.drawn import BODY, PLAIN, write_paragraphs
from benchmarks.pdf_layouts.scoring import Laid
from benchmarks.pdf_layouts.setting import NEVER_FIRST, Setter, Style, break_lines, measure
from benchmarks.pdf_layouts.sheets import Sheet, build_file

QUOTE: Final = "坚持人民至上，把代表工作做到群众心坎上"
CAPTION: Final = "图为沈知远同志在溪北调研"
# Between a box and lines whose signs may hang over their edge.
GAP: Final = 26
WORDS: Final = re.compile("[\u4e00-\u9fff]{3}")
NOTE: Final = "链接：溪北市人大常委会设有六个工作委员会，联系代表三百二十名，群众满意率逐年提高。"


@dataclass(frozen=True)
class Hole:
    """Room that the text leaves: from line first on, so many lines, at its left or right edge."""

    first: int
    lines: int
    width: float
    right: bool


def set_around(sheet: Sheet, texts: list[str], hole: Hole) -> list[str]:
    """Set as many paragraphs as the page holds around the hole; return them."""
    number, fitting = 0, []
    for text in texts:
        rest, indent = text, PLAIN.indent
        lines: list[tuple[str, float]] = []
        while rest:
            beside = hole.first <= number + len(lines) < hole.first + hole.lines
            width = BODY.width - (hole.width if beside else 0) - indent
            start = indent + (hole.width if beside and not hole.right else 0)
            count = _count_fitting(rest, width)
            lines.append((rest[:count], start))
            rest, indent = rest[count:], 0.0
        if number + len(lines) > BODY.height // PLAIN.leading:
            break
        for line, start in lines:
            sheet.write(line, BODY.left + start, _find_base(number), PLAIN.size)
            number += 1
        fitting.append(text)
    return fitting


def _count_fitting(text: str, width: float) -> int:
    """Return how many characters fill a line; signs that may not begin one hang over its edge."""
    count = 1
    while count < len(text) and measure(text[: count + 1], PLAIN) <= width:
        count += 1
    while count < len(text) and text[count] in NEVER_FIRST:
        count += 1
    return count


def _find_base(number: int) -> float:
    return BODY.top + number * PLAIN.leading + PLAIN.size


def _write_box(sheet: Sheet, text: str, hole: Hole, style: Style, top: float) -> None:
    left = BODY.left + (BODY.width - hole.width + GAP if hole.right else 0)
    for row, line in enumerate(break_lines(text, hole.width - GAP, style)):
        sheet.write(line.text, left, top + style.size + row * style.leading, style.size)


def make_pull_quote(chance: Random) -> Laid:
    """A sentence in large type beside the lines, in their midst."""
    hole = Hole(chance.choice([2, 6, 11]), chance.choice([3, 4]), 170, chance.random() < 0.5)
    sheet, style = Sheet(), Style(size=15, leading=22, indent=0)
    texts = set_around(sheet, write_paragraphs(chance, 16), hole)
    _write_box(sheet, QUOTE, hole, style, _find_base(hole.first) - 8)
    return Laid(build_file([sheet]), tuple(texts), floating=(QUOTE,))


def make_note_box(chance: Random) -> Laid:
    """A note in a frame beside the lines, at times in their own type and on their own heights."""
    hole = Hole(chance.choice([2, 5, 9]), 6, 170, chance.random() < 0.5)
    style = chance.choice([Style(indent=0), Style(size=10, leading=15, indent=0)])
    sheet = Sheet()
    texts = set_around(sheet, write_paragraphs(chance, 18), hole)
    _write_box(sheet, NOTE, hole, style, _find_base(hole.first) - 12)
    return Laid(build_file([sheet]), tuple(texts), floating=(NOTE,))


def make_picture_beside(chance: Random) -> Laid:
    """A picture that the lines run around, with words below it or without."""
    hole = Hole(chance.choice([3, 7]), chance.choice([5, 8]), 180, chance.random() < 0.5)
    sheet, captioned = Sheet(), chance.random() < 0.6
    texts = set_around(sheet, write_paragraphs(chance, 16), hole)
    top, height = _find_base(hole.first) - 10, hole.lines * PLAIN.leading - 20
    left = BODY.left + (BODY.width - hole.width + GAP if hole.right else 0)
    sheet.picture(left, top, hole.width - GAP, height - 10)
    if captioned:
        sheet.write(CAPTION, left + 20, top + height + 5, 9)
    floating = (CAPTION,) if captioned else ()
    return Laid(build_file([sheet]), tuple(texts), floating=floating)


def make_caption_between(chance: Random) -> Laid:
    """Words in the middle between two lines of one sentence."""
    size = chance.choice([9.0, 12.0])
    texts = write_paragraphs(chance, 16)[:9]
    sheet, lines = Sheet(), []
    for text in texts:
        lines += [(one.text, one.offset, one.last) for one in break_lines(text, 475, PLAIN)]
    open_ends = [n for n, line in enumerate(lines) if not line[2] and n > 4]
    cut, moved = chance.choice(open_ends), 0.0
    for number, (text, offset, _) in enumerate(lines):
        sheet.write(text, BODY.left + offset, _find_base(number) + moved, PLAIN.size)
        if number == cut:
            width = measure(CAPTION, Style(size=size))
            sheet.write(CAPTION, 297 - width / 2, _find_base(number) + 36, size)
            moved = 50
    return Laid(build_file([sheet]), tuple(texts), floating=(CAPTION,))


def make_large_initials(chance: Random) -> Laid:
    """Paragraphs whose first character is as high as two or three lines."""
    texts = [t for t in write_paragraphs(chance, 24)[3:] if WORDS.match(t) and len(t) > 40]
    lines, gap, sheet = chance.choice([2, 3]), chance.choice([3, 6, 9]), Sheet()
    size, lift = PLAIN.leading * (lines - 1) + 11, chance.choice([-1.5, 0, 1.5])
    number, fitting = 0, []
    for text in texts:
        height = -(-int(measure(text, PLAIN) + lines * size) // int(BODY.width)) + 1
        if number + height > BODY.height // PLAIN.leading:
            break
        sheet.write(text[0], BODY.left, _find_base(number + lines - 1) + lift, size)
        rest, row = text[1:], 0
        while rest:
            start = size + gap if row < lines else 0
            count = _count_fitting(rest, BODY.width - start)
            sheet.write(rest[:count], BODY.left + start, _find_base(number), PLAIN.size)
            rest, row, number = rest[count:], row + 1, number + 1
        number += max(0, lines - row)
        fitting.append(text)
    return Laid(build_file([sheet]), tuple(fitting))


def make_words_over(chance: Random) -> Laid:
    """Words of a text box in ordinary type on the lines of each page, at one place."""
    texts = write_paragraphs(chance, 50)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    words, top = (
        "溪北市人大常委会文件稿",
        _find_base(chance.choice([8, 20])) + chance.choice([0, 1]),
    )
    for sheet in setter.sheets:
        sheet.write(words, 150, top, chance.choice([12, 12.5]))
    return Laid(
        build_file(setter.sheets),
        tuple(texts),
        (words,) * len(setter.sheets),
        frozenset({"watermark"}),
    )


BOXES: Final[dict[str, Callable[[Random], Laid]]] = {
    "pull quote": make_pull_quote,
    "note box": make_note_box,
    "picture beside": make_picture_beside,
    "caption between": make_caption_between,
    "large initials": make_large_initials,
    "words over lines": make_words_over,
}
