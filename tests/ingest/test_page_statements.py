"""What a web page states in its head: read where its lines say nothing, each with its evidence."""

from __future__ import annotations

import pytest

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.pipeline import parse_bytes

TITLE = "在枫岭县代表工作推进会上的讲话"
BODY = (
    "<p>同志们：</p><p>今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。</p>"
    "<p>一、把站点建到群众身边</p><p>去年以来，全县新建站点十六个，代表接待选民四千余人次。</p>"
)


def parse(head: str, body: str = "") -> Draft:
    top = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head>"
    page = f"{top}<body>{body}{BODY}</body></html>"
    return parse_bytes(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (f'<meta name="ArticleTitle" content="{TITLE}">', "meta"),
        (f'<meta property="og:title" content="{TITLE}">', "opengraph"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE + '"}'
            "</script>",
            "json_ld",
        ),
    ],
)
def test_a_stated_title_is_taken_with_its_evidence(head: str, rule: str) -> None:
    draft = parse(head)
    assert (draft.metadata.title, draft.metadata.title_inferred) == (TITLE, False)
    found = draft.metadata.evidence["title"]
    assert (found.start, found.end, found.text, found.rule) == (None, None, TITLE, rule)


def test_days_source_and_address_are_read_where_no_line_says_them() -> None:
    draft = parse(
        '<meta name="PubDate" content="2023-05-08 09:00">'
        '<meta name="ContentSource" content="枫岭日报">'
        '<meta property="og:url" content="https://rd.example.cn/a.html">'
        '<meta property="article:modified_time" content="2023-05-09T10:00:00+08:00">',
        f"<h1>{TITLE}</h1>",
    )
    meta = draft.metadata
    assert {name: date.value for name, date in meta.dates.items()} == {
        "published": "2023-05-08",
        "updated": "2023-05-09",
    }
    assert (meta.source_name, meta.source_url) == ("枫岭日报", "https://rd.example.cn/a.html")
    assert meta.evidence["published"].rule == "meta"
    assert meta.evidence["updated"].rule == "opengraph"


def test_what_a_line_says_stands_before_what_the_head_states() -> None:
    draft = parse(
        '<meta name="ContentSource" content="转载网"><meta name="PubDate" content="2020-01-01">',
        f"<h1>{TITLE}</h1><p>来源：枫岭日报　发布时间：2023-05-08</p>",
    )
    assert draft.metadata.source_name == "枫岭日报"
    assert draft.metadata.dates["published"].value == "2023-05-08"


@pytest.mark.parametrize("title", ["首页", "枫岭人大网", "领导讲话-枫岭人大网", "正文复制"])
def test_a_window_that_is_called_otherwise_gives_no_title(title: str) -> None:
    draft = parse(f"<title>{title}</title>")
    assert draft.metadata.title_inferred


def test_boxes_that_state_facts_are_read_apart() -> None:
    draft = parse(
        "",
        f"<h1>{TITLE}</h1><div><span class='rich_media_meta_text'>原创</span>"
        "<span class='rich_media_meta_nickname'>枫岭人大</span>"
        "<em id='publish_time'>2023年5月8日 18:30</em></div>",
    )
    assert draft.metadata.source_name == "枫岭人大"
    assert draft.metadata.dates["published"].value == "2023-05-08"


@pytest.mark.parametrize("script", ["{", "[1,2", '{"@type":"NewsArticle","headline":3}', "null"])
def test_a_broken_statement_states_nothing(script: str) -> None:
    draft = parse(f'<script type="application/ld+json">{script}</script>', f"<h1>{TITLE}</h1>")
    assert draft.metadata.title == TITLE
