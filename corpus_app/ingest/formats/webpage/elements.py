"""The elements of a page by how a browser draws them: as words, instead of words, or not at all."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

# Programs, settings and descriptions of the page: none of it is drawn.
SILENT: Final = frozenset({
    "script", "style", "head", "meta", "link", "base", "title", "desc", "metadata", "param",
    "source", "track", "area", "col", "colgroup", "datalist", "annotation", "annotation-xml",
    "basefont", "bgsound", "frame", "keygen", "xml",
})  # fmt: skip
# Drawn only where the browser cannot draw the thing itself, or where a script asks for it.
FALLBACKS: Final = frozenset({
    "template", "noscript", "noframes", "noembed", "iframe", "object", "applet", "canvas",
    "audio", "video", "progress", "meter",
})  # fmt: skip
# Of a drawing: kept for other parts of it to use, and not drawn where it stands.
KEPT: Final = frozenset({
    "defs", "symbol", "clippath", "mask", "pattern", "marker", "lineargradient", "radialgradient",
    "filter",
})  # fmt: skip
# What a browser itself can show in the place of an <object> and the words in it.
_SHOWN_DATA: Final = re.compile(
    r"\.(?:pdf|png|jpe?g|gif|svg|webp|bmp|x?html?|txt|mp4|webm|og[gv]|mp3|php|aspx?|jsp)\b", re.I
)
# What is drawn instead of words that could be read, and what to call it.
PICTURES: Final = {
    "img": "图片", "image": "图片", "object": "嵌入对象", "embed": "嵌入对象", "applet": "小程序",
    "canvas": "画布", "audio": "音频", "video": "视频", "iframe": "内嵌网页",
}  # fmt: skip
BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "iframe", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "text",
    "textarea", "tfoot", "thead", "tr", "ul", "xmp",
})  # fmt: skip
CELLS: Final = frozenset({"td", "th"})
LISTS: Final = frozenset({"ol", "ul", "menu", "dir"})
# Line breaks in these are line breaks.
VERBATIM: Final = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
READINGS: Final = frozenset({"rt", "rp", "rtc"})
CONTROLS: Final = frozenset({"select", "textarea", "button", "input"})
TYPED: Final = frozenset({"", "text", "search", "url", "email", "tel", "number", "date"})
PRESSED: Final = {"submit": "提交", "reset": "重置", "button": ""}
# A row of a table with more in it is there for the page's layout.
MOST_CELLS: Final = 60
MOST_CELL_NODES: Final = 40
MOST_CELL_CHARS: Final = 100
# A picture of no more pixels is a dot, a line or an icon.
SMALLEST_PICTURE: Final = 24


def name_element(node: etree._Element) -> str:
    """Return the name of an element, "" for a comment or a processing instruction."""
    return node.tag if isinstance(node.tag, str) else ""


def read_control(node: etree._Element) -> str:
    """Return the words that an <input> shows: its value, else what is to be typed there."""
    kind = (node.get("type") or "").strip().lower()
    if kind in PRESSED:
        return node.get("value") or PRESSED[kind]
    if kind == "image":
        return node.get("alt") or ""
    if kind in TYPED or kind not in {"hidden", "password", "checkbox", "radio", "file", "range"}:
        return node.get("value") or node.get("placeholder") or ""
    return ""


def stands_in(node: etree._Element, tag: str, drawn: bool) -> bool:
    """Return whether an element is not drawn itself; drawn says that it is part of a drawing."""
    if tag == "object":
        data = node.get("data") or ""
        return bool(data) and (data[:5] == "data:" or _SHOWN_DATA.search(data) is not None)
    if not drawn:
        return tag in FALLBACKS
    parent = node.getparent()
    other = parent is not None and parent.tag == "switch" and parent.index(node) > 0
    return tag in KEPT or other or tag in FALLBACKS


def is_small(node: etree._Element) -> bool:
    """Return whether a picture says itself that it is no larger than an icon."""
    sizes = [(node.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    return any(size.isdigit() and int(size) <= SMALLEST_PICTURE for size in sizes)


def is_data_row(row: etree._Element) -> bool:
    """Return whether a table's row holds data: short cells, each with one line of words."""
    cells = [cell for cell in row if cell.tag in CELLS]
    return 1 < len(cells) <= MOST_CELLS and all(map(_is_one_line, cells))


def _is_one_line(cell: etree._Element) -> bool:
    chars = blocks = 0
    for count, node in enumerate(cell.iter()):
        own = isinstance(node.tag, str)
        chars += len((node.text or "").strip()) if own else 0
        chars += len((node.tail or "").strip()) if node is not cell else 0
        blocks += node is not cell and node.tag in BLOCKS
        if blocks > 1 or chars > MOST_CELL_CHARS or count > MOST_CELL_NODES:
            return False
    return True
