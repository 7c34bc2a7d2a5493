"""Pages as programs keep them: JSON and feeds, in files of their own or saved as text."""

from __future__ import annotations

import json

import pytest

from corpus_app.ingest.draft import Draft, RejectedFile
from corpus_app.ingest.pipeline import parse_bytes
from tests.folding import for_each
from tests.ingest.invariants import check_invariants

TITLE = "在枫岭县代表工作推进会上的讲话"
LINES = [
    "同志们：",
    "今天召开这次会议，主要任务是交流做法、查找不足。下面，我讲两点意见。",
    "一、把站点建到群众身边",
    "去年以来，全县新建站点十六个，代表接待选民四千余人次，办结建议一百二十件。",
    "二、把意见办到群众心里",
    "要一件一件办，办一件，回一件，让群众看得见，也让群众信得过。",
]
RECORD = {
    "id": 7,
    "docTitle": TITLE,
    "docSource": "枫岭日报",
    "docPubTime": "2023-05-08 09:00:00",
    "url": "https://rd.example.cn/a.html",
    "docContent": "\n".join(LINES),
}


def parse(text: str, name: str = "a.json") -> Draft:
    draft = parse_bytes(text.encode(), name)
    check_invariants(draft.to_json())
    return draft


@pytest.mark.parametrize("name", ["a.json", "a.txt"])
@pytest.mark.parametrize("nested", [False, True])
def test_a_record_is_read_by_its_keys(name: str, nested: bool) -> None:
    record = {"code": 200, "data": {"list": [RECORD]}} if nested else RECORD
    draft = parse(json.dumps(record, ensure_ascii=nested), name)
    meta = draft.metadata
    assert (draft.format, draft.text) == ("json", "\n".join(LINES))
    assert (meta.title, meta.title_inferred) == (TITLE, False)
    assert (meta.source_name, meta.source_url) == ("枫岭日报", "https://rd.example.cn/a.html")
    assert meta.dates["published"].value == "2023-05-08"
    assert meta.evidence["title"].rule == "json"
    assert {"id: 7"} <= {span.text for span in draft.removed}


def test_markup_in_a_record_is_read_as_a_page() -> None:
    words = "".join(f"<p>　　{line}</p>" for line in ["（2023年5月6日）", "顾云舟", *LINES])
    draft = parse(json.dumps({"title": TITLE, "body": words}, ensure_ascii=False))
    assert draft.text == "\n".join(LINES)
    assert draft.metadata.speaker == "顾云舟"
    assert draft.metadata.dates["delivered"].value == "2023-05-06"


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[]", '{"title": "短"}', "{坏", json.dumps({"sha256": "x", "text": "长" * 300})],
)
def test_json_that_holds_no_page_is_refused(text: str) -> None:
    with pytest.raises(RejectedFile) as refused:
        parse_bytes(text.encode(), "a.json")
    assert refused.value.code == "unsupported"


def test_text_that_begins_with_a_brace_is_text() -> None:
    draft = parse("{草稿}\n" + "\n".join(LINES), "a.txt")
    assert draft.format == "txt"


def test_an_entry_of_a_feed_is_a_page() -> None:
    words = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in LINES)
    draft = parse(
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        "<title>枫岭人大网</title>"
        f"<item><title>{TITLE}</title><link>https://rd.example.cn/a.html</link>"
        "<pubDate>Mon, 08 May 2023 08:00:00 +0800</pubDate>"
        f"<description>{words}</description></item></channel></rss>",
        "a.txt",
    )
    assert draft.text == "\n".join(LINES)
    assert draft.metadata.title == TITLE
    assert draft.metadata.dates["published"].value == "2023-05-08"
    assert draft.metadata.source_url == "https://rd.example.cn/a.html"


def test_entities_of_a_feed_are_not_followed() -> None:
    draft = parse(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f"<rss><item><title>{TITLE}</title><description>&x;{'。'.join(LINES)}</description></item></rss>",
        "a.txt",
    )
    assert draft.text.count("同志们") == 1


def test_the_name_of_a_source_and_of_other_pages_is_no_title() -> None:
    record = {
        "docTitle": TITLE,
        "docSource": {"name": "枫岭日报"},
        "docContent": RECORD["docContent"],
    }
    more = {"data": record, "recommend": [{"title": "枫岭县人大视察河道"}]}
    draft = parse(json.dumps(more, ensure_ascii=False))
    assert draft.metadata.source_name == "枫岭日报"
    assert [span.text for span in draft.removed if span.kind == "title"] == [TITLE]
    assert draft.text == "\n".join(LINES)


def test_several_speeches_in_one_record_are_told() -> None:
    other = "在枫岭县民生实事票决动员会上的讲话"
    second = [line.replace("站点", "项目") for line in LINES]
    rows = [
        {"title": TITLE, "content": "\n".join(LINES)},
        {"title": other, "content": "\n".join(second)},
    ]
    draft = parse(json.dumps(rows, ensure_ascii=False))
    assert draft.text.splitlines() == [*LINES, other, *second]
    told = next(notice for notice in draft.notices if notice.code == "several_speeches")
    assert other in told.message


PARAGRAPHS = {
    "lines": LINES,
    "objects": [{"type": "p", "text": line} for line in LINES],
    "objects with an id": [{"id": n, "段落": line} for n, line in enumerate(LINES)],
    "marked up": [f"<p>{line}</p>" for line in LINES],
    "mixed": [LINES[0], *({"p": line} for line in LINES[1:])],
}


@for_each("form", sorted(PARAGRAPHS))
@for_each("key", ["正文", "content", "data_list"])
@for_each("outer", [False, True])
def test_a_body_may_be_a_list_of_paragraphs(form: str, key: str, outer: bool) -> None:
    record = {"标题": TITLE, "标签": ["人大", "代表", "监督"], key: PARAGRAPHS[form]}
    draft = parse(json.dumps([record] if outer else record, ensure_ascii=False))
    assert draft.text == "\n".join(LINES)
    assert draft.metadata.title == TITLE
    assert {"标签: 人大", "标签: 代表"} <= {span.text for span in draft.removed}
    assert [section.heading for section in draft.sections if section.marker] == [
        "把站点建到群众身边",
        "把意见办到群众心里",
    ]


def test_a_short_speech_under_a_bodys_key_is_one() -> None:
    draft = parse(json.dumps({"标题": TITLE, "正文": ["同志们：", "现在开会。"]}))
    assert draft.text == "同志们：\n现在开会。"
    assert parse(json.dumps({"标题": TITLE, "正文": "现在开会。"})).text == "现在开会。"


def test_records_in_a_list_are_not_joined_to_one() -> None:
    records = [{"标题": TITLE, "正文": LINES}, {"标题": "在总结会上的讲话", "正文": LINES}]
    draft = parse(json.dumps(records, ensure_ascii=False))
    assert draft.text.count(LINES[1]) == 2
    assert "在总结会上的讲话" in draft.text
    assert "several_speeches" in {notice.code for notice in draft.notices}


def test_the_one_row_of_a_table_in_text_is_a_page() -> None:
    words = "\n".join(LINES)
    heads = "id,标题,姓名,职务,发布时间,媒体,全文"
    row = f'7,"{TITLE}",顾云舟,"县委常委、宣传部部长",2023-05-08,枫岭日报,"\n{words}\n"'
    draft = parse(f"{heads}\n{row}\n（1 row）\n", "a.txt")
    meta = draft.metadata
    assert (draft.format, draft.text) == ("txt", words)
    assert (meta.title, meta.title_inferred, meta.source_name) == (TITLE, False, "枫岭日报")
    assert (meta.speaker, meta.speaker_role) == ("顾云舟", "县委常委、宣传部部长")
    assert {"id: 7", "（1 row）"} <= {span.text for span in draft.removed}
    several = parse(f"{heads}\n{row}\n{row}\n", "a.txt")
    assert several.text.count(LINES[1]) == 2, "several speeches are no one page"


def test_a_list_of_tags_is_no_body() -> None:
    for words in (["人大", "代表"], [{"text": "人大"}, {"text": "代表"}]):
        with pytest.raises(RejectedFile):
            parse(json.dumps({"标题": TITLE, "tags": words, "内容": words}))


def test_chinese_keys_of_a_speech_are_statements() -> None:
    record = {
        "标题": TITLE,
        "讲话人": "顾云舟",
        "职务": "县人大常委会主任",
        "讲话时间": "2023-05-06",
        "正文": LINES,
    }
    meta = parse(json.dumps(record)).metadata
    assert (meta.speaker, meta.speaker_role) == ("顾云舟", "县人大常委会主任")
    assert meta.dates["delivered"].value == "2023-05-06"
    assert meta.evidence["speaker"].rule == "json"
