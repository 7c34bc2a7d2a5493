"""Typeset blocks as HTML; what is not the speech's own text carries the class "ui"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, ngettext

from corpus_app.pages.typesetting.layers import Inline, TextRun, Wrap
from corpus_app.pages.typesetting.tree import Block, Division, GapBlock, GapMark, TypesetParagraph

EMPTY = SafeString("")
# Behind each link that cites: scripts let it open the forms to choose from.
CITE_MORE = SafeString('<button type="button" class="cite-more" data-scripted></button>')


@dataclass(frozen=True)
class Links:
    """Where the text's own links lead, by a section's key: its permanent address, its citation."""

    permalink: Callable[[str], str]
    cite: Callable[[str], str] = lambda key: ""


def render_blocks(blocks: Sequence[Block], links: Links) -> SafeString:
    """Return the blocks as escaped HTML."""
    return _join(_render_block(block, links) for block in blocks)


def describe_gap(gap: GapMark) -> str:
    """Return a sentence on the gap: what happened to the words and how many there were."""
    sentence = {
        "paywall": _("此处原文被来源网站的付费提示遮挡"),
        "hidden": _("此处原文被来源网站隐藏"),
        "truncated": _("来源文本到此中断"),
    }.get(gap.kind, _("此处原文缺失"))
    if gap.hidden_chars is None:
        return _("%(sentence)s，字数不详。") % {"sentence": sentence}
    count = ngettext("缺 %(count)d 字", "缺 %(count)d 字", gap.hidden_chars) % {
        "count": gap.hidden_chars
    }
    return _("%(sentence)s，%(count)s。") % {"sentence": sentence, "count": count}


def _render_block(block: Block, links: Links) -> SafeString:
    if isinstance(block, TypesetParagraph):
        return _render_paragraph(block, links)
    if isinstance(block, GapBlock):
        return _render_gap(block)
    return _render_division(block, links)


def _render_paragraph(paragraph: TypesetParagraph, links: Links) -> SafeString:
    kind = "" if paragraph.role == "body" else format_html(' class="{}"', paragraph.role)
    return format_html("<p{}>{}</p>\n", kind, _render_inlines(paragraph.inlines, links))


def _render_gap(block: GapBlock) -> SafeString:
    note = block.gap.note
    quoted = format_html('<span class="gap-note">{}</span>', note) if note else EMPTY
    return format_html(
        '<aside class="gap ui" id="gap-{}" data-kind="{}"><p><strong>{}</strong> {}</p></aside>\n',
        block.number,
        block.gap.kind,
        describe_gap(block.gap),
        quoted,
    )


def _render_division(division: Division, links: Links) -> SafeString:
    return format_html(
        '<section class="part part-{}" id="{}">{}{}</section>\n',
        division.node.kind,
        division.node.key,
        _render_heading(division, links),
        render_blocks(division.blocks, links),
    )


def _render_heading(division: Division, links: Links) -> SafeString:
    permalink = _render_permalink(division.node.key, links)
    permalink += _render_tools(division.node.key, links)
    if division.heading:
        tag = SafeString(f"h{division.level}")
        words = _render_inlines(division.heading, links)
        return format_html("<{0}>{1}{2}</{0}>\n", tag, words, permalink)
    if division.node.unnamed:
        return format_html(
            '<p class="unnamed ui">{}{}</p>\n', _("（本部分的标题在缺失之中）"), permalink
        )
    return format_html('<div class="part-link ui">{}</div>', permalink)


def _render_permalink(key: str, links: Links) -> SafeString:
    return format_html(
        '<a class="permalink ui" href="{}" aria-label="{}" title="{}">¶</a>',
        links.permalink(key),
        _("本节固定链接"),
        _("本节固定链接"),
    )


def _render_tools(key: str, links: Links) -> SafeString:
    """Return the links that cite and gather the section; scripts make one click of each."""
    address = links.cite(key)
    if not address:
        return EMPTY
    return format_html(
        '<span class="passage-tools part-tools ui"><a href="{0}" rel="nofollow" data-cite>{1}</a>'
        '{3}<a href="{0}#gather" rel="nofollow" data-gather>{2}</a></span>',
        address,
        _("引用"),
        _("摘编"),
        CITE_MORE,
    )


def _render_inlines(
    inlines: Sequence[Inline], links: Links, inside_link: bool = False
) -> SafeString:
    return _join(_render_inline(piece, links, inside_link) for piece in inlines)


def _render_inline(piece: Inline, links: Links, inside_link: bool) -> SafeString:
    if isinstance(piece, TextRun):
        return format_html("{}", piece.text)
    draw = _DRAWERS[piece.span.layer]
    return draw(piece, links, inside_link)


def _draw_lead(piece: Wrap, links: Links, inside_link: bool) -> SafeString:
    words = _render_inlines(piece.children, links, inside_link)
    lead = piece.span.value
    if not piece.begins:
        return format_html("<b>{}</b>", words) if lead.bold else words
    key, *others = lead.keys
    anchors = _join(format_html('<span id="{}"></span>', other) for other in others)
    tag = SafeString("b" if lead.bold else "span")
    permalink = _render_permalink(key, links)
    return format_html(
        '{3}<{0} class="lead" id="{1}">{2}{4}</{0}>', tag, key, words, anchors, permalink
    )


def _draw_link(piece: Wrap, links: Links, inside_link: bool) -> SafeString:
    words = _render_inlines(piece.children, links, inside_link=True)
    target = piece.span.value
    kind = piece.span.layer
    if inside_link:
        return format_html('<span class="{}">{}</span>', kind, words)
    return format_html(
        '<a class="{}" href="{}" title="{}">{}</a>', kind, target.url, target.title, words
    )


def _draw_suspect(piece: Wrap, links: Links, inside_link: bool) -> SafeString:
    words = _render_inlines(piece.children, links, inside_link)
    if piece.span.value is None or not piece.begins:
        return format_html('<span class="suspect">{}</span>', words)
    return format_html(
        '<span class="suspect">{}</span><small class="suggestion ui">〔{}〕</small>',
        words,
        piece.span.value,
    )


def _draw_mark(piece: Wrap, links: Links, inside_link: bool) -> SafeString:
    words = _render_inlines(piece.children, links, inside_link)
    if not piece.begins:
        return format_html("<mark>{}</mark>", words)
    return format_html('<mark id="hit-{}" data-hit>{}</mark>', piece.span.value, words)


def _draw_cited(piece: Wrap, links: Links, inside_link: bool) -> SafeString:
    words = _render_inlines(piece.children, links, inside_link)
    if not piece.begins:
        return format_html('<mark class="cited">{}</mark>', words)
    return format_html('<mark class="cited" id="cited">{}</mark>', words)


_DRAWERS: dict[str, Callable[[Wrap, Links, bool], SafeString]] = {
    "lead": _draw_lead,
    "slogan": _draw_link,
    "theme": _draw_link,
    "suspect": _draw_suspect,
    "cited": _draw_cited,
    "mark": _draw_mark,
}


def _join(parts: Iterable[SafeString]) -> SafeString:
    # Every part was escaped by format_html.
    return mark_safe("".join(parts))
