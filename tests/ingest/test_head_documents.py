"""Heads of mails handed on, of typed documents, forms and volumes."""

from __future__ import annotations

import pytest

from tests.ingest.head_kinds import TITLE, parse, type_document


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
