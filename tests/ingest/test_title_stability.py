"""Short files: a change that says nothing of the head changes nothing that is read from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.pipeline import parse_bytes
from tests.thoroughness import draw

Lines = list[str]
DOCUMENTS: Final = (
    "政府工作报告",
    "青芜县人大常委会工作报告",
    "在青芜县人大工作会议上的讲话",
    "在全市乡镇人大工作推进会上的总结讲话",
    "关于2023年财政决算的报告",
    "关于加强代表工作的意见",
    "学习宪法的体会",
)
HEADLINES: Final = (
    "坚持和完善人民代表大会制度",
    "践行全过程人民民主",
    "牢记嘱托 担当作为",
    "发展全过程人民民主，办好民生实事",
    "以高质量履职助推高质量发展",
    "坚持正确政治方向",
    "扩大公众有序参与",
)
HEADS: Final = ((), ("（2023年5月6日）",), ("（2023年5月6日）", "林知远"))
BODIES: Final = (
    ("代表家站要建在群众身边。",),
    ("同志们：", "今天我们开会，讲三点意见。"),
    ("同志们：", "代表家站要建在群众身边，让群众话有地方说。", "我们要把会议开好。"),
    ("各位代表：", "现在，我代表青芜县人民政府，向大会报告工作。"),
    ("监督是宪法赋予的职责。", "我们要敢于监督、善于监督。"),
    ("我们要抓好预算审查，密切联系群众，支持代表依法履职，把民生实事一件一件办到底。",),
)
CHANGES: Final[dict[str, Callable[[Lines], Lines]]] = {
    "a blank behind the title": lambda lines: [f"{lines[0]} ", *lines[1:]],
    "blanks behind every line": lambda lines: [f"{line}  " for line in lines],
    "blanks before the title": lambda lines: [f"      {lines[0]}", *lines[1:]],
    "an empty line below the title": lambda lines: [lines[0], "", *lines[1:]],
    "an empty line above all": lambda lines: ["", "", *lines],
    "indented paragraphs": lambda lines: [lines[0], *(f"　　{line}" for line in lines[1:])],
    "line breaks of another system": lambda lines: [f"{line}\r" for line in lines],
    "one paragraph more": lambda lines: [*lines, "会后，请各单位抓好落实。"],
    "two paragraphs more": lambda lines: [
        *lines, "会后，请各单位抓好落实。", "我们要继续努力，让人民群众满意。",
    ],
}  # fmt: skip


def read(lines: Lines) -> tuple[object, ...]:
    """Return what is read of the head of a file of these lines, or why it was refused."""
    try:
        meta = parse_bytes("\n".join(lines).encode(), "稿.txt").metadata
    except RejectedFile as refusal:
        return (refusal.code,)
    dates = {name: date.value for name, date in meta.dates.items()}
    return meta.title, meta.title_inferred, meta.subtitle, meta.speaker, dates


@draw(160)
@given(
    st.sampled_from(DOCUMENTS + HEADLINES),
    st.sampled_from(HEADS),
    st.sampled_from(BODIES),
    st.sampled_from(sorted(CHANGES)),
)
def test_what_says_nothing_of_a_head_changes_nothing_read_from_it(
    title: str, head: tuple[str, ...], body: tuple[str, ...], change: str
) -> None:
    lines = [title, *head, *body]
    told = read(lines)
    assert told[:2] == (title, False)
    assert read(CHANGES[change](lines)) == told


@pytest.mark.parametrize("title", DOCUMENTS)
def test_a_document_keeps_its_title_whose_text_lacks_its_last_full_stop(title: str) -> None:
    for head in HEADS:
        for body in BODIES:
            lines = [title, *head, *body]
            lines[-1] = lines[-1].removesuffix("。")
            assert read(lines)[:2] == (title, False), lines
