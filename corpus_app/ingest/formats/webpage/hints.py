"""What attributes say of an element's style, and what browsers themselves say of some elements."""

from __future__ import annotations

from typing import Final

from lxml import etree

from corpus_app.ingest.formats.webpage.colors import is_color
from corpus_app.ingest.formats.webpage.declarations import Declaration
from corpus_app.ingest.formats.webpage.elements import VERBATIM
from corpus_app.ingest.formats.webpage.values import is_valid

_TYPES: Final = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip
_LISTED: Final = frozenset({"ol", "ul", "menu", "dir", "li"})
_DRAWN: Final = frozenset({
    "svg", "g", "text", "tspan", "textpath", "use", "switch", "foreignobject", "symbol", "image",
})  # fmt: skip
_DRAWN_BY: Final = (
    "display", "visibility", "opacity", "fill", "fill-opacity", "stroke", "font-size",
)  # fmt: skip
# Letters that are not those of the text around.
_CONTROL: Final = [("font-size", "13.3333px"), ("color", "black"), ("text-transform", "none")]
_OWN_LETTERS: Final = dict.fromkeys(("button", "input", "select"), _CONTROL) | {
    "a": [("color", "#0000ee")],
    "mark": [("color", "black"), ("background-color", "yellow")],
}
_MORE: Final = frozenset({"bdo", "font", "body", "td", "th", "table", "tr", "dialog", "p", "div"})

Hints = tuple[Declaration, ...]


def read_hints(node: etree._Element, tag: str, quirks: bool) -> Hints:
    """Return the declarations that come before all style sheets, the weakest first."""
    found: list[tuple[str, str]] = []
    if tag in _LISTED:
        found += _hint_list(node, tag)
    elif tag in VERBATIM:
        found.append(("white-space", "pre"))
    elif tag in _MORE:
        found += _hint_more(node, tag, quirks)
    elif tag in _DRAWN:
        found += _hint_drawing(node, tag)
    elif tag in _OWN_LETTERS and (tag != "a" or node.get("href") is not None):
        found += _OWN_LETTERS[tag]
    if node.get("hidden") is not None:
        kept = (node.get("hidden") or "").strip().lower() == "until-found"
        found += (
            [("content-visibility", "hidden")] if kept else [("display", "none"), ("hidden", "")]
        )
    if node.get("popover") is not None and not (tag == "dialog" and node.get("open") is not None):
        found += [("display", "none"), ("hidden", "")]
    return tuple((name, value, False) for name, value in found) if found else ()


def _hint_list(node: etree._Element, tag: str) -> list[tuple[str, str]]:
    kind = (node.get("type") or "").strip()
    named = (_TYPES.get(kind) if tag in ("ol", "li") else None) or kind.lower()
    if named in ("disc", "circle", "square", "none") or named in _TYPES.values():
        return [("list-style-type", named)]
    return [] if tag == "li" else [("list-style-type", "decimal" if tag == "ol" else "disc")]


def _hint_more(node: etree._Element, tag: str, quirks: bool) -> list[tuple[str, str]]:
    found = []
    if tag == "table" and quirks:
        found += [("font-size", "medium"), ("white-space", "normal")]
    if tag == "dialog" and node.get("open") is None:
        found += [("display", "none"), ("hidden", "")]
    if tag == "bdo" and (node.get("dir") or "").lower() == "rtl":
        found += [("direction", "rtl"), ("unicode-bidi", "bidi-override")]
    color = node.get("color") if tag == "font" else node.get("text") if tag == "body" else None
    if color:
        found.append(("color", _name_color(color)))
    if node.get("bgcolor"):
        found.append(("background-color", _name_color(node.get("bgcolor") or "")))
    if node.get("background"):
        found.append(("background-image", "set"))
    return found


def _name_color(value: str) -> str:
    """Old attributes may leave out the sign before the digits of a colour."""
    value = value.strip()
    return f"#{value}" if not is_color(value) and is_color(f"#{value}") else value


def _hint_drawing(node: etree._Element, tag: str) -> list[tuple[str, str]]:
    found = [
        (name, value.strip())
        for name in _DRAWN_BY
        if (value := node.get(name)) and is_valid(name, value.strip(), True)
    ]
    if tag == "svg":
        sizes = [(name, (node.get(name) or "").strip()) for name in ("width", "height")]
        found += [(name, size) for name, size in sizes if size and is_valid(name, size, True)]
        found.append(("fill", "black"))
    return found
