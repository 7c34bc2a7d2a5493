"""The body: paragraphs where the source meant them, every word kept, offsets traceable."""

from __future__ import annotations

import pytest

from corpus_app.ingest.body import Body, assemble
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.invariants import squeeze


def take(raw: str, *pieces: str, kind: str = "advert") -> list[Removed]:
    spans = ((raw.index(piece), raw.index(piece) + len(piece)) for piece in pieces)
    return [Removed(kind, raw[a:b], a, b) for a, b in sorted(spans)]


def lay(raw: str, *pieces: str, kind: str = "advert") -> list[str]:
    return assemble(raw, take(raw, *pieces, kind=kind)).text.split("\n")


SENTENCE = "要认真学习贯彻会议精神，把思想和行动统一到部署要求上来，确保各项任务落到实处。"


def test_it_parts_paragraphs_by_one_newline_and_trims_them() -> None:
    raw = "\n\n\u3000\u3000同志们：\r\n\r\n \t开会了。 \n\n\n请坐。\n"
    assert lay(raw) == ["同志们：", "开会了。", "请坐。"]


def test_it_keeps_blanks_that_align_a_name_but_only_one() -> None:
    assert lay("主任 林　秋  同志讲话, 请听。") == ["主任 林　秋 同志讲话, 请听。"]


def test_it_breaks_one_long_line_at_the_blanks_after_sentences() -> None:
    raw = f"同志们: {SENTENCE * 5} {SENTENCE * 4}” {SENTENCE * 3}"
    assert lay(raw) == ["同志们:", SENTENCE * 5, SENTENCE * 4 + "”", SENTENCE * 3]


def test_it_ends_a_heading_in_a_long_line_before_the_blank() -> None:
    raw = f"{SENTENCE * 8} 一、坚持党的领导,建设“政治机关” {SENTENCE * 3} 二、服务代表"
    assert lay(raw) == [
        SENTENCE * 8,
        "一、坚持党的领导,建设“政治机关”",
        SENTENCE * 3,
        "二、服务代表",
    ]


def test_it_opens_a_paragraph_at_the_greeting_in_a_long_line() -> None:
    raw = f"在机关会议上的讲话 作者：佚名 各位代表： {SENTENCE * 8}"
    assert lay(raw) == ["在机关会议上的讲话 作者：佚名", "各位代表：", SENTENCE * 8]


def test_it_keeps_a_blank_inside_a_heading_in_a_long_line() -> None:
    raw = f"{SENTENCE * 8} 一、提高站位 统一思想 {SENTENCE * 3} {SENTENCE}"
    assert lay(raw) == [SENTENCE * 8, "一、提高站位 统一思想", SENTENCE * 3, SENTENCE]


def test_it_keeps_a_blank_between_quoted_expressions() -> None:
    raw = f"{SENTENCE * 6}增强“四个意识” “四个自信”，做到表里如一。 {SENTENCE * 6}"
    assert len(lay(raw)) == 2


def test_it_does_not_break_where_every_sentence_is_followed_by_a_blank() -> None:
    raw = " ".join([SENTENCE] * 20)
    assert lay(raw) == [raw]


def test_it_leaves_a_short_line_with_blanks_alone() -> None:
    assert lay("昂首奋进。 奋力开创。\n第二段。") == ["昂首奋进。 奋力开创。", "第二段。"]


def test_it_breaks_at_an_indent_inside_a_line() -> None:
    assert lay(f"{SENTENCE}\u3000\u3000{SENTENCE}") == [SENTENCE, SENTENCE]


def test_it_joins_the_words_around_a_watermark() -> None:
    assert lay("有关水印网部署要求", "水印网", kind="watermark") == ["有关部署要求"]


def test_it_parts_the_words_around_a_pay_wall() -> None:
    raw = "要抓落实。会员免费查看一是要学。"
    assert lay(raw, "会员免费查看", kind="paywall") == ["要抓落实。", "一是要学。"]


def test_it_joins_lines_cut_in_a_sentence_where_blank_lines_part_paragraphs() -> None:
    block = "大会通过了\n宪法草案\n，又通过了几个重要的法律。\n\n"
    raw = block + "".join(f"{SENTENCE}\n\n" for _ in range(6))
    assert lay(raw)[0] == "大会通过了宪法草案，又通过了几个重要的法律。"
    assert len(lay(raw)) == 7


def test_it_never_joins_a_heading_or_a_signature() -> None:
    raw = "".join(f"一、提高认识\n{SENTENCE}\n\n" for _ in range(6)) + "某区办公室\n2023年5月6日\n"
    lines = lay(raw)
    assert lines.count("一、提高认识") == 6
    assert lines[-2:] == ["某区办公室", "2023年5月6日"]


def test_it_never_starts_a_paragraph_with_a_closing_mark() -> None:
    assert lay("他说：“要抓落实。\n”大家都赞成。\n完了。") == [
        "他说：“要抓落实。”大家都赞成。",
        "完了。",
    ]


def test_it_rejoins_hard_wrapped_lines_and_keeps_real_paragraphs() -> None:
    text = SENTENCE * 5
    lines = ["    " + text[:24], *(text[i : i + 26] for i in range(24, len(text), 26))]
    raw = "\n".join([*lines, *lines])
    assert lay(raw) == [text, text]


def test_it_goes_on_across_a_page_number() -> None:
    raw = "\u3000\u3000要倒排工期，各\n- 3 -\n工作机构要对账。\n\u3000\u3000第二段。\n"
    assert lay(raw, "- 3 -", kind="pager") == ["要倒排工期，各工作机构要对账。", "第二段。"]


def test_it_does_not_join_lines_of_formats_that_mark_paragraphs() -> None:
    raw = "要倒排工期\n，各机构。\n"
    assert assemble(raw, [], wrapped=False).text == "要倒排工期\n，各机构。"


PARAGRAPHS = [
    "同志们：",
    f"今天请大家来，是想交换意见。{SENTENCE}下面讲两点。",
    "一、把底数摸清楚",
    f"要逐件过一遍台账，列出名单。{SENTENCE}",
    "二、把责任压下去",
    f"承办单位要亲自上手，跟踪到底。{SENTENCE}谢谢大家！",
]


@pytest.mark.parametrize("page", ["<pre>{}</pre>", "<div style='white-space:pre'>{}</div>", "{}"])
@pytest.mark.parametrize("width", [21, 26, 31])
def test_printed_lines_that_were_pasted_into_a_page_are_joined(page: str, width: int) -> None:
    lines = [
        line[at : at + width]
        for line in map("\u3000\u3000{}".format, PARAGRAPHS)
        for at in range(0, len(line), width)
    ]
    words = ("<br>" if page == "{}" else "\n").join(lines)
    draft = parse_bytes(f"<h1>在推进会上的讲话</h1>{page.format(words)}".encode(), "a.html")
    assert draft.text.split("\n") == PARAGRAPHS
    assert [part.marker for part in draft.sections if part.kind == "section"] == ["一、", "二、"]


def test_paragraphs_of_a_page_stay_apart_whatever_they_end_in() -> None:
    lines = ["同志们：", "要倒排工期", "，各机构。", *PARAGRAPHS[1:]]
    page = "".join(f"<p>{line}</p>" for line in lines)
    draft = parse_bytes(f"<h1>在推进会上的讲话</h1>{page}".encode(), "a.html")
    assert draft.text.split("\n") == lines


@pytest.mark.parametrize("raw", ["", " \n\t ", "\u3000"])
def test_it_makes_nothing_of_white_space(raw: str) -> None:
    assert assemble(raw, []).text == ""


def check_map(raw: str, body: Body, removed: list[Removed]) -> None:
    gone = {i for span in removed for i in range(span.start, span.end)}
    for offset, char in enumerate(raw):
        if offset not in gone and not char.isspace():
            assert body.text[body.from_raw.find_next(offset)] == char


def test_it_maps_every_kept_character_to_its_place() -> None:
    raw = " 首页\n同志们：\n  会水印网议开始。此处隐藏9字\n一是要学。\n|"
    removed = take(raw, "首页", "水印网", "此处隐藏9字", "|", kind="watermark")
    body = assemble(raw, removed)
    check_map(raw, body, removed)
    assert squeeze(body.text) == "同志们：会议开始。一是要学。"


def test_it_maps_a_removed_place_to_where_the_text_goes_on() -> None:
    raw = "要抓落实。\n此处隐藏9字\n一是要学。此处隐藏8字"
    body = assemble(raw, take(raw, "此处隐藏9字", "此处隐藏8字", kind="hidden"))
    assert body.text[body.from_raw.find_next(raw.index("此处隐藏9")) :] == "一是要学。"
    assert body.from_raw.find_next(raw.index("此处隐藏8")) == len(body.text)
    assert body.from_raw.find_next(len(raw)) == len(body.text)


def test_it_maps_a_span_to_what_is_left_of_it() -> None:
    raw = "会水印网议开始"
    body = assemble(raw, take(raw, "水印网", kind="watermark"))
    assert body.from_raw.find_span(0, 5) == (0, 2)
    assert body.from_raw.find_span(1, 4) == (1, 1)
