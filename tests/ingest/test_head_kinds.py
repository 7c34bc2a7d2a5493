"""Kinds of heads that pages of strangers have: forms, mails, brackets, days, labels left empty."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.metadata.brackets import strip_brackets, use_common_brackets
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.pipeline import parse_bytes

TITLE = "在枫岭县代表工作推进会上的讲话"
BODY = """同志们：
今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。
一、把站点建到群众身边
去年以来，全县新建站点十六个，代表接待选民四千余人次。
二、把意见办到群众心里
要一件一件办，办一件，回一件，让群众看得见。
"""


def parse(*lines: str) -> Draft:
    return parse_bytes("\n".join([*lines, BODY]).encode(), "a.txt")


def type_document(*paragraphs: str, rows: list[tuple[str, ...]] | None = None) -> Draft:
    document, written = docx.Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    for line in BODY.splitlines():
        document.add_paragraph(line)
    document.save(written)
    return parse_bytes(written.getvalue(), "a.docx")


@pytest.mark.parametrize(
    "printed",
    [f"〖{TITLE}〗", f"［{TITLE}］", f"【{TITLE}】", f"〔{TITLE}〕", f"〖{TITLE}", f"{TITLE}〗"],
)
def test_a_title_stands_without_the_brackets_around_it(printed: str) -> None:
    assert parse(printed, "（2023年5月6日）").metadata.title == TITLE


def test_a_subtitle_loses_no_half_of_its_own_brackets() -> None:
    draft = parse("凝心聚力开新局", "——在县委全会（扩大）会议上的讲话（摘要）", "周明")
    assert draft.metadata.subtitle == "在县委全会（扩大）会议上的讲话（摘要）"


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("（没有则不写）", "没有则不写"),
        ("枫岭日报（县委机关报）", "枫岭日报（县委机关报）"),
        ("枫岭日报）", "枫岭日报"),
        ("【【枫岭】", "枫岭"),
        ("（一）（二）", "（一）（二）"),
        ("（", ""),
    ],
)
def test_brackets_go_in_pairs_or_as_halves(words: str, bare: str) -> None:
    assert strip_brackets(words) == bare


@given(st.text(alphabet="（）()【】〔〕「」枫岭 ", max_size=12))
def test_no_word_goes_with_the_brackets(words: str) -> None:
    inner = strip_brackets(words)
    assert inner in words
    assert [c for c in inner if c in "枫岭"] == [c for c in words if c in "枫岭"]
    assert strip_brackets(inner) == inner


@given(st.text())
def test_common_brackets_take_the_place_of_rare_ones_one_by_one(text: str) -> None:
    assert len(use_common_brackets(text)) == len(text)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：枫岭日报　【大 中 小】", "枫岭日报"),
        ("来源：枫岭县人民政府办公室 | 【字号：大 中 小】", "枫岭县人民政府办公室"),
        ("来源：枫岭日报（没有则不写）", "枫岭日报"),
        ("来源（没有则不写）：枫岭日报", "枫岭日报"),
        ("〔来源：枫岭日报｜时间：2023-05-08〕", "枫岭日报"),
        ("【发布日期】2023-05-08【来源】枫岭日报【浏览】23次", "枫岭日报"),
        ("来源：枫岭日报　　2023-05-08", "枫岭日报"),
        ("2023-05-08；来源：枫岭日报", "枫岭日报"),
        ("枫岭日报 发布于 2023年5月8日 15:13", "枫岭日报"),
        ("来源 枫岭日报 / 日期 2023-05-08", "枫岭日报"),
        ("来自：Android客户端　8楼", None),
        ("[2023-05-08] 来源：枫岭日报", "枫岭日报"),
        ("发布时间 2023-05-08　来源 枫岭日报", "枫岭日报"),
        ("原载：《枫岭日报》2023年5月8日第3版", "枫岭日报"),
        ("（原载《枫岭日报》2023年5月8日）", "枫岭日报"),
        ("（据枫岭日报2023年5月8日）", "枫岭日报"),
        ("@枫岭发布 2023-05-08 18:00", "枫岭发布"),
        ("2023-05-08 09:12 稿源：枫岭日报责编：沈知远", "枫岭日报"),
        ("发布单位：枫岭日报客户端　发布时间：2023-05-08", "枫岭日报客户端"),
    ],
)
def test_a_source_ends_where_its_name_does(line: str, source: str | None) -> None:
    assert parse(TITLE, line).metadata.source_name == source


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 沈知远　2023年5月8日",
        "（原载《枫岭日报》2023年5月8日）",
        "作者：周明 (2023-05-08)",
    ],
)
def test_a_day_of_printing_is_not_the_speechs(line: str) -> None:
    meta = parse(TITLE, line, "（2023年5月6日）", "周明").metadata
    days = {name: day.value for name, day in meta.dates.items()}
    assert days == {"published": "2023-05-08", "delivered": "2023-05-06"}


@pytest.mark.parametrize(
    "line",
    [
        "〔作者：周明｜时间：2023-05-08〕",
        "作者：周明　2023-05-08",
        "2023年05月08日20:57 | 作者：周明",
    ],
)
def test_author_and_day_on_one_line_are_both_read(line: str) -> None:
    meta = parse(TITLE, line).metadata
    assert (meta.speaker, meta.dates["published"].value) == ("周明", "2023-05-08")


@pytest.mark.parametrize(
    ("lines", "speaker", "role"),
    [
        (["讲话：梁启川"], "梁启川", None),
        (["讲话人　梁启川"], "梁启川", None),
        (["□县委书记□梁启川"], "梁启川", "县委书记"),
        (["县委书记　梁启川："], "梁启川", "县委书记"),
        (["报告人：副主任 布仁巴雅尔"], "布仁巴雅尔", "副主任"),
        (["市长 艾尔肯‧吐尼亚孜"], "艾尔肯‧吐尼亚孜", "市长"),
        (["查毅承（代理检察长）"], "查毅承", "代理检察长"),
        (["（2023年5月6日　梁启川）"], "梁启川", None),
        (["梁启川　沈知远"], None, None),
        (["梁启川，男，汉族，县委书记"], "梁启川", "县委书记"),
        (["口述：梁启川 整理：沈知远"], "梁启川", None),
    ],
)
def test_who_spoke_is_read_in_all_its_forms(
    lines: list[str], speaker: str | None, role: str | None
) -> None:
    meta = parse(TITLE, *lines).metadata
    assert (meta.speaker, meta.speaker_role) == (speaker, role)


@pytest.mark.parametrize(
    "line", ["主持：", "地点：", "地点：县会议中心", "主持：沈知远", "今天是2023年5月8日 星期一"]
)
def test_a_line_that_gives_no_value_is_not_called_metadata(line: str) -> None:
    draft = parse(TITLE, "讲话人：梁启川", line, "时间：2023年5月6日")
    kinds = {span.kind for span in draft.removed if line in span.text}
    assert "metadata" not in kinds
    assert draft.metadata.dates["delivered"].value == "2023-05-06"


def test_a_column_that_ends_like_a_speech_is_no_half_of_a_headline() -> None:
    meta = parse("县委书记讲话", "同心同德，再创辉煌", "（2023年5月6日）", "周明").metadata
    assert meta.title == "同心同德，再创辉煌"


def test_what_an_unknown_label_asks_for_is_no_source() -> None:
    draft = parse("文件题名", TITLE, "讲话人", "梁启川", "用稿日期", "见正文")
    assert (draft.metadata.title, draft.metadata.source_name) == (TITLE, None)


@pytest.mark.parametrize("line", [f"标题 {TITLE}", f"题目　{TITLE}"])
def test_a_title_stands_without_its_label(line: str) -> None:
    assert parse("流水号 10231", line, "周明").metadata.title == TITLE


def test_a_line_that_begins_with_a_label_is_no_title() -> None:
    draft = parse("标签　讲话　工作报告", "谈谈代表建议办理的几个问题", "讲话人 周明")
    assert (
        draft.metadata.title in ("谈谈代表建议办理的几个问题", None)
        or draft.metadata.title_inferred
    )


def test_a_part_of_the_day_is_no_name() -> None:
    assert parse(TITLE, "（2023年5月6日　下午）").metadata.speaker is None


def test_a_day_below_an_accounts_name_is_the_pages() -> None:
    meta = parse(TITLE, "枫岭融媒", "2023年5月8日", "作者：周明").metadata
    assert {name: day.value for name, day in meta.dates.items()} == {"published": "2023-05-08"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("（枫岭日报 2023年5月8日）", "2023-05-08"),
        ("（原载《枫岭日报》2023年5月8日）", "2023-05-08"),
        ("［枫岭日报 2023-05-08］", "2023-05-08"),
        ("转自枫岭日报", None),
        ("来源/枫岭日报", None),
        ("素材来源：枫岭日报", None),
    ],
)
def test_where_a_text_was_printed_may_stand_below_it(line: str, day: str | None) -> None:
    text = "\n".join([TITLE, "（2023年5月6日）", "周明", BODY + line])
    meta = parse_bytes(text.encode(), "a.txt").metadata
    published = meta.dates.get("published")
    assert (meta.source_name, published and published.value) == ("枫岭日报", day)
    assert meta.dates["delivered"].value == "2023-05-06"


@pytest.mark.parametrize("line", ["梁启川/文", "梁启川 文", "梁启川／文"])
def test_who_wrote_is_told_without_the_word_for_it(line: str) -> None:
    assert tell_person(line) == {"speaker": "梁启川"}


def test_the_day_of_today_is_none_of_the_pages() -> None:
    draft = parse("今天是2024年3月2日 星期六", "首页 | 人大要闻 | 公告", TITLE, "周明")
    assert draft.metadata.dates == {}


@pytest.mark.parametrize(
    "head",
    [
        ["-----原始邮件-----", "发件人：沈知远", "收件人：各镇人大", f"主题：{TITLE}"],
        ["沈主任：", "请查收附后的讲话稿。", "---------- 转发邮件 ----------", "发件人：陆明"],
        ["在 2024年3月2日，沈知远 <a@example.com> 写道："],
        ["回复：讲话稿", "陆明 于 2024-03-02 写道："],
    ],
)
def test_a_mail_handed_on_keeps_the_speechs_own_head(head: list[str]) -> None:
    draft = parse(*head, TITLE, "（2023年5月6日）", "县委书记　周明")
    meta = draft.metadata
    assert (meta.title, meta.speaker, meta.speaker_role) == (TITLE, "周明", "县委书记")
    assert meta.dates["delivered"].value == "2023-05-06"
    assert draft.text.startswith("同志们：")


def test_the_account_that_a_page_was_taken_from_is_its_source() -> None:
    draft = parse(TITLE, "以下文章来源于枫岭发布 ，作者枫岭融媒", "（2023年5月6日）", "周明")
    assert draft.metadata.source_name in ("枫岭发布", None)
    assert draft.metadata.speaker == "周明"


def test_a_day_in_figures_in_a_typed_document_is_the_speechs() -> None:
    draft = type_document(TITLE, "2023.6.29", "周明")
    assert {name: day.value for name, day in draft.metadata.dates.items()} == {
        "delivered": "2023-06-29"
    }


@pytest.mark.parametrize("columns", [2, 4])
def test_a_form_in_a_document_is_read_cell_by_cell(columns: int) -> None:
    rows: list[tuple[str, ...]] = [
        ("文稿题目", TITLE, "密级", "内部"),
        ("讲话人", "梁启川", "承办", "沈知远"),
        ("职　　务", "县委书记", "份数", "30"),
        ("日　　期", "2023.5.6", "电话", "0000-21"),
    ]
    meta = type_document(rows=[row[:columns] for row in rows]).metadata
    assert (meta.title, meta.speaker, meta.speaker_role) == (TITLE, "梁启川", "县委书记")
    assert {name: day.value for name, day in meta.dates.items()} == {"delivered": "2023-05-06"}


@pytest.mark.parametrize(
    ("rows", "title", "subtitle"),
    [
        (["在枫岭县全体会", "议上的讲话", "周明"], "在枫岭县全体会议上的讲话", None),
        (
            ["凝心聚力开新局", "——在枫岭县第十二届", "人民代表大会第五次会议闭幕时的讲话", "周明"],
            "凝心聚力开新局",
            "在枫岭县第十二届人民代表大会第五次会议闭幕时的讲话",
        ),
    ],
)
def test_lines_that_a_typist_broke_are_one(
    rows: list[str], title: str, subtitle: str | None
) -> None:
    meta = type_document(*rows).metadata
    assert (meta.title, meta.subtitle) == (title, subtitle)


@pytest.mark.parametrize(
    "column", ["枫岭人大文献选编（31）", "枫岭县人大常委会办公室文电", "会议材料（3）", "川画"]
)
def test_a_volume_or_a_column_is_no_headline_of_a_speech(column: str) -> None:
    meta = parse(column, TITLE, "（2023年5月6日）", "周明").metadata
    assert (meta.title, meta.subtitle) == (TITLE, None)


@pytest.mark.parametrize(
    ("line", "meeting"),
    [
        ("——2023年5月6日下午 在枫岭县第三届人民代表大会第二次会议上", "第二次会议"),
        ("（2023年5月6日　9时在枫岭县第三届人民代表大会第二次会议上）", "第二次会议"),
        ("——2023年5月6日（星期六）在枫岭县第三届人民代表大会第二次会议上", "第二次会议"),
    ],
)
def test_a_part_of_the_day_does_not_hide_the_meeting(line: str, meeting: str) -> None:
    meta = parse("政府工作报告", line, "县长　周明").metadata
    assert meta.occasion == f"枫岭县第三届人民代表大会{meeting}"
    assert meta.dates["delivered"].value == "2023-05-06"


def test_a_subtitle_without_a_name_leaves_the_meeting_to_the_title() -> None:
    draft = parse("在枫岭县第三届人民代表大会第二次会议上的讲话", "——在开幕会上的讲话", "周明")
    assert draft.metadata.occasion == "枫岭县第三届人民代表大会第二次会议"
