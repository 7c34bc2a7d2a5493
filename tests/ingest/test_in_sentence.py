"""No word of a speech is taken on a guess; what a site put in is, where the file names the site."""

from __future__ import annotations

import random
import tomllib

import pytest
from hypothesis import given, strategies as st

from benchmarks.in_sentence import (
    TABLE,
    load_terms,
    parse,
    try_mark,
    try_term,
)
from corpus_app.ingest.draft import Draft
from corpus_app.ingest.inner_removals import list_inner
from tests.ingest.pages import BODY, HEAD, clean
from tests.ingest.shared_texts import SHARED, needs_shared
from tests.thoroughness import draw

TERMS = sorted({term for terms in load_terms().values() for term in terms})
MARKS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["marks"]
SPEECH = HEAD + BODY
# Sentences in which a speaker speaks of a platform, an office or a site, again and again.
SPOKEN = [
    "要用好{name}，让群众在{name}上看得见进度、说得上话、评得了好坏。",
    "去年全县依托{name}收集意见三百条，今年{name}还要延伸到村组。",
    "各单位要把{name}管起来，{name}数据要真、更新要快，不能建而不用。",
    "对{name}反映的问题要限时办结，{name}办理情况每月通报一次。",
]


def put_twice(words: str) -> str:
    """Return the speech with words in the middle of two of its words."""
    return SPEECH.replace("总结", f"总{words}结").replace("部署", f"部{words}署")


def list_taken(draft: Draft) -> list[str]:
    return [span.text for span in list_inner(draft.raw, draft.removed)]


def test_there_are_terms_of_two_hundred_kinds() -> None:
    assert len(TERMS) >= 200


@draw(150)
@given(st.sampled_from(TERMS), st.integers(0, 10**9))
def test_no_term_put_anywhere_is_ever_removed(term: str, seed: int) -> None:
    assert try_term(term, random.Random(seed)) == []


@pytest.mark.parametrize("rule", MARKS, ids=[rule["family"] for rule in MARKS])
def test_a_mark_never_takes_other_words_with_it(rule: dict[str, list[str]]) -> None:
    chance = random.Random(5)
    for site in rule["sites"]:
        assert try_mark(site, chance.choice(rule["frames"]), chance)[2] == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("caihua88", "来源：http://www.caihua88.com/a.html"),
        ("CaiHua88", "来源：http://www.caihua88.com/a.html"),
        ("www.caihua88.com", "网址：www.caihua88.com"),
        ("ｃａｉｈｕａ８８", "客服微信：caihua88"),
        ("c a i h u a 8 8", "来源：http://www.caihua88.com/a.html"),
        ("（caihua88）", "微信公众号：caihua88"),
        ("云帆公文网", "版权所有：云帆公文网"),
        ("云 帆 公 文 网", "版权所有：云帆公文网"),
        ("酷墨文行", "版权所有：酷墨文行"),
    ],
)
def test_a_site_that_a_line_of_the_page_names_goes_and_leaves_a_notice(
    words: str, line: str
) -> None:
    draft = parse(f"{put_twice(words)}{line}\n")
    assert words not in draft.text
    assert list_taken(draft) == [words, words]
    told = [notice for notice in draft.notices if notice.code == "removed_inside"]
    assert [draft.text[note.start : note.end] for note in told] == ["总结", "部署"]
    assert all(words in note.message for note in told)


@pytest.mark.parametrize("words", ["caihua88", "www.caihua88.com", "GWK-2023", "caihua.net"])
def test_without_such_a_line_it_stays_and_is_told(words: str) -> None:
    draft = parse(put_twice(words))
    assert draft.text.count(words) == 2
    told = [notice for notice in draft.notices if notice.code == "possible_watermark"]
    assert told
    assert all(draft.text[note.start : note.end] == words for note in told)


@pytest.mark.parametrize("line", ["关注COVID-19防控工作", "学习ISO9001标准：一点体会"])
def test_a_heading_names_no_account(line: str) -> None:
    raw = f"{line}\n{put_twice('COVID-19').replace('部COVID-19署', '部ISO9001署')}"
    draft = parse(raw + "要推动ISO9001认证，开展COVID-19监测，让企业和群众都满意。\n")
    assert draft.text.count("COVID-19") + draft.text.count("ISO9001") == 4


@pytest.mark.parametrize(
    "name", ["代表联络站平台", "浙里办", "学习强国", "青芜政务网", "法规资料库"]
)
@pytest.mark.parametrize("line", ["", "来源：{name}\n", "{name} > 领导讲话 > 正文\n"])
def test_a_platform_that_the_speaker_speaks_of_stays_though_the_page_names_it(
    name: str, line: str
) -> None:
    sentences = "\n".join(sentence.format(name=name) for sentence in SPOKEN)
    draft = parse(f"{line.format(name=name)}{SPEECH}{sentences}\n")
    assert draft.text.count(name) == 8
    assert list_taken(draft) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "写材料不能照搬第一范文网的模板，要到村组去听真话、查实情、想办法。",
        "有的同志一动笔就上百度文库下载，抄来抄去，群众听了直摇头。",
        "请大家登录中国人大网www.npc.gov.cn查阅，也可以访问flk.npc.gov.cn检索法律条文。",
        "要办好12306.cn这样的便民网站，学习58.com那样的服务方式，方便群众办事。",
    ],
)
def test_a_site_of_which_the_sentence_speaks_stays(sentence: str) -> None:
    text, _ = clean(f"{SPEECH}{sentence}\n")
    assert text.endswith(sentence)


@needs_shared
@pytest.mark.parametrize("name", ["pm25", "latin_terms"])
def test_the_cases_beside_the_project_lose_nothing(name: str) -> None:
    draft = parse((SHARED / f"cases/silent-loss/{name}.txt").read_text(encoding="utf-8"))
    assert list_taken(draft) == []
    assert any(notice.code == "possible_watermark" for notice in draft.notices)
