"""Layouts drawn by our own operators: a function for each family, all from the same prose."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks.page_reading.facts import Facts
from benchmarks.page_reading.prose import write_speech
from benchmarks.pdf_layouts.scoring import Laid
from benchmarks.pdf_layouts.setting import Area, Setter, Style, measure, split_area
from benchmarks.pdf_layouts.sheets import Sheet, build_file

BODY: Final = Area(60, 90, 475, 660)
PLAIN: Final = Style()


def write_paragraphs(chance: Random, size: int = 14) -> list[str]:
    """Return paragraphs of an invented speech, without the blanks that no setting keeps."""
    facts = Facts(chance, kinds=("speech",))
    speech = write_speech(facts, chance, size)
    lines = [facts.title, f"{facts.role}　{facts.speaker}", speech.salutation, *speech.paragraphs]
    return [" ".join(line.split()) for line in lines if line.strip()]


def make_plain(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 22)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    numbers = [f"— {n} —" for n in range(1, len(setter.sheets) + 1)]
    for sheet, number in zip(setter.sheets, numbers, strict=True):
        sheet.write(number, 280, 800, 10)
    return Laid(build_file(setter.sheets), tuple(texts), tuple(numbers))


def make_block_paragraphs(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 22)
    setter = Setter([BODY])
    setter.set_all(texts, Style(indent=0, gap=10))
    return Laid(build_file(setter.sheets), tuple(texts))


def make_columns(chance: Random, count: int = 2, gutter: float = 24) -> Laid:
    texts = write_paragraphs(chance, 30)
    setter = Setter(split_area(BODY, count, gutter))
    size = 12 if count == 2 else 10.5
    style = Style(size=size, leading=size * 1.5, indent=2 * size, hangs=gutter >= 2 * size)
    setter.set_all(texts, style)
    return Laid(build_file(setter.sheets), tuple(texts))


def make_narrow_gutter(chance: Random) -> Laid:
    return make_columns(chance, 2, 12)


def make_head_over_columns(chance: Random) -> Laid:
    """A heading and a lead over three columns, and a signature under them."""
    lead, tail = write_paragraphs(chance, 3)[-1], "本版编辑白露，校对何远川，欢迎来信来稿。"
    texts = write_paragraphs(chance, 14)[:20]
    setter = Setter([BODY])
    setter.set_head(texts[0], 22, 40)
    setter.set_one(lead, PLAIN)
    top = BODY.top + setter.used + 10
    columns = split_area(Area(BODY.left, top, BODY.width, 740 - top), 3, 20)
    below = Setter(columns, setter.sheets[0])
    set_texts = below.set_fitting(texts[1:], Style(size=10, leading=15, indent=20, hangs=False))
    setter.sheets[0].write(tail, 60, 790, 12)
    return Laid(build_file(setter.sheets), (texts[0], lead, *set_texts, tail))


def make_newspaper(chance: Random) -> Laid:
    """Two articles one below the other, the second beside a third."""
    one, two, three = (write_paragraphs(chance, 8) for _ in range(3))
    small = Style(size=9, leading=13.5, indent=18, hangs=False)
    sheet = Sheet(780, 1100)
    sheet.write(one[0][:28], 60, 70, 24)
    sheet.write(two[0][:20], 44, 570, 16)
    sheet.write(three[0][:20], 403, 570, 16)
    sheet.rule(40, 530, 740, 530)
    sheet.rule(390, 540, 390, 1060)
    areas = Area(40, 90, 700, 420), Area(40, 590, 341, 460), Area(399, 590, 341, 460)
    columns = [split_area(area, count, 18) for area, count in zip(areas, (4, 2, 2), strict=True)]
    read: list[str] = []
    for texts, inside, size in zip((one, two, three), columns, (28, 20, 20), strict=True):
        read += [texts[0][:size], *Setter(inside, sheet).set_fitting(texts[1:], small)]
    return Laid(build_file([sheet]), tuple(read))


def make_upright(chance: Random, tiers: int = 1) -> Laid:
    texts = write_paragraphs(chance, 14)
    height = (BODY.height - 24 * (tiers - 1)) / tiers
    areas = [
        Area(BODY.left, BODY.top + n * (height + 24), BODY.width, height) for n in range(tiers)
    ]
    setter = Setter(areas)
    setter.set_all(texts, Style(upright=True))
    return Laid(build_file(setter.sheets), tuple(texts))


def make_upright_tiers(chance: Random) -> Laid:
    return make_upright(chance, 2)


def make_turned(chance: Random) -> Laid:
    """Pages that are turned by their own entry, drawn so that they can be read."""
    texts = write_paragraphs(chance, 14)
    turn = chance.choice([90, 180, 270])
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    turned = [_turn_sheet(sheet, turn) for sheet in setter.sheets]
    return Laid(build_file(turned), tuple(texts))


def _turn_sheet(sheet: Sheet, turn: int) -> Sheet:
    """Return the sheet with its content turned the other way than its entry says."""
    width, height = sheet.width, sheet.height
    matrix = {
        90: f"0 1 -1 0 {height:g} 0",
        180: f"-1 0 0 -1 {width:g} {height:g}",
        270: f"0 -1 1 0 0 {width:g}",
    }[turn]
    if turn != 180:
        width, height = height, width
    return Sheet(width, height, turn, [f"q {matrix} cm", *sheet.operators, "Q"])


def make_lying(chance: Random) -> Laid:
    """Pages whose content lies on its side, as wide pages put into upright files do."""
    texts = write_paragraphs(chance, 14)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    turned = [_turn_sheet(sheet, chance.choice([90, 270])) for sheet in setter.sheets]
    for sheet in turned:
        sheet.turn = 0
    return Laid(build_file(turned), tuple(texts))


def make_running_heads(chance: Random) -> Laid:
    """A book's heads: the title on the left page, the chapter on the right, numbers outside."""
    texts = write_paragraphs(chance, 60)
    setter = Setter([Area(60, 90, 475, 660)])
    setter.set_all(texts, PLAIN)
    while len(setter.sheets) < 6:
        more = write_paragraphs(chance, 40)
        texts += more
        setter.set_all(more, PLAIN)
    aside = []
    for number, sheet in enumerate(setter.sheets, start=1):
        head = (
            "溪北市人大常委会讲话选编"
            if number % 2 == 0
            else f"第{'一二三四五六七八九'[number // 6]}编"
        )
        x = 60 if number % 2 == 0 else 535 - measure(head, Style(size=9))
        sheet.write(head, x, 50, 9)
        sheet.rule(60, 56, 535, 56)
        sheet.write(str(number + 40), 60 if number % 2 == 0 else 520, 800, 9)
        aside += [head, str(number + 40)]
    return Laid(build_file(setter.sheets), tuple(texts), tuple(aside), frozenset({"margins"}))


def make_letter_spaced(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 14)
    setter = Setter([BODY])
    setter.set_all(texts, Style(spacing=chance.choice([2, 4, 6, 9])))
    return Laid(build_file(setter.sheets), tuple(texts))


def make_slanted_mark(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 22)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    angle, shade = chance.choice([-55, -45, -30, 30]), chance.choice([0.5, 0.75, 0.9])
    for sheet in setter.sheets:
        sheet.write("内部资料注意保存", 120, 560, 44, angle=angle, fill=(shade, shade, shade))
    marks = ("内部资料注意保存",) * len(setter.sheets)
    return Laid(build_file(setter.sheets), tuple(texts), marks, frozenset({"watermark"}))


def make_pale_mark(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 22)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    for sheet in setter.sheets:
        sheet.write("溪北市人大常委会", 100, 400, 48, fill=(0.85, 0.85, 0.85))
    marks = ("溪北市人大常委会",) * len(setter.sheets)
    return Laid(build_file(setter.sheets), tuple(texts), marks, frozenset({"watermark"}))


def make_tiled_mark(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 14)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    for sheet in setter.sheets:
        for x in range(40, 560, 160):
            for y in range(60, 820, 130):
                sheet.write("沈知远0512", x, y, 14, angle=-25, fill=(0.8, 0.8, 0.8))
    marks = ("沈知远0512",) * len(setter.sheets)
    return Laid(build_file(setter.sheets), tuple(texts), marks, frozenset({"watermark"}))


DRAWN: Final[dict[str, Callable[[Random], Laid]]] = {
    "plain": make_plain,
    "block paragraphs": make_block_paragraphs,
    "two columns": make_columns,
    "narrow gutter": make_narrow_gutter,
    "head over columns": make_head_over_columns,
    "newspaper": make_newspaper,
    "upright": make_upright,
    "upright tiers": make_upright_tiers,
    "turned": make_turned,
    "lying": make_lying,
    "running heads": make_running_heads,
    "letter spaced": make_letter_spaced,
    "slanted mark": make_slanted_mark,
    "pale mark": make_pale_mark,
    "tiled mark": make_tiled_mark,
}
