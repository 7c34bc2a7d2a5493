"""A page says what a browser shows of it: its numbers, its annotations, what it skips."""

from __future__ import annotations

import time
from html import escape

import pytest
from hypothesis import given, strategies as st

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.pipeline import parse_bytes
from tests.thoroughness import draw

UNSEEN = {"hidden_text", "annotation"}


def read(body: str, style: str = "") -> Extracted:
    return extract_page(Decoded(f"<html><style>{style}</style><body>{body}</body></html>", "utf-8"))


def list_seen(page: Extracted) -> list[str]:
    """Return the lines that a reader of the page sees."""
    text, position = "", 0
    for mark in page.marks:
        if mark.kind in UNSEEN:
            text, position = text + page.raw[position : mark.start], mark.end
    return (text + page.raw[position:]).split("\n")[:-1]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3 reversed><li>甲<li value=9>乙<li>丙</ol>", ["3. 甲", "9. 乙", "8. 丙"]),
        ("<ol reversed><li>甲<li hidden>乙<li>丙</ol>", ["2. 甲", "", "1. 丙"]),
        ("<ol type=A><li>甲<li type=i>乙</ol>", ["A. 甲", "ii. 乙"]),
        (
            "<ol><li>甲<ol type=a><li>子<li>丑</ol><li><p>乙</p></ol>",
            ["1. 甲", "a. 子", "b. 丑", "2. 乙"],
        ),
        ("<ul><li>甲<menu><li>乙</menu></ul>", ["甲", "乙"]),
        ('<ol style="list-style:inside none"><li>甲</ol>', ["甲"]),
        ("<ol style='list-style-type:\"第\"'><li>甲</ol>", ["第甲"]),
        ("<ol><li>一、甲<li>2023年<li>三、乙</ol>", ["一、甲", "2. 2023年", "三、乙"]),
        ("<ol><li><a href=x>甲</a></ol>", ["甲"]),
        ("<p>逐条<ruby>登<rp>(<rt>dēng<rp>)</ruby>记</p>", ["逐条登记"]),
        ("<ruby><rb>登<rb>记<rt>dēng<rt>jì</ruby>", ["登记"]),
        ("<p>甲<bdo dir=rtl>（二）中国</bdo>乙</p>", ["甲国中（二）乙"]),
        ("<q>外<q>内</q></q>", ["“外‘内’”"]),
        ("<div lang=zh-Hant><q>外</q></div>", ["「外」"]),
        ("<p>占<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>", ["占1/2"]),
        ("<p>联<wbr>络<svg><title>图标</title><text>图字</text></svg></p>", ["联络", "图字"]),
        ("<pre>甲  <b>乙\n丙</b></pre>", ["甲  乙", "丙"]),
        ('<p style="white-space:pre-line">甲  乙\n丙</p>', ["甲 乙", "丙"]),
        ("<table><tr><td><p>事项</p><th>件数<tr><td>建议<td>7</table>", ["事项\t件数", "建议\t7"]),
        ("<p>甲<![CDATA[弃]]><!--弃--><![if !x]>乙<![endif]></p>", ["甲乙"]),
        ("<x-box>甲</x-box><o:p>乙</o:p>", ["甲乙"]),
        (
            "<x-box><template shadowrootmode=open><b>影</b><slot></slot></template>光</x-box>",
            ["影光"],
        ),
        ("<iframe srcdoc='<ol><li>甲</ol>'></iframe>", ["1. 甲"]),
        ("<details open><summary>展开</summary><p>甲</p></details>", ["展开", "甲"]),
        ("<details><summary>展开</summary><p>甲</p></details>", ["展开", "甲"]),
        ("<style>b{color:red}</style><details open>甲</details>", ["甲"]),
    ],
)  # fmt: skip
def test_it_says_what_a_browser_shows(body: str, lines: list[str]) -> None:
    assert list_seen(read(body)) == lines


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("decimal", "1. 12. 0. -3. "),
        ("decimal-leading-zero", "01. 12. 00. -03. "),
        ("cjk-ideographic", "一、十二、零、負三、"),
        ("simp-chinese-informal", "一、十二、零、负三、"),
        ("simp-chinese-formal", "壹、壹拾贰、零、负叁、"),
        ("trad-chinese-formal", "壹、壹拾貳、零、負參、"),
        ("cjk-heavenly-stem", "甲、一二、〇、-3、"),
        ("lower-greek", "α. μ. 0. -3. "),
        ("upper-roman", "I. XII. 0. -3. "),
        ("circled", "① ⑫ 0 -3 "),
        ("mine", "（子）（12）（0）（-3）"),
        ("none", ""),
        ("square", ""),
    ],
)
def test_it_numbers_lists_in_the_style_of_the_page(kind: str, numbers: str) -> None:
    style = "@counter-style mine{system:fixed;symbols:'子' 丑;prefix:'（';suffix:'）'}"
    items = "".join(f"<li value={value}>·" for value in (1, 12, 0, -3))
    page = read(f"<ol class=k>{items}</ol>", f"{style} .k{{list-style:{kind} inside}}")
    assert page.raw.replace("·", "").replace("\n", "") == numbers
    assert [notice.code for notice in page.notices] == (["numbering"] if numbers else [])


def test_it_counts_as_the_styles_of_the_page_do() -> None:
    style = (
        "body{counter-reset:s} h2{counter-increment:s}"
        "h2::before{content:'第' counter(s, cjk-ideographic) '部分　'} q::before{content:none}"
        "ol{counter-reset:i;list-style:none} li{counter-increment:i}"
        "li::before{content:counters(i,'.') ' '} .icon::after{content:'\\e60c'}"
        ".gone::before{content:'弃';visibility:hidden}"
    )
    body = "<h2>甲</h2><ol><li>乙<ol><li>丙<li>丁</ol><li class=icon>戊</ol>"
    body += "<h2 class=gone><q>己</q></h2>"
    assert list_seen(read(body, style)) == [
        "第一部分　甲", "1 乙", "1.1 丙", "1.2 丁", "2 戊", "己",
    ]  # fmt: skip


# What has no effect on a part of a line is said of a box here.
HIDING = [
    "display:none", "visibility:hidden", "opacity:0", "font-size:0", "font-size:.05em",
    "display:block;height:0;overflow:hidden", "position:absolute;left:-9999px",
    "position:absolute;width:1px;height:1px;overflow:hidden", "position:fixed;top:-200em",
    "display:inline-block;text-indent:-9999px", "margin-left:-3000px",
    "display:block;transform:translateX(-5000px)", "float:left;transform:scale(0)",
    "position:absolute;clip:rect(0 0 0 0)", "clip-path:inset(50%)", "clip-path:circle(0)",
    "color:#fff", "color:white;background:#fefefe", "background:#036;color:rgb(0,51,102)",
    "color:transparent", "color:rgba(0,0,0,0)", "display:inline-block;content-visibility:hidden",
]  # fmt: skip
SHOWING = [
    "display:inline", "opacity:.5", "font-size:10px", "height:0", "text-indent:-2em", "zoom:0",
    "height:0;overflow:hidden", "text-indent:-9999px", "transform:scale(0)",
    "position:absolute;left:-20px", "color:#fff;background:#c00", "color:#eee",
    "background:url(a.png);color:#fff", "overflow:hidden;height:20px", "text-indent:2em",
    "clip-path:inset(0)", "margin-top:-5px", "visibility:visible", "transform:rotate(2deg)",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDING)
def test_words_that_a_style_hides_are_listed_and_not_in_the_text(style: str) -> None:
    for body, sheet in (
        (f'<p>甲<span style="{style}">乙</span>丙</p>', ""),
        ("<p>甲<span class=k>乙</span>丙</p>", f".k{{{style}}}"),
        ("<p>甲<span class=k>乙</span>丙</p>", f"@media screen{{p > .k{{{style}}}}} .k{{top:0}}"),
    ):
        page = read(body, sheet)
        assert "".join(list_seen(page)) == "甲丙", sheet
        assert [(m.kind, m.text.strip()) for m in page.marks] == [("hidden_text", "乙")]
        assert [notice.code for notice in page.notices] == ["hidden_text"]


@pytest.mark.parametrize("style", SHOWING)
def test_words_that_a_style_leaves_visible_stay(style: str) -> None:
    page = read(f'<p>甲<span style="{style}">乙</span><i class=k>丙</i></p>', f".k{{{style}}}")
    assert "".join(list_seen(page)) == "甲乙丙"


@pytest.mark.parametrize(
    ("sheet", "body", "seen"),
    [
        (".k{display:none} p .k{display:inline}", "<p>见<b class=k>见</b></p>", "见见"),
        (".k{display:none!important}", '<b class=k style="display:inline">藏</b>见', "见"),
        (".k{display:none}", '<b class=k style="display:inline">见</b>', "见"),
        ("@media print{.k{display:none}}", "<b class=k>见</b>", "见"),
        ("@media (max-width:600px){.k{display:none}}", "<b class=k>见</b>", "见"),
        ("/*.k{*/.k{display/**/:none}", "<b class=k>藏</b>见", "见"),
        (".k{d\\69splay:none}", "<b class=k>藏</b>见", "见"),
        (".k{visibility:hidden} .k i{visibility:visible}", "<b class=k>藏<i>见</i></b>", "见"),
        (".k{font-size:0}", '<b class=k>藏<i style="font-size:14px">见</i></b>', "见"),
        ("p ~ p{display:none}", "<p>见</p><p>藏</p>", "见"),
        (".k:hover b{display:block} .k b{display:none}", "<p class=k>见<b>藏</b></p>", "见"),
        ("body{background:#000;color:#eee} i{color:#000}", "<p>见<i>藏</i></p>", "见"),
        ("", '<p aria-hidden="true">见</p><p hidden>藏</p><dialog>藏</dialog>', "见"),
        ("", "<noscript>藏</noscript><template>藏</template><canvas>藏</canvas>见", "见"),
    ],
)
def test_the_page_is_styled_as_on_a_screen(sheet: str, body: str, seen: str) -> None:
    assert "".join(list_seen(read(body, sheet))) == seen


def test_white_letters_on_a_ground_that_the_file_does_not_hold_stay() -> None:
    page = '<html><link rel=stylesheet href=a.css><div class=top style="color:#fff">见</div></html>'
    assert not extract_page(Decoded(page, "utf-8")).marks


def test_a_page_that_only_a_script_shows_is_read_but_for_what_is_hidden_in_it() -> None:
    prose = (
        "<p>同志们要认真学习会议精神，把思想统一到会议的要求上来，确保各项工作落到实处。</p>" * 3
    )
    hidden = f'<div style="visibility:hidden">{prose}<b style="display:none">藏</b></div><p>见</p>'
    page = read(hidden)
    assert [mark.text for mark in page.marks] == ["藏"]
    assert [notice.code for notice in page.notices] == ["hidden_text", "hidden_kept"]


def test_what_readers_fold_open_themselves_is_read_and_told() -> None:
    folded = "<details><summary>展开</summary><p>甲乙</p><p hidden>藏</p></details>"
    page = read(f"<p>见</p>{folded}")
    assert list_seen(page) == ["见", "展开", "甲乙", ""]
    assert [(n.code, "折叠" in n.message) for n in page.notices] == [
        ("hidden_text", False),
        ("hidden_kept", True),
    ]


def test_pictures_and_frames_in_the_speech_are_told_where_they_stand() -> None:
    prose = "同志们要认真学习会议精神，把思想统一到会议的要求上来，确保各项工作落到实处。"
    page = (
        f"<html><img src=logo.png><h1>在全市工作会议上的讲话</h1><p>同志们：</p><p>{prose}</p>"
        f"<p><img src=1.gif alt='图一'></p><p>{prose}<img src=dot.gif width=1></p>"
        f"<iframe src=other.htm></iframe><p>{prose}</p><p><img src=qr.png></p></html>"
    )
    draft = parse_bytes(page.encode(), "a.html")
    told = [(n.code, draft.text[n.start : n.end]) for n in draft.notices if n.start is not None]
    assert told == [("pictures", "。\n同"), ("unread_part", "。\n同")]
    assert "图一" in next(n.message for n in draft.notices if n.code == "pictures")


def test_a_frameset_names_the_files_that_hold_its_text() -> None:
    with pytest.raises(RejectedFile, match=r"a\.htm、b\.htm"):
        read("<frameset><frame src=a.htm><frame src=b.htm></frameset>")


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        '<script src="a"/></head><body><p>甲&nbsp;<a id="x"/>乙<![CDATA[丙]]></p></body></html>',
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>甲</h:p><h:p>乙丙</h:p>'
        "</h:body></h:html>",
    ],
)
def test_xhtml_is_read_by_its_own_rules(page: str) -> None:
    assert "".join(extract_page(Decoded(page, "utf-8")).raw.split()) == "甲乙丙"


@pytest.mark.parametrize(
    "page",
    [
        ("b ~ b ~ p ~ b{display:none}", "<b>甲</b>" * 8_000),
        ("b:nth-of-type(2n){display:none}", "<b>甲</b>" * 8_000),
        ("p:has(b){display:none}", "<p>甲<b>乙</b></p>" * 4_000),
        ("".join(f":not(.a{i}){{opacity:1}}" for i in range(2_000)), "<p>甲</p>" * 4_000),
        ("{" * 20_000 + "display:none", "<table><tr>" + "<td>甲" * 8_000),
    ],
    ids=["siblings", "counted", "has", "selectors", "braces"],
)
def test_hostile_styles_cost_no_more_than_a_few_seconds(page: tuple[str, str]) -> None:
    started = time.process_time()
    assert "甲" in read(page[1], page[0]).raw
    assert time.process_time() - started < 6


TAGS = (
    "p", "div", "span", "b", "li", "ol", "ul", "dl", "dd", "table", "tr", "td", "ruby", "rt", "rp",
    "pre", "q", "bdo", "details", "summary", "noscript", "template", "svg", "text", "math", "mi",
    "select", "option", "textarea", "button", "dialog", "canvas", "video", "object", "x-own", "del",
    "fieldset", "legend", "figure", "figcaption", "label", "blockquote", "center", "font",
)  # fmt: skip
PIECES = st.recursive(
    st.integers(0, 9_999).map(lambda number: f"词{number:04}"),
    lambda inner: st.tuples(
        st.sampled_from(TAGS),
        st.sampled_from(["", ' style="opacity:0"', " class=k", " hidden", ' dir="rtl"']),
        st.lists(inner, max_size=4),
    ).map(lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"),
    max_leaves=25,
)


@draw(160)
@given(pieces=st.lists(PIECES, max_size=6), style=st.sampled_from([*HIDING, *SHOWING]))
def test_every_word_of_a_page_is_in_its_text_or_among_what_was_set_aside(
    pieces: list[str], style: str
) -> None:
    body = "".join(pieces)
    page = read(body, f".k{{{style}}}")
    words = page.raw + page.raw[::-1]
    for number in range(len(body) - 4):
        if body[number] == "词":
            word = body[number : number + 5]
            assert word in words, escape(body)
    assert all(page.raw[mark.start : mark.end] == mark.text for mark in page.marks)
    assert [mark.start for mark in page.marks] == sorted(mark.start for mark in page.marks)
