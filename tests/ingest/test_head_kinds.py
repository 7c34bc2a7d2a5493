"""Kinds of heads that pages of strangers have: brackets, days, sources, labels left empty."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.metadata.brackets import strip_brackets, use_common_brackets
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.head_kinds import BODY, TITLE, parse


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
        (["市长 艾尔肯‧吐尼亚孜"], "艾尔肯·吐尼亚孜", "市长"),
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
