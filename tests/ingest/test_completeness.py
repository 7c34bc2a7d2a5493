"""Complete, gapped or truncated. All texts are invented."""

import pytest

from corpus_app.ingest.completeness import check_announcements, judge_completeness
from corpus_app.ingest.draft import Completeness, Gap, Notice
from corpus_app.ingest.outline import split_sections

FULL = (
    "同志们：\n下面，我讲两点意见。\n一、抓好学习\n要原原本本学，联系实际学。\n"
    "二、抓好落实\n要一件一件抓，一项一项盯，务求取得实效。"
)


def judge(text: str, *offsets: int) -> tuple[Completeness, list[Gap], list[Notice]]:
    gaps = [Gap("paywall", offset, None, "") for offset in offsets]
    sections = split_sections(text, offsets)
    return judge_completeness(text, gaps, sections, check_announcements(text, sections))


def codes(text: str, *offsets: int) -> list[str]:
    return [notice.code for notice in judge(text, *offsets)[2]]


def test_it_calls_a_whole_speech_complete() -> None:
    assert judge(FULL) == ("complete", [], [])


@pytest.mark.parametrize("end", ["谢谢大家", "！", "”", "）", "；", "……"])
def test_it_accepts_the_usual_ends(end: str) -> None:
    assert judge(f"{FULL}\n让我们携手前进{end}")[0] == "complete"


def test_it_calls_a_speech_with_a_gap_inside_gapped() -> None:
    at = FULL.index("二、")
    verdict, gaps, _ = judge(FULL, at)
    assert verdict == "gapped"
    assert [gap.offset for gap in gaps] == [at]


def test_it_calls_a_last_heading_without_a_body_truncated() -> None:
    text = FULL[: FULL.index("要一件")].rstrip()
    verdict, gaps, notices = judge(text)
    assert verdict == "truncated"
    assert [(gap.kind, gap.offset) for gap in gaps] == [("truncated", len(text))]
    assert notices[0].code == "end_missing"


@pytest.mark.parametrize(
    "tail",
    ["，", "、", "：", "（未完）", "要继续把代表工作抓紧抓实抓到位推动各项工作迈上新的台阶不断"],
)
def test_it_calls_an_unfinished_end_truncated(tail: str) -> None:
    assert judge(f"{FULL}\n今后{tail}")[0] == "truncated"


def test_it_does_not_call_an_outline_of_bare_headings_truncated() -> None:
    assert judge("一、抓好学习\n二、抓好落实\n三、抓好作风")[0] == "complete"


def test_it_calls_a_gap_at_the_very_end_truncated_without_a_second_gap() -> None:
    verdict, gaps, _ = judge(FULL, len(FULL))
    assert verdict == "truncated"
    assert [gap.kind for gap in gaps] == ["paywall"]


def test_it_says_which_announced_sections_are_missing() -> None:
    assert "announced_missing" in codes(FULL.replace("两点", "四点"))


def test_it_says_where_text_belongs_to_no_known_section() -> None:
    text = FULL.replace("二、抓好落实", "一是要快。\n四、抓好落实")
    assert "unnamed_section" in codes(text, text.index("一是要快"))


def test_it_keeps_notes_at_the_end_and_says_so() -> None:
    text = f"{FULL}\n注：本文根据会议记录整理。"
    verdict, _, notices = judge(text)
    assert verdict == "complete"
    note = next(n for n in notices if n.code == "end_notes")
    assert text[note.start : note.end] == "注：本文根据会议记录整理。"


def test_it_says_when_there_is_no_outline() -> None:
    assert codes("大家好！今天天气很好。") == ["no_outline"]


def test_it_judges_an_empty_text_without_an_error() -> None:
    assert judge("") == (
        "complete",
        [],
        [Notice("no_outline", "没有识别出章节，全文作为一个整体。")],
    )


def test_terms_explained_at_the_end_are_no_headings_without_a_text() -> None:
    terms = "名词解释\n1．票决制：指由代表投票决定民生实事项目。\n2．两联系：是指代表联系群众。"
    assert judge(f"{FULL}\n{terms}")[0] == "complete"
