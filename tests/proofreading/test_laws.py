"""Laws that a draft cites, against the texts at hand as of the draft's day."""

from __future__ import annotations

from datetime import date

import pytest

from corpus_app.laws.loading import remove_load, store_laws
from corpus_app.laws.models import LawLoad
from corpus_app.laws.texts import read_law
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.drafts import DraftFacts, lay_out
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.proofreading.laws import review_laws
from tests.laws.statutes import BEACON, NEW, OLD

pytestmark = pytest.mark.django_db
NOW = date(2026, 5, 12)
TWICE = "守望委员会每年听取两次灯塔长的报告，并对报告进行审议。"
SENTENCE = "守望委员会每年听取四次灯塔长的报告，并对报告进行审议，向社会公布。"


@pytest.fixture(autouse=True)
def laws() -> None:
    store_laws([law for text in (OLD, NEW, BEACON) if (law := read_law(text))], "wächter", "x")


def find(text: str, day: date = NOW) -> list[DraftFinding]:
    return review_laws(text, day).findings


RIGHT = [
    f"《灯塔守望法》第三条规定：“{SENTENCE}”",
    f"《中华人民共和国灯塔守望法》第3条第1款规定，“{SENTENCE[:-1]}”。",
    f"“{SENTENCE}”（《灯塔守望法》第三条）",
    f"灯塔守望法第三条规定，{SENTENCE}",
    f"《灯塔守望法》规定：“{SENTENCE.replace('，', ',')}”",
    "《灯塔守望法》第一条、第三条规定：“守望委员会每年听取四次……向社会公布。”",
    f"《灯塔守望法》第二条至第四条明确：“{SENTENCE[:9]}\n{SENTENCE[9:]}”",
    "依照《灯塔守望法》第三条之一第（三）项，审查日志。",
    "《灯塔守望法》第三条规定“守望委员会每年听取两次报告”修改为“每年听取四次”。",
    "《灯塔守望法》第三条规定，每年要多听几次报告，听得仔细一些。",
    "原《合同法》第五十二条规定了无效的情形。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_cited_rightly_is_never_told(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "words", "message", "suggestion"),
    [
        ("落实《灯塔守望法》第九条。", "第九条", "没有第九条，最后一条是第五条", None),
        ("《灯塔守望法》第三条、第12条", "第12条", "没有第十二条", None),
        ("《灯塔守望法》第三条第三款", "第三条第三款", "只有两款", None),
        ("《灯塔守望法》第三条之一第（四）项", "第三条之一第（四）项", "只有三项", None),
        (
            f"《灯塔守望法》第三条规定：“{SENTENCE.replace('四次', '三次')}”",
            SENTENCE.replace("四次", "三次"), "不一致", SENTENCE,
        ),
        (f"《灯塔守望法》第四条规定：“{SENTENCE}”", SENTENCE, "不在第四条", None),
        (
            f"《灯塔守望法》第三条第二款规定：“{SENTENCE}”",
            SENTENCE, "第一款，不在第二款", None,
        ),
        (
            f"《灯塔守望法》第二条规定：“{TWICE}”",
            TWICE,
            "2006年8月27日文本）第二条的话，自2024年11月8日起",
            SENTENCE.replace("，向社会公布", ""),
        ),
        (
            "《灯塔守望法》第二条规定：“松鼠在山顶上晾晒渔网。”",
            "松鼠在山顶上晾晒渔网。", "没有这句话", None,
        ),
        (
            "学习《近海航标与浮标理保护法》。", "《近海航标与浮标理保护法》",
            "名称相近", "《近海航标与浮标管理保护法》",
        ),
        ("依照《合同法》第五十二条，合同无效。", "《合同法》", "2021年1月1日起已经废止", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_law_text_and_article(
    text: str, words: str, message: str, suggestion: str | None
) -> None:
    (found,) = find(text)
    assert (found.kind, found.text) == ("law", words)
    assert text[found.start : found.end] == words
    assert message in found.message
    if suggestion is None or "两次" in words:
        assert (found.suggestion is None) == (suggestion is None)
    else:
        assert found.suggestion == suggestion
    if "合同法" not in text:
        assert found.evidence[0].title.startswith("《中华人民共和国")


def test_the_text_is_that_of_the_drafts_day() -> None:
    old = f"《灯塔守望法》第二条规定：“{TWICE}”"
    assert find(old, date(2020, 1, 1)) == []
    (early,) = find(f"《灯塔守望法》第三条规定：“{SENTENCE}”", date(2020, 1, 1))
    assert "自2024年11月8日起才施行" in early.message


def test_what_is_not_at_hand_is_said_and_not_judged() -> None:
    text = "《群岛渡轮条例》第三条规定：“渡轮不得在雾中离港，等雾散了再走。”"
    checked = check_draft(lay_out(text, DraftFacts(day="2026-05-12")))
    assert checked.findings == ()
    assert "没有载入：《群岛渡轮条例》" in checked.not_checked
    # Amended in 2021; the text of that year is the only one.
    before = review_laws("《近海航标与浮标管理保护法》第九条", date(2018, 1, 1))
    assert (before.findings, before.unheld) == ([], ["近海航标与浮标管理保护法"])


def test_without_laws_this_is_said_and_their_words_are_not_asked_of_speeches() -> None:
    remove_load(LawLoad.objects.get())
    text = f"《灯塔守望法》第三条规定：“{SENTENCE}”"
    checked = check_draft(lay_out(text, DraftFacts(day="2026-05-12")))
    assert checked.findings == ()
    assert "法律条文（没有载入法律文本）" in checked.not_checked
