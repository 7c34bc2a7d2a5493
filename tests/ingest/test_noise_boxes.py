"""Words that may be the speech's never vanish in a box that mark-up calls the page's own."""

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.invariants import check_invariants

TITLE = "在枫岭县代表工作推进会上的讲话"
ABOVE = [
    "同志们：",
    "今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。",
    "去年以来，全县新建站点十六个，代表接待选民四千余人次。",
]
BELOW = [
    "要一件一件办，办一件，回一件，让群众看得见，也让群众信得过。",
    "同志们，责任重于泰山，让我们一起把代表工作做得更好，不负全县人民的期望。",
]
BOXES = [
    "<aside>{}</aside>",
    "<nav><p>{}</p></nav>",
    "<footer>{}</footer>",
    '<div class="related">{}</div>',
    '<div class="share-box"><p>{}</p></div>',
    '<div id="sidebar">{}</div>',
    '<section class="banner">{}</section>',
    '<p class="location">{}</p>',
    "<figure><figcaption>{}</figcaption></figure>",
    "<blockquote>{}</blockquote>",
    "<details><summary>{}</summary></details>",
    "<details>{}</details>",
]
SPOKEN = [
    "把站点建到群众身边，把服务送到群众手上。",
    "群众的事没有小事！",
    "二、把意见办到群众心里",
    "代表来自人民、植根人民、服务人民",
]


def parse(*inner: str, wrapper: str = "article") -> Draft:
    html = f"<html><body><{wrapper}><h1>{TITLE}</h1>{''.join(inner)}</{wrapper}></body></html>"
    draft = parse_bytes(html.encode(), "a.html")
    check_invariants(draft.to_json())
    return draft


def write(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def is_told(draft: Draft, words: str) -> bool:
    """Say whether the words stay, or are told of."""
    told = [
        notice.message for notice in draft.notices if notice.code in ("unread", "removed_inside")
    ]
    return words in draft.text or any(words[:12] in message for message in told)


@for_each("wrapper", ["article", "div", "main"])
@for_each("words", SPOKEN)
@for_each("box", BOXES)
def test_words_between_lines_of_the_speech_stay(box: str, words: str, wrapper: str) -> None:
    draft = parse(write(ABOVE), box.format(words), write(BELOW), wrapper=wrapper)
    assert draft.text.split("\n") == [*ABOVE, words, *BELOW]
    marked = not re.search("figure|blockquote|details", box)
    assert ("possible_aside" in {notice.code for notice in draft.notices}) == marked


@for_each("words", SPOKEN)
@for_each("box", BOXES[:8])
@for_each("place", ["above", "below"])
def test_words_at_the_edge_of_the_text_are_told(box: str, words: str, place: str) -> None:
    parts = [write(ABOVE[1:] + BELOW), box.format(words)]
    draft = parse(*(reversed(parts) if place == "above" else parts))
    assert is_told(draft, words)


@for_each(
    "words",
    [
        '<a href="/1">县人大常委会开展执法检查，推动问题整改。</a>',
        "分享到：微信 微博",
        "责任编辑：林小禾",
        "版权所有：枫岭县人大常委会",
        BELOW[0],
        "更多讲话稿请关注公众号：青蓝文稿",
        "上一篇：关于召开会议的通知",
    ],
)
@for_each("box", BOXES[:6])
def test_what_surely_is_the_pages_own_goes_without_a_word(box: str, words: str) -> None:
    draft = parse(write(ABOVE), box.format(words), write(BELOW))
    assert draft.text.split("\n") == [*ABOVE, *BELOW]
    assert not {notice.code for notice in draft.notices} & {"possible_aside", "unread"}


def test_a_sidebar_outside_the_article_is_the_pages_own() -> None:
    side = "<aside>枫岭县人大网立足县情，服务代表。</aside>"
    html = f"<body>{side}<article><h1>{TITLE}</h1>{write(ABOVE + BELOW)}</article>{side}</body>"
    draft = parse_bytes(html.encode(), "a.html")
    assert draft.text.split("\n") == ABOVE + BELOW
    assert "unread" not in {notice.code for notice in draft.notices}


@given(
    st.sampled_from(BOXES),
    st.text("民生为要抓落实代表联络站点一二", min_size=6, max_size=24),
    st.integers(0, 5),
)
def test_no_sentence_in_a_box_is_lost_in_silence(box: str, words: str, place: int) -> None:
    sentence = f"{words}。"
    lines = ABOVE + BELOW
    draft = parse(write(lines[:place]), box.format(sentence), write(lines[place:]))
    assert is_told(draft, sentence)
