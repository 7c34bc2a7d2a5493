"""Sentences that sound like a page's own words stay, and what a page names goes in any frame."""

from __future__ import annotations

import pytest

from benchmarks.in_sentence import parse
from tests.ingest.pages import BODY, HEAD, clean

SPEECH = HEAD + BODY


def put_twice(words: str) -> str:
    """Return the speech with words in the middle of two of its words."""
    return SPEECH.replace("总结", f"总{words}结").replace("部署", f"部{words}署")


@pytest.mark.parametrize(
    "line",
    [
        "为奋斗者点赞，为新时代喝彩！",
        "地址不变，初心不改！",
        "主办的责任在我们，承办的责任也在我们。",
        "下一篇文章，要靠大家来写！",
        "版权所有者的利益要保护。",
        "分类：分到每个人；施策：落到每一户。",
        "【重点】本文件要逐条抓好落实。",
        "人均补助由300元/年提高到500元/年，请大家抓好落实。",
    ],
)
@pytest.mark.parametrize("thanks", ["", "谢谢大家！\n"])
def test_a_last_sentence_that_holds_words_of_a_page_stays(line: str, thanks: str) -> None:
    raw = f"{SPEECH}{line}\n{thanks}"
    assert clean(raw)[0] == raw.strip()


@pytest.mark.parametrize(
    "line",
    [
        "（三）公众号：贴近群众的新窗口",
        "二、QQ群：联系代表的新平台",
        "（一）微信：指尖上的服务",
        "微信：要用好这个工具，QQ：也一样。",
        "请大家加入微信群，工作交流群，随时报告情况。",
        "更多的材料请向办公室索取，更多的素材就在群众当中，请大家深入下去。",
    ],
)
def test_a_line_of_the_speech_that_reads_like_advertising_stays_without_proof(line: str) -> None:
    raw = f"{SPEECH}{line}\n各单位要按照这个要求抓好落实，年底前把办理情况报给常委会。\n"
    assert clean(raw)[0] == raw.strip()


def test_such_a_line_is_told_and_goes_where_the_page_bears_it_out() -> None:
    after = "各单位要按照这个要求抓好落实，年底前把办理情况报给常委会。\n"
    told = parse(f"{SPEECH}更多写作材料请关注青木小屋\n{after}").notices
    assert "possible_advert" in [notice.code for notice in told]
    for line in ("更多公文材料请加QQ群：88123456", "更多写作材料请关注云帆公文网"):
        assert line not in parse(f"{SPEECH}{line}\n{after}").text


@pytest.mark.parametrize(
    "sentence",
    [
        "要用好公文网上流转系统，做到公文网上流转全覆盖，最好公文网上办结。",
        "各单位要充实公文素材库，公文素材库要动态更新，把公文素材库管起来。",
        "规范建筑材料铺12家，引导建筑材料铺统一经营，今年建筑材料铺要进市场。",
    ],
)
def test_ordinary_words_that_end_like_a_brand_of_the_trade_stay(sentence: str) -> None:
    raw = f"{SPEECH}{sentence}\n"
    assert clean(raw)[0] == raw.strip()


@pytest.mark.parametrize("term", ["GB18030", "KN95", "NaHCO3", "Qwen3-235B", "F5G-A"])
@pytest.mark.parametrize("line", ["来源：{term}", "转自：{term}", "摘自 {term} 专刊"])
def test_a_label_of_the_source_alone_takes_no_term_from_between_whole_words(
    term: str, line: str
) -> None:
    raw = f"{SPEECH}要推动{term}应用，规范{term}管理，让{term}惠及群众。\n"
    assert parse(raw + line.format(term=term)).text.count(f"{term}应用") == 1


@pytest.mark.parametrize(
    "mark", ["-{}-", "*{}*", "_{}_", "·{}·", "|{}|"], ids=["-", "*", "_", "·", "bar"]
)
@pytest.mark.parametrize(
    ("site", "line"),
    [("caihua88", "来源：http://www.caihua88.com/a.html"), ("云帆公文网", "版权所有：云帆公文网")],
)
def test_a_name_that_the_page_bears_goes_with_the_signs_around_it(
    mark: str, site: str, line: str
) -> None:
    draft = parse(f"{put_twice(mark.format(site))}{line}\n")
    assert "总结" in draft.text
    assert "部署" in draft.text


@pytest.mark.parametrize("mark", ["@caihua88", " caihua88 "])
def test_so_does_one_behind_an_at_or_between_blanks(mark: str) -> None:
    draft = parse(f"{put_twice(mark)}来源：http://www.caihua88.com/a.html\n")
    assert "caihua88" not in draft.text


@pytest.mark.parametrize(
    "line", ["公众号ID：caihua88", "微信搜索：caihua88", "@caihua88", "抖音号：caihua88"]
)
def test_an_account_is_named_by_its_line(line: str) -> None:
    text = parse(f"{put_twice('caihua88')}{line}\n").text
    assert text.count("总结") + text.count("部署") == 2


@pytest.mark.parametrize("line", ["酷墨文行", "【酷墨文行】", "（本文由酷墨文行整理）"])
def test_a_brand_is_named_by_a_line_of_nothing_else(line: str) -> None:
    text = parse(f"{line}\n{put_twice('酷墨文行')}").text
    assert "总结" in text
    assert "部署" in text
