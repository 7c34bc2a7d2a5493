"""The typesetter draws every character once, escaped, under tags that never cross."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as st
from lxml import html as lxml_html

from corpus_app.ingest.outline.sections import OutlineSection
from corpus_app.pages.typesetting import (
    GapMark,
    LayerSpan,
    Links,
    render_blocks,
    set_text,
)

LINKS = Links(permalink=lambda key: f"/p/{key}/")
KINDS = ("opening", "section", "subsection", "point", "closing")
LAYERS = ("slogan", "theme", "suspect", "mark")
ALPHABET = "一二是、，。同志们 \n<&>\"'“人大：　a1"


def draw(text: str, nodes=(), gaps=(), spans=()) -> str:
    return str(render_blocks(set_text(text, nodes, gaps, spans), LINKS))


def read_page(markup: str):
    return lxml_html.fragment_fromstring(markup, create_parent="div")


def read_words(markup: str) -> str:
    """Return the speech's own characters on the page: all but what the page adds."""
    page = read_page(markup)
    for added in page.xpath("//*[contains(concat(' ', @class, ' '), ' ui ')]"):
        added.drop_tree()
    return "".join(page.text_content().split())


def squeeze(text: str) -> str:
    return "".join(text.split())


def node(key: str, kind: str, start: int, end: int, marker: str = "", heading: str = ""):
    return OutlineSection(start, key.count("."), kind, marker, None, heading, end, key)


def split_range(
    cuts: st.DataObject, prefix: str, start: int, end: int, depth: int
) -> Iterator[OutlineSection]:
    """Yield random nodes that cover parts of start..end, each with children inside it."""
    count = cuts.draw(st.integers(0, 3 if depth < 3 else 0))
    if count == 0 or end - start < count:
        return
    borders = sorted(
        cuts.draw(
            st.sets(st.integers(start, end), min_size=2, max_size=count + 1)
            if end > start
            else st.just({start, end})
        )
    )
    for number, (first, last) in enumerate(itertools.pairwise(borders), 1):
        key = f"{prefix}{number}"
        yield node(key, cuts.draw(st.sampled_from(KINDS)), first, last)
        yield from split_range(cuts, key + ".", first, last, depth + 1)


def name_nodes(text: str, nodes: list[OutlineSection]) -> list[OutlineSection]:
    """Give each node the marker and heading that really stand at its start."""
    named = []
    for one in nodes:
        line = text[one.start : one.end].split("\n")[0]
        named.append(node(one.key, one.kind, one.start, one.end, line[:2], line[2:6]))
    return named


@st.composite
def spans_over(draw_value, length: int) -> LayerSpan:
    start = draw_value(st.integers(0, length))
    end = draw_value(st.integers(start, length))
    layer = draw_value(st.sampled_from(LAYERS))
    value = {
        "slogan": SimpleNamespace(url="/s/1/", title="t"),
        "theme": SimpleNamespace(url="/t/1/", title="<t>"),
        "suspect": "改<作>",
        "mark": start,
    }[layer]
    return LayerSpan(layer, start, end, value)


@given(st.text(ALPHABET, max_size=80), st.data())
def test_it_draws_every_character_exactly_once(text: str, data: st.DataObject) -> None:
    nodes = list(split_range(data, "", 0, len(text), 0))
    if data.draw(st.booleans()):
        nodes = name_nodes(text, nodes)
    gaps = [GapMark("hidden", at) for at in data.draw(st.lists(st.integers(0, len(text))))]
    spans = data.draw(st.lists(spans_over(len(text)), max_size=6))
    markup = draw(text, nodes, gaps, spans)
    assert read_words(markup) == squeeze(text)
    page = read_page(markup)
    assert len(page.xpath("//aside")) == len(gaps)
    ids = [one.get("id") for one in page.xpath("//*[@id]") if not one.get("id").startswith("hit")]
    assert len(ids) == len(set(ids))
    # A point of nothing but blanks has no place for an anchor.
    assert {one.key for one in nodes if text[one.start : one.end].strip()} <= set(ids)


def test_a_point_of_blanks_takes_no_anchor_from_the_one_around_it() -> None:
    outer, inner = node("1", "point", 4, 6), node("1.1", "point", 4, 5)
    assert read_page(draw("1111 1", [outer, inner])).xpath("//*/@id") == ["1"]


@given(st.text(ALPHABET, max_size=60), st.data())
def test_it_leaves_no_link_inside_a_link(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(spans_over(len(text)), max_size=8))
    page = read_page(draw(text, spans=spans))
    assert not page.xpath("//a//a")


def test_it_escapes_what_the_source_wrote() -> None:
    assert "<script>" not in draw("<script>alert(1)</script>")
    assert "&lt;script&gt;" in draw("<script>alert(1)</script>")


@pytest.mark.parametrize(("depth_keys", "tags"), [(["1"], ["h2"]), (["1", "1.1"], ["h2", "h3"])])
def test_it_sets_headings_by_depth(depth_keys: list[str], tags: list[str]) -> None:
    text = "一、提高站位\n（一）学习\n正文。"
    kinds = {"1": node("1", "section", 0, len(text), "一、", "提高站位")}
    kinds["1.1"] = node("1.1", "subsection", 7, len(text), "（一）", "学习")
    page = read_page(draw(text, [kinds[key] for key in depth_keys]))
    assert [one.tag for one in page.xpath("//h2|//h3")] == tags


def test_it_parts_a_heading_from_the_words_that_run_on_in_its_line() -> None:
    text = "一、提高认识一是学习。"
    nodes = [node("1", "section", 0, 11, "一、", "提高认识"), node("1.1", "point", 6, 11, "一是")]
    page = read_page(draw(text, nodes))
    assert page.xpath("string(//h2/text())") == "一、提高认识"
    assert page.xpath("string(//p/b[@id='1.1']/text())") == "一是"


def test_it_leaves_the_sign_after_a_heading_with_the_heading() -> None:
    text = "（一）规范阵地。各街道要建好代表之家。"
    page = read_page(draw(text, [node("1", "subsection", 0, len(text), "（一）", "规范阵地")]))
    assert page.xpath("string(//h2/text())") == "（一）规范阵地。"
    assert page.xpath("string(//p)") == "各街道要建好代表之家。"


def test_it_keeps_the_paragraph_whole_around_points_inside_it() -> None:
    text = "一是学习；二是落实。"
    nodes = [node("1", "point", 0, 5, "一是"), node("2", "point", 5, 10, "二是")]
    page = read_page(draw(text, nodes))
    assert len(page.xpath("//p")) == 1
    assert page.xpath("//b/@id") == ["1", "2"]


def test_it_draws_a_gap_between_the_parts_of_a_cut_paragraph() -> None:
    page = read_page(draw("前半后半", gaps=[GapMark("hidden", 2, 4864)]))
    assert [child.tag for child in page] == ["p", "aside", "p"]
    assert "4864" in page.xpath("string(//aside)")
    assert page[2].get("class") == "continued"


def test_it_says_so_where_the_heading_of_a_part_is_lost() -> None:
    page = read_page(draw("正文。", [node("1", "section", 0, 3)]))
    assert page.xpath("//section[@id='1']/p[contains(@class, 'unnamed')]")


def test_it_sets_the_salutation_without_indent() -> None:
    page = read_page(draw("同志们：\n今天开会。"))
    assert [one.get("class") for one in page.xpath("//p")] == ["salutation", None]


def test_it_nests_a_mark_inside_a_slogan_that_it_crosses() -> None:
    slogan = LayerSpan("slogan", 0, 4, SimpleNamespace(url="/s/1/", title=""))
    page = read_page(draw("四个机关建设", spans=[slogan, LayerSpan("mark", 2, 6, 1)]))
    assert page.xpath("string(//a)") == "四个机关"
    assert [mark.text for mark in page.xpath("//mark")] == ["机关", "建设"]
    assert page.xpath("//mark/@id") == ["hit-1"]


def test_a_heading_in_the_line_below_its_number_is_set_as_one() -> None:
    text = "一、\n加强监督\n要抓紧。"
    page = read_page(draw(text, [node("1", "section", 0, len(text), "一、", "加强监督")]))
    (heading,) = page.xpath("//h2")
    assert heading.text_content().startswith("一、\n加强监督")
    assert "加强监督" not in "".join(page.xpath("//p//text()"))
