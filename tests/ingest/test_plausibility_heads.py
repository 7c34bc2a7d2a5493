"""Which lines above a speech were not understood, seen through the parser that is there."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.plausibility.heads import find_unread_head
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE
from tests.places import ROOT

TITLE = "在枫岭县代表工作推进会上的讲话"
BODY = """同志们：
今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。
一、把站点建到群众身边
去年以来，全县新建站点十六个，代表接待选民四千余人次。
二、把意见办到群众心里
要一件一件办，办一件，回一件，让群众看得见。
"""
SAMPLES = sorted((ROOT / "fixtures" / "speeches").glob("*.txt"))


def find(text: str, name: str = "a.txt") -> list[str]:
    draft = parse_bytes(text.encode(), name)
    spans = draft.to_json()["removed"]
    return find_unread_head(draft.text, spans, read_values(draft.metadata).values())


def put(*lines: str) -> str:
    return "\n".join([TITLE, *lines, BODY])


# A line under the title that no field bears, and that does not say what it is.
UNREAD = """顾云舟 陆明
（二月里的一天）
第三会议室
星火燎原处""".splitlines()


@pytest.mark.parametrize("line", UNREAD)
def test_a_line_that_no_field_bears_is_unread(line: str) -> None:
    assert find(put(line)), line


@pytest.mark.parametrize(
    "lines",
    [
        ["（2023年5月6日）", "枫岭县人大常委会主任 顾云舟"],
        ["顾云舟", "2023年5月6日"],
        ["——坚持人民至上的枫岭实践", "（2023年5月6日）"],
        ["来源：枫岭人大网  作者：顾云舟  发布时间：2023-05-06"],
        ["责任编辑：李明", "字号：大 中 小"],
        ["值守：", "顾云舟"],
        ["审看：", "主　持："],
        [TITLE, "（２０２３年５月６日）"],
        ["顾云舟（枫岭市人大常委会主任）"],
        ["阿依古丽·买买提"],
        ["县长 艾尔肯·吐尼亚孜"],
        ["（2023年5月6日至8日）"],
        ["（2023年5月6日下午）"],
        ["（二O二三年五月六日）"],
        ["（2023年5月6日，根据录音整理）"],
        [],
    ],
)
def test_a_head_that_was_read_leaves_nothing(lines: list[str]) -> None:
    assert find(put(*lines)) == []


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("在枫岭县2023年代表工作推进会上的讲话", "（2023年5月6日）"),
        ("枫岭县二〇二三年代表培训班开班讲话", "二〇二三年五月六日"),
        ("２０２３年度代表工作总结会讲话", "2023.5.6"),
        ("在枫岭县2023年5月代表活动日座谈会上的讲话", "2023年5月6日"),
        ("在5月6日代表述职测评会上的讲话", "（2023年5月6日）"),
        ("在2022年度述职会上的讲话", "（2023年1月6日）"),
    ],
)
def test_a_title_that_names_the_year_of_its_date_was_read(title: str, day: str) -> None:
    draft = parse_bytes("\n".join([title, day, BODY]).encode(), "a.txt")
    assert draft.metadata.title == title
    values = read_values(draft.metadata).values()
    assert find_unread_head(draft.text, draft.to_json()["removed"], values) == []


def test_what_a_page_puts_above_the_title_is_understood() -> None:
    lines = ["下载", "打印", "全屏", "【字号：", "加大", "】", TITLE, "来源：枫岭日报", BODY]
    assert find("\n".join(lines)) == []


def test_an_editors_note_before_the_salutation_is_no_part_of_the_speech() -> None:
    note = "前言：本站为您整理了这篇讲话，仅供参考，更多内容请看专栏。"
    draft = parse_bytes(put(note).encode(), "a.txt")
    assert draft.text == BODY.strip()
    assert find_unread_head(f"{note}\n{BODY}", [], []) == [note]


@pytest.mark.parametrize(
    "opening",
    [
        "刚才，几位同志作了很好的发言，我都赞成。",
        "枫岭县位于市区西南，山多地少，辖十二个乡镇，总人口三十八万，是一个传统的农业县",
        "一、过去一年的工作",
        "（一）抓好农业生产",
        "各位代表，现在报告工作，请予审议。",
        "主任、各位副主任、各位委员：",
        "尊敬的各位来宾，女士们、先生们，朋友们！",
        "乡亲们：",
        "孩子们，同学们！",
    ],
)
def test_a_speech_that_begins_at_once_has_no_unread_head(opening: str) -> None:
    text = f"{opening}\n这一年，我们做了几件实事。群众看得见，也记得住。\n"
    assert find_unread_head(text, [], []) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:2])
def test_no_sample_has_an_unread_head(path: object) -> None:
    assert find(path.read_text("utf-8")) == []  # type: ignore[attr-defined]


def test_a_value_set_by_hand_explains_the_line_it_stands_in() -> None:
    line = "顾云舟 （枫岭市人大常委会的主任）"
    draft = parse_bytes(put(line).encode(), "a.txt")
    spans = draft.to_json()["removed"]
    known = [TITLE, "顾云舟", "枫岭市人大常委会的主任"]
    assert find_unread_head(draft.text, spans, [TITLE]) == [line]
    assert find_unread_head(draft.text, spans, known) == []


def test_lines_that_the_parse_calls_unread_count() -> None:
    span = {"kind": "unread", "text": "某行", "start": 0, "end": 2, "rule": "header"}
    assert find_unread_head(BODY, [span], []) == ["某行"]


@given(st.sampled_from([WORK_CONFERENCE, TRAINING]), st.sampled_from(UNREAD), st.integers(1, 3))
def test_an_unread_line_is_found_wherever_it_stands_in_the_head(
    speech: str, line: str, place: int
) -> None:
    lines = speech.split("\n")
    assert find("\n".join([*lines[:place], line, *lines[place:]]))


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_is_judged_and_only_its_own_lines_are_named(text: str, values: list[str]) -> None:
    found = find_unread_head(text, [], values)
    assert all(line in text for line in found)


def test_a_title_printed_again_behind_its_organisation_is_understood() -> None:
    span = {"kind": "title", "start": 0, "rule": "header"}
    again = [{**span, "text": "2017年溪北市人民政府政府工作报告"}]
    assert find_unread_head("同志们：\n", again, ["政府工作报告", "2017-03-05"]) == []
    alone = [{**span, "text": "溪北市人民政府"}]
    assert find_unread_head("同志们：\n", alone, ["政府工作报告"]) == ["溪北市人民政府"]
    person = [{**span, "text": "沈知远政府工作报告"}]
    assert find_unread_head("同志们：\n", person, ["政府工作报告"]) == ["沈知远政府工作报告"]
