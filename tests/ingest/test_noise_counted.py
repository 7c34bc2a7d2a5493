"""Pay-wall notices that name a site and count what it hides become gaps with that number."""

from __future__ import annotations

import pytest

from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.pages import BODY, HEAD, clean
from tests.ingest.shared_texts import SHARED, needs_shared


@pytest.mark.parametrize("before", ["我代", "要抓紧落实，\n", "要抓紧落实。"])
@pytest.mark.parametrize(
    ("notice", "hidden"),
    [
        ("……（青坡文秘网https://www.qingpo.example省略959字，正式会员可完整阅读）", 959),
        ("……(稿海书房www.gaohai.example省略1,959字,VIP会员可完整阅读)", 1959),
        ("【还有1200字未读，登录 www.gaohai.example 查看全文】", 1200),
        ("（正式会员可完整阅读，稿海网隐藏650字）", 650),
        ("[余下1.2万字请登录文稿之家阅读]", 12000),
        ("（剩余815字）", 815),
    ],
)
def test_a_notice_in_brackets_becomes_a_gap(before: str, notice: str, hidden: int) -> None:
    text, cleaned = clean(f"{HEAD}{BODY}{before}{notice}\n四、抓紧办好\n要一抓到底，善作善成。\n")
    assert "字" not in text.partition("善作")[0].rpartition("要抓紧")[2]
    assert [gap.hidden_chars for gap in cleaned.gaps] == [hidden]
    assert cleaned.gaps[0].note == notice


@pytest.mark.parametrize(
    "line",
    [
        "墨池公文网省略约2300余字，注册会员可阅读全文",
        "—— 墨池公文网（https://www.mochi.example）省略2300字，正式会员可完整阅读 ——",
        "……此处有2300字未显示，请到墨池网（www.mochi.example）查看……",
    ],
)
def test_a_notice_in_a_line_of_its_own_becomes_a_gap(line: str) -> None:
    text, cleaned = clean(f"{HEAD}{BODY}{line}\n")
    assert text == (HEAD + BODY).strip()
    assert [gap.hidden_chars for gap in cleaned.gaps] == [2300]


@pytest.mark.parametrize(
    "sentence",
    [
        "每篇体会不少于800字，还有2000字的总结，写好以后挂到网上公开。",
        "（文章共3000字，剩余部分另行印发）请大家会后认真学习。",
        "（剩余资金815万元用于网站建设，会员单位可以查阅）这笔账要公开。",
        "有的答复只有300字，省略了办理过程，代表并不满意。",
        "这份材料（还有300字的附录）请大家会后阅读。",
    ],
)
def test_a_sentence_that_counts_characters_stays(sentence: str) -> None:
    text, cleaned = clean(f"{HEAD}{BODY}{sentence}\n")
    assert text == f"{HEAD}{BODY}{sentence}"
    assert cleaned.gaps == []


@needs_shared
@pytest.mark.parametrize("name", ["pw1", "pw2", "pw3", "pw4"])
def test_the_cases_beside_the_project_are_read(name: str) -> None:
    path = SHARED / f"cases/silent-loss/{name}.txt"
    draft = parse_bytes(path.read_bytes(), path.name)
    assert [gap.hidden_chars for gap in draft.gaps] == [959]
    assert "会员" not in draft.text
