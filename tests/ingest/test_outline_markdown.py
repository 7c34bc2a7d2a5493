"""Headings that Markdown marks give the outline that they state, however many there are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.recomposing import recompose

BODY = "要坚持党的领导，把各项工作落到实处。人大工作要围绕中心、服务大局，让群众满意。"
HEADS = ("提高政治站位", "依法履行职责", "加强自身建设")
TOP = """# 在全县人大工作会议上的讲话

**沈知远**

同志们：

今天我们召开会议，主要任务是总结经验、部署工作。下面，我讲几点意见。
"""


def write(*lines: str) -> str:
    """Return a speech with these heading lines, a paragraph below each."""
    return TOP + "".join(f"\n{line}\n\n{BODY}\n" for line in lines)


def parse(text: str, name: str = "a.md") -> Draft:
    return parse_bytes(text.encode(), name)


def list_headings(draft: Draft) -> list[tuple[str, str | None, str | None]]:
    return [(s.id, s.marker, s.heading) for s in draft.sections if s.kind != "opening"]


def test_a_single_heading_is_a_section() -> None:
    assert list_headings(parse(write("## 提高政治站位"))) == [("1", None, "提高政治站位")]


def test_levels_nest_as_they_are_stated() -> None:
    draft = parse(write("## 提高政治站位", "### 学深悟透", "### 知行合一", "## 依法履行职责"))
    assert list_headings(draft) == [
        ("1", None, "提高政治站位"),
        ("1.1", None, "学深悟透"),
        ("1.2", None, "知行合一"),
        ("2", None, "依法履行职责"),
    ]


def test_the_same_words_may_head_two_sections() -> None:
    lines = [line for head in HEADS for line in (f"## {head}", "### 学深悟透", "### 知行合一")]
    assert [key for key, *_ in list_headings(parse(write(*lines)))] == [
        *("1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "3.2")
    ]


def test_numbers_stay_markers_and_headings_without_hang_below() -> None:
    draft = parse(write("## 一、提高站位", "### 学深悟透", "## 二、依法履职"))
    assert list_headings(draft) == [
        ("1", "一、", "提高站位"),
        ("1.1", None, "学深悟透"),
        ("2", "二、", "依法履职"),
    ]


@pytest.mark.parametrize(
    "form", ["## {}！", "##{}", "## **{}**", "## {} ##", "### {}", "## {}", "# {}"]
)
def test_a_heading_may_be_written_in_many_ways(form: str) -> None:
    draft = parse(write(*map(form.format, HEADS)))
    assert [(heading or "").rstrip("！") for _, _, heading in list_headings(draft)] == list(HEADS)
    assert "#" not in draft.text
    assert "*" not in draft.text


def test_a_plain_text_typed_in_markdown_is_read_alike() -> None:
    text = write(*(f"## {head}" for head in HEADS))
    typed = parse(text, "a.txt")
    assert (typed.format, typed.text) == ("txt", parse(text).text)
    assert list_headings(typed) == list_headings(parse(text))


def test_one_sign_in_a_plain_text_is_left_as_it_is() -> None:
    assert "# 号楼" in parse(write("3 # 号楼的住户联名反映了情况。"), "a.txt").text


def test_a_heading_with_its_paragraph_on_the_next_line_stands_alone() -> None:
    draft = parse(TOP + "".join(f"\n## {head}\n{BODY}\n{BODY}\n" for head in HEADS))
    assert [heading for _, _, heading in list_headings(draft)] == list(HEADS)
    assert all(f"\n{head}\n" in draft.text for head in HEADS)


def test_a_paragraph_behind_the_signs_is_no_heading() -> None:
    assert list_headings(parse(write(f"## {BODY}"))) == []


def test_the_outline_is_the_same_once_an_editor_cleaned_the_text_anew() -> None:
    draft = parse(write("## 提高政治站位", "### 学深悟透"))
    again = recompose(draft.raw, draft.removed, file_format="md", metadata=draft.metadata)
    assert again.sections == draft.sections


@given(st.lists(st.integers(2, 4), min_size=1, max_size=8))
def test_every_run_of_levels_keeps_its_headings_in_order(levels: list[int]) -> None:
    names = [f"第几项{name}工作" for name in "甲乙丙丁戊己庚辛"[: len(levels)]]
    lines = ["#" * level + f" {name}" for level, name in zip(levels, names, strict=True)]
    draft = parse(write(*lines))
    assert [heading for _, _, heading in list_headings(draft)] == names
    depths = [key.count(".") for key, *_ in list_headings(draft)]
    for (high, low), (above, below) in zip(pairwise(levels), pairwise(depths), strict=True):
        if low > high:
            assert below == above + 1
        elif low == high:
            assert below == above
