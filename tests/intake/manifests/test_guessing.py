"""Columns of tables of speeches: told by their heads and by the look of their cells, in doubt."""

from __future__ import annotations

import pytest

from corpus_app.ingest.tables.rows import TableRow
from corpus_app.intake.manifests.guessing import ColumnGuess, find_role, guess_columns

BODY = "代表工作是人大工作的基础，要认真抓好。" * 10


def guess(heads: list[str], *rows: list[str]) -> dict[str, ColumnGuess]:
    return guess_columns(heads, [TableRow(line, row) for line, row in enumerate(rows, 2)])


@pytest.mark.parametrize(
    ("role", "heads"),
    [
        ("title", "讲话题目 讲话名称 讲稿名称 講話題目 篇目 讲话的题目 Speech_Title"),
        ("delivered", "何时 召开时间 讲话年月 会期 什么时候讲的 Meeting_Date"),
        ("published", "刊发时间 上网日期 见报日期 pubdate"),
        ("speaker", "主讲人 主讲人姓名 讲话领导 发言者姓名 领导姓名 谁讲的"),
        ("speaker_role", "职务 时任职务 讲话人职务 领导职务 讲话时职务"),
        ("organisation", "单位名称 主办单位 讲话人单位 所属机构"),
        ("occasion", "会议名称 会议全称 活动 在何会议"),
        ("place", "地点 会议地点 所在省份 属地"),
        ("source", "来源网站 刊载媒体 公众号 发布平台"),
        ("source_url", "链接 网页链接 原文地址 全文链接 来源URL"),
        ("text", "讲话稿 讲话原文 文字稿 讲话实录 讲话正文（全文） 发言材料"),
        ("", "序号 备注 页数 点击量 录入人 联系电话 届次 摘要 附件 文号"),
    ],
)
def test_a_head_is_known_by_what_it_is_made_of(role: str, heads: str) -> None:
    told = {head: find_role(head.replace("_", " ")) for head in heads.split()}
    assert told == dict.fromkeys(told, role)


def test_cells_belie_a_head_and_tell_media_from_organisations() -> None:
    found = guess(
        ["讲话题目", "何时", "地点", "发布单位", "讲话稿"],
        ["在代表工作会议上的讲话", "下午三点", "青芜县人民会堂", "青芜日报", BODY],
        ["在培训班上的讲话", "上午九点", "青芜县委党校", "青芜人大网", BODY],
    )
    assert {head: one.role for head, one in found.items()} == {
        "讲话题目": "title",
        "何时": "",
        "地点": "",
        "发布单位": "source",
        "讲话稿": "text",
    }
    assert [head for head, one in found.items() if one.doubt] == ["何时", "地点"]
    place = guess(["地点", "正文"], ["青芜县", BODY], ["枫岭市", BODY])
    assert place["地点"] == ColumnGuess("place")


def test_a_column_of_meetings_that_holds_titles_is_asked_for() -> None:
    title, meeting = "在全县代表工作会议上的讲话", "全县代表工作会议"
    found = guess(["会议名称", "讲话全文"], [title, BODY], [title, BODY])["会议名称"]
    assert (found.role, bool(found.doubt)) == ("title", True)
    assert guess(["会议名称", "讲话全文"], [meeting, BODY])["会议名称"] == ColumnGuess("occasion")


def test_columns_whose_heads_were_mixed_up_are_asked_for() -> None:
    names, offices = ["邵文澜", "陆之行"], ["县人大常委会主任", "县人大常委会副主任"]
    heads = ["题目", "姓名", "职务", "讲话全文"]
    title = "在全县代表工作会议上的讲话"
    rows = [[title, *pair, BODY] for pair in zip(names, offices, strict=True)]
    assert {one.role for one in guess(heads, *rows).values() if not one.doubt} == {
        "title",
        "speaker",
        "speaker_role",
        "text",
    }
    mixed = guess(heads, *[[row[0], row[2], row[1], row[3]] for row in rows])
    assert mixed["姓名"].doubt
    assert mixed["职务"].doubt


def test_columns_of_unknown_heads_are_guessed_by_their_cells_and_doubted() -> None:
    heads = ["甲", "乙", "丙", "丁", "戊", "己"]
    found = guess(
        heads,
        ["林知远", "在会议上的讲话", "2024-03-01", "https://a.invalid/1", "县级", BODY],
        ["周文举", "政府工作报告", "2024年5月", "https://a.invalid/2", "市级", BODY],
        ["沈同文", "在培训班上的讲话", "2024.6.7", "", "县级", BODY],
    )
    roles = ["speaker", "title", "delivered", "source_url", "level", "text"]
    assert [found[head].role for head in heads] == roles
    assert all(one.doubt for one in found.values())
    twice = guess(
        ["甲", "乙", "正文"], ["2024-03-01", "2024-03-02", BODY], ["2024-04", "2024-05", BODY]
    )
    assert list(twice) == ["正文"]


def test_the_longest_of_columns_that_may_be_the_words_is_taken() -> None:
    found = guess(["内容", "讲话实录"], ["工作会议", BODY], ["培训班", BODY])
    assert found == {"讲话实录": ColumnGuess("text")}
    found = guess(["内容", "丁"], ["工作会议", BODY], ["培训班", BODY])
    assert found["丁"].role == "text"
    assert "内容" in found["丁"].doubt
