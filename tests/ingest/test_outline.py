"""The outline: sections, subsections, opening, closing. All texts are invented."""

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


def test_it_splits_opening_sections_and_closing() -> None:
    text = f"同志们：\n{BODY}\n一、抓好学习\n{BODY}\n二、抓好落实\n{BODY}\n总之，{BODY}"
    assert rows(text) == [
        ("0", "opening", None, None, None),
        ("1", "section", "一、", 1, "抓好学习"),
        ("2", "section", "二、", 2, "抓好落实"),
        ("3", "closing", None, None, None),
    ]
    assert "".join(cut(text, str(n)) for n in range(4)) == text


def test_it_nests_three_levels_and_points() -> None:
    text = (
        f"一、抓好学习\n（一）学理论\n1.原原本本学\n{BODY}\n2.联系实际学\n{BODY}\n"
        f"（二）学法律\n{BODY}一是学宪法。{BODY}二是学代表法。{BODY}\n二、抓好落实\n{BODY}"
    )
    assert rows(text) == [
        ("1", "section", "一、", 1, "抓好学习"),
        ("1.1", "subsection", "（一）", 1, "学理论"),
        ("1.1.1", "point", "1.", 1, "原原本本学"),
        ("1.1.2", "point", "2.", 2, "联系实际学"),
        ("1.2", "subsection", "（二）", 2, "学法律"),
        ("1.2.1", "point", "一是", 1, "学宪法"),
        ("1.2.2", "point", "二是", 2, "学代表法"),
        ("2", "section", "二、", 2, "抓好落实"),
    ]


@pytest.mark.parametrize("mark", ["{}.", "{}．", "{}、"])
def test_it_takes_figures_on_lines_of_their_own_for_subsections(mark: str) -> None:
    first, second = mark.format(1), mark.format(2)
    text = f"一、抓好学习\n{first}学理论\n{BODY}\n{second}学法律\n{BODY}"
    assert kinds(text) == [("1", "section"), ("1.1", "subsection"), ("1.2", "subsection")]


def test_it_takes_figures_that_share_a_line_with_their_text_for_points() -> None:
    text = f"一、抓好学习\n1.学理论。{BODY}\n2.学法律。{BODY}"
    assert kinds(text) == [("1", "section"), ("1.1", "point"), ("1.2", "point")]


def test_it_makes_sections_of_bracketed_heads_where_nothing_stands_above_them() -> None:
    text = f"（一）抓好学习\n{BODY}\n（二）抓好落实\n{BODY}"
    assert kinds(text) == [("1", "section"), ("2", "section")]


def test_it_makes_sections_of_first_second_where_they_are_all_there_is() -> None:
    text = f"下面讲两点。\n第一，抓好学习。{BODY}\n{BODY}\n第二，抓好落实。{BODY}\n最后，{BODY}"
    assert rows(text)[1:] == [
        ("1", "section", "第一，", 1, "抓好学习"),
        ("2", "section", "第二，", 2, "抓好落实"),
        ("3", "closing", None, None, None),
    ]


def test_it_ends_a_heading_before_a_blank_in_one_long_line() -> None:
    text = (
        f"同志们: {BODY * 12} 一、把牢方向,建设“政治机关” 把牢方向是头等大事。{BODY * 4} "
        f"二、服务大局,建设“工作机关” 服务大局是本职。{BODY}"
    )
    assert rows(text)[1:] == [
        ("1", "section", "一、", 1, "把牢方向,建设“政治机关”"),
        ("2", "section", "二、", 2, "服务大局,建设“工作机关”"),
    ]


def test_it_ends_a_heading_with_its_sentence_where_the_text_goes_on_behind_it() -> None:
    text = f"一、抓好学习。{BODY}\n二、抓好落实。{BODY}"
    assert [row[4] for row in rows(text)] == ["抓好学习", "抓好落实"]


def test_it_takes_a_year_at_the_start_of_a_line_for_text() -> None:
    text = f"一、抓好学习\n2020.6月以来，{BODY}\n2021、2022两年，{BODY}\n二、抓好落实\n{BODY}"
    assert kinds(text) == [("1", "section"), ("2", "section")]


def test_it_leaves_articles_of_law_in_the_text() -> None:
    text = f"一、抓好学习\n第一条规定，{BODY}\n第二条规定，{BODY}\n二、抓好落实\n{BODY}"
    assert kinds(text) == [("1", "section"), ("2", "section")]


def test_it_reads_past_a_table_of_contents() -> None:
    heads = ["一、回顾五年工作", "二、部署今年任务", "三、加强自身建设"]
    text = "目录\n" + "\n".join(heads) + "\n各位代表：\n" + "\n".join(f"{h}\n{BODY}" for h in heads)
    assert kinds(text) == [("0", "opening"), ("1", "section"), ("2", "section"), ("3", "section")]


def test_it_takes_a_list_numbered_like_headings_for_points_of_its_section() -> None:
    text = (
        f"一、回顾工作\n{BODY}\n二、部署任务\n{BODY}\n一、抓紧项目建设；\n二、抓实民生工程；\n"
        f"三、抓牢安全生产。\n{BODY}\n三、加强保障\n{BODY}"
    )
    assert kinds(text) == [
        ("1", "section"),
        ("2", "section"),
        ("2.1", "point"),
        ("2.2", "point"),
        ("2.3", "point"),
        ("3", "section"),
    ]


def test_it_finds_headings_without_numbers_where_several_are_alike() -> None:
    text = f"各位代表：\n{BODY}\n过去一年的工作\n{BODY}\n今年的任务\n{BODY}\n结束语\n{BODY}"
    assert rows(text) == [
        ("0", "opening", None, None, None),
        ("1", "section", None, None, "过去一年的工作"),
        ("2", "section", None, None, "今年的任务"),
        ("3", "closing", None, None, "结束语"),
    ]


def test_it_does_not_take_one_short_line_for_a_heading() -> None:
    assert kinds(f"各位代表：\n{BODY}\n掌声经久不息\n{BODY}") == [("0", "opening")]


def test_it_does_not_take_the_running_head_of_a_page_for_headings() -> None:
    page = f"{BODY}\n某县人大机关会议材料\n"
    text = f"一、抓好学习\n{page * 3}{BODY}\n二、抓好落实\n{BODY}"
    assert kinds(text) == [("1", "section"), ("2", "section")]


def test_it_finds_a_peroration_by_its_salutation() -> None:
    long = BODY * 6
    text = f"一、抓好学习\n{long}\n二、抓好落实\n{long}\n各位代表、同志们，任重道远。{BODY}"
    assert kinds(text)[-1] == ("3", "closing")


def test_it_keeps_a_salutation_in_the_opening_out_of_the_closing() -> None:
    text = f"同志们：\n{BODY}\n同志们，新的一年开始了。{BODY}\n一、抓好学习\n{BODY * 5}"
    assert kinds(text) == [("0", "opening"), ("1", "section")]


def test_it_makes_one_opening_of_a_text_without_an_outline() -> None:
    assert kinds(f"{BODY}\n{BODY}") == [("0", "opening")]
    assert split_sections("") == []


def test_it_gives_the_same_ids_for_the_same_text() -> None:
    text = f"同志们：\n{BODY}\n一、抓好学习\n一是学。{BODY}二是用。{BODY}\n二、抓好落实\n{BODY}"
    assert split_sections(text) == split_sections(text)


def test_it_finds_headings_in_running_text_only_where_no_line_begins_with_one() -> None:
    text = f"同志们：{BODY}下面讲两点。一、提高认识。{BODY}二、抓好落实。{BODY}"
    assert rows(text)[1:] == [
        ("1", "section", "一、", 1, "提高认识"),
        ("2", "section", "二、", 2, "抓好落实"),
    ]
    assert kinds(f"一、认识\n{text}\n二、落实\n{BODY}") == [("1", "section"), ("2", "section")]


def test_it_puts_parts_above_sections() -> None:
    text = (
        f"第一部分 为什么学\n{BODY}\n一、理论之需\n{BODY}\n二、实践之需\n{BODY}\n"
        f"第二部分 怎么学\n{BODY}\n一、读原著\n{BODY}\n二、悟原理\n{BODY}"
    )
    assert [(s, k) for s, k in kinds(text)] == [
        ("1", "section"),
        ("1.1", "subsection"),
        ("1.2", "subsection"),
        ("2", "section"),
        ("2.1", "subsection"),
        ("2.2", "subsection"),
    ]


def test_it_takes_a_rough_number_at_the_start_of_a_line_for_text() -> None:
    text = f"一、抓好学习\n{BODY}\n一、两年之内，{BODY}\n二、抓好落实\n{BODY}"
    assert kinds(text) == [("1", "section"), ("2", "section")]


def test_it_marks_no_points_in_the_notes_below_the_speech() -> None:
    text = (
        f"一、抓好学习\n{BODY * 6}\n二、抓好落实\n{BODY * 6}\n注：1.数据截至年底。\n2.据录音整理。"
    )
    assert kinds(text) == [("1", "section"), ("2", "section")]


@pytest.mark.parametrize(
    "mark", ["{}、", "{} 、", "{}．", "{}：", "{}，", "{}　", "（{}）", "({})"]
)
def test_it_knows_many_forms_of_headings(mark: str) -> None:
    first, second = mark.format("一"), mark.format("二")
    text = f"同志们：\n{BODY}\n{first}三年来的工作\n{BODY}\n{second}今后的任务\n{BODY}"
    assert [row[4] for row in rows(text)] == [None, "三年来的工作", "今后的任务"]


def test_rows_of_a_table_are_no_headings() -> None:
    text = (
        "同志们：\n今天开会部署整治工作，请大家认真抓好落实。\n一、明确任务\n要把任务分解到每一个河段和每一个责任人。\n"
        "白沙河上段\t十七个口\n要紧盯黑臭水体，在汛期之前全部整治到位。\n"
        "白沙河下段\t二十五个口\n要紧盯工业废水，逐个登记、逐个销号。\n二、压实责任\n要亲自研究、亲自督办，一抓到底。\n"
    )
    headings = [section.heading for section in split_sections(text)]
    assert not [heading for heading in headings if heading and "\t" in heading]
