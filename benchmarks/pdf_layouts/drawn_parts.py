"""More layouts drawn by our own operators: tables, notes, pictures, and what does not show."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks.pdf_layouts.drawn import BODY, PLAIN, write_paragraphs
from benchmarks.pdf_layouts.scoring import Laid
from benchmarks.pdf_layouts.setting import Area, Setter, Style, break_lines, measure
from benchmarks.pdf_layouts.sheets import Sheet, build_file

ROWS: Final = (
    ("项目", "件数", "办结", "说明"),
    ("议案", "12", "11", "其余一件列入明年计划，由法制委员会跟踪办理"),
    ("建议", "236", "230", "六件正在办理"),
    ("信访", "48", "48", "全部办结"),
)
SMALL: Final = Style(size=9, leading=13, indent=0)


def _set_page(chance: Random, size: int = 8) -> tuple[Setter, list[str]]:
    texts = write_paragraphs(chance, size)[:12]
    setter = Setter([BODY])
    return setter, setter.set_fitting(texts, PLAIN)


def make_ruled_table(chance: Random) -> Laid:
    texts = write_paragraphs(chance, 4)[:5]
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    sheet, top = setter.sheets[-1], BODY.top + setter.used + 10
    edges = [60, 140, 220, 300, 480]
    heights = [22, 46, 22, 22]
    y = top
    for row, height in zip(ROWS, heights, strict=True):
        for x, to_x, text in zip(edges, edges[1:], row, strict=False):
            for n, line in enumerate(break_lines(text, to_x - x - 8, Style(size=11, indent=0))):
                sheet.write(line.text, x + 4, y + 15 + 16 * n, 11)
        y += height
    for level in [top, *(top + sum(heights[: n + 1]) for n in range(len(heights)))]:
        sheet.rule(edges[0], level, edges[-1], level)
    for x in edges:
        sheet.rule(x, top, x, y)
    setter.used = y - BODY.top + 10
    setter.set_one("附表到此为止，请各位代表审议。", PLAIN)
    lines = ["".join(row) for row in ROWS]
    return Laid(build_file(setter.sheets), (*texts, *lines, "附表到此为止，请各位代表审议。"))


def make_bare_table(chance: Random) -> Laid:
    """A table without lines, its cells below one another."""
    texts = write_paragraphs(chance, 4)[:5]
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    sheet = setter.sheets[-1]
    for row in ROWS:
        y = BODY.top + setter.used + 12
        for x, text in zip((70, 180, 260, 340), row, strict=True):
            sheet.write(text[:9], x, y, 11)
        setter.used += 20
    setter.used += 10
    setter.set_one("以上数字截至上月底，请各位代表审议。", PLAIN)
    rows = ["".join(cell[:9] for cell in row) for row in ROWS]
    return Laid(build_file(setter.sheets), (*texts, *rows, "以上数字截至上月底，请各位代表审议。"))


def make_footnotes(chance: Random) -> Laid:
    """Raised marks in the text, the notes at the foot of their page under a short rule."""
    setter, texts = _set_page(chance, 16)
    sheet, notes = setter.sheets[0], []
    sheet.rule(60, 762, 200, 762)
    marks = chance.choice([("①", "②"), ("1", "2"), ("[1]", "[2]")])
    lines = [line for line in setter.full if line[0] is sheet]
    for number, mark in enumerate(marks):
        _, x, y = lines[number]
        sheet.write(mark, x, y - 5, 6)
        note = f"数据来自第{number + 1}次调查，截至上月底。"
        sheet.write(f"{mark}{note}", 60, 778 + 14 * number, 9)
        notes.append(f"[注{number + 1}]{note}")
    return Laid(build_file(setter.sheets), (*texts, *notes), marks)


def make_hanging_items(chance: Random) -> Laid:
    """Items whose lines stand in under their first word."""
    texts = write_paragraphs(chance, 8)
    items = [f"（{n}）{text}" for n, text in enumerate(write_paragraphs(chance, 5)[-4:], start=1)]
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    setter.set_all(items, Style(indent=24, hanging=48))
    setter.set_one("以上四件事，要一件一件落实。", PLAIN)
    return Laid(build_file(setter.sheets), (*texts, *items, "以上四件事，要一件一件落实。"))


def make_hidden(chance: Random) -> Laid:
    """Words that nobody sees: no ink, white, tiny, off the page, under a box."""
    setter, texts = _set_page(chance)
    sheet = setter.sheets[0]
    sheet.write("无墨隐藏之字", 100, 300, 12, mode=3)
    sheet.write("白底白字之字", 100, 320, 12, fill=(1, 1, 1))
    sheet.write("极小之字", 100, 340, 0.5)
    sheet.write("页外之字", 700, 360, 12)
    sheet.fill(60, 780, 200, 20, (0.1, 0.1, 0.4))
    sheet.write("深底白字，人人可见。", 66, 795, 12, fill=(1, 1, 1))
    aside = ("无墨隐藏之字", "白底白字之字", "极小之字", "页外之字")
    told = frozenset({"hidden_text"})
    return Laid(build_file(setter.sheets), (*texts, "深底白字，人人可见。"), aside, told)


def make_text_layer(chance: Random) -> Laid:
    """A scan: pictures over the whole page, and the recognised words unseen behind them."""
    texts = write_paragraphs(chance, 14)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN, mode=3)
    for sheet in setter.sheets:
        own = sheet.operators
        sheet.operators = []
        sheet.picture(0, 0, sheet.width, sheet.height)
        sheet.operators += own
    return Laid(build_file(setter.sheets), tuple(texts), (), frozenset({"recognised"}))


def make_seal(chance: Random) -> Laid:
    """A seal that lets the words below it through, over the last lines."""
    setter, texts = _set_page(chance)
    sheet = setter.sheets[0]
    y = BODY.top + setter.used
    sheet.write("溪北市人大常委会办公室", 350, y + 20, 12)
    sheet.write("2023年5月6日", 380, y + 42, 12)
    sheet.picture(370, y - 10, 90, 90, clear=True)
    closing = ("溪北市人大常委会办公室", "2023年5月6日")
    return Laid(build_file(setter.sheets), (*texts, *closing))


def make_doubled(chance: Random) -> Laid:
    """Bold type made by drawing twice, a little apart."""
    texts = write_paragraphs(chance, 10)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    for sheet in setter.sheets:
        doubled = []
        for operator in sheet.operators:
            moved = operator.split(" ")
            index = moved.index("Tm")
            moved[index - 2] = f"{float(moved[index - 2]) + 0.4:.2f}"
            doubled += [operator, " ".join(moved)]
        sheet.operators = doubled
    return Laid(build_file(setter.sheets), tuple(texts))


def make_shuffled(chance: Random) -> Laid:
    """Each character drawn by itself, in an order that has nothing to do with reading."""
    texts = write_paragraphs(chance, 8)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    sheets = [Sheet() for _ in setter.sheets]
    _draw_apart(texts, sheets)
    for sheet in sheets:
        chance.shuffle(sheet.operators)
    return Laid(build_file(sheets), tuple(texts))


def _draw_apart(texts: list[str], sheets: list[Sheet]) -> None:
    used, number = 0.0, 0
    for text in texts:
        for line in break_lines(text, BODY.width, PLAIN):
            if used + PLAIN.leading > BODY.height + 0.01:
                used, number = 0.0, number + 1
            x = BODY.left + line.offset
            for char in line.text:
                sheets[number].write(char, x, BODY.top + used + 12)
                x += measure(char, PLAIN)
            used += PLAIN.leading


def make_upright_head(chance: Random) -> Laid:
    """A heading written downwards beside lines of text."""
    texts = write_paragraphs(chance, 10)[1:14]
    setter = Setter([Area(140, 90, 395, 660)])
    fitting = setter.set_fitting(texts, PLAIN)
    setter.sheets[0].write("代表工作讲话摘要", 90, 120, 24, upright=True)
    return Laid(build_file(setter.sheets), (*fitting, "代表工作讲话摘要"))


def make_annotated(chance: Random) -> Laid:
    setter, texts = _set_page(chance)
    setter.sheets[0].annotate("Text", "此处待核")
    setter.sheets[0].annotate("Link", "")
    return Laid(build_file(setter.sheets), tuple(texts), (), frozenset({"comments"}))


def make_figure_page(chance: Random) -> Laid:
    """A page with a picture alone between pages of text."""
    setter, texts = _set_page(chance)
    figure = Sheet()
    figure.picture(100, 100, 300, 300)
    after, more = _set_page(chance)
    sheets = [*setter.sheets, figure, *after.sheets]
    return Laid(build_file(sheets), (*texts, *more), (), frozenset({"scanned_pages"}))


PARTS: Final[dict[str, Callable[[Random], Laid]]] = {
    "ruled table": make_ruled_table,
    "bare table": make_bare_table,
    "footnotes": make_footnotes,
    "hanging items": make_hanging_items,
    "hidden words": make_hidden,
    "text layer": make_text_layer,
    "seal": make_seal,
    "doubled type": make_doubled,
    "shuffled drawing": make_shuffled,
    "upright head": make_upright_head,
    "annotated": make_annotated,
    "figure page": make_figure_page,
}
