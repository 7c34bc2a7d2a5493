"""Two texts as rows, their numbers side by side, what was to be done beside what was done."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.research.comparing.quantities import find_quantities, list_number_pairs
from corpus_app.research.comparing.rows import compare_sentences
from corpus_app.research.comparing.sections import SectionFinder, pair_sections
from corpus_app.research.comparing.tasks import find_parts, list_tasks, read_heading
from corpus_app.text.chars import squeeze
from corpus_app.text.sentences import list_sentences
from tests.folding import for_each
from tests.thoroughness import draw

texts = st.text(alphabet="甲乙丙丁1２%件，。；！\n", max_size=120)


@draw(160)
@given(texts, texts)
def test_every_character_of_both_texts_stands_in_exactly_one_row(old: str, new: str) -> None:
    compared = compare_sentences(old, new)
    for text, spans in (
        (old, sorted(row.first for row in compared.rows if row.first)),
        (new, [row.second for row in compared.rows if row.second]),
    ):
        assert squeeze("".join(text[start:end] for start, end in spans)) == squeeze(text)
        assert spans == sorted(spans)
    assert [row.number for row in compared.rows] == list(range(1, len(compared.rows) + 1))
    for row in compared.rows:
        same = squeeze(compared.cut_first(row)) == squeeze(compared.cut_second(row))
        assert row.same == (same and row.first is not None)
        assert row.kind != "kept" or row.same


@draw(60)
@given(texts, texts)
def test_what_one_way_goes_comes_the_other_way(old: str, new: str) -> None:
    there, back = compare_sentences(old, new), compare_sentences(new, old)
    if all(row.kind in ("kept", "dropped", "new") for row in (*there.rows, *back.rows)):
        assert there.counts["dropped"] == back.counts["new"]
    itself = compare_sentences(old, old)
    assert all(row.kind == "kept" for row in itself.rows)


NUMBERS = {
    "2023年审议议案12件": [("12件", 12, "件")],
    "增长5.2%，下降0.3个百分点": [("5.2%", "5.2", "%"), ("0.3个百分点", "0.3", "百分点")],
    "投入1,234.5万元、１.2亿元": [("1,234.5万元", 12345000, "元"), ("１.2亿元", 120000000, "元")],
    "参加1.2万人次": [("1.2万人次", 12000, "人次")],
    "办结建议三百多件": [("三百多件", 300, "件")],
    "百分之十二点五": [("百分之十二点五", "12.5", "%")],
    "第十四届第3次会议通过第5号公告": [],
    "两个确立，三会一课，一次会议，几十件": [],
    "2024年1月12日，第12条": [],
    "用时5年": [("5年", 5, "年")],
}


@for_each("text", NUMBERS)
def test_numbers_with_a_unit_are_read_and_years_and_ordinals_are_none(text: str) -> None:
    expected = [(words, Decimal(value), unit) for words, value, unit in NUMBERS[text]]
    assert [(one.text, one.value, one.unit) for one in find_quantities(text)] == expected


def pair_numbers(old: str, new: str) -> list[tuple[str, str, str]]:
    pairs = list_number_pairs(compare_sentences(old, new))
    return [(one.name, one.first.text, one.second.text) for one in pairs]


def test_a_number_is_set_beside_the_one_it_became_and_beside_no_other() -> None:
    old = "全年审议专项工作报告12项，开展执法检查3次，提出建议300件。"
    new = "全年审议专项工作报告15项，提出建议310件，开展执法检查三次。"
    assert ("全年审议专项工作报告", "12项", "15项") in pair_numbers(old, new)
    assert pair_numbers("补助标准再提高30元。", "补助标准再提高30元和5元。") in (
        [],
        [("补助标准再提高", "30元", "30元")],
    )
    assert pair_numbers("全年开展检查3次。", "全年开展检查3场。") == []
    (one,) = list_number_pairs(compare_sentences("全年投入9000万元。", "全年投入1.8亿元。"))
    assert (one.difference, one.growth) == (Decimal(90000000), 1.0)
    (one,) = list_number_pairs(compare_sentences("财政收入增长5%。", "财政收入增长4%。"))
    assert (one.difference, one.growth) == (Decimal(-1), None)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("2023年工作回顾", "review"),
        ("2024年主要工作", "outlook"),
        ("2023年主要工作", "review"),
        ("下一步打算", "outlook"),
        ("2023年工作回顾和2024年工作安排", None),
        ("加强代表工作", None),
    ],
)
def test_headings_tell_what_looks_back_and_what_ahead(heading: str, kind: str | None) -> None:
    assert read_heading(heading, 2024) == kind


OLD = """今年以来工作扎实。
今年，我们要抓好三件事。要办好代表联络站，每月接待群众一次。要修订农田水利管理办法。"""
NEW = """办好代表联络站，每月接待群众一次，群众满意。其他工作有序推进。
今年，我们将加强学习。"""


def test_tasks_meet_what_is_like_them_and_nothing_else() -> None:
    parts = find_parts(OLD, [], 2023), find_parts(NEW, [], 2024)
    assert [part.named for side in parts for part in side] == [False] * 4
    tasks = list_tasks((OLD, list_sentences(OLD), parts[0]), (NEW, list_sentences(NEW), parts[1]))
    told = {OLD[slice(*one.span)]: [NEW[slice(*m.span)] for m in one.matches] for one in tasks}
    assert told["要办好代表联络站，每月接待群众一次。"] == [NEW[: NEW.index("其他")]]
    assert told["要修订农田水利管理办法。"] == []
    assert not any("今年以来" in words for words in told)
    nothing = find_parts("工作扎实。", [], None)
    assert [part.kind for part in nothing] == ["review"]
    assert list_tasks(("工作扎实。", [], nothing), (NEW, [], parts[1])) == []


def test_parts_are_paired_by_the_sentences_they_share() -> None:
    texts = (
        "一、监督\n听取报告，检查执法。\n二、代表\n办好联络站。",
        "一、代表工作\n办好联络站。\n二、监督工作\n听取报告，检查执法。",
    )
    finders = []
    for text in texts:
        middle = text.index("二、")
        sections = [
            OutlineSection(0, 0, "section", end=middle, key="1", name=text[2:4]),
            OutlineSection(
                middle, 0, "section", end=len(text), key="2", name=text[middle + 2 :][:2]
            ),
        ]
        finders.append(SectionFinder(sections))
    pairs = pair_sections(compare_sentences(*texts), *finders)
    names = [(one.first and one.first.name, one.second and one.second.name) for one in pairs]
    assert names == [("代表", "代表"), ("监督", "监督")]
