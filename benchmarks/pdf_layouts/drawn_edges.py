"""Layouts whose pages begin and end with what is easily taken for running heads, and with heads."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks.pdf_layouts.drawn import BODY, PLAIN, write_paragraphs
from benchmarks.pdf_layouts.scoring import Laid
from benchmarks.pdf_layouts.setting import Area, Setter, Style, measure, split_area
from benchmarks.pdf_layouts.sheets import Sheet, build_file

HEAD: Final = "溪北市人大常委会公报"
MARGINS: Final = frozenset({"margins"})
FULL: Final = Area(60, 60, 475, 700)


def _number(setter: Setter) -> tuple[str, ...]:
    numbers = [f"— {n} —" for n in range(1, len(setter.sheets) + 1)]
    for sheet, number in zip(setter.sheets, numbers, strict=True):
        sheet.write(number, 280, 800, 10)
    return tuple(numbers)


def make_like_lines(chance: Random) -> Laid:
    """A table of tasks whose lines are the same on many pages, wherever these end."""
    texts = []
    for number in range(1, 40):
        texts += [f"第{number}项，由市人大常委会办公室负责。", "年底之前完成。", "进展顺利。"]
    setter = Setter([Area(60, 60, 475, chance.choice([620, 660, 700, 720]))])
    setter.set_all(texts, Style(leading=chance.choice([20, 28, 36]), indent=0))
    numbers = _number(setter)
    return Laid(build_file(setter.sheets), tuple(texts), numbers)


def make_figures(chance: Random) -> Laid:
    """Figures and addresses on lines of their own, and lines that begin with a clock."""
    texts = write_paragraphs(chance, 8)
    for number in range(60):
        texts += [
            f"表{number}所列各项指标的完成情况如下。",
            f"{1200 + 7 * number}。" if number % 2 else f"{1200 + 7 * number}",
        ]
        texts += [f"https://xibei.example/{number}。", f"2023/5/{1 + number % 28} 9:30 开会。"]
    setter = Setter([FULL])
    setter.set_all(texts, Style(leading=chance.choice([20, 30])))
    numbers = _number(setter)
    return Laid(build_file(setter.sheets), tuple(texts), numbers)


def make_attachments(chance: Random) -> Laid:
    """A text and its attachments, each on a new page under its number."""
    texts: list[str] = []
    setter = Setter([FULL])
    for number in range(5):
        if number:
            setter.advance()
            texts.append(f"附件{number}")
            setter.set_one(texts[-1], Style(leading=34, indent=0))
        own = write_paragraphs(chance, 16)
        setter.set_all(own, PLAIN)
        texts += own
    numbers = _number(setter)
    return Laid(build_file(setter.sheets), tuple(texts), numbers)


def make_letters(chance: Random) -> Laid:
    """The same letter to many, a page each."""
    sheets, texts = [], []
    for number in range(1, chance.choice([4, 7])):
        lines = ("通知", f"沈知远{number}号代表：", "请准时到会，并备好发言稿，讲三分钟。")
        sheet = Sheet()
        for row, line in enumerate((*lines, f"您的座位是{number}排{number}座。", "特此通知。")):
            sheet.write(line, 84 if row > 1 else 60, 90 + 26 * row, 12)
        sheet.write("溪北市人大常委会办公室", 380, 740, 12)
        sheet.write("2023年4月20日", 400, 766, 12)
        sheets.append(sheet)
        texts += [*lines, f"您的座位是{number}排{number}座。", "特此通知。"]
        texts += ["溪北市人大常委会办公室", "2023年4月20日"]
    return Laid(build_file(sheets), tuple(texts))


def make_heads_of_text_size(chance: Random) -> Laid:
    """A running head in the text's type at its left edge, on all pages but the first at times."""
    texts = write_paragraphs(chance, 40) + write_paragraphs(chance, 40)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    headed, height = setter.sheets[chance.choice([0, 1]) :], chance.choice([50, 62])
    for sheet in headed:
        sheet.write(HEAD, 60, height, 12)
    return Laid(build_file(setter.sheets), tuple(texts), (HEAD,) * len(headed), MARGINS)


def make_lone_heads(chance: Random) -> Laid:
    """Heads that stand on one page each, where the text's sentences go on below them."""
    texts = write_paragraphs(chance, 50)
    setter = Setter([BODY])
    setter.set_all(texts, PLAIN)
    heads = ("工作研究", "代表风采", "法治论坛", "基层来信", "他山之石", "议政一得", "旧闻新说")
    for sheet, head in zip(setter.sheets, heads, strict=False):
        sheet.write(head, 535 - measure(head, Style(size=9)), 56, 9)
    shown = heads[: len(setter.sheets)]
    return Laid(build_file(setter.sheets), tuple(texts), floating=shown)


def make_byline_over_columns(chance: Random) -> Laid:
    """A title in two lines over columns, and a row of name and date that a gutter lies under."""
    texts = write_paragraphs(chance, 14)[2:]
    columns, sheet = chance.choice([2, 3]), Sheet()
    title, byline = ["坚持和完善人民代表大会制度", "奋力谱写新时代溪北新篇章"], "沈知远2023年5月6日"
    for row, line in enumerate(title):
        sheet.write(line, 297 - measure(line, Style(size=22)) / 2, 80 + 33 * row, 22)
    apart = chance.choice([60, 150, 475 - 36 - 72])
    sheet.write("沈知远", 297 - (apart + 108) / 2, 146, 12)
    sheet.write("2023年5月6日", 297 + (apart + 108) / 2 - 72, 146, 12)
    setter = Setter(split_area(Area(60, 165, 475, 600), columns, 24), sheet)
    style = Style(size=10.5, leading=16, indent=21, hangs=False)
    fitting = setter.set_fitting(texts, style)
    return Laid(build_file(setter.sheets), (*title, byline, *fitting))


EDGES: Final[dict[str, Callable[[Random], Laid]]] = {
    "like lines": make_like_lines,
    "figures": make_figures,
    "attachments": make_attachments,
    "letters": make_letters,
    "heads of text size": make_heads_of_text_size,
    "lone heads": make_lone_heads,
    "byline over columns": make_byline_over_columns,
}
