"""Points (一是, 第一，, 首先) and what a gap does to them. All texts are invented."""

import pytest

from corpus_app.ingest.outline import split_sections

BODY = "要把这件事办好办实，办到群众心坎上，一年接着一年干。"
Row = tuple[str, str, str | None, int | None, str | None]


def rows(text: str, *gaps: int) -> list[Row]:
    return [(s.id, s.kind, s.marker, s.ordinal, s.heading) for s in split_sections(text, gaps)]


def kinds(text: str, *gaps: int) -> list[tuple[str, str]]:
    return [(s.id, s.kind) for s in split_sections(text, gaps)]


def cut(text: str, section_id: str, *gaps: int) -> str:
    section = next(s for s in split_sections(text, gaps) if s.id == section_id)
    return text[section.start : section.end]


def test_it_ends_a_heading_before_a_point_glued_to_it() -> None:
    text = f"一、充分认识代表培训的必要性一是形势所需。{BODY}\n二是职责所在。{BODY}"
    assert rows(text) == [
        ("1", "section", "一、", 1, "充分认识代表培训的必要性"),
        ("1.1", "point", "一是", 1, "形势所需"),
        ("1.2", "point", "二是", 2, "职责所在"),
    ]


def test_it_holds_mixed_markers_in_one_series() -> None:
    text = f"一、抓好学习\n具体有三方面：一要学理论。{BODY}二是学法律。{BODY}三是学业务。{BODY}"
    assert [(r[2], r[3]) for r in rows(text)[1:]] == [("一要", 1), ("二是", 2), ("三是", 3)]


def test_it_finds_points_inside_one_sentence_of_the_opening_and_ends_with_it() -> None:
    text = (
        "同志们：\n这样做，一是形势逼人；二是任务压人；三是责任催人。请大家重视。\n一、开好头\n好。"
    )
    assert [cut(text, f"0.{n}") for n in (1, 2, 3)] == [
        "一是形势逼人；",
        "二是任务压人；",
        "三是责任催人。",
    ]


def test_it_nests_a_numbered_series_inside_a_point() -> None:
    text = (
        f"一、抓好学习\n一是学理论。一要读原著，静下心来读；二要悟原理，联系实际悟。{BODY}\n"
        f"二是学法律。{BODY}"
    )
    assert [row[0] for row in rows(text)] == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]


@pytest.mark.parametrize(
    "phrase",
    [
        "他办事一是一、二是二，从不含糊。",
        "思想统一是前提，行动统一是保证。",
        "会上说“一是要快，二是要稳”。",
        "发展是第一要务，人才是第一要素。",
        "这是十一是否放假、十二是否调休的问题。",
        "增长67.7，下降1.5，2020.5比上年好。",
        "一方面要学，另一方面要用。",
        "一是要抓好学习。",
        "报告分三部分：一、回顾；二、任务；三、保障。",
    ],
)
def test_it_is_not_deceived_by(phrase: str) -> None:
    assert kinds(f"一、抓好学习\n{phrase}{BODY}\n二、抓好落实\n{BODY}") == [
        ("1", "section"),
        ("2", "section"),
    ]


def test_it_takes_last_of_a_series_of_order_words_for_a_point() -> None:
    lines = "\n".join(f"{w}，{BODY}" for w in ("首先", "其次", "最后"))
    assert [kind for _, kind in kinds(f"一、抓好学习\n{lines}")] == [
        "section",
        "point",
        "point",
        "point",
    ]


def test_it_finds_points_in_the_closing() -> None:
    text = f"一、抓好学习\n{BODY * 6}\n最后，提两点纪律要求。一要守时。{BODY}二要守纪。{BODY}"
    assert kinds(text) == [
        ("1", "section"),
        ("2", "closing"),
        ("2.1", "point"),
        ("2.2", "point"),
    ]


def test_it_hangs_points_behind_a_gap_under_an_unnamed_section_when_headings_are_missing() -> None:
    head = f"一、抓好学习\n{BODY}\n"
    text = f"{head}一是立法要好。{BODY}二是监督要实。{BODY}\n四、抓好作风\n{BODY}"
    assert rows(text, len(head)) == [
        ("1", "section", "一、", 1, "抓好学习"),
        ("2", "section", None, None, None),
        ("2.1", "point", "一是", 1, "立法要好"),
        ("2.2", "point", "二是", 2, "监督要实"),
        ("3", "section", "四、", 4, "抓好作风"),
    ]
    assert cut(text, "2", len(head)).startswith("一是立法")


def test_it_hangs_points_that_cannot_follow_under_an_unnamed_section() -> None:
    head = f"一、抓好学习\n一是学理论。{BODY}\n二是学法律。{BODY}\n三是学业务。{BODY}\n"
    text = f"{head}三要能干事。{BODY}\n四要敢担事。{BODY}\n最后，{BODY}"
    assert [row[:3] for row in rows(text, len(head))][4:] == [
        ("2", "section", None),
        ("2.1", "point", "三要"),
        ("2.2", "point", "四要"),
        ("3", "closing", None),
    ]


def test_it_keeps_a_gap_inside_its_section_when_no_heading_is_missing() -> None:
    head = f"一、抓好学习\n一是学理论。{BODY}\n"
    text = f"{head}三是学业务。{BODY}\n四是学管理。{BODY}\n二、抓好落实\n{BODY}"
    assert rows(text, len(head)) == [
        ("1", "section", "一、", 1, "抓好学习"),
        ("1.1", "point", "一是", 1, "学理论"),
        ("1.2", "point", "三是", 3, "学业务"),
        ("1.3", "point", "四是", 4, "学管理"),
        ("2", "section", "二、", 2, "抓好落实"),
    ]


def test_it_hangs_text_between_opening_and_a_late_section_under_an_unnamed_section() -> None:
    head = f"同志们：\n{BODY}\n"
    text = f"{head}{BODY}\n三、抓好作风\n{BODY}"
    assert kinds(text, len(head)) == [("0", "opening"), ("1", "section"), ("2", "section")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一，", "第二，"),
        ("第一点，", "第二点，"),
        ("第一个方面，", "第二个方面，"),
        ("其一，", "其二，"),
        ("①", "②"),
        ("（1）", "（2）"),
        ("一靠", "二靠"),
        ("一则", "二则"),
    ],
)
def test_it_knows_many_forms_of_points(first: str, second: str) -> None:
    text = (
        f"一、抓好学习\n{BODY}{first}要学理论。{BODY}{second}要学法律。{BODY}\n二、抓好落实\n{BODY}"
    )
    assert [(row[2], row[3]) for row in rows(text)[1:3]] == [(first, 1), (second, 2)]


SERIES = f"一是学深。{BODY}二是悟透。{BODY}"


def test_points_in_another_wording_behind_a_gap_belong_to_a_lost_section() -> None:
    before = f"一、提高认识。{SERIES}\n"
    text = before + f"三要抓学习。{BODY}四要抓制度。{BODY}五要抓纪律。{BODY}"
    found = rows(text, len(before))
    assert ("2", "section", None, None, None) in found
    assert [row[0] for row in found if row[2] in ("三要", "四要", "五要")] == ["2.1", "2.2", "2.3"]


def test_points_that_count_on_in_the_same_wording_stay_in_their_section() -> None:
    before = f"一、提高认识。{SERIES}\n"
    text = before + f"四是抓学习。{BODY}五是抓制度。{BODY}\n二、狠抓落实\n{BODY}"
    found = [row for row in rows(text, len(before)) if row[0].startswith("1.")]
    assert [row[2] for row in found] == ["一是", "二是", "四是", "五是"]


def test_points_in_another_wording_stay_where_the_next_heading_counts_on() -> None:
    before = f"一、提高认识。{SERIES}\n"
    text = before + f"三要抓学习。{BODY}四要抓制度。{BODY}\n二、狠抓落实\n{BODY}"
    assert [row[0] for row in rows(text, len(before)) if row[2] == "三要"] == ["1.3"]


def test_a_speech_of_first_next_and_last_has_them_for_sections() -> None:
    text = "各位代表：\n我谈几点体会。\n" + "\n".join(
        f"{word}，要抓好一件事。{BODY}" for word in ("首先", "其次", "再次", "最后")
    )
    found = [(row[2], row[3]) for row in rows(text) if row[1] == "section"]
    assert found == [("首先", 1), ("其次", 2), ("再次", 3), ("最后", 4)]
