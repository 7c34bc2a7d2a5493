"""The check as a whole: whatever is sent, it ends soon, and says what it left out."""

from __future__ import annotations

import sys

import pytest

from corpus_app.proofreading import checking
from corpus_app.proofreading.checking import MOST_FINDINGS, check_by_steps, check_draft
from corpus_app.proofreading.drafts import DraftFacts, lay_out
from corpus_app.proofreading.quotations import MOST_QUOTED

pytestmark = pytest.mark.django_db
FACTS = DraftFacts(place="望岫县", day="2026-05-12")
# Said over and over without an end of a sentence: each is looked at in view of all before it.
REPEATED = (
    "某",
    "【待",
    "实施十五规划",
    "学习党的十八大",
    "三个方面：",
    "2010年工作任务",
    "“要办好",
    "第三条、",
    "《宪法》第三条，该法",
)


def count_calls(text: str) -> int:
    """Return how many calls the check of a text takes: the same on any machine."""
    draft, count = lay_out(text, FACTS), 0

    def note(*_event: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        check_draft(draft)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("words", REPEATED)
def test_four_times_the_words_take_no_sixteen_times_the_work(words: str) -> None:
    check_draft(lay_out(words, FACTS))  # reads the rules
    few, many = (count_calls(words * (size // len(words))) for size in (2_500, 10_000))
    assert many < few * 6


def test_what_is_beyond_the_bounds_is_said() -> None:
    checked = check_draft(lay_out("某" * (MOST_FINDINGS * 2 + 2) + "。", FACTS))
    few = check_draft(lay_out("某某。", FACTS))
    assert [f.kind for f in few.findings] == ["placeholder"]
    assert not any("以外" in words for words in few.not_checked)
    blanks = check_draft(lay_out("某某，" * (MOST_FINDINGS + 1), FACTS))
    assert sum(f.kind == "placeholder" for f in blanks.findings) == MOST_FINDINGS
    assert f"每类前 {MOST_FINDINGS} 处以外的问题" in blanks.not_checked
    assert checked.findings


def test_quotations_that_are_not_looked_up_are_said() -> None:
    quoted = "会议指出“山里的路要一段一段地修到家门口”。"
    checked = check_draft(lay_out(quoted * (MOST_QUOTED + 1), FACTS))
    assert sum(f.kind == "quotation" for f in checked.findings) == MOST_QUOTED
    assert f"第 {MOST_QUOTED} 处以后的引文" in checked.not_checked


def test_a_draft_in_parts_is_told_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = (
        "要坚持人民当家做主，办好实事。",
        "发展全过程民主。",
        "把任务的的要求落到实处。",
        "四风。",
    )
    text = "同志们：\n" + "\n".join(faults[n % 3] * (n % 4 + 1) for n in range(40)) + "\n"
    whole = check_draft(lay_out(text, FACTS))
    monkeypatch.setattr(checking, "PART_CHARS", 50)
    steps = list(check_by_steps(lay_out(text, FACTS)))
    assert len(steps) > 20
    assert [step.done for step in steps] == list(range(1, steps[-1].of + 1))
    parted = check_draft(lay_out(text, FACTS))
    assert {f.kind for f in whole.findings} >= {"slogan", "superseded", "wording"}
    assert parted.findings == whole.findings
