"""Pages drawn at random: every word is in the text or set aside, in the order of reading."""

from __future__ import annotations

from random import Random

from hypothesis import given, strategies as st

from benchmarks.pdf_layouts.scoring import read_lines
from benchmarks.pdf_layouts.setting import Area, Setter, Style, split_area
from benchmarks.pdf_layouts.sheets import Sheet, build_file
from corpus_app.ingest.formats import extract
from tests.thoroughness import draw

HAN = "全县代表工作会议提出意见办理建议依法监督群众满意城乡发展社会治理水平安全生产农业水利教育卫生"
EXTRAS = ("number", "head", "slanted", "hidden")


def make_texts(chance: Random, columns: int) -> list[str]:
    """Return paragraphs that no other is like, some of them short."""
    return [
        f"{number}号" + "".join(chance.choices(HAN, k=chance.choice([9, 40, 90, 200]))) + "。"
        for number in range(100, 100 + 5 * columns)
    ]


def add_extra(sheet: Sheet, extra: str, number: int) -> tuple[str, str]:
    """Draw what is not the text's; return its words and the kind it is to be set aside as."""
    if extra == "number":
        sheet.write(f"— {number} —", 280, 815, 10)
        return f"— {number} —", "pager"
    if extra == "head":
        sheet.write("溪北公报汇编", 60, 40, 9)
        return "溪北公报汇编", "pager"
    if extra == "slanted":
        sheet.write("内部传阅", 180, 480, 60, angle=-40, fill=(0.7, 0.7, 0.7))
        return "内部传阅", "watermark"
    sheet.write("反爬乱字", 90, 300, 12, mode=3)
    return "反爬乱字", "hidden_text"


@given(
    seed=st.integers(0, 10**6),
    columns=st.integers(1, 4),
    extras=st.sets(st.sampled_from(EXTRAS), max_size=3),
    indent=st.sampled_from([0, 2]),
)
@draw(60)
def test_columns_drawn_at_random_are_read_one_after_the_other(
    seed: int, columns: int, extras: set[str], indent: int
) -> None:
    chance = Random(seed)
    size = chance.choice([9.0, 10.5, 12.0])
    gutter = chance.uniform(1.4, 3) * size
    style = Style(size=size, leading=size * chance.uniform(1.3, 1.9), indent=indent * size)
    style = Style(**{**style.__dict__, "gap": 0 if indent else style.leading, "hangs": False})
    setter = Setter(split_area(Area(60, 80, 475, 680), columns, gutter))
    texts = make_texts(chance, columns)
    setter.set_all(texts, style)
    aside = [
        add_extra(sheet, extra, number)
        for number, sheet in enumerate(setter.sheets, start=1)
        for extra in sorted(extras)
        if extra != "head" or len(setter.sheets) > 1
    ]
    extracted = extract(build_file(setter.sheets), "grid.pdf")
    assert "".join(read_lines(extracted)) == "".join(texts)
    assert sorted((mark.text, mark.kind) for mark in extracted.marks) == sorted(aside)
    for mark in extracted.marks:
        assert extracted.raw[mark.start : mark.end] == mark.text


@given(
    words=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 38), st.sampled_from([0, 0, 0, 90, -35])),
        min_size=1,
        max_size=14,
        unique_by=lambda word: (word[0] // 6, word[1]),
    ),
    seed=st.integers(0, 10**6),
)
@draw(60)
def test_no_word_of_a_page_is_lost_wherever_it_stands(
    words: list[tuple[int, int, int]], seed: int
) -> None:
    chance, sheet, written = Random(seed), Sheet(), []
    for number, (x, y, angle) in enumerate(words):
        text = f"{number:02}" + "".join(chance.choices(HAN, k=4))
        mode, shade = chance.choice([0, 0, 3]), chance.choice([0, 0, 0.85, 1])
        fill = (shade, shade, shade)
        sheet.write(text, 30 + 16 * x, 60 + 20 * y, 12, angle=angle, mode=mode, fill=fill)
        written.append(text)
    extracted = extract(build_file([sheet, _make_body()]), "words.pdf")
    raw = "".join(extracted.raw.split())
    assert all(text in raw or _has_chars(text, extracted.raw) for text in written)


def _make_body() -> Sheet:
    setter = Setter([Area(60, 80, 475, 680)])
    setter.set_one(HAN * 6, Style())
    return setter.sheets[0]


def _has_chars(text: str, raw: str) -> bool:
    """Words that cross others may be cut by them, but each of their characters is there."""
    return all(char in raw for char in text)
